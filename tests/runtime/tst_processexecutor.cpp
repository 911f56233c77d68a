// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/processexecutor.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/wait.h"
#include "core/runtime/workermain.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtEndian>

#include <csignal>
#include <fcntl.h>
#include <iostream>
#include <numeric>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

// --- what the workers know ---------------------------------------------------------------------------

enum class Color : std::uint8_t { Red, Green };

struct Point
{
    int x = 0;
    int y = 0;
    friend QDataStream &operator<<(QDataStream &stream, const Point &p) { return stream << p.x << p.y; }
    friend QDataStream &operator>>(QDataStream &stream, Point &p) { return stream >> p.x >> p.y; }
    friend bool operator==(const Point &, const Point &) = default;
};

class Overdrawn : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

int squareOf(int value) { return value * value; }
void doNothing() { }
int ownPid() { return int(::getpid()); }
int sleepFor(int milliseconds)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    return milliseconds;
}
int die(const QString &how)
{
    if (how == QLatin1String("abort"))
        ::abort();
    if (how == QLatin1String("exit"))
        ::_exit(3);
    if (how == QLatin1String("kill"))
        ::kill(::getpid(), SIGKILL);
    if (how == QLatin1String("close")) {
        ::close(workerSocket);
        for (;;)
            ::pause();
    }
    // A process that inherits the socket hides that its parent died.
    if (how == QLatin1String("orphan")) {
        if (::fork() == 0) {
            ::close(STDOUT_FILENO);
            ::close(STDERR_FILENO);
            ::alarm(20);
            for (;;)
                ::pause();
        }
        ::abort();
    }
    return 0;
}
int fail(int kind)
{
    if (kind == 0)
        throw Overdrawn("12 € are missing");
    if (kind == 1)
        throw std::out_of_range("no such row");
    throw 7;
}
QStringList openDescriptors()
{
    QStringList open;
    for (int i = 0; i < 1024; ++i)
        if (::fcntl(i, F_GETFD) != -1)
            open << QString::number(i);
    return open;
}
bool makeFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly);
}
int markAndSleep(const QString &path)
{
    const bool isMade = makeFile(path);
    std::this_thread::sleep_for(60s);
    return isMade;
}
bool awaitFile(const QString &path)
{
    for (int i = 0; i < 20'000 && !QFile::exists(path); ++i)
        std::this_thread::sleep_for(1ms);
    return QFile::exists(path);
}
QByteArray zeros(qint64 count) { return QByteArray(count, '\0'); }
qint64 lengthOf(QByteArray bytes) { return bytes.size(); }
bool hasApplication() { return QCoreApplication::instance(); }

using Everything = std::tuple<bool, char, long, std::uint64_t, double, Color, QString, QByteArray,
                              std::string, QStringList, std::vector<int>, std::optional<QString>,
                              std::optional<int>, std::pair<int, QString>, QList<Point>, QMap<QString, int>>;
Everything echo(Everything all) { return all; }

const ProcessFunction square("test.square", &squareOf);
const ProcessFunction nothing("test.nothing", &doNothing);
const ProcessFunction pidOf("test.pid", &ownPid);
const ProcessFunction sleeps("test.sleeps", &sleepFor);
const ProcessFunction dies("test.dies", &die);
const ProcessFunction fails("test.fails", &fail);
const ProcessFunction descriptors("test.descriptors", &openDescriptors);
const ProcessFunction marksAndSleeps("test.marks", &markAndSleep);
const ProcessFunction awaitsFile("test.awaitsFile", &awaitFile);
const ProcessFunction makesZeros("test.zeros", &zeros);
const ProcessFunction measures("test.length", &lengthOf);
const ProcessFunction application("test.application", &hasApplication);
const ProcessFunction echoes("test.echo", &echo);

QString whatOf(const auto &job)
{
    try {
        (void)job.result();
        return QStringLiteral("nothing was thrown");
    } catch (const BrokenProcessPool &error) {
        return QStringLiteral("BrokenProcessPool: %1").arg(error.what());
    } catch (const std::exception &error) {
        return QString::fromUtf8(error.what());
    }
}

// --- what is no worker -------------------------------------------------------------------------------

void sendRaw(const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count = ::send(workerSocket, bytes.data() + sent, std::size_t(bytes.size() - sent),
                                     MSG_NOSIGNAL);
        if (count <= 0)
            ::_exit(0);
        sent += count;
    }
}
QByteArray framed(const QByteArray &message)
{
    QByteArray length(4, Qt::Uninitialized);
    qToBigEndian(quint32(message.size()), length.data());
    return length + message;
}
void awaitRequest()
{
    char byte;
    (void)::recv(workerSocket, &byte, 1, 0);
}

/// What happens in a program that starts workers, but whose main() knows nothing of them.
int programWithoutWorkers()
{
    int argc = 0;
    QCoreApplication app(argc, nullptr);
    Loop loop;
    ProcessExecutor executor(1);
    const auto job = executor.run(square, 3);
    while (!job.isDone())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return whatOf(job).contains(QLatin1String("has to call coroscope::runAsWorker()")) ? 42 : 1;
}

/// Started as a worker, speaks as none.
int hostileWorker(const QString &kind)
{
    const QByteArray greeting = framed(char(MessageKind::Ready) + QByteArray(workerGreeting));
    const auto result = [](const QByteArray &bytes) { return framed(char(MessageKind::Result) + bytes); };
    const auto says = [&kind](const char *what) { return kind == QLatin1String(what); };
    if (says("silence"))
        for (;;)
            ::pause();
    if (says("another greeting")) {
        sendRaw(framed("\x01hello"));
        ::pause();
    }
    if (says("noise instead of a greeting"))
        for (;;)
            sendRaw(QByteArray(65'536, '\xee'));
    if (says("exits at once"))
        return 5;
    if (says("wants workers of its own"))
        return programWithoutWorkers();
    sendRaw(greeting);
    awaitRequest();
    if (says("endless message")) {
        sendRaw(QByteArray::fromHex("00ffffff02"));
        for (;;)
            sendRaw(QByteArray(65'536, '\0'));
    }
    if (says("length over the limit"))
        sendRaw(QByteArray::fromHex("ffffffff02"));
    if (says("empty message"))
        sendRaw(QByteArray(4, '\0'));
    if (says("unknown kind"))
        sendRaw(framed("\x09what"));
    if (says("greeting again"))
        sendRaw(greeting);
    if (says("short result"))
        sendRaw(result("abc"));
    if (says("long result"))
        sendRaw(result(QByteArray(64, '\1')));
    if (says("number out of range"))
        sendRaw(result(QByteArray(8, '\x7f')));
    if (says("two replies"))
        sendRaw(result(QByteArray(8, '\0')) + result(QByteArray(8, '\0')));
    if (says("broken exception"))
        sendRaw(framed(char(MessageKind::Exception) + QByteArray::fromHex("7fffffff00")));
    if (says("half a reply"))
        sendRaw(result(QByteArray(8, '\0')).left(7));
    else
        ::pause();
    return 0;
}

/// Runs a job and waits to be killed; says its worker's number first.
int parentOfWorker(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Loop loop;
    ProcessExecutor executor(1);
    const auto pid = executor.run(pidOf);
    while (!pid.isDone())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const auto job = executor.run(sleeps, 60'000);
    std::cout << pid.result() << std::endl;
    return app.exec();
}

/// Gone, or a zombie that whoever inherited it has not reaped.
bool isDead(int pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray stat = file.readAll();
    return stat.isEmpty() || stat.mid(stat.lastIndexOf(')') + 2, 1) == "Z";
}
#if defined(__SANITIZE_THREAD__)
constexpr bool isUnderThreadSanitizer = true;
#elif defined(__has_feature)
constexpr bool isUnderThreadSanitizer = __has_feature(thread_sanitizer);
#else
constexpr bool isUnderThreadSanitizer = false;
#endif
/// Zombies, too. ThreadSanitizer has a child of its own, which writes its reports.
bool hasChildren()
{
    errno = 0;
    return !isUnderThreadSanitizer && (::waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD);
}

template<class T>
Task<T> awaits(Job<T> job)
{
    co_return co_await job;
}
Task<void> yieldOnce() { co_await yield(); }
Task<int> submits(ProcessExecutor *executor, int value)
{
    const Job<int> job = co_await executor->submit(QStringLiteral("square"), square, value);
    const int result = co_await job;
    co_return result;
}

} // namespace

class ProcessExecutorTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(); }
    void cleanup();
    void aResultComesBack();
    void everyTypeArrivesAsItWas();
    void aWorkerHasNoApplication();
    void processesAreStartedWhenTheyAreNeededAndKept();
    void anExceptionArrivesWithItsType_data();
    void anExceptionArrivesWithItsType();
    void aProcessThatDiesFailsItsJobAlone_data();
    void aProcessThatDiesFailsItsJobAlone();
    void anIdleProcessThatIsKilledIsReapedAndReplaced();
    void cancellingKillsTheProcessAtWork();
    void aJobCancelledWhilePendingNeverRuns();
    void aThousandJobsRunOnFourProcesses();
    void submittingWaitsForRoom();
    void theEndLeavesNoChild();
    void jobsLearnOfTheExecutorsEnd();
    void theLoopMayEndFirst();
    void theLoopRunsOnMeanwhile();
    void bigArgumentsAndResultsArrive();
    void whatIsOverTheLimitIsRefused();
    void nothingIsInheritedButTheStandardDescriptors();
    void aWorkerDiesWithItsParent();
    void aFunctionThatTheWorkerDoesNotHaveIsAnError();
    void aProgramThatIsNotThereIsAnError();
    void aWorkerThatDoesNotKeepToTheRulesIsKilled_data();
    void aWorkerThatDoesNotKeepToTheRulesIsKilled();
    void workersAreLanesWithTheirPidInTheTrace();
    void startedByHandAWorkerSaysWhatItIs();

private:
    std::unique_ptr<Loop> m_loop;
};

void ProcessExecutorTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QVERIFY(!hasChildren());
}

void ProcessExecutorTest::aResultComesBack()
{
    ProcessExecutor executor(2);
    const auto task = spawn("t", &awaits<int>, executor.run(square, 12));
    const auto done = executor.run(nothing);
    QTRY_VERIFY(task.isDone() && done.isDone());
    QCOMPARE(task.result(), 144);
    done.result();
    QCOMPARE(done.name(), QStringLiteral("test.nothing"));
}

void ProcessExecutorTest::everyTypeArrivesAsItWas()
{
    ProcessExecutor executor(1);
    const Everything all {true,
                          'x',
                          -5'000'000'000L,
                          ~std::uint64_t(0),
                          0.1,
                          Color::Green,
                          QStringLiteral("天秀"),
                          QByteArray("\0\xff", 2),
                          "std",
                          {QStringLiteral("a"), QString()},
                          {1, -2, 3},
                          QStringLiteral("there"),
                          std::nullopt,
                          {4, QStringLiteral("four")},
                          {{1, 2}, {3, 4}},
                          {{QStringLiteral("k"), 1}}};
    const auto job = executor.run(echoes, all);
    QTRY_VERIFY(job.isDone());
    QVERIFY(job.result() == all);
}

void ProcessExecutorTest::aWorkerHasNoApplication()
{
    ProcessExecutor executor(1);
    const auto job = executor.run(application);
    QTRY_VERIFY(job.isDone());
    QVERIFY(!job.result());
}

void ProcessExecutorTest::processesAreStartedWhenTheyAreNeededAndKept()
{
    ProcessExecutor executor(4);
    QCOMPARE(executor.pids().size(), std::size_t(0));
    QSet<int> pids;
    for (int i = 0; i < 5; ++i) {
        const auto job = executor.run(pidOf);
        QTRY_VERIFY(job.isDone());
        pids << job.result();
    }
    QCOMPARE(pids.size(), 1);
    QVERIFY(!pids.contains(int(::getpid())));
    QCOMPARE(executor.pids(), std::vector<int>(pids.begin(), pids.end()));
}

void ProcessExecutorTest::anExceptionArrivesWithItsType_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("what");
    QTest::newRow("of its own") << 0 << "(anonymous namespace)::Overdrawn"
                                << "(anonymous namespace)::Overdrawn: 12 € are missing";
    QTest::newRow("of the standard library") << 1 << "std::out_of_range"
                                             << "std::out_of_range: no such row";
    QTest::newRow("no exception class") << 2 << "int"
                                        << "int";
}

void ProcessExecutorTest::anExceptionArrivesWithItsType()
{
    QFETCH(int, kind);
    QFETCH(QString, type);
    QFETCH(QString, what);
    ProcessExecutor executor(1);
    const auto before = executor.run(pidOf);
    const auto job = executor.run(fails, kind);
    const auto after = executor.run(pidOf);
    QTRY_VERIFY(before.isDone() && job.isDone() && after.isDone());
    try {
        job.result();
        QFAIL("nothing was thrown");
    } catch (const RemoteError &error) {
        QCOMPARE(error.typeName(), type);
        QCOMPARE(QString::fromUtf8(error.what()), what);
    }
    QCOMPARE(after.result(), before.result()); // the process goes on
}

void ProcessExecutorTest::aProcessThatDiesFailsItsJobAlone_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("what");
    QTest::newRow("abort") << "abort"
                           << "was killed by SIGABRT";
    QTest::newRow("exit") << "exit"
                          << "exited with code 3";
    QTest::newRow("killed from outside") << "kill"
                                         << "was killed by SIGKILL";
    QTest::newRow("hangs up") << "close"
                              << "was killed by SIGKILL";
    QTest::newRow("leaves a child") << "orphan"
                                    << "was killed by SIGABRT";
}

void ProcessExecutorTest::aProcessThatDiesFailsItsJobAlone()
{
    QFETCH(QString, how);
    QFETCH(QString, what);
    ProcessExecutor executor(2);
    const QTemporaryDir folder;
    const QString gate = folder.filePath(QStringLiteral("gate"));
    const auto beside = executor.run(awaitsFile, gate);
    const auto pid = executor.run(pidOf);
    const auto broken = executor.run(dies, how);
    const auto after = executor.run(pidOf);
    QTRY_VERIFY(broken.isDone());
    QVERIFY2(whatOf(broken).startsWith(QStringLiteral("BrokenProcessPool: the worker process "))
                 && whatOf(broken).endsWith(what),
             qPrintable(whatOf(broken)));
    QTRY_VERIFY(pid.isDone() && after.isDone());
    makeFile(gate);
    QTRY_VERIFY(beside.isDone());
    QVERIFY(beside.result());
    QVERIFY(after.result() != pid.result());
    QVERIFY(isDead(pid.result()));
    QTRY_COMPARE(executor.pids().size(), std::size_t(2));
}

void ProcessExecutorTest::anIdleProcessThatIsKilledIsReapedAndReplaced()
{
    ProcessExecutor executor(1);
    const auto first = executor.run(pidOf);
    QTRY_VERIFY(first.isDone());
    ::kill(first.result(), SIGKILL);
    QTRY_COMPARE(executor.pids().size(), std::size_t(0)); // nobody asked for it: it is reaped nevertheless
    // Which comes just after its number is given up: a zombie has a folder there.
    QTRY_VERIFY(!QFile::exists(QStringLiteral("/proc/%1").arg(first.result())));
    QVERIFY(!hasChildren());
    const auto second = executor.run(pidOf);
    QTRY_VERIFY(second.isDone());
    QVERIFY(second.result() != first.result());
    // Killed, and asked for at once: whether it is seen before or after, the job is done or says why not.
    ::kill(second.result(), SIGKILL);
    const auto third = executor.run(square, 3);
    QTRY_VERIFY(third.isDone());
    if (whatOf(third) != QLatin1String("nothing was thrown"))
        COROSCOPE_VERIFY_THROWS(third.result(), BrokenProcessPool);
}

void ProcessExecutorTest::cancellingKillsTheProcessAtWork()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("begun"));
    ProcessExecutor executor(1);
    const auto pid = executor.run(pidOf);
    QTRY_VERIFY(pid.isDone());
    const auto job = executor.run(marksAndSleeps, file);
    const auto task = spawn("t", &awaits<int>, job);
    const auto next = executor.run(pidOf);
    const auto turn = spawn("turn", &yieldOnce);
    QTRY_VERIFY(QFile::exists(file) && turn.isDone());
    QCOMPARE(job.phase(), JobPhase::Running);
    task.cancel();
    QTRY_VERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    QTRY_VERIFY(job.isDone() && next.isDone());
    COROSCOPE_VERIFY_THROWS(job.result(), CancelledError);
    QVERIFY(isDead(pid.result()));
    QVERIFY(next.result() != pid.result());
}

void ProcessExecutorTest::aJobCancelledWhilePendingNeverRuns()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("begun"));
    ProcessExecutor executor(1);
    const QString gate = folder.filePath(QStringLiteral("gate"));
    const auto first = executor.run(awaitsFile, gate);
    const auto second = executor.run(marksAndSleeps, file);
    QCOMPARE(second.phase(), JobPhase::Pending);
    const auto task = spawn("t", &awaits<int>, second);
    const auto pid = executor.run(pidOf);
    const auto turn = spawn("turn", &yieldOnce);
    QTRY_VERIFY(!executor.pids().empty() && turn.isDone());
    const std::vector<int> before = executor.pids();
    task.cancel();
    QTRY_VERIFY(task.isDone() && second.isDone());
    makeFile(gate);
    QTRY_VERIFY(first.isDone() && pid.isDone());
    QVERIFY(task.isCancelled());
    COROSCOPE_VERIFY_THROWS(second.result(), CancelledError);
    QVERIFY(first.result());
    QCOMPARE(std::vector<int> {pid.result()}, before); // no process was killed for it
    QVERIFY(!QFile::exists(file));
}

void ProcessExecutorTest::aThousandJobsRunOnFourProcesses()
{
    ProcessExecutor executor(4);
    std::vector<Job<int>> jobs;
    for (int i = 0; i < 1000; ++i)
        jobs.push_back(executor.run(square, i));
    for (int i = 0; i < 1000; ++i) {
        const Job<int> &job = jobs[std::size_t(i)];
        QTRY_VERIFY_WITH_TIMEOUT(job.isDone(), 60'000);
        QCOMPARE(job.result(), i * i);
    }
    QVERIFY(executor.pids().size() <= 4);
}

void ProcessExecutorTest::submittingWaitsForRoom()
{
    ProcessExecutorOptions options;
    options.capacity = 1;
    ProcessExecutor executor(1, options);
    const QTemporaryDir folder;
    const QString gate = folder.filePath(QStringLiteral("gate"));
    const auto first = executor.run(awaitsFile, gate);
    const auto second = executor.run(square, 2);
    COROSCOPE_VERIFY_THROWS(executor.run(square, 3), QueueFull);
    std::vector<SpawnedTask<int>> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(spawn("t", &submits, &executor, i));
    makeFile(gate);
    for (int i = 0; i < 20; ++i) {
        QTRY_VERIFY(tasks[std::size_t(i)].isDone());
        QCOMPARE(tasks[std::size_t(i)].result(), i * i);
    }
}

void ProcessExecutorTest::theEndLeavesNoChild()
{
    QElapsedTimer time;
    std::vector<int> pids;
    {
        ProcessExecutor executor(3);
        const QTemporaryDir folder;
        for (int i = 0; i < 3; ++i)
            (void)executor.run(marksAndSleeps, folder.filePath(QString::number(i)));
        QTRY_COMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
        pids = executor.pids();
        QCOMPARE(pids.size(), std::size_t(3));
        time.start();
    }
    QVERIFY2(time.elapsed() < 5'000, "it waited for jobs that take a minute");
    for (const int pid : pids)
        QVERIFY(isDead(pid));
    // cleanup() looks for zombies.
}

void ProcessExecutorTest::jobsLearnOfTheExecutorsEnd()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("begun"));
    auto executor = std::make_unique<ProcessExecutor>(1);
    const auto running = executor->run(marksAndSleeps, file);
    const auto pending = executor->run(square, 2);
    QTRY_VERIFY(QFile::exists(file));
    executor.reset();
    QVERIFY(!hasChildren()); // though there are handles to its jobs
    QTRY_VERIFY(running.isDone() && pending.isDone());
    COROSCOPE_VERIFY_THROWS(running.result(), CancelledError);
    COROSCOPE_VERIFY_THROWS(pending.result(), ExecutorShutDown);
}

void ProcessExecutorTest::theLoopMayEndFirst()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("begun"));
    ProcessExecutor executor(1);
    {
        const auto job = executor.run(marksAndSleeps, file);
        spawn("t", &awaits<int>, job);
        const auto turn = spawn("turn", &yieldOnce);
        QTRY_VERIFY(QFile::exists(file) && turn.isDone());
    }
    m_loop.reset();
    m_loop = std::make_unique<Loop>();
    const auto next = executor.run(square, 4); // nobody waits for the first one: its process was killed
    QTRY_VERIFY(next.isDone());
    QCOMPARE(next.result(), 16);
}

void ProcessExecutorTest::theLoopRunsOnMeanwhile()
{
    ProcessExecutor executor(1);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("gate"));
    const auto job = executor.run(awaitsFile, file);
    const auto ticking = spawn(
        "tick",
        [](QString path) -> Task<void> {
            for (int i = 0; i < 20; ++i)
                co_await coroscope::sleep(1ms);
            makeFile(path); // the job ends only if the loop comes here
        },
        file);
    QTRY_VERIFY(job.isDone());
    QVERIFY(job.result());
    QVERIFY(ticking.isDone());
}

void ProcessExecutorTest::bigArgumentsAndResultsArrive()
{
    ProcessExecutor executor(1);
    const auto length = executor.run(measures, QByteArray(4'000'000, 'x'));
    const auto bytes = executor.run(makesZeros, 4'000'000);
    QTRY_VERIFY_WITH_TIMEOUT(length.isDone() && bytes.isDone(), 30'000);
    QCOMPARE(length.result(), 4'000'000);
    QCOMPARE(bytes.result(), QByteArray(4'000'000, '\0'));
}

void ProcessExecutorTest::whatIsOverTheLimitIsRefused()
{
    ProcessExecutorOptions options;
    options.messageLimit = 10'000;
    ProcessExecutor executor(1, options);
    COROSCOPE_VERIFY_THROWS(executor.run(measures, QByteArray(10'001, 'x')), std::length_error);
    const auto big = executor.run(makesZeros, 10'001);
    const auto small = executor.run(makesZeros, 9'000);
    QTRY_VERIFY(big.isDone() && small.isDone());
    QCOMPARE(whatOf(big),
             QStringLiteral("std::length_error: the result of test.zeros is over the limit of 10000 bytes"));
    QCOMPARE(small.result().size(), 9'000);
}

void ProcessExecutorTest::nothingIsInheritedButTheStandardDescriptors()
{
    const int leak = ::dup2(STDERR_FILENO, 77); // as a careless library would
    const int other = ::dup(STDERR_FILENO);
    ProcessExecutor executor(2);
    const auto one = executor.run(descriptors);
    const auto two = executor.run(descriptors);
    QTRY_VERIFY(one.isDone() && two.isDone());
    ::close(leak);
    ::close(other);
    const QStringList expected {QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"),
                                QString::number(workerSocket)};
    QCOMPARE(one.result(), expected);
    QCOMPARE(two.result(), expected);
}

void ProcessExecutorTest::aWorkerDiesWithItsParent()
{
    QProcess parent;
    parent.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--parent")});
    QVERIFY(parent.waitForReadyRead(20'000));
    const int pid = parent.readLine().trimmed().toInt();
    QVERIFY(pid > 0);
    QVERIFY(!isDead(pid));
    parent.kill();
    QVERIFY(parent.waitForFinished());
    QTRY_VERIFY(isDead(pid));
}

void ProcessExecutorTest::aFunctionThatTheWorkerDoesNotHaveIsAnError()
{
    static const ProcessFunction late("test.late", &squareOf); // the worker never comes here
    ProcessExecutor executor(1);
    const auto job = executor.run(late, 3);
    const auto next = executor.run(square, 3);
    QTRY_VERIFY(job.isDone() && next.isDone());
    QCOMPARE(whatOf(job),
             QStringLiteral("coroscope::UnknownFunction: this program has no ProcessFunction test.late"));
    QCOMPARE(next.result(), 9);
}

void ProcessExecutorTest::aProgramThatIsNotThereIsAnError()
{
    ProcessExecutorOptions options;
    options.program = QStringLiteral("/nowhere/worker");
    ProcessExecutor executor(2, options);
    const auto job = executor.run(square, 3);
    QTRY_VERIFY(job.isDone());
    QCOMPARE(whatOf(job), QStringLiteral("BrokenProcessPool: can't start the worker process /nowhere/worker: "
                                         "No such file or directory"));
}

void ProcessExecutorTest::aWorkerThatDoesNotKeepToTheRulesIsKilled_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("silence") << "was not ready in time, and was killed";
    QTest::newRow("another greeting") << "is not a worker of this program, and was killed";
    QTest::newRow("noise instead of a greeting") << "sent what is not a message, and was killed";
    QTest::newRow("exits at once") << "exited with code 5";
    QTest::newRow("wants workers of its own") << "exited with code 42";
    QTest::newRow("endless message") << "sent what is not a message, and was killed";
    QTest::newRow("length over the limit") << "sent what is not a message, and was killed";
    QTest::newRow("empty message") << "sent what is not a message, and was killed";
    QTest::newRow("unknown kind") << "sent a result that can't be read, and was killed";
    QTest::newRow("greeting again") << "sent a result that can't be read, and was killed";
    QTest::newRow("short result") << "sent a result that can't be read, and was killed";
    QTest::newRow("long result") << "sent a result that can't be read, and was killed";
    QTest::newRow("number out of range") << "sent a result that can't be read, and was killed";
    QTest::newRow("two replies") << "sent more than a reply, and was killed";
    QTest::newRow("broken exception") << "sent a result that can't be read, and was killed";
    QTest::newRow("half a reply") << "exited with code 0";
}

void ProcessExecutorTest::aWorkerThatDoesNotKeepToTheRulesIsKilled()
{
    QFETCH(QString, what);
    ProcessExecutorOptions options;
    options.arguments = {QStringLiteral("--hostile"), QString::fromUtf8(QTest::currentDataTag())};
    options.messageLimit = 1'000'000;
    if (QTest::currentDataTag() == QByteArray("silence"))
        options.startLimit = 200ms;
    ProcessExecutor executor(1, options);
    for (int i = 0; i < 2; ++i) {
        const auto job = executor.run(square, 3);
        QTRY_VERIFY_WITH_TIMEOUT(job.isDone(), 30'000);
        QVERIFY2(whatOf(job).startsWith(QStringLiteral("BrokenProcessPool: the worker process "))
                     && whatOf(job).endsWith(what),
                 qPrintable(whatOf(job)));
    }
}

void ProcessExecutorTest::workersAreLanesWithTheirPidInTheTrace()
{
    TraceProbe probe;
    std::vector<int> pids;
    {
        ProcessExecutor executor(1);
        for (int i = 0; i < 2; ++i) {
            const auto pid = executor.run(QStringLiteral("who"), pidOf);
            QTRY_VERIFY(pid.isDone());
            pids.push_back(pid.result());
            const auto crash = executor.run(QStringLiteral("crash"), dies, QStringLiteral("abort"));
            const auto task = spawn("t", &awaits<int>, crash);
            QTRY_VERIFY(task.isDone());
        }
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QSet<std::uint64_t> lanes;
    for (const trace::Event &e : probe.eventsOf(trace::EventType::Created))
        if (trace::EntityKind(e.kind) == trace::EntityKind::Worker)
            lanes << e.task;
    QCOMPARE(lanes.size(), 1);
    QStringList names = probe.texts(trace::TextKind::Name);
    names.removeIf([](const QString &name) { return !name.startsWith(QLatin1String("worker")); });
    QCOMPARE(names, (QStringList {QStringLiteral("worker 1 (pid %1)").arg(pids[0]),
                                  QStringLiteral("worker 1 (pid %1)").arg(pids[1])}));
    QCOMPARE(probe.texts(trace::TextKind::SliceLabel),
             QStringList({QStringLiteral("who"), QStringLiteral("crash"), QStringLiteral("who"),
                          QStringLiteral("crash")}));
}

void ProcessExecutorTest::startedByHandAWorkerSaysWhatItIs()
{
    QProcess worker;
    worker.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--worker")});
    QVERIFY(worker.waitForFinished(20'000));
    QCOMPARE(worker.exitCode(), 2);
    QVERIFY(worker.readAllStandardError().contains("worker processes"));
}

int main(int argc, char **argv)
{
    if (const auto code = runAsWorker(argc, argv))
        return *code;
    if (argc > 2 && QByteArrayView(argv[1]) == "--hostile")
        return hostileWorker(QString::fromUtf8(argv[2]));
    if (argc > 1 && QByteArrayView(argv[1]) == "--parent")
        return parentOfWorker(argc, argv);
    QCoreApplication app(argc, argv);
    ProcessExecutorTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_processexecutor.moc"
