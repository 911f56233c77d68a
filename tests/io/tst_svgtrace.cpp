// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/svgtext.h"
#include "tests/io/exportfixture.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace coroscope;
using namespace coroscope::io;

namespace {
struct Picture
{
    QString error;
    QStringList texts; ///< what is written in it
    QStringList tips; ///< what is said of what the pointer is on
    std::vector<QXmlStreamAttributes> bars; ///< without the background

    explicit Picture(const model::TraceStore &store)
    {
        QXmlStreamReader xml(exported(store, ExportFormat::Svg));
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == u"text")
                texts << xml.readElementText();
            else if (xml.name() == u"title")
                tips << xml.readElementText();
            else if (xml.name() == u"rect" && xml.attributes().value("fill") != u"#ffffff")
                bars.push_back(xml.attributes());
        }
        error = xml.errorString();
    }
};
} // namespace

class SvgTraceTest : public QObject
{
    Q_OBJECT
private slots:
    void aRowALaneShowsWhatItDid()
    {
        SampleSession session;
        const Picture picture(session.store());
        QCOMPARE(picture.error, QString());
        for (const char *name : {"loop", "worker 1", "parent", "child", "waiter"})
            QVERIFY2(picture.texts.contains(name), name);
        QVERIFY(picture.texts.contains("program: 5 lanes, 10 ms"));
        QVERIFY(picture.texts.contains("5 ms")); // on the ruler
        QVERIFY(picture.texts.contains("reply http://h/a")); // it fits into its wait
        QVERIFY(picture.tips.contains("reply http://h/a (2 ms)"));
        QVERIFY(picture.tips.contains("child – done"));
        QVERIFY(picture.tips.contains("hash (1 ms)"));
    }

    void colorsTellTheKindOfWorkAndDepthTheState()
    {
        SampleSession session;
        const Picture picture(session.store());
        int solid = 0;
        int tinted = 0;
        for (const auto &bar : picture.bars) {
            if (bar.value("fill") != u"#2f7fd1")
                continue;
            (bar.hasAttribute("fill-opacity") ? tinted : solid)++;
        }
        QCOMPARE(solid, 2); // the download ran twice
        QCOMPARE(tinted, 3); // was ready, waited, was ready
    }

    void barsStandWhereTheirTimesAre()
    {
        StoreFixture fixture;
        const TaskId task = fixture.spawn("task", "sleep", 0ms);
        fixture.slice(task, 0ms, 5ms, fixture.sleeps(5ms));
        fixture.play(10ms);
        const Picture picture(fixture.store());
        QCOMPARE(picture.bars.size(), 2u);
        QCOMPARE(picture.bars[0].value("x"), u"230.0");
        QCOMPARE(picture.bars[0].value("width"), u"673.0");
        QCOMPARE(picture.bars[1].value("x"), u"903.0");
        QCOMPARE(picture.bars[1].value("width"), u"673.0");
    }

    void theFileDoesNotGrowWithTheSlices()
    {
        const auto sizeOf = [](int slices) {
            model::Script script;
            script.created(1);
            for (int i = 0; i < slices; ++i) {
                script.after(1us).resumed(1, trace::Cause::Timer);
                script.after(1us).suspended(1, trace::WaitKind::Sleep, 1);
            }
            script.commit();
            return exported(script.store, ExportFormat::Svg).size();
        };
        QVERIFY(sizeOf(200'000) < 2 * sizeOf(20'000));
    }

    void ofVeryManyLanesTheFirstAreDrawn()
    {
        model::Script script;
        for (std::uint32_t id = 1; id <= 2100; ++id)
            script.after(1us).created(id);
        script.after(1ms).commit();
        const Picture picture(script.store);
        QCOMPARE(picture.error, QString());
        QVERIFY(picture.texts.contains("100 more lanes aren't drawn"));
    }

    void anyNameBecomesValidXml_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        QTest::newRow("markup") << "<b> & \"c\" 'd'" << "<b> & \"c\" 'd'";
        QTest::newRow("control characters") << QString("a") + QChar(1) + QChar(0) << "a\ufffd\ufffd";
        QTest::newRow("half a surrogate") << QString("a") + QChar(0xDC00) << "a\ufffd";
        QTest::newRow("no character") << QString("a") + QChar(0xFFFF) << "a\ufffd";
        QTest::newRow("Chinese and beyond") << "下载🦊" << "下载🦊";
    }
    void anyNameBecomesValidXml()
    {
        QFETCH(QString, name);
        QFETCH(QString, shown);
        StoreFixture fixture;
        const TaskId task = fixture.spawn(name, {}, 0ms);
        fixture.slice(task, 1ms, 2ms, fixture.reply(name));
        fixture.play(3ms);
        const Picture picture(fixture.store());
        QCOMPARE(picture.error, QString());
        QVERIFY(picture.texts.contains(shown));
        QVERIFY(picture.tips.contains("reply " + shown + " (1 ms)"));
    }

    void aTextIsShortenedToItsRoom()
    {
        QCOMPARE(fitting("short", 100, 10), "short");
        QCOMPARE(fitting("a rather long text", 58, 10), "a rather …");
        QCOMPARE(fitting("下载下载下载", 58, 10), "下载下载…");
        QCOMPARE(fitting("long", 10, 10), QString());
    }

    void anEmptySessionIsAnEmptyPicture()
    {
        const model::TraceStore store;
        const Picture picture(store);
        QCOMPARE(picture.error, QString());
        QVERIFY(picture.bars.empty());
    }
};

QTEST_GUILESS_MAIN(SvgTraceTest)
#include "tst_svgtrace.moc"
