// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/svgtrace.h"

#include "core/io/exportlanes.h"
#include "core/io/exportpieces.h"
#include "core/io/exportwords.h"
#include "core/io/svgtext.h"
#include "core/model/transitions.h"
#include "core/model/words.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace coroscope::io {

using namespace Qt::StringLiterals;
using model::LaneSpan;
using model::Task;
using model::TaskState;
using model::Time;
using model::words::duration;
using What = LaneSpan::What;

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::io::SvgTrace)
};

constexpr double pictureWidth = 1600;
constexpr double labelWidth = 230;
constexpr double endMargin = 24;
constexpr double plotWidth = pictureWidth - labelWidth - endMargin;
constexpr double rulerLabel = 42; ///< the room of the longest
constexpr double headHeight = 62;
constexpr double laneHeight = 22;
constexpr double barHeight = 16;
constexpr double fontSize = 11;
constexpr std::size_t maxLanes = 2000;
constexpr int maxIndent = 8;
constexpr std::uint64_t laneSteps = 256; ///< of about a slice of the other formats each
constexpr const char *bad = "#c62828";

struct KindColor
{
    QLatin1StringView kind;
    const char *color;
};
constexpr std::array kindColors {
    KindColor {QLatin1StringView("download"), "#2f7fd1"}, KindColor {QLatin1StringView("redis"), "#d1622b"},
    KindColor {QLatin1StringView("sleep"), "#9467bd"},    KindColor {QLatin1StringView("mysql"), "#2a9d6f"},
    KindColor {QLatin1StringView("crawl"), "#17a3b8"},
};

const char *colorOf(const Task &task)
{
    for (const KindColor &known : kindColors) {
        if (task.category == known.kind)
            return known.color;
    }
    return "#7f8790";
}

QByteArray number(double value) { return QByteArray::number(value, 'f', 1); }

/// A step of 1, 2 or 5 times a power of ten that leaves the ruler's labels room.
Time rulerStep(Time range)
{
    const double least = double(range.count()) * 90 / plotWidth;
    const double power = std::pow(10, std::floor(std::log10(std::max(least, 1.0))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= least)
            return Time {std::int64_t(power * factor)};
    }
    return Time {std::int64_t(power * 10)};
}

class SvgWriter
{
public:
    SvgWriter(const model::TraceStore &store, ExportSink &sink)
        : m_store(store)
        , m_sink(sink)
        , m_lanes(store)
        , m_from(earliestTime(store))
        , m_to(std::max(store.now(), m_from + Time {1}))
        , m_drawn(std::min(m_lanes.ids().size(), maxLanes))
        , m_height(headHeight + double(m_drawn) * laneHeight + (m_drawn < m_lanes.ids().size() ? 30 : 12))
    { }

    void write(const QString &program)
    {
        m_sink.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        m_sink.write("<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\""
                     + number(pictureWidth) + "\" height=\"" + number(m_height) + "\" viewBox=\"0 0 "
                     + number(pictureWidth) + ' ' + number(m_height)
                     + "\" font-family=\"sans-serif\" font-size=\"" + number(fontSize) + "\">\n");
        rect(0, 0, pictureWidth, m_height, "fill=\"#ffffff\"");
        text(10, 22,
             Words::tr("%1: %2 lanes, %3")
                 .arg(program)
                 .arg(m_lanes.ids().size())
                 .arg(duration(m_to - m_from)),
             "fill=\"#1f2328\" font-size=\"14\" font-weight=\"bold\"");
        writeRuler();
        m_sink.expectSteps(m_drawn * laneSteps);
        double y = headHeight;
        for (std::size_t i = 0; i < m_drawn && !m_sink.failed(); ++i, y += laneHeight) {
            writeLane(*m_store.task(m_lanes.ids()[i]), y);
            m_sink.step(laneSteps);
        }
        if (m_drawn < m_lanes.ids().size())
            text(10, y + 16, Words::tr("%1 more lanes aren't drawn").arg(m_lanes.ids().size() - m_drawn),
                 "fill=\"#57606a\"");
        m_sink.write("</svg>\n");
    }

private:
    double xOf(Time time) const
    {
        return labelWidth + double((time - m_from).count()) / double((m_to - m_from).count()) * plotWidth;
    }

    void writeRuler()
    {
        const Time step = rulerStep(m_to - m_from);
        Time tick = m_from - Time {m_from.count() % step.count()};
        if (tick < m_from)
            tick += step;
        for (; tick <= m_to; tick += step) {
            const QByteArray x = number(xOf(tick));
            m_sink.write("<path d=\"M" + x + " 50V" + number(m_height) + "\" stroke=\"#e4e7eb\"/>\n");
            if (xOf(tick) + 3 + rulerLabel <= pictureWidth)
                text(xOf(tick) + 3, 52, tick == Time {} ? u"0"_s : duration(tick), "fill=\"#57606a\"");
        }
    }

    int depthOf(const Task &task) const
    {
        int depth = 0;
        for (const Task *at = m_store.task(task.parent); at && depth < maxIndent;
             at = m_store.task(at->parent))
            ++depth;
        return depth;
    }

    void writeLane(const Task &task, double y)
    {
        const double indent = 10 + 10 * depthOf(task);
        const QString name = fitting(task.name, labelWidth - indent - 10, fontSize);
        m_sink.write("<g><title>" + xmlEscaped(task.name + u" – "_s + stateWord(task.state)) + "</title>\n");
        text(indent, y + 15, name, "fill=\"#1f2328\"");
        m_spans.clear();
        const Time resolution {
            std::max<std::int64_t>((m_to - m_from).count() / std::int64_t(plotWidth / 2), 1)};
        m_store.spans(task.id, m_from, m_to, resolution, m_spans);
        for (const LaneSpan &span : m_spans)
            writeSpan(task, span, y + (laneHeight - barHeight) / 2);
        if (task.ended && !model::isService(task.entity))
            writeOutcome(task, xOf(*task.ended) + 7, y + laneHeight / 2);
        m_sink.write("</g>\n");
    }

    void writeSpan(const Task &task, const LaneSpan &span, double y)
    {
        const double x = xOf(std::max(span.begin, m_from));
        const double width = std::max(xOf(std::min(span.end, m_to)) - x, 0.8);
        const QByteArray color = colorOf(task);
        const model::Slice slice = m_store.slice(task.id, span.slice);
        QString words;
        QByteArray style = "fill=\"" + color + '"';
        const char *ink = "#000000"; // stands out from all colors of work, white from none
        switch (span.what) {
        case What::Running:
            words = slice.label ? m_store.string(slice.label) : task.name;
            break;
        case What::Mixed:
            words = Words::tr("%1 slices, busy for %2").arg(span.count).arg(duration(span.busy));
            style += " fill-opacity=\"0.7\"";
            break;
        case What::Waiting:
            words = m_store.describe(slice.wait);
            style += " fill-opacity=\"0.2\"";
            ink = "#3d444d";
            break;
        case What::Forgotten:
            words = Words::tr("forgotten");
            style = "fill=\"#8c959f\" fill-opacity=\"0.15\"";
            ink = "#3d444d";
            break;
        case What::Ready:
            words = Words::tr("ready");
            style += " fill-opacity=\"0.1\" stroke=\"" + color
                     + "\" stroke-width=\"0.8\" stroke-dasharray=\"2 2\"";
            ink = "#3d444d";
            break;
        }
        const QString tip = u"%1 (%2)"_s.arg(words, duration(std::min(span.end, m_to) - span.begin));
        rect(x, y, width, barHeight, style, width >= 2 ? tip : QString());
        if (span.blocking)
            rect(x, y + barHeight - 2, width, 2, QByteArray("fill=\"") + bad + '"');
        const QString shown = fitting(words, width - 8, fontSize - 1);
        if (!shown.isEmpty() && width > 24)
            text(x + 4, y + 12, shown, QByteArray("font-size=\"10\" fill=\"") + ink + '"');
    }

    /// The end's shape tells how it ended, also without colors.
    void writeOutcome(const Task &task, double x, double y)
    {
        const char *shape = "m-4 0 3 3 5-6"; // a check mark
        const char *color = "#2e7d32";
        if (task.state == TaskState::Failed) {
            shape = "m-3-3 6 6m0-6-6 6";
            color = bad;
        } else if (task.state != TaskState::Done) {
            shape = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0m1 3 6-6";
            color = "#57606a";
        }
        m_sink.write("<path d=\"M" + number(x) + ' ' + number(y) + shape + "\" stroke=\"" + color
                     + "\" stroke-width=\"1.5\" fill=\"none\"/>\n");
    }

    void rect(double x, double y, double width, double height, const QByteArray &style,
              const QString &tip = {})
    {
        m_sink.write("<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width)
                     + "\" height=\"" + number(height) + "\" " + style);
        m_sink.write(tip.isEmpty() ? QByteArray("/>\n") : "><title>" + xmlEscaped(tip) + "</title></rect>\n");
    }
    void text(double x, double y, const QString &words, const QByteArray &style)
    {
        m_sink.write("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" " + style + '>'
                     + xmlEscaped(words) + "</text>\n");
    }

    const model::TraceStore &m_store;
    ExportSink &m_sink;
    const ExportLanes m_lanes;
    const Time m_from;
    const Time m_to;
    const std::size_t m_drawn;
    const double m_height;
    std::vector<LaneSpan> m_spans;
};
} // namespace

void writeSvgTrace(const model::TraceStore &store, const QString &program, ExportSink &sink)
{
    SvgWriter(store, sink).write(program);
}

} // namespace coroscope::io
