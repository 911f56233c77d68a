// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/app/program.h"
#include "tests/support/rangeserver.h"
#include "tests/support/smalldisk.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <numeric>

using namespace Qt::StringLiterals;
using coroscope::test::RangeServer;
using coroscope::test::SmallDisk;

namespace {

constexpr qint64 mega = 1024 * 1024;
const QString queueName = u".coroscope-queue"_s;

bool isLong() { return qEnvironmentVariableIsSet("COROSCOPE_LONG_TESTS"); }

/// As it was chosen the last time, to see the same again.
quint32 seed()
{
    bool isChosen = false;
    const uint chosen = qEnvironmentVariable("COROSCOPE_TEST_SEED").toUInt(&isChosen);
    return isChosen ? chosen : QRandomGenerator::global()->generate();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
}

QStringList filesIn(const QString &folder)
{
    QStringList names = QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
    names.removeIf([](const QString &name) { return name.startsWith(queueName); });
    return names;
}

/// Files of which no two have the same bytes at the same place.
class Batch
{
public:
    enum class Of : std::uint8_t { AllSizes, SmallFiles };

    explicit Batch(quint32 seed, Of what = Of::AllSizes)
    {
        QRandomGenerator random(seed);
        constexpr qint64 distance = 7919;
        QList<qint64> sizes;
        if (what == Of::AllSizes) {
            sizes = {0, 1, 512 * 1024, 512 * 1024 + 1, 8 * mega, 5 * mega + 1, 3 * mega};
            while (sizes.size() < 40)
                sizes << random.bounded(sizes.size() % 3 == 0 ? 900'000 : 30'000);
        }
        while (what == Of::SmallFiles && sizes.size() < 400)
            sizes << random.bounded(20'000);
        QByteArray noise(8 * mega + sizes.size() * distance, Qt::Uninitialized);
        random.generate(reinterpret_cast<quint32 *>(noise.data()),
                        reinterpret_cast<quint32 *>(noise.data()) + noise.size() / 4);
        for (int i = 0; i < int(sizes.size()); ++i) {
            const QString name = u"file%1.bin"_s.arg(i, 3, 10, QChar(u'0'));
            files.insert('/' + name.toLatin1(), noise.sliced(i * distance, sizes[i]));
            names << name;
        }
    }

    QByteArray list(const RangeServer &server) const
    {
        QByteArray lines;
        for (const QString &name : names) {
            lines += server.url('/' + name.toLatin1()) + '\n';
            if (contentOfName(name).size() > 4 * mega)
                lines += "  split=4\n";
        }
        return lines;
    }
    qint64 size() const
    {
        qint64 sum = 0;
        for (const QByteArray &content : files)
            sum += content.size();
        return sum;
    }
    QByteArray contentOfName(const QString &name) const { return files.value('/' + name.toLatin1()); }
    QString firstWrongIn(const QString &folder) const
    {
        for (const QString &name : names) {
            if (contentOf(QDir(folder).filePath(name)) != contentOfName(name))
                return name;
        }
        return {};
    }

    QHash<QByteArray, QByteArray> files; ///< by path
    QStringList names;
};

struct Durable
{
    bool isDone = false;
    QString path; ///< of the file or its part
    QList<std::pair<qint64, qint64>> spans;
};

/// What a queue that nobody uses says, by the path of the URL; read in a copy, to leave it as it is.
QHash<QByteArray, Durable> durableIn(const QString &queueFile)
{
    QHash<QByteArray, Durable> all;
    if (!QFile::exists(queueFile))
        return all;
    QTemporaryDir scratch;
    for (const QString &suffix : {u""_s, u"-wal"_s})
        QFile::copy(queueFile + suffix, scratch.filePath(u"queue"_s + suffix));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"copy"_s);
        database.setDatabaseName(scratch.filePath(u"queue"_s));
        database.open();
        QSqlQuery query(database);
        query.exec(u"SELECT request, state, path, part_path, part_pieces FROM item"_s);
        while (query.next()) {
            const auto request = QJsonDocument::fromJson(query.value(0).toByteArray()).object();
            const QUrl url(request[u"urls"].toArray().at(0).toString());
            Durable durable {.isDone = query.value(1).toString() == u"done", .path = {}, .spans = {}};
            durable.path = query.value(durable.isDone ? 2 : 3).toString();
            const auto pieces = QJsonDocument::fromJson(query.value(4).toByteArray()).array();
            for (const QJsonValue &piece : pieces) {
                const qint64 first = piece[0].toInteger();
                durable.spans << std::pair(first, first + piece[2].toInteger());
            }
            all.insert(url.path().toLatin1(), durable);
        }
    }
    QSqlDatabase::removeDatabase(u"copy"_s);
    return all;
}

/// Empty, or what was asked for although it was there.
QString askedInVain(const QList<RangeServer::Asked> &asked, const QHash<QByteArray, Durable> &durable)
{
    for (const RangeServer::Asked &one : asked) {
        const Durable there = durable.value(one.path);
        if (there.isDone)
            return u"%1 was done"_s.arg(QString::fromLatin1(one.path));
        for (const auto &[first, end] : there.spans) {
            if (std::max(first, one.first) < std::min(end, one.end)) {
                return u"%1: %2–%3 was asked for, %4–%5 was there"_s.arg(QString::fromLatin1(one.path))
                    .arg(one.first)
                    .arg(one.end)
                    .arg(first)
                    .arg(end);
            }
        }
    }
    return {};
}

/// Empty, or the file that has other bytes than the queue says.
QString notAsTheQueueSays(const QHash<QByteArray, Durable> &durable, const Batch &batch)
{
    for (auto it = durable.begin(); it != durable.end(); ++it) {
        const QByteArray right = batch.files.value(it.key());
        QString path = it->path;
        if (path.endsWith(u".part") && !QFile::exists(path))
            path.chop(5); // it got its name, and that couldn't be noted any more
        const QByteArray there = path.isEmpty() ? QByteArray() : contentOf(path);
        if (it->isDone && there != right)
            return path;
        for (const auto &[first, end] : it->spans) {
            if (there.mid(first, end - first) != right.mid(first, end - first))
                return path;
        }
    }
    return {};
}

} // namespace

/// What comes of a batch whose program ends before its files are there.
class KilledDownloadTest : public QObject
{
    Q_OBJECT

    static QStringList command(const QString &list, const QString &folder)
    {
        return {u"download"_s, u"-i"_s, list, u"-d"_s, folder, u"-j"_s, u"8"_s, u"--json"_s};
    }
    static bool write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }

private slots:
    void afterManyKillsEveryFileIsRightAndNothingDurableCameTwice_data()
    {
        QTest::addColumn<Batch::Of>("what");
        QTest::addColumn<int>("kills");
        QTest::newRow("files of all sizes") << Batch::Of::AllSizes << (isLong() ? 100 : 20);
        // There is always one that begins, and one that gets its name.
        QTest::newRow("small files alone") << Batch::Of::SmallFiles << (isLong() ? 100 : 15);
    }
    void afterManyKillsEveryFileIsRightAndNothingDurableCameTwice()
    {
        QFETCH(const Batch::Of, what);
        QFETCH(const int, kills);
        const quint32 seed = ::seed();
        qInfo("COROSCOPE_TEST_SEED=%u", seed);
        QRandomGenerator random(seed);
        QList<int> moments; // ms after the start
        for (int i = 0; i < kills; ++i) {
            const bool isSoon = what == Batch::Of::SmallFiles || random.bounded(2) == 0;
            moments << (isSoon ? random.bounded(600) : random.bounded(600, 2200));
        }
        const Batch batch(random.generate(), what);
        RangeServer server(batch.files, random.generate());
        server.setResetsOneOf(12);
        // The last files begin about when the last kill comes.
        server.setBytesPerSecond(batch.size() * 1000 / std::accumulate(moments.begin(), moments.end(), 0));
        QTemporaryDir lists;
        QTemporaryDir folder;
        const QString list = lists.filePath(u"list"_s);
        QVERIFY(write(list, batch.list(server)));

        QHash<QByteArray, Durable> durable;
        int killed = 0;
        for (const int moment : std::as_const(moments)) {
            Program program(command(list, folder.path()));
            program.start();
            QTest::qWait(moment); // it's the moment that is tested
            program.signal(SIGKILL);
            const auto result = program.wait();
            server.waitUntilDeserted();
            QVERIFY2(result.exitCode == -1 || result.exitCode == 0, result.err.constData());
            QCOMPARE(askedInVain(server.takeAsked(), durable), QString());
            durable = durableIn(folder.filePath(queueName));
            QCOMPARE(notAsTheQueueSays(durable, batch), QString());
            killed += result.exitCode == -1;
        }
        QVERIFY2(killed > kills / 2, "it was over too soon");

        server.setBytesPerSecond({});
        const auto result = Program::run(command(list, folder.path()));
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QCOMPARE(askedInVain(server.takeAsked(), durable), QString());
        QCOMPARE(filesIn(folder.path()), batch.names);
        QCOMPARE(batch.firstWrongIn(folder.path()), QString());
        for (const QJsonObject &file : result.jsonLines())
            QCOMPARE(file[u"state"].toString(), u"done"_s);
    }
    void ctrlCLosesNothingThatCame()
    {
        const Batch batch(1);
        RangeServer server(batch.files, 1);
        server.setBytesPerSecond(8'000'000);
        QTemporaryDir lists;
        QTemporaryDir folder;
        const QString list = lists.filePath(u"list"_s);
        QVERIFY(write(list, batch.list(server)));
        Program program(command(list, folder.path()));
        program.start();
        QTRY_VERIFY_WITH_TIMEOUT(filesIn(folder.path()).contains(u"file002.bin"_s), 30'000);
        program.signal(SIGINT);
        const auto interrupted = program.wait();
        QCOMPARE(interrupted.exitCode, 130);
        QVERIFY2(interrupted.err.contains("the same command resumes"), interrupted.err.constData());
        server.waitUntilDeserted();
        server.takeAsked();
        const auto durable = durableIn(folder.filePath(queueName));
        QCOMPARE(durable.size(), batch.files.size());
        QCOMPARE(notAsTheQueueSays(durable, batch), QString());
        qint64 there = 0;
        for (const Durable &one : durable) {
            for (const auto &[first, end] : one.spans)
                there += end - first;
        }
        QVERIFY(there > 0);

        server.setBytesPerSecond({});
        const auto result = Program::run(command(list, folder.path()));
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QCOMPARE(askedInVain(server.takeAsked(), durable), QString());
        QCOMPARE(filesIn(folder.path()), batch.names);
        QCOMPARE(batch.firstWrongIn(folder.path()), QString());
    }
    void aFullDiskIsSaidAndTheSameCommandGoesOnWhenThereIsRoom()
    {
        const QByteArray content = Batch(2).contentOfName(u"file004.bin"_s).first(3 * mega);
        RangeServer server({{"/file.bin", content}}, 1);
        SmallDisk disk(5 * mega);
        QVERIFY2(disk.isMounted(), disk.error());
        QVERIFY(write(disk.filePath(u"other"_s), QByteArray(3 * mega, 'x')));
        const QStringList line {u"download"_s, u"-d"_s, disk.path(),
                                QString::fromLatin1(server.url("/file.bin"))};
        const auto full = Program::run(line);
        QCOMPARE(full.exitCode, 1);
        QCOMPARE(full.out, QByteArray());
        QVERIFY2(full.err.contains("bytes are missing"), full.err.constData());
        QCOMPARE(filesIn(disk.path()), (QStringList {u"file.bin.part"_s, u"other"_s}));

        QVERIFY(QFile::remove(disk.filePath(u"other"_s)));
        const auto result = Program::run(line);
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QCOMPARE(filesIn(disk.path()), QStringList(u"file.bin"_s));
        QCOMPARE(contentOf(disk.filePath(u"file.bin"_s)), content);
    }
};

COROSCOPE_SMALLDISK_MAIN(KilledDownloadTest)
#include "tst_killeddownload.moc"
