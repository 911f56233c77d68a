// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/chrometrace.h"

#include "core/io/exportarrow.h"
#include "core/io/exportfacts.h"
#include "core/io/exportjson.h"
#include "core/io/exportlanes.h"

namespace coroscope::io {

using namespace Qt::StringLiterals;
using model::Task;
using model::Time;
using What = LanePiece::What;

namespace {
QByteArray microseconds(Time time)
{
    const std::int64_t ns = time.count();
    const std::uint64_t size = ns < 0 ? 0 - std::uint64_t(ns) : std::uint64_t(ns);
    QByteArray text = ns < 0 ? "-" : "";
    text += QByteArray::number(size / 1000);
    text += '.';
    text += QByteArray::number(size % 1000).rightJustified(3, '0');
    return text;
}

class ChromeWriter
{
public:
    ChromeWriter(const model::TraceStore &store, ExportSink &sink)
        : m_store(store)
        , m_sink(sink)
        , m_lanes(store)
    { }

    void write(const QString &program)
    {
        m_sink.expectSteps(2 * m_lanes.sliceCount());
        m_sink.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
        writeMetadata(program);
        for (const TaskId id : m_lanes.ids())
            writeLane(*m_store.task(id));
        // After the slices: a reader that sorts by time leaves an arrow inside of the slice it belongs to.
        for (const TaskId id : m_lanes.ids())
            writeArrows(*m_store.task(id));
        writeInstants();
        m_sink.write("\n]}\n");
    }

private:
    static constexpr std::uint64_t process = 1;

    /// An event's first members, which all have.
    void begin(JsonObject &event, const char *phase, std::uint64_t lane, Time at)
    {
        event.add("ph", QString::fromLatin1(phase));
        event.add("pid", process);
        event.add("tid", lane);
        event.addRaw("ts", microseconds(at));
    }

    void addFacts(JsonObject &event, const ExportFacts &facts)
    {
        if (facts.empty())
            return;
        JsonObject args(event.open("args"));
        for (const ExportFact &fact : facts)
            std::visit([&](const auto &value) { args.add(fact.key, value); }, fact.value);
    }

    void send()
    {
        if (!std::exchange(m_isFirst, false))
            m_sink.write(",\n");
        m_sink.write(m_line);
        m_line.resize(0);
    }

    /// Qt Creator passes over what has no time, so these have one.
    void writeName(const char *what, std::uint64_t lane, const QString &name)
    {
        {
            JsonObject event(m_line);
            begin(event, "M", lane, m_earliest);
            event.add("name", QString::fromLatin1(what));
            JsonObject args(event.open("args"));
            args.add("name", name);
        }
        send();
    }

    void writeRank(std::uint64_t lane)
    {
        {
            JsonObject event(m_line);
            begin(event, "M", lane, m_earliest);
            event.add("name", u"thread_sort_index");
            JsonObject args(event.open("args"));
            args.add("sort_index", lane);
        }
        send();
    }

    void writeMetadata(const QString &program)
    {
        writeName("process_name", 0, program);
        writeName("thread_name", 0, u"session"_s);
        writeRank(0);
        for (const TaskId id : m_lanes.ids()) {
            writeName("thread_name", m_lanes.number(id), m_store.task(id)->name);
            writeRank(m_lanes.number(id));
        }
        // The earliest of all events comes first: Qt Creator takes its time for the trace's begin.
        writeInstant({{}, m_earliest, "session", u"session begins"_s, {}});
    }

    void writeLane(const Task &task)
    {
        LaneWalk walk(m_store, task);
        while (const auto piece = walk.next()) {
            if (m_sink.failed())
                return;
            writePiece(task, *piece);
            if (piece->what == What::Running)
                m_sink.step();
        }
    }

    void writePiece(const Task &task, const LanePiece &piece)
    {
        {
            JsonObject event(m_line);
            begin(event, "X", m_lanes.number(task.id), piece.begin);
            event.addRaw("dur", microseconds(piece.length()));
            event.add("name", pieceName(m_store, task, piece));
            event.add("cat", pieceCategory(task, piece));
            if (piece.what != What::Running) // names of chrome://tracing's colors
                event.add("cname",
                          piece.what == What::Waiting ? u"thread_state_sleeping" : u"thread_state_runnable");
            addFacts(event, pieceFacts(m_store, task, piece));
        }
        send();
    }

    void writeArrows(const Task &task)
    {
        const std::uint32_t count = m_store.sliceCount(task.id);
        for (std::uint32_t i = m_store.firstSlice(task.id); i < count && !m_sink.failed(); ++i) {
            m_sink.step();
            const model::Slice slice = m_store.slice(task.id, i);
            const auto arrow = arrowTo(m_store, task, i, slice);
            if (!arrow)
                continue;
            ++m_lastArrow;
            writeArrowEnd("s", m_lanes.number(arrow->from), arrow->at);
            writeArrowEnd("f", m_lanes.number(task.id), arrow->to);
        }
    }

    void writeArrowEnd(const char *phase, std::uint64_t lane, Time at)
    {
        {
            JsonObject event(m_line);
            begin(event, phase, lane, at);
            event.add("id", m_lastArrow);
            event.add("name", u"wakes");
            event.add("cat", u"cause");
            if (*phase == 'f')
                event.add("bp", u"e"); // the slice around this point, not the next one
        }
        send();
    }

    void writeInstants()
    {
        InstantWalk walk(m_store);
        while (const auto instant = walk.next()) {
            if (m_sink.failed())
                return;
            writeInstant(*instant);
        }
    }

    void writeInstant(const ExportInstant &instant)
    {
        const std::uint64_t lane = m_lanes.number(instant.lane);
        {
            JsonObject event(m_line);
            begin(event, "i", lane, instant.at);
            event.add("s", lane ? u"t" : u"p");
            event.add("name", instant.name);
            event.add("cat", QString::fromLatin1(instant.category));
            addFacts(event, instant.facts);
        }
        send();
    }

    const model::TraceStore &m_store;
    ExportSink &m_sink;
    const ExportLanes m_lanes;
    const Time m_earliest = earliestTime(m_store);
    QByteArray m_line;
    bool m_isFirst = true;
    std::uint64_t m_lastArrow = 0;
};
} // namespace

void writeChromeTrace(const model::TraceStore &store, const QString &program, ExportSink &sink)
{
    ChromeWriter(store, sink).write(program);
}

} // namespace coroscope::io
