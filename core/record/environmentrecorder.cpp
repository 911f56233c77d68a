// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

/// Records the whole program to the file that the environment variable COROSCOPE_RECORD names, from its
/// QCoreApplication on. "%p" in the name becomes the process' number, for programs that start others. Without
/// the variable nothing happens: no thread, no memory.
///
/// A thread of its own takes the events and writes them. A crash costs the last second at most.
#include "core/io/tracewriter.h"
#include "core/model/collector.h"
#include "core/model/textpool.h"
#include "core/trace/recorder.h"

#include <QCoreApplication>
#include <QFile>

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

/// Named by the linker's --undefined: with it, a static library keeps this file.
extern "C" const int coroscopeRecordsByEnvironment = 1;

namespace coroscope {

namespace {

using namespace std::chrono_literals;

constexpr auto variable = "COROSCOPE_RECORD";

void say(const QString &message) { std::fprintf(stderr, "coroscope: %s\n", qUtf8Printable(message)); }

class EnvironmentRecorder final : model::EventTarget, io::Pools
{
public:
    explicit EnvironmentRecorder(const QString &name)
        : m_file(name)
        , m_collector(*this)
    {
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
            say(QStringLiteral("%1: %2 can't be written: %3. The program runs without being recorded.")
                    .arg(QLatin1String(variable), name, m_file.errorString()));
            return;
        }
        m_writer.emplace(m_file, static_cast<const io::Pools &>(*this), io::Facts::ofThisProcess());
        trace::startRecording();
        m_thread = std::thread([this] { run(); });
    }
    ~EnvironmentRecorder()
    {
        if (!m_thread.joinable())
            return;
        {
            const std::scoped_lock lock(m_mutex);
            m_isOver = true;
        }
        m_wake.notify_one();
        m_thread.join();
        trace::stopRecording();
        m_collector.collectAll();
        m_writer->close();
        if (!m_file.flush() && !m_writer->error())
            say(QStringLiteral("%1 can't be written: %2.").arg(m_file.fileName(), m_file.errorString()));
    }

private:
    void run()
    {
        constexpr auto pause = 10ms;
        constexpr auto flushInterval = 1s;
        trace::leaveThreadUntraced();
        auto flushed = std::chrono::steady_clock::now();
        std::uint64_t events = 0;
        std::unique_lock lock(m_mutex);
        while (!m_wake.wait_for(lock, pause, [this] { return m_isOver; })) {
            while (!m_collector.collect(pause) && !m_isOver) { }
            const auto now = std::chrono::steady_clock::now();
            if (now - flushed < flushInterval || m_writer->events() == events)
                continue;
            flushed = now;
            events = m_writer->events();
            m_writer->flush();
            m_file.flush();
            if (m_writer->error() && !std::exchange(m_hasTold, true)) {
                say(QStringLiteral("%1 can't be written: %2. The recording ends there.")
                        .arg(m_file.fileName(), *m_writer->error()));
                trace::stopRecording();
            }
        }
    }

    model::LocationId addLocation(model::Location location) override
    {
        return m_pool.addLocation(std::move(location));
    }
    StringId addString(QString text) override { return m_pool.addString(text); }
    void append(const model::TraceEvent &event) override { m_writer->append(event); }
    void appendLost(model::ThreadId thread, model::Time time, std::uint64_t count) override
    {
        m_writer->appendLost(thread, time, count);
    }
    void appendLostTexts(std::uint64_t count) override { m_writer->appendLostTexts(count); }
    void commit(model::Time now) override { m_writer->commit(now); }
    const QString &string(StringId id) const override { return m_pool.string(id); }
    const model::Location &location(model::LocationId id) const override { return m_pool.location(id); }

    QFile m_file;
    model::TextPool m_pool;
    std::optional<io::TraceWriter> m_writer;
    model::Collector m_collector;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_isOver = false;
    bool m_hasTold = false;
    std::thread m_thread;
};

void recordIfAsked()
{
    QString name = qEnvironmentVariable(variable);
    if (name.isEmpty())
        return;
    name.replace(QLatin1String("%p"), QString::number(QCoreApplication::applicationPid()));
    // Destroyed after main()'s own objects, and before what is older than the application.
    static const EnvironmentRecorder recorder(name);
}

Q_COREAPP_STARTUP_FUNCTION(recordIfAsked)

} // namespace

} // namespace coroscope
