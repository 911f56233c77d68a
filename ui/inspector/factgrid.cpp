// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/factgrid.h"

#include "ui/widgets/restyle.h"

#include <QGridLayout>
#include <QLabel>

namespace coroscope::ui {

FactGrid::FactGrid(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
}

void FactGrid::set(const char *key, const QString &name, const QString &value, const QString &toolTip)
{
    auto *text = findChild<QLabel *>(QLatin1String(key));
    if (!text) {
        auto *title = new QLabel(name, this);
        setRole(title, "dim");
        text = new QLabel(this);
        text->setObjectName(QLatin1String(key));
        text->setWordWrap(true);
        text->setMinimumWidth(40);
        text->setTextFormat(Qt::PlainText);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setAccessibleName(name);
        title->setBuddy(text);
        const int row = m_grid->rowCount();
        m_grid->addWidget(title, row, 0, Qt::AlignTop | Qt::AlignLeft);
        m_grid->addWidget(text, row, 1, Qt::AlignTop);
    }
    if (const QString shown = breakable(value); text->text() != shown)
        text->setText(shown);
    if (text->toolTip() != toolTip)
        text->setToolTip(toolTip);
    int row = 0;
    int column = 0;
    int span = 0;
    m_grid->getItemPosition(m_grid->indexOf(text), &row, &column, &span, &span);
    for (const int cell : {0, 1})
        m_grid->itemAtPosition(row, cell)->widget()->setVisible(!value.isEmpty());
}

} // namespace coroscope::ui
