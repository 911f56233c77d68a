// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/queuesettings.h"

#include "ui/downloads/rate.h"
#include "ui/downloads/ratebox.h"
#include "ui/widgets/dropdown.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>

namespace coroscope::ui {

static constexpr int mostTransfers = 64;
static constexpr int mostPerHost = 32;

QueueSettings::QueueSettings(const download::Limits &limits, QSettings &settings, QWidget *window)
    : QDialog(window)
    , m_settings(settings)
    , m_limits(limits)
    , m_transfers(new QSpinBox(this))
    , m_perHost(new QSpinBox(this))
    , m_rate(new RateBox(this))
    , m_atStart(new ComboBox(this))
{
    setObjectName(QStringLiteral("queueSettings"));
    setWindowTitle(tr("Queue settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(400);
    m_transfers->setObjectName(QStringLiteral("transfers"));
    m_transfers->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_perHost->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_transfers->setRange(1, mostTransfers);
    m_transfers->setValue(limits.transfers);
    m_perHost->setObjectName(QStringLiteral("perHost"));
    m_perHost->setRange(1, mostPerHost);
    m_perHost->setValue(limits.perHost);
    m_rate->setObjectName(QStringLiteral("totalRate"));
    m_rate->setRate(limits.bytesPerSecond);
    m_atStart->setObjectName(QStringLiteral("atStart"));
    m_atStart->addItems({tr("go on"), tr("stay paused")});
    m_atStart->setCurrentIndex(settings.value(QLatin1String(resumeOnStartKey), true).toBool() ? 0 : 1);

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Transfers at once"), m_transfers);
    form->addRow(tr("Of them from one &host"), m_perHost);
    form->addRow(tr("&Speed limit for all"), m_rate);
    form->addRow(tr("Unfinished ones, at the &next start"), m_atStart);
    auto *hint = new QLabel(tr("Many servers refuse more than a few connections from one address."), this);
    hint->setWordWrap(true);
    setRole(hint, "dim");
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QueueSettings::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_rate, &QComboBox::currentTextChanged, this, [buttons](const QString &text) {
        buttons->button(QDialogButtonBox::Ok)
            ->setEnabled(!std::holds_alternative<UnreadableRate>(parseRate(text)));
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addLayout(form);
    layout->addWidget(hint);
    layout->addWidget(buttons);
}

void QueueSettings::accept()
{
    download::Limits limits = m_limits;
    limits.transfers = m_transfers->value();
    limits.perHost = m_perHost->value();
    const TypedRate rate = parseRate(m_rate->currentText());
    if (const auto *read = std::get_if<std::optional<qint64>>(&rate))
        limits.bytesPerSecond = *read;
    m_settings.setValue(QLatin1String(resumeOnStartKey), m_atStart->currentIndex() == 0);
    QDialog::accept();
    if (!(limits == m_limits))
        emit limitsChosen(limits);
}

} // namespace coroscope::ui
