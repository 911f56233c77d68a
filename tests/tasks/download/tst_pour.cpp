// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/pour.h"

#include "tests/support/filesin.h"
#include "tests/support/smalldisk.h"

#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;

namespace {

constexpr qint64 most = 64 << 20;

QByteArray content(qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qint64 i = 0; i < size; ++i)
        bytes[i] = char((i * 7 + i / 251) & 0xff);
    return bytes;
}

/// A connection whose other end the test holds.
class Connection
{
public:
    Connection()
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no sockets");
        ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
        m_body = net::RawBody::of(ends[0]);
        ::close(ends[0]);
        m_other = ends[1];
    }
    ~Connection() { close(); }
    Q_DISABLE_COPY_MOVE(Connection)

    std::shared_ptr<net::RawBody> body() const { return m_body; }
    void close()
    {
        if (m_other >= 0)
            ::close(std::exchange(m_other, -1));
    }
    /// Blocks until the other side has taken it, or is gone.
    void write(QByteArrayView bytes) const
    {
        while (!bytes.isEmpty()) {
            const ssize_t sent = ::send(m_other, bytes.data(), std::size_t(bytes.size()), MSG_NOSIGNAL);
            if (sent <= 0)
                return;
            bytes = bytes.sliced(sent);
        }
    }

private:
    std::shared_ptr<net::RawBody> m_body;
    int m_other = -1;
};

/// A file that bytes can't be moved into by the kernel.
void refuseSplice(const QString &path)
{
    for (int fd = 0; fd < 256; ++fd) {
        const QString link = QStringLiteral("/proc/self/fd/%1").arg(fd);
        if (QFile::symLinkTarget(link) == path)
            ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_APPEND);
    }
}

/// The descriptors of pipes that can be read from.
QList<int> readEndsOfPipes()
{
    QList<int> ends;
    for (int fd = 0; fd < 256; ++fd) {
        const QString link = QStringLiteral("/proc/self/fd/%1").arg(fd);
        if (QFile::symLinkTarget(link).contains(QLatin1String("pipe:["))
            && (::fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY)
            ends << fd;
    }
    return ends;
}

} // namespace

class TestPour : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    PartFile part(const QString &name) const
    {
        return PartFile::create(m_folder.path(), name, IfExists::Rename);
    }

private slots:
    void allThatComesIsInTheFile_data()
    {
        QTest::addColumn<bool>("canSplice");
        QTest::newRow("moved by the kernel") << true;
        QTest::newRow("a file that it can't move to") << false;
    }
    void allThatComesIsInTheFile()
    {
        QFETCH(bool, canSplice);
        const QByteArray bytes = content(5'000'003);
        PartFile file = part("whole");
        if (!canSplice)
            refuseSplice(file.path());
        Connection connection;
        Pour pour(connection.body(), file);
        std::thread sender([&] {
            connection.write(bytes);
            connection.close();
        });
        Poured poured;
        qint64 at = 0;
        do {
            poured = pour.run({}, at, most);
            at += poured.bytes;
        } while (!poured.isClosed && poured.failure == 0 && !poured.diskFailure);
        sender.join();
        QVERIFY(poured.isClosed);
        QCOMPARE(at, bytes.size());
        QVERIFY(contentOf(file.path()) == bytes);
        QVERIFY(file.remove());
    }

    void noMoreIsTakenThanAsked()
    {
        PartFile file = part("some");
        Connection connection;
        connection.write("0123456789");
        Pour pour(connection.body(), file);
        QCOMPARE(pour.run({}, 0, 4).bytes, 4);
        QCOMPARE(contentOf(file.path()), QByteArray("0123"));
        const Poured rest = pour.run({}, 6, 6); // wherever it is to be
        QCOMPARE(rest.bytes, 6);
        QCOMPARE(contentOf(file.path()), QByteArray("0123\0\0"
                                                    "456789",
                                                    12));
        QVERIFY(file.remove());
    }

    void whoWaitsHearsThatNothingIsThere()
    {
        PartFile file = part("dry");
        const Connection connection;
        Pour pour(connection.body(), file);
        const Poured poured = pour.run({}, 0, most);
        QVERIFY(poured.isDry);
        QVERIFY(!poured.isClosed);
        QCOMPARE(poured.bytes, 0);
        QVERIFY(file.remove());
    }

    void whoIsToldToStopTakesNothing()
    {
        PartFile file = part("stop");
        const Connection connection;
        connection.write("0123");
        Pour pour(connection.body(), file);
        std::stop_source stop;
        stop.request_stop();
        const Poured poured = pour.run(stop.get_token(), 0, most);
        QCOMPARE(poured.bytes, 0);
        QVERIFY(!poured.isDry);
        QVERIFY(file.remove());
    }

    void fileThatIsRemovedMeanwhileHarmsNobody()
    {
        PartFile file = part("gone");
        const Connection connection;
        connection.write("0123");
        Pour pour(connection.body(), file);
        QVERIFY(file.remove());
        QCOMPARE(pour.run({}, 0, 4).bytes, 4);
        QCOMPARE(filesIn(m_folder.path()), QStringList());
    }

    void whatCantBeReadBackIsSaid()
    {
        PartFile file = part("unread");
        refuseSplice(file.path()); // then the pipe is read
        const Connection connection;
        connection.write("0123");
        const QList<int> before = readEndsOfPipes();
        Pour pour(connection.body(), file);
        QList<int> ends = readEndsOfPipes();
        ends.removeIf([&before](int fd) { return before.contains(fd); });
        if (ends.isEmpty())
            QSKIP("nothing is moved by the kernel here");
        QCOMPARE(ends.size(), 1);
        const int pipe = ::dup(ends[0]); // or nothing could be written to it
        const int unreadable = ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        QVERIFY(::dup2(unreadable, ends[0]) >= 0);
        ::close(unreadable);
        const Poured poured = pour.run({}, 0, most);
        ::close(pipe);
        QVERIFY(poured.diskFailure);
        QCOMPARE(poured.diskFailure->kind, net::Error::Kind::Disk);
        QCOMPARE(poured.diskFailure->where, file.path());
        QVERIFY2(poured.diskFailure->what.contains(
                     qt_error_string(EISDIR)), // its own reason, not a later one's
                 qPrintable(poured.diskFailure->what));
        QCOMPARE(poured.bytes, 0);
        QCOMPARE(contentOf(file.path()), QByteArray());
        QVERIFY(file.remove());
    }

    void fullDiskIsSaidAndWhatIsThereIsCounted()
    {
        constexpr qint64 diskSize = 1 << 20;
        const SmallDisk disk(diskSize);
        QVERIFY2(disk.isMounted(), disk.error());
        PartFile file = PartFile::create(disk.path(), "big", IfExists::Rename);
        Connection connection;
        const QByteArray bytes = content(2 * diskSize);
        std::thread sender([&] { connection.write(bytes); });
        Poured poured;
        qint64 at = 0;
        {
            Pour pour(connection.body(), file);
            for (int i = 0; i < 1000 && !poured.diskFailure; ++i) {
                poured = pour.run({}, at, most);
                at += poured.bytes;
            }
        }
        ::shutdown(connection.body()->socket(), SHUT_RDWR); // the sender ends
        sender.join();
        QVERIFY(poured.diskFailure);
        QCOMPARE(poured.diskFailure->kind, net::Error::Kind::DiskFull);
        QVERIFY(at <= diskSize);
        QVERIFY(contentOf(file.path()).left(at) == bytes.left(at));
        QVERIFY(file.remove());
    }
};

QTEST_GUILESS_MAIN(TestPour)
#include "tst_pour.moc"
