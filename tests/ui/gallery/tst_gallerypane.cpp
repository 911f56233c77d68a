// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// What the gallery shows and posts; the session only keeps what is posted.
#include "tests/support/fakesession.h"
#include "ui/gallery/examplepage.h"
#include "ui/gallery/gallerypane.h"
#include "ui/pulse.h"
#include "ui/selection.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using tests::FakeSession;

namespace {

struct Fixture
{
    FakeSession session;
    Pulse pulse {session.store()};
    Selection selection;
    GalleryPane pane {session, pulse, selection};

    Fixture()
    {
        pane.resize(640, 800);
        pane.show();
    }
    template<class Widget>
    Widget *find(const char *name)
    {
        auto *widget = pane.findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("the gallery has no %s", name);
        return widget;
    }
    QStringList shownIds()
    {
        QStringList ids;
        auto *list = find<QTreeWidget>("examples");
        for (int row = 0; row < list->topLevelItemCount(); ++row) {
            if (!list->topLevelItem(row)->isHidden())
                ids << list->topLevelItem(row)->text(0);
        }
        return ids;
    }
    void type(const char *field, const QString &text)
    {
        auto *edit = find<QLineEdit>(field);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
};

QStringList allIds()
{
    QStringList ids;
    for (const gallery::Example &example : gallery::examples())
        ids << example.id;
    return ids;
}

} // namespace

class TestGalleryPane : public QObject
{
    Q_OBJECT
private slots:
    void allExamplesStandInTheTutorialsOrder();
    void eachExampleShowsItsProgramAndTheTutorialsListing();
    void theFilterLooksAtIdsTitlesAndTerms();
    void theArrowKeysAndEnterInTheFieldRunWhatWasFound();
    void aDoubleClickRunsAndEnterToo();
    void fieldsReachTheRun();
    void onlyTheFieldsThatAnExampleNeedsAreShown();
    void aWrongFieldIsToldAndCannotRun();
    void aRunThatCouldNotStartSaysWhy();
    void aRunningExampleCanBeStopped();
    void withoutCommandsNothingRuns();
};

void TestGalleryPane::allExamplesStandInTheTutorialsOrder()
{
    Fixture f;
    QCOMPARE(f.shownIds(), allIds());
    QCOMPARE(f.find<QLabel>("exampleCount")->text(), QString::number(allIds().size()));
}

void TestGalleryPane::eachExampleShowsItsProgramAndTheTutorialsListing()
{
    Fixture f;
    for (const gallery::Example &example : gallery::examples()) {
        f.pane.showExample(example.id);
        QCOMPARE(f.pane.currentExample(), example.id);
        QCOMPARE(f.find<QLabel>("exampleTitle")->text(), example.title);
        QCOMPARE(f.find<QLabel>("exampleLook")->text(), example.look);
        QCOMPARE(f.find<QLabel>("exampleNote")->isVisible(), !example.note.isEmpty());
        QCOMPARE(f.find<QPlainTextEdit>("program")->toPlainText(), example.program());
        QCOMPARE(f.find<QPlainTextEdit>("listing")->toPlainText(), example.listing());
        QVERIFY2(!example.program().isEmpty() && !example.listing().isEmpty(), qPrintable(example.id));
        const auto terms = f.find<QWidget>("exampleTerms")->findChildren<QLabel *>();
        QCOMPARE(terms.size(), 2 + 2 * example.terms.size());
    }
}

void TestGalleryPane::theFilterLooksAtIdsTitlesAndTerms()
{
    Fixture f;
    auto *field = f.find<QLineEdit>("exampleFilter");
    QTest::keyClicks(field, "future-");
    QCOMPARE(f.shownIds(), (QStringList {"future-1", "future-2"}));
    QCOMPARE(f.pane.currentExample(), "future-1");
    QVERIFY(f.find<QLabel>("exampleCount")->text().startsWith("2 of "));
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(f.shownIds(), allIds());
    QTest::keyClicks(field, "CREATE_task func");
    QVERIFY(f.shownIds().contains("task-1"));
    QVERIFY(!f.shownIds().contains("await-1"));
    field->clear();
    QTest::keyClicks(field, "no such thing");
    QVERIFY(f.shownIds().isEmpty());
    f.pane.showExample("await-2");
    QCOMPARE(f.shownIds(), allIds());
}

void TestGalleryPane::theArrowKeysAndEnterInTheFieldRunWhatWasFound()
{
    Fixture f;
    auto *field = f.find<QLineEdit>("exampleFilter");
    QTest::keyClicks(field, "future-");
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(f.pane.currentExample(), "future-2");
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(std::get<tasks::ExampleSpec>(f.session.only<tasks::Launch>().spec).id, "future-2");
}

void TestGalleryPane::aDoubleClickRunsAndEnterToo()
{
    Fixture f;
    auto *list = f.find<QTreeWidget>("examples");
    f.pane.showExample("task-1");
    const QPoint place = list->visualItemRect(list->currentItem()).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
    QVERIFY(f.session.posted.empty());
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(std::get<tasks::ExampleSpec>(f.session.only<tasks::Launch>().spec).id, "task-1");
    QCOMPARE(f.find<QLabel>("exampleState")->text(), "Starting …");
    f.session.posted.clear();
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(std::get<tasks::ExampleSpec>(f.session.only<tasks::Launch>().spec).id, "task-1");
}

void TestGalleryPane::fieldsReachTheRun()
{
    Fixture f;
    f.pane.showExample("redis-2");
    QCOMPARE(f.find<QLineEdit>("example-redis")->placeholderText(), "2 local services");
    f.type("example-speed", "4");
    f.type("example-redis", "redis://one:7001  redis://two:7002/3");
    QTest::mouseClick(f.find<QCheckBox>("exampleAsText"), Qt::LeftButton, {}, QPoint(8, 8));
    QTest::mouseClick(f.find<QPushButton>("exampleRun"), Qt::LeftButton);
    const auto spec = std::get<tasks::ExampleSpec>(f.session.only<tasks::Launch>().spec);
    QCOMPARE(spec.id, "redis-2");
    QCOMPARE(spec.speed, 4.0);
    QCOMPARE(spec.redis, (QList<QUrl> {QUrl("redis://one:7001"), QUrl("redis://two:7002/3")}));
    QVERIFY(!spec.decodeResponses);
    f.session.posted.clear();
    f.pane.showExample("crawler");
    f.type("example-url", "http://127.0.0.1:1/a");
    QTest::keyClick(f.find<QLineEdit>("example-url"), Qt::Key_Return);
    const auto crawler = std::get<tasks::ExampleSpec>(f.session.only<tasks::Launch>().spec);
    QCOMPARE(crawler.urls, QList<QUrl> {QUrl("http://127.0.0.1:1/a")});
    QVERIFY(crawler.redis.isEmpty());
}

void TestGalleryPane::onlyTheFieldsThatAnExampleNeedsAreShown()
{
    Fixture f;
    for (const gallery::Example &example : gallery::examples()) {
        f.pane.showExample(example.id);
        QVERIFY(f.find<QLineEdit>("example-speed")->isVisible());
        QCOMPARE(f.find<QLineEdit>("example-url")->isVisible(), example.needs.urls > 0);
        QCOMPARE(f.find<QLineEdit>("example-redis")->isVisible(), example.needs.redis > 0);
        QCOMPARE(f.find<QLineEdit>("example-mysql")->isVisible(), example.needs.mysql > 0);
    }
}

void TestGalleryPane::aWrongFieldIsToldAndCannotRun()
{
    Fixture f;
    f.pane.showExample("await-1");
    QVERIFY(f.find<QPushButton>("exampleRun")->isEnabled());
    f.type("example-speed", "fast");
    QVERIFY(f.find<QLabel>("exampleMessage")->isVisible());
    QVERIFY(!f.find<QPushButton>("exampleRun")->isEnabled());
    QTest::keyClick(f.find<QLineEdit>("example-speed"), Qt::Key_Return);
    QVERIFY(f.session.posted.empty());
    f.type("example-speed", "0.5");
    QVERIFY(!f.find<QLabel>("exampleMessage")->isVisible());
    QVERIFY(f.find<QPushButton>("exampleRun")->isEnabled());
}

void TestGalleryPane::aRunThatCouldNotStartSaysWhy()
{
    Fixture f;
    f.pane.showExample("redis-1");
    QTest::mouseClick(f.find<QPushButton>("exampleRun"), Qt::LeftButton);
    emit f.session.rejected("redis-1 needs Redis.");
    QCOMPARE(f.find<QLabel>("exampleState")->text(), "redis-1 needs Redis.");
    QCOMPARE(f.find<QLabel>("exampleState")->property("role").toString(), "error");
    emit f.session.rejected("something else");
    QCOMPARE(f.find<QLabel>("exampleState")->text(), "redis-1 needs Redis.");
    f.pane.showExample("redis-2");
    QCOMPARE(f.find<QLabel>("exampleState")->text(), "Not run yet.");
}

void TestGalleryPane::aRunningExampleCanBeStopped()
{
    Fixture f;
    f.pane.showExample("await-1");
    QVERIFY(!f.find<QPushButton>("exampleStop")->isVisible());
    f.session.specs[TaskId {5}] = tasks::ExampleSpec {.id = "await-1"};
    f.session.sleeper(5, "example await-1").script.commit();
    emit f.session.launched(TaskId {5});
    QVERIFY(f.find<QPushButton>("exampleStop")->isVisible());
    QCOMPARE(f.selection.task(), TaskId {5});
    QTest::mouseClick(f.find<QPushButton>("exampleStop"), Qt::LeftButton);
    QCOMPARE(f.session.only<tasks::Cancel>().task, TaskId {5});
    f.session.end(5, trace::Outcome::Cancelled).script.commit();
    QTRY_VERIFY(!f.find<QPushButton>("exampleStop")->isVisible());
    QVERIFY(f.find<QLabel>("exampleState")->text().startsWith("Cancelled after "));
}

void TestGalleryPane::withoutCommandsNothingRuns()
{
    Fixture f;
    f.session.commands = false;
    f.pane.showExample("await-1");
    QVERIFY(!f.find<QPushButton>("exampleRun")->isEnabled());
    QTest::keyClick(f.find<QTreeWidget>("examples"), Qt::Key_Return);
    QVERIFY(f.session.posted.empty());
}

QTEST_MAIN(TestGalleryPane)
#include "tst_gallerypane.moc"
