// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exporters.h"
#include "tests/support/storefixture.h"

#include <QBuffer>

namespace coroscope::io {

/// What an exporter writes of a store.
inline QByteArray exported(const model::TraceStore &store, ExportFormat format)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto error = exportTrace(store, format, buffer, QStringLiteral("program"));
    return error ? QByteArray("error: ") + error->text().toUtf8() : buffer.data();
}

/// Counts what is written, and refuses more than `room` bytes.
class CountingDevice : public QIODevice
{
public:
    explicit CountingDevice(qint64 room = std::numeric_limits<qint64>::max(),
                            qint64 atOnce = std::numeric_limits<qint64>::max())
        : m_room(room)
        , m_atOnce(atOnce)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

    qint64 count = 0;
    qint64 largest = 0;
    qint64 refusals = 0;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        if (count >= m_room) {
            ++refusals;
            setErrorString(QStringLiteral("no room"));
            return -1;
        }
        const qint64 taken = std::min({size, m_room - count, m_atOnce});
        count += taken;
        largest = std::max(largest, size);
        return taken;
    }

private:
    const qint64 m_room;
    const qint64 m_atOnce;
};

/// A session with one of each: a loop, a worker, a task that another woke, a failure, a future, a line.
///
///   ms      0    1    2    3    4    5    6    7    8    9   10
///   loop    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
///   parent  ·RRRRRwwwwwwwwwwwwwwwwwwwwwwwwwwwwwRRRRR✓
///   child           RRRRRwwwwwwwwwwrrrrrRRRRR✓
///   waiter                                                RRRRR…
struct SampleSession : StoreFixture
{
    TaskId loop1 = loop();
    TaskId worker1 = worker(QStringLiteral("worker 1"), 2);
    TaskId parent = spawn(QStringLiteral("parent"), QStringLiteral("group"), 0ms);
    TaskId child = spawn(QStringLiteral("child"), QStringLiteral("download"), 500us, parent);
    TaskId waiter = spawn(QStringLiteral("waiter"), {}, 6ms);

    SampleSession()
    {
        awake(loop1, 0ms, 9ms);
        job(worker1, 2, 1ms, 2ms, QStringLiteral("hash"));
        slice(parent, 200us, 1ms, joins(child));
        slice(child, 2ms, 3ms, reply(QStringLiteral("http://h/a"), site(QStringLiteral("src/a.cpp"), 42)));
        ready(child, 5ms, trace::Cause::Reply);
        end(child, 6ms, 7ms, trace::Outcome::Done, QStringLiteral("42 bytes"), trace::Cause::Reply);
        end(parent, 7ms, 8ms, trace::Outcome::Failed, QStringLiteral("broken"), trace::Cause::Task,
            child.value);
        runs(waiter, 9ms);
        play(10ms);
    }
    /// After all that is there.
    void prints(TaskId task, model::Time at, const QString &text)
    {
        const auto size = std::uint64_t(text.toUtf8().size());
        store().append({at,
                        model::ThreadId {1},
                        task.value,
                        trace::EventType::Text,
                        {},
                        std::uint16_t(trace::TextKind::Print),
                        size,
                        size,
                        text});
        store().commit(store().now());
    }
};

} // namespace coroscope::io
