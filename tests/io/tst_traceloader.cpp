// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/traceloader.h"
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
