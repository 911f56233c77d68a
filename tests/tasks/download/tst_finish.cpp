// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/finish.h"

#include "tests/support/filesin.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;

namespace {

FinishJob jobFor(const QString &folder, const QString &name, IfExists policy = IfExists::Rename)
{
    FinishJob job {.part = PartFile::create(folder, name, policy), .modified = {}, .ifExists = policy};
    job.part.writeAt(0, name.toUtf8());
    return job;
}

} // namespace

class TestFinish : public QObject
{
    Q_OBJECT

    QThreadPool helpers;
private slots:
    void groupGetsItsNames()
    {
        QTemporaryDir folder;
        constexpr int count = 64;
        std::vector<FinishJob> jobs;
        for (int i = 0; i < count; ++i)
            jobs.push_back(jobFor(folder.filePath(i % 2 ? "odd" : "even"), QString::number(i)));
        const auto time = QDateTime::fromSecsSinceEpoch(1234567890);
        jobs[7].modified = time;
        const std::vector<FinishResult> results = finishAll(std::move(jobs), helpers);
        QCOMPARE(int(results.size()), count);
        for (int i = 0; i < count; ++i) {
            const FinishResult &result = results[std::size_t(i)];
            QVERIFY2(!result.error, result.error ? qPrintable(result.error->text()) : "");
            const QString name = QStringLiteral("%1/%2").arg(i % 2 ? "odd" : "even").arg(i);
            QCOMPARE(result.path, folder.filePath(name));
            QCOMPARE(contentOf(result.path), QByteArray::number(i));
        }
        QCOMPARE(QFileInfo(results[7].path).lastModified(), time);
        QCOMPARE(filesIn(folder.filePath("odd")).size(), count / 2);
    }

    void oneFailureIsOneFailure()
    {
        QTemporaryDir folder;
        std::vector<FinishJob> jobs;
        for (const char *name : {"a", "b", "c"})
            jobs.push_back(jobFor(folder.path(), name));
        QVERIFY(QFile::remove(folder.filePath("b.part")));
        const std::vector<FinishResult> results = finishAll(std::move(jobs), helpers);
        QVERIFY(!results[0].error);
        QVERIFY(results[1].error);
        QCOMPARE(results[1].error->kind, net::Error::Kind::Disk);
        QCOMPARE(results[1].error->where, folder.filePath("b.part"));
        QVERIFY(results[1].path.isEmpty());
        QVERIFY(!results[2].error);
        QCOMPARE(filesIn(folder.path()), QStringList({"a", "c"}));
    }

    void replacesOnlyWhereThatIsWanted()
    {
        QTemporaryDir folder;
        std::vector<FinishJob> jobs;
        jobs.push_back(jobFor(folder.path(), "a", IfExists::Rename));
        jobs.push_back(jobFor(folder.path(), "b", IfExists::Overwrite));
        QVERIFY(makeFile(folder.filePath("a"), "old"));
        QVERIFY(makeFile(folder.filePath("b"), "old"));
        const std::vector<FinishResult> results = finishAll(std::move(jobs), helpers);
        QCOMPARE(results[0].path, folder.filePath("a (1)"));
        QCOMPARE(contentOf(folder.filePath("a")), "old");
        QCOMPARE(results[1].path, folder.filePath("b"));
        QCOMPARE(contentOf(folder.filePath("b")), "b");
    }

    void nothingIsDoneForNothing() { QVERIFY(finishAll({}, helpers).empty()); }
};

QTEST_GUILESS_MAIN(TestFinish)
#include "tst_finish.moc"
