// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include <QImage>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The demo without a display: on its own file server and redis-servers.
class DemoCommandTest : public QObject
{
    Q_OBJECT

    static int colorsIn(const QImage &image)
    {
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2)
                colors << image.pixel(x, y);
        }
        return int(colors.size());
    }

private slots:
    void theDemoEndsWithATableAndAPicture()
    {
        QTemporaryDir folder;
        Program program({});
        program.setFolder(folder.path());
        const auto result = program.run();
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.err.contains("no display"), result.err.constData());
        QVERIFY2(result.err.contains("coroscope-demo.png"), result.err.constData());
        QVERIFY2(result.err.count('\n') < 10, result.err.constData()); // no noise

        const QList<QByteArray> table = result.out.trimmed().split('\n');
        QVERIFY2(table.size() >= 15, result.out.constData());
        QVERIFY(table.first().startsWith("Task"));
        QVERIFY2(result.out.contains("404"), result.out.constData());
        QVERIFY2(table.last().contains(" 1 failed"), result.out.constData());
        for (const char *word : {"GET ", "redis ", "sleep 0.5 s", "sleep 2 s", "sleep 10 s"})
            QVERIFY2(result.out.contains(word), word);

        const QImage picture(folder.filePath(u"coroscope-demo.png"_s));
        QCOMPARE(picture.size(), QSize(1600, 960));
        // Text, tints and slices: an empty window has a fraction of it.
        QVERIFY2(colorsIn(picture) > 200, qPrintable(QString::number(colorsIn(picture))));
    }
    void theEmptyWindowCanBePictured()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"empty.png"_s);
        const auto result = Program::run({u"--screenshot"_s, file, u"--theme"_s, u"dark"_s});
        QCOMPARE(result.exitCode, 0);
        const QImage picture(file);
        QCOMPARE(picture.size(), QSize(1600, 960));
        QVERIFY(qGray(picture.pixel(800, 480)) < 90);
        QVERIFY(colorsIn(picture) > 20);
    }
    void aTimeoutEndsTheDemoEarlyAndInOrder()
    {
        const auto result = Program::run({u"demo"_s, u"--headless"_s, u"--json"_s, u"--timeout"_s, u"3"_s});
        QCOMPARE(result.exitCode, 1);
        int cancelled = 0;
        int done = 0;
        const auto tasks = result.jsonLines();
        QVERIFY(tasks.size() >= 14);
        for (const QJsonObject &task : tasks) {
            const QString state = task.value(u"state"_s).toString();
            cancelled += state == u"cancelled"_s;
            done += state == u"done"_s;
        }
        QVERIFY(cancelled >= 1); // sleep 10 s at least
        QVERIFY(done >= 1); // sleep 0.5 s at least
    }
};

QTEST_GUILESS_MAIN(DemoCommandTest)
#include "tst_democommand.moc"
