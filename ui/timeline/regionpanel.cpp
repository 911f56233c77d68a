// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/regionpanel.h"

#include "ui/durations.h"
#include "ui/theme.h"
#include "ui/timeline/forgottenstretch.h"
#include "ui/timeline/navigation.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLocale>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace coroscope::ui {

constexpr int againMs = 60;
constexpr int patience = 10; ///< it waits that many times as long as the last count took
constexpr int margin = 10;
constexpr std::size_t mostKinds = 6;
constexpr qsizetype longestName = 28;

RegionPanel::RegionPanel(TimelineView &view, Navigation &navigation, QWidget *parent)
    : QFrame(parent)
    , m_view(view)
    , m_navigation(navigation)
    , m_text(new QLabel(this))
{
    setProperty("floating", true);
    setAccessibleName(tr("Statistics of the region"));
    m_text->setObjectName(QStringLiteral("regionText"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->addWidget(m_text);
    m_again.setSingleShot(true);
    m_again.setInterval(againMs);
    connect(&m_again, &QTimer::timeout, this, &RegionPanel::count);
    connect(m_text, &QLabel::linkActivated, this, &RegionPanel::go);
    connect(&view, &TimelineView::changed, this, &RegionPanel::follow);
    connect(&view, &TimelineView::grown, this, [this] {
        // What lies in the past doesn't change any more, but may be forgotten.
        if (m_counted && !m_again.isActive()
            && (m_counted->end > m_view.now() || knownPart(m_view.store(), *m_counted) != m_known))
            m_again.start();
    });
    hide();
}

/// What comes after the playhead isn't known there.
std::optional<TimeRange> RegionPanel::known() const
{
    auto region = m_view.region();
    if (region && m_view.isReplaying())
        region->end = std::clamp(m_view.moment().now(), region->begin, region->end);
    return region;
}

void RegionPanel::follow()
{
    if (!m_view.region()) {
        m_counted.reset();
        m_again.stop();
        hide();
    } else if (m_counted != known() && !m_again.isActive()) {
        m_again.start(m_counted ? m_again.interval() : 0);
    }
}

void RegionPanel::count()
{
    const auto region = known();
    if (!region)
        return;
    QElapsedTimer time;
    time.start();
    const RegionStatistics statistics = regionStatistics(m_view.store(), *region,
                                                         m_view.isReplaying() ? m_view.moment().now()
                                                                              : m_view.now());
    m_again.setInterval(std::max(againMs, static_cast<int>(time.elapsed()) * patience));
    m_counted = region;
    m_known = statistics.known;
    m_longest = statistics.longest;
    m_text->setText(html(statistics));
    show();
    place(m_lanes);
}

void RegionPanel::place(const QRect &lanes)
{
    m_lanes = lanes;
    const auto region = m_view.region();
    if (!region || lanes.isEmpty())
        return;
    const TimeScale scale(m_view.range(), lanes.width());
    const double middle = (scale.x(region->begin) + scale.x(region->end)) / 2;
    const QSize size = sizeHint().boundedTo(lanes.size());
    const int x = middle > lanes.width() / 2.0 ? lanes.left() + margin
                                               : lanes.right() - size.width() - margin;
    setGeometry(QRect(QPoint(x, lanes.bottom() - size.height() - margin), size));
    raise();
}

QString RegionPanel::plainText() const
{
    QTextDocument document;
    document.setHtml(m_text->text());
    return document.toPlainText();
}

void RegionPanel::go(const QString &link)
{
    if (link == QLatin1String("longest") && m_longest)
        m_navigation.goTo(*m_longest, Jump::Slice);
    else if (link == QLatin1String("fit"))
        m_navigation.fit();
    else
        m_view.setRegion({});
}

static QString percent(Time part, Time whole)
{
    const double share = whole > Time {} ? double(part.count()) / double(whole.count()) * 100 : 0;
    return QStringLiteral("%1 %").arg(share, 0, 'f', share < 10 ? 1 : 0);
}

static QString line(const QString &name, const QString &value)
{
    return QStringLiteral("<tr><td style='padding-right:14px'>%1</td><td>%2</td></tr>").arg(name, value);
}

static QString table(const QString &lines)
{
    return QStringLiteral("<table cellspacing='0' cellpadding='1'>%1</table>").arg(lines);
}

static QString link(const Theme &theme, const char *where, const QString &text)
{
    return QStringLiteral("<a href='%1' style='color:%2;text-decoration:none'>%3</a>")
        .arg(QLatin1String(where), theme.link.name(), text);
}

/// Empty where all is known.
QString RegionPanel::forgottenLine(const RegionStatistics &s) const
{
    const Time forgotten = s.known.begin - s.range.begin;
    if (forgotten <= Time::zero())
        return {};
    const Theme &theme = Theme::of(palette());
    const QString kept = retentionWords(m_view.store().retention());
    QString what = s.known.length() <= Time::zero()
                       ? tr("too much of it to count")
                       : tr("before %1: %2 of it isn't counted")
                             .arg(formatMoment(s.known.begin, std::chrono::milliseconds(100)),
                                  percent(forgotten, s.range.length()));
    if (!kept.isEmpty())
        what += QStringLiteral("<br><span style='color:%1'>%2</span>")
                    .arg(theme.dimText.name(), tr("kept are %1").arg(kept));
    return line(QStringLiteral("<span style='color:%1'>▨ %2</span>")
                    .arg(theme.dimText.name(), tr("Forgotten")),
                what);
}

QString RegionPanel::html(const RegionStatistics &s) const
{
    const Theme &theme = Theme::of(palette());
    const Time length = s.range.length();
    const QString dim = QStringLiteral("<span style='color:%1'>%2</span>").arg(theme.dimText.name());
    const QString heading = m_view.region() == s.range
                                ? formatDuration(length)
                                : tr("%1, by the playhead").arg(formatDuration(length));
    QString lines = line(QStringLiteral("<b>%1</b>").arg(heading),
                         QStringLiteral("%1 · %2").arg(link(theme, "fit", tr("fit")),
                                                       link(theme, "close", tr("close"))));
    lines += forgottenLine(s);
    const Time counted = s.known.length();
    if (counted <= Time::zero()) // figures of what is left would be taken for those of all
        return table(lines);
    lines += line(dim.arg(tr("Tasks")),
                  tr("%1, of them %2 ran").arg(QLocale().toString(s.tasks), QLocale().toString(s.active)));
    QString slices = QLocale().toString(qulonglong(s.slices));
    if (s.slices > 0)
        slices = tr("%1, p50 %2, p99 %3").arg(slices, formatDuration(s.p50), formatDuration(s.p99));
    lines += line(dim.arg(tr("Slices")), slices);
    if (s.longest) {
        const model::Task *task = m_view.store().task(s.longest->task);
        QString name = task ? task->name.simplified() : QString();
        if (name.size() > longestName)
            name = name.left(longestName - 1) + QChar(0x2026);
        lines += line(dim.arg(tr("Longest")),
                      link(theme, "longest",
                           tr("%1 in %2").arg(formatDuration(s.longestLength), name.toHtmlEscaped())));
    }
    for (const RegionStatistics::Share &loop : s.loops)
        lines += line(dim.arg(loop.name.toHtmlEscaped()), tr("%1 busy").arg(percent(loop.busy, counted)));
    for (std::size_t i = 0; i < std::min(s.kinds.size(), mostKinds); ++i) {
        const RegionStatistics::Share &kind = s.kinds[i];
        const QString name = kind.name.isEmpty() ? tr("other") : kind.name.toHtmlEscaped();
        lines += line(QStringLiteral("<span style='color:%1'>■</span> %2")
                          .arg(theme.category(kind.name).name(), dim.arg(name)),
                      tr("%1, %2").arg(percent(kind.busy, counted), formatDuration(kind.busy)));
    }
    return table(lines);
}

} // namespace coroscope::ui
