// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/traceloader.h"

#include "core/io/chunk.h"
#include "sleepersfile.h"
#include "tests/model/referencetrace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;
using namespace Qt::StringLiterals;

class TraceLoaderTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString sleepers(int count)
    {
        const QString name = m_folder.filePath(u"%1.coro"_s.arg(count));
        return writeSleepers(name, count) ? name : QString();
    }

    /// A file that somebody writes in pieces: `bytes` are a whole recording's.
    struct Growing
    {
        Growing(const QString &name, const QByteArray &bytes)
            : file(name)
            , bytes(bytes)
        {
            file.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
            for (qsizetype at = fileHeaderSize; at < bytes.size();) {
                const auto header = readChunkHeader(QByteArrayView(bytes).sliced(at, ChunkHeader::size));
                at += ChunkHeader::size + header->stored;
                ends.push_back(at);
            }
        }
        /// So many chunks of events, and the beginning of the next.
        void write(int chunks)
        {
            const qsizetype end = ends[std::size_t(chunks + 1)] + 20; // facts and schemas come first
            file.write(bytes.mid(written, end - written));
            written = end;
        }
        void writeAll() { file.write(bytes.mid(written)); }

        QFile file;
        QByteArray bytes;
        std::vector<qsizetype> ends; ///< of chunks
        qsizetype written = 0;
    };
    QByteArray bytesOfSleepers(int count)
    {
        QFile file(sleepers(count));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void aRecordingFillsAStoreWithoutBlockingItsThread()
    {
        const QString file = sleepers(50'000);
        model::TraceStore store;
        TraceLoader loader(store);
        QSignalSpy finished(&loader, &TraceLoader::finished);
        double last = 0;
        int turns = 0;
        connect(&loader, &TraceLoader::progressed, this, [&] {
            QVERIFY(loader.progress() >= last);
            last = loader.progress();
            ++turns;
        });
        QCOMPARE(loader.start(file), std::nullopt);
        QVERIFY(loader.isRunning());
        QVERIFY(finished.wait(30'000));
        QCOMPARE(last, 1.0);
        QVERIFY(turns > 1);
        const auto report = finished[0][0].value<ReadReport>();
        QCOMPARE(report.fault, std::nullopt);
        QCOMPARE(report.facts.program, u"sleepers"_s);
        QCOMPARE(report.events, 300'000u);
        QCOMPARE(store.tasks().size(), std::size_t(50'000));
        QCOMPARE(store.figures().breaches, 0u);
        QCOMPARE(store.now(), model::Time {300'000'000});
        QCOMPARE(store.task(TaskId {50'000})->state, model::TaskState::Done);
    }

    void aCancelledReadingKeepsWhatCame()
    {
        model::TraceStore store;
        TraceLoader loader(store);
        QSignalSpy finished(&loader, &TraceLoader::finished);
        QCOMPARE(loader.start(sleepers(50'000)), std::nullopt);
        connect(&loader, &TraceLoader::progressed, &loader, [&] {
            if (store.figures().events > 0)
                loader.cancel();
        });
        QVERIFY(finished.wait(30'000));
        QVERIFY(!loader.isRunning());
        const auto report = finished[0][0].value<ReadReport>();
        QVERIFY(report.fault->contains(u"cancelled"_s));
        QVERIFY(report.events > 0);
        QVERIFY(report.events < 300'000u);
    }

    void aLoaderMayDieInTheMiddle()
    {
        model::TraceStore store;
        TraceLoader loader(store);
        QCOMPARE(loader.start(sleepers(50'000)), std::nullopt);
    }

    void aRecordingIsFollowedUntilItIsClosed()
    {
        Growing growing(m_folder.filePath(u"growing.coro"_s), bytesOfSleepers(60'000));
        QVERIFY(growing.ends.size() > 8);
        growing.write(1);
        model::TraceStore store;
        TraceLoader loader(store);
        QSignalSpy finished(&loader, &TraceLoader::finished);
        QCOMPARE(loader.start(growing.file.fileName()), std::nullopt);
        QVERIFY(finished.wait(30'000));
        QVERIFY(finished[0][0].value<ReadReport>().fault); // so far it is cut
        QVERIFY(loader.canFollow());
        QVERIFY(!loader.hasGrown());
        QVERIFY(!loader.isFollowing());

        growing.write(2);
        QVERIFY(loader.hasGrown());
        loader.follow();
        QVERIFY(loader.isFollowing());
        auto events = finished[0][0].value<ReadReport>().events;
        for (const int chunks : {4, 5}) {
            QTRY_VERIFY_WITH_TIMEOUT(store.figures().events > events, 20'000);
            events = store.figures().events;
            growing.write(chunks);
        }
        QTRY_VERIFY_WITH_TIMEOUT(store.figures().events > events, 20'000);
        QCOMPARE(finished.size(), 1);
        growing.writeAll();
        QVERIFY(finished.wait(20'000));
        QCOMPARE(finished[1][0].value<ReadReport>().fault, std::nullopt);
        QCOMPARE(finished[1][0].value<ReadReport>().events, 6 * 60'000u);
        QVERIFY(!loader.canFollow());

        model::TraceStore whole;
        QFile file(growing.file.fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(std::holds_alternative<ReadReport>(readTrace(file, whole)));
        QCOMPARE(store.figures().events, whole.figures().events);
        QCOMPARE(store.figures().breaches, 0u);
        QCOMPARE(store.now(), whole.now());
    }

    void followingIsStoppedAndTakenUpAgain()
    {
        Growing growing(m_folder.filePath(u"growing.coro"_s), bytesOfSleepers(60'000));
        growing.write(1);
        model::TraceStore store;
        TraceLoader loader(store);
        QSignalSpy finished(&loader, &TraceLoader::finished);
        QCOMPARE(loader.start(growing.file.fileName()), std::nullopt);
        QVERIFY(finished.wait(30'000));
        loader.follow();
        loader.stopFollowing();
        QVERIFY(finished.wait(20'000));
        QVERIFY(finished[1][0].value<ReadReport>().fault);
        QVERIFY(loader.canFollow());
        growing.writeAll();
        loader.follow();
        QVERIFY(finished.wait(20'000));
        QCOMPARE(store.figures().events, 6 * 60'000u);
    }

    void followingEndsWithTheProgramThatWrites()
    {
        const QString name = m_folder.filePath(u"left.coro"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        EventList pools;
        Facts facts;
        facts.processId = 1 << 30; // there is no such process
        TraceWriter writer(file, pools, facts);
        model::TraceEvent event;
        event.thread = model::ThreadId {1};
        event.task = 1;
        event.type = trace::EventType::Created;
        writer.append(event);
        writer.commit(model::Time {2000});
        writer.flush();
        QVERIFY(file.flush());
        model::TraceStore store;
        TraceLoader loader(store);
        QSignalSpy finished(&loader, &TraceLoader::finished);
        QCOMPARE(loader.start(name), std::nullopt);
        QVERIFY(finished.wait(30'000));
        loader.follow();
        QVERIFY(finished.wait(20'000));
        QVERIFY(finished[1][0].value<ReadReport>().fault->contains(u"wasn't closed"_s));
    }

    void aLoaderThatFollowsMayDie()
    {
        Growing growing(m_folder.filePath(u"growing.coro"_s), bytesOfSleepers(60'000));
        growing.write(1);
        model::TraceStore store;
        TraceLoader loader(store);
        QSignalSpy finished(&loader, &TraceLoader::finished);
        QCOMPARE(loader.start(growing.file.fileName()), std::nullopt);
        QVERIFY(finished.wait(30'000));
        loader.follow();
    }

    void whatIsNoRecordingIsToldAtOnce()
    {
        model::TraceStore store;
        TraceLoader loader(store);
        const QString missing = m_folder.filePath(u"missing.coro"_s);
        QVERIFY(loader.start(missing)->contains(missing));
        QFile text(m_folder.filePath(u"urls.txt"_s));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("http://localhost/a.bin http://localhost/b.bin\n");
        text.close();
        QVERIFY(loader.start(text.fileName())->contains(u"no recording"_s));
        QVERIFY(!loader.isRunning());
    }
};

QTEST_GUILESS_MAIN(TraceLoaderTest)
#include "tst_traceloader.moc"
