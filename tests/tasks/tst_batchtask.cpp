// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/batchtask.h"

#include "tests/support/looptest.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::tasks;
using namespace coroscope::test;

class TestBatchTask : public QObject
{
    Q_OBJECT

    static BatchSpec batchOf(int count, const ScriptedServer &server, const QTemporaryDir &folder, int limit)
    {
        BatchSpec batch {.limit = limit};
        for (int i = 0; i < count; ++i)
            batch.downloads.push_back(
                {.url = server.url(QStringLiteral("/%1.bin").arg(i)), .folder = folder.path()});
        return batch;
    }

private slots:
    void noMoreThanTheLimitGoAtOnce()
    {
        Loop loop;
        QTemporaryDir folder;
        int most = 0;
        ScriptedServer *self = nullptr;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &) {
            most = std::max(most, self->openConnections());
            QTimer::singleShot(5, &socket, [&socket] {
                socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                socket.disconnectFromHost();
            });
        });
        self = &server;
        const auto task = spawn("batch", downloadBatch, batchOf(12, server, folder, 3), TaskContext(),
                                BatchHook());
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 12);
        QCOMPARE(task.result().bytes, 24);
        QVERIFY2(most <= 3, qPrintable(QString::number(most)));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 12);
        QCOMPARE(toTraceText(task.result()), QStringLiteral("12 of 12 files, 24 bytes"));
    }

    void failuresAreCountedAndHarmNobody()
    {
        Loop loop;
        QTemporaryDir folder;
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &request) {
            socket.write(request.startsWith("GET /1.bin")
                             ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                             : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        const TaskContext context;
        QList<TaskId> children;
        const BatchHook hook = [&children](const DownloadSpec &, const SpawnedTask<DownloadResult> &task) {
            children << task.id();
        };
        const auto task = spawn("batch", downloadBatch, batchOf(3, server, folder, 6), context, hook);
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 2);
        QCOMPARE(task.result().failed, 1);
        QCOMPARE(toTraceText(task.result()), QStringLiteral("2 of 3 files, 4 bytes, 1 failed"));
        QCOMPARE(children.size(), 3);
        for (const TaskId child : children)
            QVERIFY(context.book->spec(child));
    }

    void cancelledBatchCancelsItsDownloads()
    {
        Loop loop;
        QTemporaryDir folder;
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nbegin");
        });
        const auto task = spawn("batch", downloadBatch, batchOf(5, server, folder, 2), TaskContext(),
                                BatchHook());
        QTRY_COMPARE(QDir(folder.path()).entryList({"*.part"}, QDir::Files).size(), 2);
        QVERIFY(task.cancel());
        QVERIFY(ends(task));
        QVERIFY(task.isCancelled());
        QCOMPARE(loop.taskCount(), std::size_t(0));
        QVERIFY(QDir(folder.path()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBatchTask)
#include "tst_batchtask.moc"
