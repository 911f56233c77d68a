// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportjob.h"

#include "sleepersfile.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;

class ExportJobTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_recording = m_folder.filePath("sleepers.coro");
    QString m_target = m_folder.filePath("sleepers.csv");

    QStringList files() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden); }

    struct Run
    {
        explicit Run(ExportJob &job)
        {
            connect(&job, &ExportJob::progressed, &job, [this](double part) { parts.push_back(part); });
            connect(&job, &ExportJob::finished, &job, [this](const auto &how) {
                error = how;
                isOver = true;
            });
            job.start();
        }
        std::vector<double> parts;
        std::optional<ExportError> error;
        bool isOver = false;
    };

private slots:
    void initTestCase() { QVERIFY(writeSleepers(m_recording, 20'000)); }
    void cleanup() { QFile::remove(m_target); }

    void aRecordingIsExportedBesideOtherWork()
    {
        ExportJob job({m_recording, ExportFormat::Csv, m_target});
        const Run run(job);
        QTRY_VERIFY_WITH_TIMEOUT(run.isOver, 60'000);
        QCOMPARE(run.error, std::nullopt);
        QVERIFY(run.parts.size() > 10 && run.parts.size() <= 101);
        QVERIFY(std::ranges::is_sorted(run.parts));
        QVERIFY(run.parts.back() > 0.9);
        QFile csv(m_target);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n'), 40'001);
    }

    void aCancelledOneLeavesNothing()
    {
        ExportJob job({m_recording, ExportFormat::Chrome, m_target});
        const Run run(job);
        QTRY_VERIFY_WITH_TIMEOUT(run.parts.size() > 3, 60'000);
        job.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(run.isOver, 60'000);
        QVERIFY(run.error && run.error->isCancelled);
        QCOMPARE(files(), QStringList("sleepers.coro"));
    }

    void oneThatIsDestroyedLeavesNothing()
    {
        {
            ExportJob job({m_recording, ExportFormat::Chrome, m_target});
            const Run run(job);
            QTRY_VERIFY_WITH_TIMEOUT(run.parts.size() > 3, 60'000);
        }
        QCOMPARE(files(), QStringList("sleepers.coro"));
    }

    void whatCannotBeReadOrWrittenIsTold()
    {
        ExportJob missing({m_folder.filePath("no.coro"), ExportFormat::Csv, m_target});
        const Run run(missing);
        QTRY_VERIFY(run.isOver);
        QVERIFY(run.error && run.error->where.endsWith("no.coro"));
        ExportJob nowhere({m_recording, ExportFormat::Csv, m_folder.filePath("no/such.csv")});
        const Run other(nowhere);
        QTRY_VERIFY_WITH_TIMEOUT(other.isOver, 60'000);
        QVERIFY(other.error && other.error->where.endsWith("no/such.csv"));
        QVERIFY(!other.error->isCancelled);
    }
};

QTEST_GUILESS_MAIN(ExportJobTest)
#include "tst_exportjob.moc"
