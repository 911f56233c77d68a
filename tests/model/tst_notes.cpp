// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/notes.h"
#include "core/model/tracestore.h"

#include <QSignalSpy>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::model;
using namespace std::chrono_literals;

class TestNotes : public QObject
{
    Q_OBJECT
private slots:
    void notesStandInOrderOfTime();
    void aNoteIsRewrittenAndRemovedByItsId();
    void savedNotesComeBackAsTheyWere();
    void clearingTheSessionDropsThem();
};

static QStringList textsOf(const NoteList &list)
{
    QStringList texts;
    for (const Note &note : list.notes())
        texts << note.text;
    return texts;
}

void TestNotes::notesStandInOrderOfTime()
{
    NoteList list;
    list.add({.time = 2s, .end = {}, .task = {}, .text = "second", .id = {}});
    list.add({.time = 1s, .end = {}, .task = {}, .text = "first", .id = {}});
    list.add({.time = 2s, .end = {}, .task = {}, .text = "third", .id = {}});
    QCOMPARE(textsOf(list), QStringList({"first", "second", "third"}));
}

void TestNotes::aNoteIsRewrittenAndRemovedByItsId()
{
    NoteList list;
    QSignalSpy changed(&list, &NoteList::changed);
    const NoteId late = list.add({.time = 2s, .end = {}, .task = {}, .text = "late", .id = {}});
    const NoteId early = list.add({.time = 1s, .end = {}, .task = {}, .text = "early", .id = {}});
    QCOMPARE(changed.size(), 2);
    QVERIFY(list.setText(late, "later"));
    QCOMPARE(changed.size(), 3);
    QVERIFY(list.setText(late, "later"));
    QCOMPARE(changed.size(), 3); // nothing new
    QVERIFY(list.remove(early));
    QVERIFY(!list.remove(early));
    QVERIFY(!list.setText(early, "gone"));
    QVERIFY(!list.note(early));
    QCOMPARE(list.note(late)->text, QStringLiteral("later"));
    QVERIFY(list.add({}) != early);
}

void TestNotes::savedNotesComeBackAsTheyWere()
{
    TraceStore store;
    notesOf(store).setNotes({{.time = 5s, .end = 6s, .task = TaskId {7}, .text = "stretch", .id = {}},
                             {.time = 3s, .end = {}, .task = {}, .text = "moment", .id = {}}});
    const std::span<const Note> notes = notesOf(std::as_const(store)).notes();
    QCOMPARE(notes.size(), std::size_t(2));
    QCOMPARE(notes[0].text, QStringLiteral("moment"));
    QVERIFY(!notes[0].end);
    QCOMPARE(notes[1].end, std::optional<Time>(6s));
    QCOMPARE(notes[1].task, TaskId {7});
    QVERIFY(notes[0].id && notes[1].id && notes[0].id != notes[1].id);
}

void TestNotes::clearingTheSessionDropsThem()
{
    TraceStore store;
    notesOf(store).add({.time = 1s, .end = {}, .task = {}, .text = "mine", .id = {}});
    store.removeEnded();
    QCOMPARE(notesOf(store).notes().size(), std::size_t(1));
    store.clear();
    QVERIFY(notesOf(store).notes().empty());
}

QTEST_APPLESS_MAIN(TestNotes)
#include "tst_notes.moc"
