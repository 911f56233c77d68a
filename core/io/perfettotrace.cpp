// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/perfettotrace.h"

#include "core/io/exportarrow.h"
#include "core/io/exportfacts.h"
#include "core/io/exportlanes.h"
#include "core/io/perfettomessage.h"

namespace coroscope::io {

using namespace Qt::StringLiterals;
using model::Task;
using model::Time;
using What = LanePiece::What;

namespace {
/// Field numbers, named after message and field of the public schema.
namespace field {
enum Trace { Packet = 1 };
enum TracePacket {
    Timestamp = 8,
    TrustedPacketSequenceId = 10,
    TrackEvent = 11,
    SequenceFlags = 13,
    TrackDescriptor = 60,
};
namespace descriptor {
enum { Uuid = 1, Name = 2, ParentUuid = 5, ChildOrdering = 11, SiblingOrderRank = 12, SiblingMerge = 15 };
}
namespace event {
enum {
    DebugAnnotations = 4,
    Type = 9,
    TrackUuid = 11,
    Categories = 22,
    Name = 23,
    FlowIds = 47,
    TerminatingFlowIds = 48,
};
}
namespace annotation {
enum { BoolValue = 2, UintValue = 3, StringValue = 6, Name = 10 };
}
} // namespace field

enum EventType { SliceBegin = 1, SliceEnd = 2, Instant = 3 };
constexpr std::uint64_t incrementalStateCleared = 1;
constexpr std::uint64_t explicitOrder = 3;
constexpr std::uint64_t neverMerge = 2;
constexpr std::uint64_t sequence = 1;
constexpr std::uint64_t rootTrack = 1;

std::uint64_t trackOf(std::uint32_t lane) { return rootTrack + lane; }

class PerfettoWriter
{
public:
    PerfettoWriter(const model::TraceStore &store, ExportSink &sink)
        : m_store(store)
        , m_sink(sink)
        , m_lanes(store)
    { }

    void write(const QString &program)
    {
        m_sink.expectSteps(m_lanes.sliceCount());
        writeRoot(program);
        for (const TaskId id : m_lanes.ids())
            writeTrack(*m_store.task(id));
        for (const TaskId id : m_lanes.ids())
            writeLane(*m_store.task(id));
        writeInstants();
    }

private:
    void writeRoot(const QString &program)
    {
        beginPacket();
        m_out.addNumber(field::SequenceFlags, incrementalStateCleared);
        m_out.begin(field::TrackDescriptor);
        m_out.addNumber(field::descriptor::Uuid, rootTrack);
        m_out.addText(field::descriptor::Name, program);
        m_out.addNumber(field::descriptor::ChildOrdering, explicitOrder);
        m_out.end();
        endPacket();
    }

    void writeTrack(const Task &task)
    {
        const std::uint32_t lane = m_lanes.number(task.id);
        beginPacket();
        m_out.begin(field::TrackDescriptor);
        m_out.addNumber(field::descriptor::Uuid, trackOf(lane));
        m_out.addNumber(field::descriptor::ParentUuid, rootTrack);
        m_out.addText(field::descriptor::Name, task.name);
        m_out.addNumber(field::descriptor::SiblingOrderRank, lane);
        m_out.addNumber(field::descriptor::SiblingMerge, neverMerge); // else tasks of one name share a row
        m_out.end();
        endPacket();
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
        const std::uint32_t lane = m_lanes.number(task.id);
        // The source of a flow comes before its end, also where both are at the same nanosecond.
        const bool hasCause = piece.what == What::Running && writeWake(task, piece);
        beginEvent(SliceBegin, lane, piece.begin);
        m_out.addText(field::event::Categories, pieceCategory(task, piece));
        m_out.addText(field::event::Name, pieceName(m_store, task, piece));
        if (hasCause)
            m_out.addFixed64(field::event::TerminatingFlowIds, m_lastFlow);
        addFacts(pieceFacts(m_store, task, piece));
        endEvent();
        if (piece.open) // an event without an end is what it is: one that goes on
            return;
        beginEvent(SliceEnd, lane, piece.end);
        endEvent();
    }

    bool writeWake(const Task &task, const LanePiece &piece)
    {
        const auto arrow = arrowTo(m_store, task, piece.index, piece.slice);
        if (!arrow)
            return false;
        beginEvent(Instant, m_lanes.number(arrow->from), arrow->at);
        m_out.addText(field::event::Categories, u"wake");
        m_out.addText(field::event::Name, u"wakes "_s + task.name);
        m_out.addFixed64(field::event::FlowIds, ++m_lastFlow);
        endEvent();
        return true;
    }

    void writeInstants()
    {
        InstantWalk walk(m_store);
        while (const auto instant = walk.next()) {
            if (m_sink.failed())
                return;
            beginEvent(Instant, m_lanes.number(instant->lane), instant->at);
            m_out.addText(field::event::Categories, QString::fromLatin1(instant->category));
            m_out.addText(field::event::Name, instant->name);
            addFacts(instant->facts);
            endEvent();
        }
    }

    void addFacts(const ExportFacts &facts)
    {
        for (const ExportFact &fact : facts) {
            m_out.begin(field::event::DebugAnnotations);
            m_out.addText(field::annotation::Name, QString::fromLatin1(fact.key));
            if (const auto *text = std::get_if<QString>(&fact.value))
                m_out.addText(field::annotation::StringValue, *text);
            else if (const auto *number = std::get_if<std::uint64_t>(&fact.value))
                m_out.addNumber(field::annotation::UintValue, *number);
            else
                m_out.addNumber(field::annotation::BoolValue, std::get<bool>(fact.value));
            m_out.end();
        }
    }

    void beginPacket()
    {
        m_out.begin(field::Packet);
        m_out.addNumber(field::TrustedPacketSequenceId, sequence);
    }
    void endPacket()
    {
        m_out.end();
        m_sink.write(m_out.bytes());
        m_out.clear();
    }

    void beginEvent(EventType type, std::uint32_t lane, Time at)
    {
        beginPacket();
        m_out.addNumber(field::Timestamp, std::uint64_t(std::max(at, Time {0}).count()));
        m_out.begin(field::TrackEvent);
        m_out.addNumber(field::event::Type, type);
        m_out.addNumber(field::event::TrackUuid, trackOf(lane));
    }
    void endEvent()
    {
        m_out.end();
        endPacket();
    }

    const model::TraceStore &m_store;
    ExportSink &m_sink;
    const ExportLanes m_lanes;
    ProtoWriter m_out;
    std::uint64_t m_lastFlow = 0;
};
} // namespace

void writePerfettoTrace(const model::TraceStore &store, const QString &program, ExportSink &sink)
{
    PerfettoWriter(store, sink).write(program);
}

} // namespace coroscope::io
