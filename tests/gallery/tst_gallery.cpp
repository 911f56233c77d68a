// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/gallery.h"

#include "core/net/httpfileserver.h"

#include <QSet>
#include <QTest>

using namespace coroscope;
using namespace coroscope::gallery;

/// The registry: what the window and the command line know of the examples.
class GalleryTest : public QObject
{
    Q_OBJECT
private slots:
    void everyExampleIsWhole_data()
    {
        QTest::addColumn<QString>("id");
        for (const Example &example : examples())
            QTest::newRow(qPrintable(example.id)) << example.id;
    }
    void everyExampleIsWhole()
    {
        QFETCH(QString, id);
        const auto example = findExample(id);
        QVERIFY(example);
        QVERIFY(!example->title.isEmpty());
        QVERIFY(example->look.endsWith('.'));
        QVERIFY(!example->terms.isEmpty());
        for (const Term &term : example->terms)
            QVERIFY(!term.python.isEmpty() && !term.ours.isEmpty());
        QVERIFY(example->run);
        QVERIFY(example->source.startsWith("core/gallery/"));
        // The very file that is compiled.
        QVERIFY2(example->program().contains("Task<> coroscope::gallery::run"), qPrintable(example->source));
        QVERIFY2(example->listing().contains("import "), qPrintable(example->listing()));
    }
    void theTableOfTheTutorialIsThere()
    {
        const QStringList table {"generator",        "greenlet",       "gevent",
                                 "gevent-download",  "asyncio-run",    "await-1",
                                 "await-2",          "await-3",        "task-1",
                                 "task-2",           "task-3",         "wait-timeout",
                                 "future-1",         "future-2",       "executor-thread",
                                 "executor-process", "executor-await", "executor-download",
                                 "async-iterator",   "async-context",  "loop-swap",
                                 "redis-1",          "redis-2",        "mysql-1",
                                 "mysql-2",          "crawler"};
        QStringList ids;
        for (const Example &example : examples())
            ids << example.id;
        QCOMPARE(ids, table);
    }
    void anUnknownIdFindsNothing() { QVERIFY(!findExample("await-4")); }

    void whatAnExampleFetchesByDefaultIsServed()
    {
        net::FileSite site;
        addSamples(site);
        int withUrls = 0;
        for (const Example &example : examples()) {
            if (example.needs.urls == 0)
                continue;
            ++withUrls;
            const QList<QUrl> urls = sampleUrls(example, QUrl("http://127.0.0.1:8000"));
            QCOMPARE(urls.size(), example.needs.urls);
            QCOMPARE(QSet<QUrl>(urls.begin(), urls.end()).size(), urls.size());
            for (const QUrl &url : urls) {
                QCOMPARE(url.port(), 8000);
                QVERIFY2(site.find(url.path().toUtf8()), qPrintable(url.path()));
            }
        }
        QCOMPARE(withUrls, 3);
    }
    void theSamplePagesAreHtmlWithLinks()
    {
        net::FileSite site;
        addSamples(site);
        const auto page = site.find("/www.python.org/");
        QVERIFY(page);
        QVERIFY(page->source->contentType().startsWith("text/html"));
        const QByteArray html = page->source->read(0, page->source->size());
        QVERIFY(html.contains("<title>Welcome to Python.org</title>"));
        QVERIFY(html.contains("<a href=\"/gitee.com/\">"));
    }
    void addressesAreShownWithoutLogins()
    {
        QCOMPARE(shown(QUrl("redis://:secret@host:6379/1")), "redis://host:6379/1");
    }
};

QTEST_GUILESS_MAIN(GalleryTest)
#include "tst_gallery.moc"
