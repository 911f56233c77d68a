// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/ratebox.h"

#include "ui/downloads/rate.h"
#include "ui/widgets/restyle.h"

#include <QLineEdit>

namespace coroscope::ui {

RateBox::RateBox(QWidget *parent)
    : ComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(NoInsert);
    setCompleter(nullptr);
    setAccessibleName(tr("Speed limit"));
    setSizeAdjustPolicy(AdjustToContents);
    setMinimumContentsLength(int(rateText(921'600).size()) + 1); // also where the pane is narrow
    addItem(rateText({}));
    for (const qint64 rate :
         {64'000, 256'000, 512'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000, 50'000'000})
        addItem(rateText(rate));
    connect(this, &QComboBox::activated, this, &RateBox::read);
    connect(lineEdit(), &QLineEdit::editingFinished, this, &RateBox::read);
    connect(lineEdit(), &QLineEdit::textChanged, this, [this](const QString &text) {
        setError(lineEdit(), std::holds_alternative<UnreadableRate>(parseRate(text)));
    });
}

void RateBox::setRate(std::optional<qint64> bytesPerSecond)
{
    m_rate = bytesPerSecond;
    if (!lineEdit()->isModified() || !lineEdit()->hasFocus())
        setEditText(rateText(bytesPerSecond));
}

void RateBox::read()
{
    const TypedRate typed = parseRate(currentText());
    const auto *rate = std::get_if<std::optional<qint64>>(&typed);
    if (rate && *rate != m_rate) {
        m_rate = *rate;
        emit rateChosen(*rate);
    }
    setEditText(rateText(m_rate)); // what can't be read goes
    lineEdit()->setModified(false);
}

} // namespace coroscope::ui
