// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/downloadprogress.h"
#include "app/reporteddownloads.h"
#include "app/terminaldownload.h"
#include "tests/support/fakesession.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

using namespace coroscope;
using namespace coroscope::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using download::Delta;
using download::Item;
using download::ItemId;
using download::ItemState;

namespace {

/// What this process writes to a descriptor, as long as it lives.
class Captured
{
public:
    explicit Captured(int descriptor)
        : m_descriptor(descriptor)
        , m_before(dup(descriptor))
    {
        std::fflush(nullptr);
        dup2(fileno(m_file), descriptor);
    }
    ~Captured()
    {
        std::fflush(nullptr);
        dup2(m_before, m_descriptor);
        close(m_before);
        std::fclose(m_file);
    }
    Captured(const Captured &) = delete;
    Captured &operator=(const Captured &) = delete;

    QByteArray text()
    {
        std::fflush(nullptr);
        QByteArray text(int(lseek(fileno(m_file), 0, SEEK_END)), '\0');
        const auto read = pread(fileno(m_file), text.data(), std::size_t(text.size()), 0);
        return text.left(read);
    }

private:
    std::FILE *m_file = std::tmpfile();
    int m_descriptor;
    int m_before;
};

Item item(int id, const QString &name, ItemState state)
{
    Item item;
    item.id = {id};
    item.request.urls = {QUrl(u"http://h/"_s + name)};
    item.request.folder = u"/out"_s;
    item.name = name;
    item.state = state;
    if (state == ItemState::Done)
        item.path = u"/out/"_s + name;
    return item;
}

Item withError(Item item, const QString &error)
{
    item.error = error;
    return item;
}

} // namespace

class TerminalDownloadTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::FakeSession> m_session;
    std::unique_ptr<TerminalDownload> m_run;
    std::optional<int> m_exitCode;

    void begin(const QStringList &names, Plan plan = {})
    {
        plan.what = Plan::What::Downloads;
        plan.where = Plan::Where::Terminal;
        for (const QString &name : names) {
            download::Request request;
            request.urls = {QUrl(u"http://h/"_s + name)};
            request.folder = u"/out"_s;
            plan.downloads.add.requests.push_back(request);
        }
        m_run = std::make_unique<TerminalDownload>(*m_session, plan);
        connect(m_run.get(), &TerminalDownload::finished, this, [this](int code) { m_exitCode = code; });
        m_session->busy = true;
        m_run->start();
    }
    static Plan json()
    {
        Plan plan;
        plan.output = Plan::Output::Json;
        return plan;
    }
    void apply(std::vector<Item> items)
    {
        Delta delta;
        delta.changed = std::move(items);
        m_session->list.apply(std::move(delta));
    }
    void fault(const QString &why, bool locked)
    {
        Delta delta;
        delta.fault = why;
        delta.isLocked = locked;
        m_session->list.apply(std::move(delta));
    }
    /// The commands are carried out, and no transfer is under way.
    void rest()
    {
        m_session->busy = false;
        apply({});
    }
    template<class Command>
    bool hasPosted() const
    {
        return std::ranges::any_of(m_session->posted, [](const tasks::Command &command) {
            const auto *one = std::get_if<tasks::DownloadCommand>(&command);
            return one && std::holds_alternative<Command>(one->command);
        });
    }

private slots:
    void init()
    {
        m_session = std::make_unique<tests::FakeSession>();
        m_exitCode.reset();
    }
    void cleanup() { m_run.reset(); }

    void nothingIsAddedBeforeTheSavedQueueIsKnown()
    {
        begin({u"a"_s});
        QVERIFY(m_session->posted.empty());
        apply({});
        QCOMPARE(m_session->onlyDownload<download::Add>().requests.size(), 1u);
        QVERIFY(!hasPosted<download::ResumeAll>());
    }
    void pathsGoToStandardOutputAsTheFilesEnd()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s, u"b"_s});
        apply({});
        apply({item(1, u"a"_s, ItemState::Active), item(2, u"b"_s, ItemState::Active)});
        apply({item(2, u"b"_s, ItemState::Done)});
        QCOMPARE(out.text(), "/out/b\n");
        apply({item(1, u"a"_s, ItemState::Done)});
        QCOMPARE(out.text(), "/out/b\n/out/a\n");
        QVERIFY(!m_exitCode);
        rest();
        QCOMPARE(m_exitCode, 0);
        QCOMPARE(err.text(), "");
    }
    void aFailureIsALineOnStandardErrorAndExitCode1()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s, u"b"_s});
        apply({});
        apply({item(1, u"a"_s, ItemState::Done),
               withError(item(2, u"b"_s, ItemState::Failed), u"404 Not\nFound \x1b[2J"_s)});
        rest();
        QCOMPARE(m_exitCode, 1);
        QCOMPARE(out.text(), "/out/a\n");
        QCOMPARE(err.text(), "http://h/b: 404 Not Found ?[2J\n");
    }
    void itIsNotOverBeforeTheCommandsAreCarriedOut()
    {
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        apply({item(1, u"a"_s, ItemState::Done)}); // from before; may turn out not to be intact
        QVERIFY(!m_exitCode);
        apply({item(1, u"a"_s, ItemState::Queued)});
        m_session->busy = false;
        apply({});
        QVERIFY(!m_exitCode);
    }
    void itIsNotOverBeforeTheListShowsWhatWasAdded()
    {
        Captured out(STDOUT_FILENO);
        begin({u"a"_s, u"b"_s});
        apply({});
        rest();
        apply({item(1, u"a"_s, ItemState::Done)});
        QVERIFY(!m_exitCode);
        apply({item(2, u"b"_s, ItemState::Done)});
        QCOMPARE(m_exitCode, 0);
    }
    void whatWasDoneBeforeIsSkippedAndSaid()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s, u"b"_s});
        apply({item(1, u"a"_s, ItemState::Done), item(2, u"other"_s, ItemState::Done),
               withError(item(3, u"other2"_s, ItemState::Failed), u"404"_s)});
        apply({item(4, u"b"_s, ItemState::Done)});
        rest();
        QCOMPARE(m_exitCode, 0);
        QCOMPARE(out.text(), "/out/b\n");
        QCOMPARE(err.text(), "http://h/a: skipped, it was done before: /out/a\n");
    }
    void whatFailedBeforeIsTriedAgain()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        apply({withError(item(1, u"a"_s, ItemState::Failed), u"503"_s)});
        QCOMPARE(err.text(), "");
        apply({item(1, u"a"_s, ItemState::Active)});
        apply({item(1, u"a"_s, ItemState::Done)});
        rest();
        QCOMPARE(m_exitCode, 0);
        QCOMPARE(out.text(), "/out/a\n");
    }
    void whatFailsAgainBetweenTwoLooksIsAFailure()
    {
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        apply({withError(item(1, u"a"_s, ItemState::Failed), u"503"_s)});
        apply({withError(item(1, u"a"_s, ItemState::Failed), u"504"_s)});
        rest();
        QCOMPARE(m_exitCode, 1);
        QCOMPARE(err.text(), "http://h/a: 504\n");
    }
    void whatWasLeftFromBeforeIsFinishedToo()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        apply({item(1, u"old"_s, ItemState::Paused), item(2, u"older"_s, ItemState::Queued),
               item(3, u"a"_s, ItemState::Paused)});
        QCOMPARE(err.text(), "2 files left from before: fetched now, too.\n");
        QVERIFY(hasPosted<download::ResumeAll>());
        apply({item(1, u"old"_s, ItemState::Done), item(2, u"older"_s, ItemState::Done)});
        m_session->busy = false;
        QVERIFY(!m_exitCode);
        apply({item(3, u"a"_s, ItemState::Done)});
        QCOMPARE(m_exitCode, 0);
        QCOMPARE(out.text(), "/out/old\n/out/older\n/out/a\n");
    }
    void resumedAndSkippedFilesAreSaid()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s, u"b"_s});
        apply({});
        Item resumed = item(1, u"a"_s, ItemState::Done);
        resumed.resumedFrom = 12'400'000;
        Item skipped = item(2, u"b"_s, ItemState::Done);
        skipped.note = u"skipped: the file is there already"_s;
        apply({resumed, skipped});
        rest();
        QCOMPARE(err.text(), "http://h/a: resumed at 12.4 MB\n"
                             "http://h/b: skipped: the file is there already\n");
        QCOMPARE(m_exitCode, 0);
    }
    void aFullDiskIsSaidOnceAndTheQueueIsKept()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s, u"b"_s});
        apply({});
        Item full = withError(item(1, u"a"_s, ItemState::Paused), u"The disk is full: 3 MB are missing."_s);
        full.pauseReason = download::PauseReason::DiskFull;
        Item second = full;
        second.id = {2};
        second.request.urls = {QUrl(u"http://h/b"_s)};
        apply({full, second});
        QVERIFY(!m_exitCode);
        rest();
        QCOMPARE(m_exitCode, 1);
        QCOMPARE(err.text(),
                 "The disk is full: 3 MB are missing.\n2 files left; the same command resumes.\n");
    }
    void aLockedQueueIsBadUse()
    {
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        m_session->busy = false;
        fault(u"/out/.coroscope-queue is in use by another coroscope."_s, true);
        QCOMPARE(m_exitCode, 2);
        QVERIFY(m_session->posted.empty());
        QCOMPARE(err.text(), "/out/.coroscope-queue is in use by another coroscope.\n");
    }
    void aQueueThatFailsLaterIsAFailure()
    {
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        apply({});
        apply({item(1, u"a"_s, ItemState::Active)});
        m_session->busy = false;
        fault(u"The queue can't be written."_s, false);
        QCOMPARE(m_exitCode, 1);
    }
    void ctrlCPausesAndKeepsTheQueue()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s, u"b"_s, u"c"_s});
        apply({});
        apply({item(1, u"a"_s, ItemState::Done), item(2, u"b"_s, ItemState::Active),
               item(3, u"c"_s, ItemState::Queued)});
        m_run->interrupt();
        m_session->onlyDownload<download::PauseAll>();
        m_session->busy = false;
        apply({item(3, u"c"_s, ItemState::Paused)});
        QVERIFY(!m_exitCode);
        apply({item(2, u"b"_s, ItemState::Paused)});
        QCOMPARE(m_exitCode, 130);
        QCOMPARE(err.text(), "Interrupted: 2 files left; the same command resumes.\n");
    }
    void ctrlCBeforeTheQueueIsReadEndsAtOnce()
    {
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        m_run->interrupt();
        QCOMPARE(m_exitCode, 130);
        QVERIFY(m_session->posted.empty());
    }
    void theTimeoutStopsTheRestAndKeepsTheQueue()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        Plan plan = json();
        plan.timeout = 1ms;
        begin({u"a"_s}, plan);
        apply({});
        apply({item(1, u"a"_s, ItemState::Active)});
        QTRY_VERIFY(hasPosted<download::PauseAll>());
        apply({item(1, u"a"_s, ItemState::Paused)});
        QVERIFY(!m_exitCode);
        rest();
        QCOMPARE(m_exitCode, 1);
        QCOMPARE(QJsonDocument::fromJson(out.text()).object().value(u"state"_s).toString(), u"cancelled"_s);
        QVERIFY(err.text().contains("1 file left; the same command resumes.\n"));
    }
    void aRejectedCommandIsAFailure()
    {
        Captured err(STDERR_FILENO);
        begin({u"a"_s});
        apply({});
        emit m_session->rejected(u"No."_s);
        apply({item(1, u"a"_s, ItemState::Done)});
        rest();
        QCOMPARE(m_exitCode, 1);
    }
    void notesOfTheInputAreSaidFirst()
    {
        Captured err(STDERR_FILENO);
        Plan plan;
        plan.downloads.notes = {u"Twice."_s};
        begin({u"a"_s}, plan);
        QCOMPARE(err.text(), "Twice.\n");
    }
    void jsonHasAnObjectAFile()
    {
        Captured out(STDOUT_FILENO);
        Captured err(STDERR_FILENO);
        begin({u"a"_s}, json());
        apply({});
        apply({withError(item(1, u"a"_s, ItemState::Failed), u"404"_s)});
        rest();
        QCOMPARE(out.text().count('\n'), 1);
        QCOMPARE(QJsonDocument::fromJson(out.text()).object().value(u"error"_s).toString(), u"404"_s);
        QCOMPARE(err.text(), "");
    }

    void aDoneFileAsJson()
    {
        Item done = item(1, u"a"_s, ItemState::Done);
        done.received = 5'000'000'000;
        done.resumedFrom = 7;
        done.tries = 2;
        done.httpStatus = 206;
        done.sha256 = QByteArray(32, '\x0f');
        done.seconds = 1.23456;
        done.error = u"reset, but the second try went well"_s;
        const QByteArray line = jsonLine(done);
        QVERIFY(line.endsWith('\n'));
        const QJsonObject expected {{u"url"_s, u"http://h/a"_s}, {u"file"_s, u"/out/a"_s},
                                    {u"state"_s, u"done"_s},     {u"bytes"_s, qint64(5'000'000'000)},
                                    {u"resumed_from"_s, 7},      {u"tries"_s, 2},
                                    {u"http_status"_s, 206},     {u"sha256"_s, QString(u"0f"_s).repeated(32)},
                                    {u"seconds"_s, 1.235}};
        QCOMPARE(QJsonDocument::fromJson(line).object(), expected);
    }
    void aFailureNamesItsUrlOnce()
    {
        QCOMPARE(failureLine(withError(item(1, u"a"_s, ItemState::Failed), u"404 Not Found (http://h/a)"_s)),
                 u"404 Not Found (http://h/a)"_s);
        QCOMPARE(failureLine(withError(item(1, u"a"_s, ItemState::Failed), u"refused"_s)),
                 u"http://h/a: refused"_s);
        QCOMPARE(failureLine(item(1, u"a"_s, ItemState::Cancelled)), u"http://h/a: cancelled"_s);
    }

    void theProgressLineCountsAndNamesWhatRuns()
    {
        const Item done = item(1, u"a"_s, ItemState::Done);
        Item big = item(2, u"big.iso"_s, ItemState::Active);
        big.received = 36'000'000;
        big.total = 80'000'000;
        big.bytesPerSecond = 8'100'000;
        const Item queued = item(3, u"c"_s, ItemState::Queued);
        QCOMPARE(progressOf({&done, &big}, 120),
                 u"1 of 2 · 36.0 of 80.0 MB · 8.1 MB/s · 6 s left · big.iso 45\u00a0%"_s);
        // With one of an unknown size nobody knows how long it takes.
        QCOMPARE(progressOf({&done, &big, &queued}, 120),
                 u"1 of 3 · 36.0 MB · 8.1 MB/s · big.iso 45\u00a0%"_s);
        QCOMPARE(progressOf({&done, &big}, 12), u"1 of 2 · 36…"_s);
        QCOMPARE(progressOf({&queued}, 80), u"0 of 1"_s);
    }
    void theProgressLineSaysWhenItGoesOn()
    {
        Item waiting = item(1, u"a"_s, ItemState::Waiting);
        waiting.nextStart = QDateTime(QDate(2026, 11, 25), QTime(3, 0));
        QCOMPARE(progressOf({&waiting}, 80), u"0 of 1 · a again at 03:00:00"_s);
        waiting.state = ItemState::Scheduled;
        QCOMPARE(progressOf({&waiting}, 80), u"0 of 1 · starts at 2026-11-25 03:00"_s);
    }
    void wideCharactersTakeTwoColumns()
    {
        QCOMPARE(cutToColumns(u"文件.txt"_s, 8), u"文件.txt"_s);
        QCOMPARE(cutToColumns(u"文件.txt"_s, 7), u"文件.t…"_s);
        QCOMPARE(cutToColumns(u"文件"_s, 3), u"文…"_s);
        QCOMPARE(cutToColumns(u"abc"_s, 0), QString());
    }
};

QTEST_GUILESS_MAIN(TerminalDownloadTest)
#include "tst_terminaldownload.moc"
