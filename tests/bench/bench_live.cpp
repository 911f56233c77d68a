// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// A traced program that makes a million events a second, watched live: what is lost, how long a frame of the
// timeline takes, and whether memory stays within what retention says. One JSON object a line.
//
// bench_live [--seconds 60] [--rate 1050000] [--tasks-per-second 2000] [--keep 256MB] [--window] [--unsaved]
//
// The program runs on a loop thread of its own; this thread collects and draws, 60 times a second, as the
// application's does: without --window the timeline alone, with it the whole window. Each figure of a frame
// stands there twice, by the clock and by this thread's processor time: what else the machine does is in the
// one and not in the other. --unsaved leaves out what the application keeps on the disk for saving.
#include "core/io/recording.h"
#include "core/model/collector.h"
#include "core/runtime/loopthread.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/yield.h"
#include "core/tasks/localsession.h"
#include "core/trace/recorder.h"
#include "tests/support/cputime.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace coroscope;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int workers = 30;

double rssMb()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

double cpuSeconds() { return std::chrono::duration<double>(tests::threadCpuTime()).count(); }

struct Durations
{
    std::vector<double> all;

    double percentile(double share)
    {
        if (all.empty())
            return 0;
        std::sort(all.begin(), all.end());
        return all[std::min(all.size() - 1, std::size_t(share * double(all.size())))];
    }
};

/// Times what it is put around, by the clock and by the thread's processor time.
struct Timed
{
    Durations wall, cpu;

    template<class F>
    auto operator()(F f)
    {
        const auto begin = Clock::now();
        const double cpuBegin = cpuSeconds();
        const auto result = f();
        cpu.all.push_back((cpuSeconds() - cpuBegin) * 1e3);
        wall.all.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        return result;
    }
    void print(const char *name, const char *how)
    {
        std::printf(R"({"case":"live, %s","system":"coroscope","n":%zu,"p50_ms":%.3f,"p99_ms":%.3f,)"
                    R"("longest_ms":%.3f,"cpu_p50_ms":%.3f,"cpu_p99_ms":%.3f,"how":"%s"})"
                    "\n",
                    name, wall.all.size(), wall.percentile(0.5), wall.percentile(0.99), wall.percentile(1),
                    cpu.percentile(0.5), cpu.percentile(0.99), how);
    }
};

/// A frame is all that a window draws at once.
class BenchApplication final : public QApplication
{
public:
    using QApplication::QApplication;
    Timed frames;
    Durations intervals;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (event->type() != QEvent::UpdateRequest || !receiver->isWidgetType())
            return QApplication::notify(receiver, event);
        const auto now = Clock::now();
        if (m_last != Clock::time_point {})
            intervals.all.push_back(std::chrono::duration<double, std::milli>(now - m_last).count());
        m_last = now;
        return frames([&] { return QApplication::notify(receiver, event); });
    }

private:
    Clock::time_point m_last {};
};

// --- the program that is watched -------------------------------------------------------------------------

struct Load
{
    double eventsPerSecond;
    double tasksPerSecond;
};

Task<int> shortLived(int n)
{
    for (int i = 0; i < 3; ++i)
        co_await yield();
    co_return n;
}

/// Does its share of what is due by now, and sleeps until the next millisecond.
Task<void> work(Load load)
{
    const auto start = Clock::now();
    double events = 0, tasks = 0;
    for (;;) {
        co_await coroscope::sleep(1ms);
        events += 3;
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        for (; tasks < seconds * load.tasksPerSecond / workers; ++tasks) {
            const SpawnedTask<int> task = spawn("short", shortLived, int(tasks));
            co_await task;
            events += 14;
        }
        for (; events < seconds * load.eventsPerSecond / workers; events += 2)
            co_await yield();
    }
}

// --- what watches it -------------------------------------------------------------------------------------

/// As much of a session as the window needs.
class LiveSession final : public tasks::Session
{
    Q_OBJECT
public:
    explicit LiveSession(bool saved)
        : m_recording(m_store)
        , m_collector(saved ? static_cast<model::EventTarget &>(m_recording) : m_store)
    {
        trace::startRecording(tasks::LocalSession::recorderOptions());
        m_loop.startAndWait();
    }
    ~LiveSession() override
    {
        m_loop.stop();
        trace::stopRecording();
        m_collector.collectAll();
    }
    void start(Load load)
    {
        m_loop.post([load] {
            for (int i = 0; i < workers; ++i)
                spawn("worker", work, load);
        });
    }
    bool collect() { return m_collector.collect(); }
    double recordedMb() const { return double(m_recording.bytes()) / 1e6; }

    model::TraceStore &store() override { return m_store; }
    bool takesCommands() const override { return false; }
    void post(tasks::Command) override { }
    std::optional<tasks::TaskSpec> specOf(TaskId) const override { return {}; }
    QString loopName() const override { return QStringLiteral("uv"); }
    bool isBusy() const override { return true; }

private:
    model::TraceStore m_store;
    io::Recording m_recording;
    model::Collector m_collector;
    LoopThread m_loop {{}, dispatch::preferredLoop()};
};

void printStore(const char *when, const LiveSession &session, const model::TraceStore &store, double seconds)
{
    const model::StoreFigures figures = store.figures();
    std::printf(R"({"case":"live, %s","system":"coroscope","seconds":%.1f,"events":%llu,"events_per_s":%.0f,)"
                R"("lost":%llu,"breaches":%llu,"tasks":%zu,"forgotten_events":%llu,"forgotten_tasks":%llu,)"
                R"("store_mb":%.1f,"recorded_mb":%.1f,"rss_mb":%.1f})"
                "\n",
                when, seconds, (unsigned long long)figures.events, double(figures.events) / seconds,
                (unsigned long long)(figures.lost + figures.lostTexts), (unsigned long long)figures.breaches,
                store.tasks().size(), (unsigned long long)figures.forgottenEvents,
                (unsigned long long)figures.forgottenTasks, double(figures.memoryBytes) / 1e6,
                session.recordedMb(), rssMb());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    BenchApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("seconds"), {}, QStringLiteral("S"), QStringLiteral("10")},
                       {QStringLiteral("rate"), {}, QStringLiteral("N"), QStringLiteral("1050000")},
                       {QStringLiteral("tasks-per-second"), {}, QStringLiteral("N"), QStringLiteral("2000")},
                       {QStringLiteral("keep"), {}, QStringLiteral("HOWMUCH"), QStringLiteral("256MB")},
                       {QStringLiteral("window"), {}},
                       {QStringLiteral("unsaved"), {}}});
    parser.process(app);
    const auto keep = model::parseRetention(parser.value(QStringLiteral("keep")));
    if (const auto *why = std::get_if<QString>(&keep)) {
        std::fprintf(stderr, "%s\n", qPrintable(*why));
        return 2;
    }
    const double seconds = parser.value(QStringLiteral("seconds")).toDouble();
    const Load load {parser.value(QStringLiteral("rate")).toDouble(),
                     parser.value(QStringLiteral("tasks-per-second")).toDouble()};

    ui::applyTheme(app, ui::ThemeChoice::Light);
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    LiveSession session(!parser.isSet(QStringLiteral("unsaved")));
    session.store().setRetention(std::get<model::Retention>(keep));
    ui::Selection selection;
    std::unique_ptr<ui::TimelineView> view;
    std::unique_ptr<QWidget> shown;
    if (parser.isSet(QStringLiteral("window"))) {
        shown = std::make_unique<ui::MainWindow>(session, settings);
    } else {
        view = std::make_unique<ui::TimelineView>(session.store(), selection);
        shown = std::make_unique<ui::TimelineWidget>(*view);
    }
    shown->resize(1600, 900);
    shown->show();

    session.start(load);
    const auto start = Clock::now();
    const auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    Timed collecting;
    std::uint64_t late = 0;
    bool isHalfTold = false;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &app, [&] {
        const bool isComplete = collecting([&] { return session.collect(); });
        late += isComplete ? 0 : 1;
        timer.start(isComplete ? 16ms : 1ms);
        if (!isHalfTold && elapsed() > seconds / 2) {
            isHalfTold = true;
            printStore("at half time", session, session.store(), elapsed());
        }
        if (elapsed() > seconds)
            app.quit();
    });
    timer.start(16ms);
    const double cpuBegin = cpuSeconds();
    QApplication::exec();
    const double cpu = (cpuSeconds() - cpuBegin) / elapsed();
    printStore("at the end", session, session.store(), elapsed());
    collecting.print("collecting", "every 16 ms");
    app.frames.print("frames", "all that is drawn at once, 1600x900");
    std::printf(R"({"case":"live, between frames","system":"coroscope","n":%zu,"p50_ms":%.3f,"p99_ms":%.3f})"
                "\n",
                app.intervals.all.size(), app.intervals.percentile(0.5), app.intervals.percentile(0.99));
    std::printf(
        R"({"case":"live, this thread","system":"coroscope","cpu_share":%.3f,"late_collections":%llu})"
        "\n",
        cpu, (unsigned long long)late);
    return 0;
}

#include "bench_live.moc"
