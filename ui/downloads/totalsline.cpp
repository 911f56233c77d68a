// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/totalsline.h"

#include "ui/downloads/downloadwords.h"
#include "ui/theme.h"

#include <QPainter>

namespace coroscope::ui {

static constexpr int barHeight = 3;
static constexpr int gap = 4;

TotalsLine::TotalsLine(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("downloadTotals"));
    setAccessibleName(tr("All downloads"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    show({});
}

void TotalsLine::show(const download::Totals &totals)
{
    const QString text = totals.all() == 0 ? tr("No downloads") : totalsText(totals);
    const auto part = donePart(totals);
    if (text == m_text && part == m_part)
        return;
    m_text = text;
    m_part = part;
    setAccessibleDescription(text);
    setToolTip(text);
    update();
}

QSize TotalsLine::sizeHint() const { return {360, fontMetrics().height() + gap + barHeight + 2}; }

QSize TotalsLine::minimumSizeHint() const { return {120, sizeHint().height()}; }

void TotalsLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    const QRect line(0, 0, width(), fontMetrics().height());
    painter.setPen(m_part ? theme.text : theme.dimText);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
    QRectF bar(0, line.bottom() + 1 + gap, width(), barHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.border);
    painter.drawRoundedRect(bar, barHeight / 2., barHeight / 2.);
    if (m_part.value_or(0) > 0) {
        bar.setWidth(std::max<double>(barHeight, bar.width() * *m_part));
        painter.setBrush(theme.hue(QLatin1String("download")).solid);
        painter.drawRoundedRect(bar, barHeight / 2., barHeight / 2.);
    }
}

} // namespace coroscope::ui
