// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"
#include "ui/theme.h"
#include "ui/timeline/notebox.h"
#include "ui/timeline/noteeditor.h"

#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QToolTip>

using namespace coroscope;
using namespace coroscope::ui;
using model::Note;
using model::NoteId;

class TestNoteMarks : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void mMarksTheSelectedSlice();
    void mMarksTheRegion();
    void escapeInTheEditorAddsNothing();
    void goingElsewhereKeepsWhatWasWritten();
    void aMarkIsSeenOnRulerAndMinimap();
    void itsNoteIsTheToolTip();
    void clickingTheMinimapsMarkGoesThere();
    void doubleClickEdits();
    void deleteRemovesTheClickedMark();
    void deleteRemovesNoMarkAfterAnotherSelection();
    void theListIsUsedByKeyboard();
    void anEmptyListSaysHowToBegin();
};

struct Marked : Stage
{
    Marked()
    {
        view.setFollowing(false);
        view.setRange({1150ms, 3230ms});
    }
    NoteEditor *editor() { return widget.findChild<NoteEditor *>(); }
    QListWidget *list() { return widget.findChild<QListWidget *>(QStringLiteral("noteList")); }
    model::NoteList &notesList() { return model::notesOf(store()); }
    std::span<const Note> notes() { return notesList().notes(); }
    NoteId add(Time time, const QString &text, TaskId task = {})
    {
        return notesList().add({.time = time, .end = {}, .task = task, .text = text, .id = {}});
    }
    /// On the ruler's flag.
    QPoint onRuler(Time time)
    {
        const int x = widget.pointOf(theLoop, time).x() - widget.ruler()->x() + 4;
        return {x, 6};
    }
    bool hasColor(QWidget *shown, const QRect &where, const QColor &color)
    {
        const QImage image = shown->grab().toImage();
        for (int x = where.left(); x <= where.right(); ++x) {
            for (int y = where.top(); y <= where.bottom(); ++y) {
                if (image.pixelColor(QPoint(x, y) * image.devicePixelRatio()) == color)
                    return true;
            }
        }
        return false;
    }
};

void TestNoteMarks::mMarksTheSelectedSlice()
{
    Marked m;
    m.selection.select(m.missing, 1);
    m.key(Qt::Key_M);
    QVERIFY(m.editor()->isVisible() && m.editor()->hasFocus());
    QVERIFY(m.notes().empty());
    QTest::keyClicks(m.editor(), "here it failed");
    QTest::keyClick(m.editor(), Qt::Key_Return);
    QVERIFY(!m.editor()->isVisible());
    QVERIFY(m.widget.laneArea()->hasFocus());
    QCOMPARE(m.notes().size(), std::size_t(1));
    QCOMPARE(m.notes()[0].time, Time(1403ms));
    QCOMPARE(m.notes()[0].task, m.missing);
    QCOMPARE(m.notes()[0].text, QStringLiteral("here it failed"));
    QVERIFY(!m.notes()[0].end);
}

void TestNoteMarks::mMarksTheRegion()
{
    Marked m;
    m.view.setRegion(TimeRange {2s, 2500ms});
    m.key(Qt::Key_M);
    QTest::keyClick(m.editor(), Qt::Key_Return);
    QCOMPARE(m.notes().size(), std::size_t(1));
    QCOMPARE(m.notes()[0].time, Time(2s));
    QCOMPARE(m.notes()[0].end, std::optional<Time>(2500ms));
}

void TestNoteMarks::escapeInTheEditorAddsNothing()
{
    Marked m;
    m.key(Qt::Key_M);
    QTest::keyClicks(m.editor(), "no");
    QTest::keyClick(m.editor(), Qt::Key_Escape);
    QVERIFY(!m.editor()->isVisible());
    QVERIFY(m.notes().empty());
}

void TestNoteMarks::goingElsewhereKeepsWhatWasWritten()
{
    Marked m;
    m.key(Qt::Key_M);
    m.widget.laneArea()->setFocus(Qt::MouseFocusReason);
    QVERIFY(m.notes().empty()); // nothing was
    m.key(Qt::Key_M);
    QTest::keyClicks(m.editor(), "keep me");
    m.widget.laneArea()->setFocus(Qt::MouseFocusReason);
    QCOMPARE(m.notes().size(), std::size_t(1));
}

void TestNoteMarks::aMarkIsSeenOnRulerAndMinimap()
{
    Marked m;
    const QColor accent = Theme::light().accent;
    const QPoint flag = m.onRuler(1800ms);
    const QRect onRuler(flag - QPoint(2, 2), QSize(5, 5));
    const QRect inLanes(m.widget.pointOf(m.sleep10, 1800ms).x() - m.widget.laneArea()->x() - 1, 0, 3, 4);
    const QImage map = m.widget.minimap()->grab().toImage();
    QVERIFY(!m.hasColor(m.widget.ruler(), onRuler, accent));
    const QImage lanes = m.widget.laneArea()->grab(inLanes).toImage();
    m.add(1800ms, "note");
    QVERIFY(m.hasColor(m.widget.ruler(), onRuler, accent));
    QVERIFY(m.widget.minimap()->grab().toImage() != map);
    QVERIFY(m.widget.laneArea()->grab(inLanes).toImage() != lanes);
}

void TestNoteMarks::itsNoteIsTheToolTip()
{
    Marked m;
    m.add(1800ms, "before <the> stall", m.parse);
    const QPoint at = m.onRuler(1800ms);
    QHelpEvent help(QEvent::ToolTip, at, m.widget.ruler()->mapToGlobal(at));
    QApplication::sendEvent(m.widget.ruler(), &help);
    QTextDocument document;
    document.setHtml(QToolTip::text());
    QVERIFY2(document.toPlainText().startsWith("before <the> stall"), qPrintable(QToolTip::text()));
    QVERIFY(document.toPlainText().contains("parse index"));
}

void TestNoteMarks::clickingTheMinimapsMarkGoesThere()
{
    Marked m;
    m.view.setRange({1200ms, 1400ms});
    const NoteId id = m.add(2700ms, "far away", m.sleep10);
    QWidget *map = m.widget.minimap();
    const int x = 1 + int(2700.0 / 3090 * (map->width() - 2));
    QTest::mouseClick(map, Qt::LeftButton, {}, {x + 2, 10});
    QVERIFY(m.view.range().contains(2700ms));
    QCOMPARE(m.view.range().length(), Time(200ms));
    QCOMPARE(m.widget.notes().selected(), id);
    QCOMPARE(m.selection.task(), m.sleep10);
    QTest::keyClick(m.widget.laneArea(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m.view.range(), (TimeRange {1200ms, 1400ms}));
}

void TestNoteMarks::doubleClickEdits()
{
    Marked m;
    const NoteId id = m.add(1800ms, "old");
    QTest::mouseDClick(m.widget.ruler(), Qt::LeftButton, {}, m.onRuler(1800ms));
    QVERIFY(m.editor()->isVisible());
    QCOMPARE(m.editor()->text(), QStringLiteral("old"));
    QTest::keyClicks(m.editor(), "new");
    QTest::keyClick(m.editor(), Qt::Key_Return);
    QCOMPARE(m.notes().size(), std::size_t(1));
    QCOMPARE(m.notesList().note(id)->text, QStringLiteral("new"));
}

void TestNoteMarks::deleteRemovesTheClickedMark()
{
    Marked m;
    m.add(1800ms, "first");
    m.add(2200ms, "second");
    m.key(Qt::Key_Delete); // none is chosen
    QCOMPARE(m.notes().size(), std::size_t(2));
    QTest::mouseClick(m.widget.ruler(), Qt::LeftButton, {}, m.onRuler(2200ms));
    m.key(Qt::Key_Delete);
    QCOMPARE(m.notes().size(), std::size_t(1));
    QCOMPARE(m.notes()[0].text, QStringLiteral("first"));
}

void TestNoteMarks::deleteRemovesNoMarkAfterAnotherSelection()
{
    Marked m;
    m.add(1800ms, "stays");
    QTest::mouseClick(m.widget.ruler(), Qt::LeftButton, {}, m.onRuler(1800ms));
    m.selection.select(m.nap);
    m.key(Qt::Key_Delete);
    QCOMPARE(m.notes().size(), std::size_t(1));
}

void TestNoteMarks::theListIsUsedByKeyboard()
{
    Marked m;
    m.add(1800ms, "first");
    const NoteId second = m.add(2200ms, "second");
    m.view.setRange({1200ms, 1400ms});
    QTest::keyClick(m.widget.laneArea(), Qt::Key_M, Qt::ShiftModifier);
    QVERIFY(m.list()->hasFocus());
    QCOMPARE(m.widget.noteBox()->lines(), QStringList({"1.8000 s · first", "2.2000 s · second"}));
    QTest::keyClick(m.list(), Qt::Key_Down);
    QTest::keyClick(m.list(), Qt::Key_Return);
    QVERIFY(!m.widget.noteBox()->isVisible());
    QVERIFY(m.widget.laneArea()->hasFocus());
    QVERIFY(m.view.range().contains(2200ms));
    QTest::keyClick(m.widget.laneArea(), Qt::Key_M, Qt::ShiftModifier);
    QTest::keyClick(m.list(), Qt::Key_F2);
    QCOMPARE(m.editor()->text(), QStringLiteral("second"));
    QTest::keyClick(m.editor(), Qt::Key_Escape);
    QTest::keyClick(m.widget.laneArea(), Qt::Key_M, Qt::ShiftModifier);
    QTest::keyClick(m.list(), Qt::Key_Down);
    QTest::keyClick(m.list(), Qt::Key_Delete);
    QVERIFY(!m.notesList().note(second));
    QCOMPARE(m.widget.noteBox()->lines().size(), 1);
    QTest::keyClick(m.list(), Qt::Key_Escape);
    QVERIFY(m.widget.laneArea()->hasFocus());
}

void TestNoteMarks::anEmptyListSaysHowToBegin()
{
    Marked m;
    QTest::keyClick(m.widget.laneArea(), Qt::Key_M, Qt::ShiftModifier);
    QVERIFY(m.widget.noteBox()->isVisible());
    QVERIFY(m.widget.noteBox()->findChild<QLabel *>()->text().contains("M sets one"));
    QTest::keyClick(m.widget.noteBox(), Qt::Key_Escape);
    QVERIFY(!m.widget.noteBox()->isVisible());
}

QTEST_MAIN(TestNoteMarks)
#include "tst_notemarks.moc"
