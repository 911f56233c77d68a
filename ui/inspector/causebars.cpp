// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/causebars.h"

#include "ui/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace coroscope::ui {

static constexpr int rowHeight = 18;

CauseBars::CauseBars(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Wakes by cause"));
}

void CauseBars::show(const model::Task &task)
{
    std::vector<Row> rows;
    for (std::size_t cause = 0; cause < task.wakes.size(); ++cause) {
        if (task.wakes[cause] > 0)
            rows.push_back({causeText(trace::Cause(cause)), task.wakes[cause]});
    }
    std::ranges::sort(rows, [](const Row &a, const Row &b) { return a.count > b.count; });
    m_category = task.category.toUtf8();
    if (rows != m_rows) {
        m_rows = std::move(rows);
        QStringList texts;
        for (const Row &row : m_rows)
            texts << QStringLiteral("%1 %2").arg(row.name).arg(row.count);
        setAccessibleDescription(texts.join(QStringLiteral(", ")));
        updateGeometry();
    }
    update();
}

QSize CauseBars::sizeHint() const { return {240, int(m_rows.size()) * rowHeight}; }

void CauseBars::paintEvent(QPaintEvent *)
{
    if (m_rows.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    int names = 0;
    int counts = 0;
    for (const Row &row : m_rows) {
        names = std::max(names, fontMetrics().horizontalAdvance(row.name));
        counts = std::max(counts, fontMetrics().horizontalAdvance(QLocale().toString(row.count)));
    }
    const int barLeft = names + 10 + counts + 8;
    const double room = std::max(0, std::min(width() - barLeft, 160));
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QRect line(0, int(i) * rowHeight, barLeft - 8, rowHeight);
        painter.setPen(theme.text);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_rows[i].name);
        painter.setPen(theme.dimText);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(m_rows[i].count));
        const double part = double(m_rows[i].count) / double(m_rows.front().count);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.category(m_category));
        painter.drawRoundedRect(QRectF(barLeft, line.top() + 5, std::max(2.0, part * room), rowHeight - 10),
                                2, 2);
    }
}

QString causeText(trace::Cause cause)
{
    using trace::Cause;
    switch (cause) {
    case Cause::None:
        return CauseBars::tr("unknown");
    case Cause::Start:
        return CauseBars::tr("start");
    case Cause::Yield:
        return CauseBars::tr("yield");
    case Cause::Timer:
        return CauseBars::tr("timer");
    case Cause::Future:
        return CauseBars::tr("future");
    case Cause::Task:
        return CauseBars::tr("awaited task");
    case Cause::Cancel:
        return CauseBars::tr("cancelled");
    case Cause::Immediate:
        return CauseBars::tr("immediate");
    case Cause::Reply:
        return CauseBars::tr("reply");
    case Cause::Socket:
        return CauseBars::tr("socket");
    case Cause::Job:
        return CauseBars::tr("job done");
    case Cause::Wait:
        return CauseBars::tr("wait satisfied");
    case Cause::Timeout:
        return CauseBars::tr("timeout");
    case Cause::Signal:
        return CauseBars::tr("signal");
    case Cause::Notified:
        return CauseBars::tr("notified");
    case Cause::Foreign:
        return CauseBars::tr("foreign awaiter");
    case Cause::Call:
        return CauseBars::tr("called");
    }
    return {};
}

} // namespace coroscope::ui
