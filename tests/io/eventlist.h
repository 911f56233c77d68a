// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/readtrace.h"
#include "core/io/tracewriter.h"
#include "core/model/textpool.h"

#include <QBuffer>

#include <random>

namespace coroscope::io {

/// Takes events as they come, in words: two lists are equal if the recordings say the same, whatever numbers
/// their texts have.
class EventList final : public model::EventTarget, public Pools
{
public:
    QStringList lines;
    model::TextPool pool;

    model::LocationId addLocation(model::Location location) override
    {
        return pool.addLocation(std::move(location));
    }
    StringId addString(QString text) override { return pool.addString(text); }
    void append(const model::TraceEvent &e) override
    {
        const auto kind = trace::WaitKind(e.kind);
        const bool isSited = e.type == trace::EventType::Created || e.type == trace::EventType::FirstSeen
                             || e.type == trace::EventType::Located || e.type == trace::EventType::Suspended;
        const model::Location &site = pool.location(model::LocationId {std::uint32_t(e.b)});
        const bool isLabelled = e.type == trace::EventType::Suspended && hasLabel(kind);
        lines << QStringLiteral("%1 thread %2 task %3 type %4 cause %5 kind %6 %7 %8 %9")
                     .arg(e.time.count())
                     .arg(e.thread.value)
                     .arg(e.task)
                     .arg(int(e.type))
                     .arg(int(e.cause))
                     .arg(e.kind)
                     .arg(isLabelled ? pool.string(StringId {std::uint32_t(e.a)}) : QString::number(e.a),
                          isSited ? site.function + site.file + QString::number(site.line)
                                  : QString::number(e.b),
                          e.text);
    }
    void appendLost(model::ThreadId thread, model::Time time, std::uint64_t count) override
    {
        lines << QStringLiteral("%1 thread %2 lost %3").arg(time.count()).arg(thread.value).arg(count);
    }
    void appendLostTexts(std::uint64_t count) override
    {
        lines << QStringLiteral("%1 texts lost").arg(count);
    }
    void commit(model::Time now) override { known = now; }
    model::Time known {};

    const QString &string(StringId id) const override { return pool.string(id); }
    const model::Location &location(model::LocationId id) const override { return pool.location(id); }
};

/// Both a list and a recording of the same random events: all types, all kinds, texts of all sorts.
struct RandomRecording
{
    EventList list;
    QBuffer file;

    explicit RandomRecording(std::uint32_t seed, int count, int flushEvery = 0)
        : m_random(seed)
    {
        file.open(QIODevice::ReadWrite);
        Facts facts;
        facts.program = QStringLiteral("random %1").arg(seed);
        TraceWriter writer(file, list, facts);
        for (int i = 0; i < count; ++i) {
            put(writer);
            if (flushEvery > 0 && i % flushEvery == flushEvery - 1) {
                writer.commit(m_time);
                list.commit(m_time);
                writer.flush();
            }
        }
        writer.commit(m_time);
        list.commit(m_time);
        writer.close();
    }

    std::uint32_t pick(std::uint32_t n) { return std::uint32_t(m_random() % n); }

private:
    std::uint64_t number()
    {
        switch (pick(4)) {
        case 0:
            return 0;
        case 1:
            return pick(1000);
        case 2:
            return ~std::uint64_t(0);
        default:
            return m_random();
        }
    }
    QString text()
    {
        static const QStringList texts {QString(), QStringLiteral("GET /a.bin"),
                                        QStringLiteral("下载 \U0001F600"),
                                        QStringLiteral("\"quoted\"\n\t\x01"), QString(5000, u'x')};
        return texts[qsizetype(pick(std::uint32_t(texts.size())))] + QString::number(pick(50));
    }
    void put(TraceWriter &writer)
    {
        m_time += model::Time {int(pick(4)) == 0 ? -int(pick(3)) : int(pick(100'000))};
        if (pick(50) == 0) {
            writer.appendLost(model::ThreadId {1}, m_time, 7);
            list.appendLost(model::ThreadId {1}, m_time, 7);
            return;
        }
        model::TraceEvent e;
        e.time = m_time;
        e.thread = model::ThreadId {1 + pick(3)};
        e.task = pick(10) == 0 ? std::uint32_t(m_random()) : pick(100);
        e.type = trace::EventType(pick(20));
        fill(e);
        writer.append(e);
        list.append(e);
    }
    /// What each type has, and nothing else: the rest isn't recorded.
    void fill(model::TraceEvent &e)
    {
        using trace::EventType;
        const auto site = [this] {
            return pick(3) == 0
                       ? 0
                       : list.addLocation({text(), QStringLiteral("file.cpp"), int(pick(900))}).value;
        };
        switch (e.type) {
        case EventType::Created:
        case EventType::FirstSeen:
            e.kind = std::uint16_t(pick(4));
            e.a = number();
            e.b = site();
            break;
        case EventType::Located:
            e.b = site();
            break;
        case EventType::Resumed:
            e.b = number();
            [[fallthrough]];
        case EventType::Ready:
            e.cause = trace::Cause(pick(17));
            e.a = number();
            break;
        case EventType::Suspended:
            e.kind = std::uint16_t(pick(17));
            e.a = hasLabel(trace::WaitKind(e.kind)) ? list.addString(text()).value : number();
            e.b = site();
            break;
        case EventType::Text:
            e.text = text();
            e.a = std::uint64_t(e.text.toUtf8().size());
            e.b = e.a + pick(2);
            [[fallthrough]];
        case EventType::Finished:
            e.kind = std::uint16_t(pick(11));
            break;
        case EventType::FutureCreated:
        case EventType::FutureResolved:
            e.kind = std::uint16_t(pick(3));
            [[fallthrough]];
        case EventType::WaitMember:
            e.a = number();
            break;
        case EventType::WaitBegun:
        case EventType::Progress:
            e.kind = std::uint16_t(pick(3));
            [[fallthrough]];
        case EventType::WaitEnded:
            e.a = number();
            e.b = number();
            break;
        default:
            break;
        }
    }

    std::mt19937_64 m_random;
    model::Time m_time {};
};

/// Reads all there is; the fault, if there is one, beside the list.
struct Reading
{
    EventList list;
    std::optional<QString> refused;
    std::optional<QString> fault;
    Facts facts;
    std::uint64_t unknown = 0;

    explicit Reading(const QByteArray &bytes)
    {
        QBuffer buffer;
        buffer.setData(bytes);
        buffer.open(QIODevice::ReadOnly);
        TraceReader reader(buffer);
        refused = reader.open();
        BlockApplier applier(list);
        while (auto block = reader.next()) {
            applier.begin(*block);
            if (!applier.apply(block->events))
                fault = QStringLiteral("an event names what isn't there");
            applier.end(*block);
            unknown += block->unknown;
        }
        if (!fault)
            fault = reader.fault();
        facts = reader.facts();
    }
};

} // namespace coroscope::io
