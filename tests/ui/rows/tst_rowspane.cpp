// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/rows/rowspane.h"

#include "tests/support/fakesession.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/widgets/emptystate.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QScrollBar>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using net::MySqlColumns;
using net::MySqlType;
using namespace std::chrono_literals;
using tasks::ResultTable;

namespace {

MySqlColumns columns()
{
    return {{.name = QStringLiteral("id"), .typeName = QStringLiteral("INT"), .type = MySqlType::Integer},
            {.name = QStringLiteral("note"), .typeName = QStringLiteral("TEXT"), .type = MySqlType::Text},
            {.name = QStringLiteral("bytes"), .typeName = QStringLiteral("BLOB"), .type = MySqlType::Blob}};
}

void append(ResultTable &table, const QByteArray &id, const char *note, const QByteArray &bytes,
            std::uint64_t ticks = 0)
{
    static const MySqlColumns known = columns();
    const char *const cells[] = {id.constData(), note, bytes.constData()};
    const unsigned long lengths[] = {static_cast<unsigned long>(id.size()), note ? qstrlen(note) : 0,
                                     static_cast<unsigned long>(bytes.size())};
    table.append(net::MySqlRow(&known, cells, lengths), ticks);
}

/// Its clock ticks in milliseconds.
class TickingSession : public tests::FakeSession
{
public:
    bool ticks = true;
    std::optional<std::uint64_t> ticksAt(model::Time time) const override
    {
        return ticks ? std::optional(std::uint64_t(time / 1ms)) : std::nullopt;
    }
};

} // namespace

class TestRowsPane : public QObject
{
    Q_OBJECT

    static std::shared_ptr<ResultTable> table(int rows)
    {
        auto made = std::make_shared<ResultTable>();
        made->setColumns(columns());
        for (int i = 1; i <= rows; ++i)
            append(*made, QByteArray::number(i), i == 2 ? nullptr : "one\ttwo", QByteArray("\0\xff", 2));
        return made;
    }

private slots:
    void cellsAndHeadersSayWhatTheyAre()
    {
        RowsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setTable(table(2));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("id\nINT"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("1"));
        QVERIFY(model.index(0, 0).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("one\\ttwo"));
        QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("0x00ff (2 bytes)"));
    }

    void nullIsNoText()
    {
        RowsModel model;
        model.setTable(table(2));
        const QModelIndex null = model.index(1, 1);
        QCOMPARE(null.data().toString(), QStringLiteral("NULL"));
        QVERIFY(null.data(Qt::FontRole).value<QFont>().italic());
        QVERIFY(null.data(Qt::ForegroundRole).isValid());
        QVERIFY(!model.index(0, 1).data(Qt::FontRole).isValid());
    }

    void rowsThatComeAreAppended()
    {
        RowsModel model;
        const QAbstractItemModelTester tester(&model);
        const auto growing = std::make_shared<ResultTable>();
        model.setTable(growing);
        QCOMPARE(model.columnCount(), 0);
        growing->setColumns(columns());
        append(*growing, "1", "a", "");
        model.refresh();
        QCOMPARE(model.rowCount(), 1);
        append(*growing, "2", "b", "");
        model.refresh();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("b"));
    }

    void selectionIsCopiedAsTsv()
    {
        RowsModel model;
        model.setTable(table(2));
        QCOMPARE(model.tsv({}), QStringLiteral("id\tnote\tbytes\n1\tone\\ttwo\t0x00ff\n2\tNULL\t0x00ff\n"));
        QCOMPARE(model.tsv(QItemSelection(model.index(0, 0), model.index(1, 1))),
                 QStringLiteral("1\tone\\ttwo\n2\tNULL\n"));
    }

    void selectedTasksRowsAreShownAndCounted()
    {
        tests::FakeSession session;
        Pulse pulse(session.store());
        Selection selection;
        RowsPane pane(session, pulse, selection);
        pane.show();
        QCOMPARE(pane.view()->model()->columnCount(), 0);
        session.sleeper(1, QStringLiteral("mysql h:1"), QStringLiteral("mysql")).script.commit();
        const TaskId task {1};
        session.tables[task] = table(150);
        selection.select(task);
        QCOMPARE(pane.view()->model()->rowCount(), 150);
        QCOMPARE(pane.corner()->findChild<QLabel *>(QStringLiteral("rowCount"))->text(),
                 QStringLiteral("150 rows"));
        pane.view()->selectRow(1);
        pane.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("2\tNULL\t0x00ff\n"));
    }

    void aPastMomentShowsWhatHadComeByThen()
    {
        TickingSession session;
        Pulse pulse(session.store());
        Selection selection;
        RowsPane pane(session, pulse, selection);
        const QAbstractItemModelTester tester(pane.view()->model());
        pane.show();
        auto &s = session.script;
        s.at(100ms).created(1).resumed(1).after(1ms).suspended(1, trace::WaitKind::Socket, 3);
        s.at(500ms).resumed(1).after(1ms).finished(1).at(1s).commit();
        const auto growing = std::make_shared<ResultTable>();
        growing->setColumns(columns(), 200);
        for (int i = 0; i < 10; ++i)
            append(*growing, QByteArray::number(i), "a", "", std::uint64_t(300 + 10 * i));
        session.tables[TaskId {1}] = growing;
        selection.select(TaskId {1});
        const auto *model = pane.view()->model();
        const auto *count = pane.corner()->findChild<QLabel *>(QStringLiteral("rowCount"));
        const auto *empty = pane.view()->findChild<EmptyState *>();
        QCOMPARE(model->rowCount(), 10);
        pulse.setMoment(345ms);
        QCOMPARE(model->rowCount(), 5);
        QCOMPARE(count->text(), QStringLiteral("5 rows"));
        QCOMPARE(model->index(4, 0).data().toString(), QStringLiteral("4"));
        pulse.setMoment(360ms);
        QCOMPARE(model->rowCount(), 7);
        pulse.setMoment(250ms);
        QCOMPARE(model->rowCount(), 0);
        QCOMPARE(model->columnCount(), 3);
        QVERIFY(!empty->isVisible());
        pulse.setMoment(150ms);
        QCOMPARE(model->columnCount(), 0);
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->text(), QStringLiteral("No row had come by then."));
        pulse.setMoment(50ms);
        QCOMPARE(empty->text(), QStringLiteral("The selected task wasn't there yet."));
        pulse.setMoment({});
        QCOMPARE(model->rowCount(), 10);
        // Nobody knows when they came: it is certain of a task that had ended.
        session.ticks = false;
        pulse.setMoment(400ms);
        QCOMPARE(model->rowCount(), 0);
        pulse.setMoment(600ms);
        QCOMPARE(model->rowCount(), 10);
    }

    void moreRowsThanAreKeptAreCountedByThen()
    {
        ResultTable table;
        table.setColumns(columns(), 0);
        for (int i = 0; i < int(ResultTable::mostRows) + 20'000; ++i)
            append(table, "1", "a", "", std::uint64_t(i));
        QCOMPARE(table.countsBy(49'999).kept, 50'000);
        QCOMPARE(table.countsBy(49'999).total, 50'000);
        const auto counts = table.countsBy(110'000);
        QCOMPARE(counts.kept, ResultTable::mostRows);
        QVERIFY(counts.total > 105'000 && counts.total <= 110'001);
    }

    void hundredThousandRowsScrollFluidly()
    {
        tests::FakeSession session;
        Pulse pulse(session.store());
        Selection selection;
        RowsPane pane(session, pulse, selection);
        pane.resize(800, 400);
        pane.show();
        session.sleeper(1, QStringLiteral("mysql h:1"), QStringLiteral("mysql")).script.commit();
        const TaskId task {1};
        session.tables[task] = table(int(ResultTable::mostRows) + 5);
        QElapsedTimer timer;
        timer.start();
        selection.select(task);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(pane.view()->model()->rowCount(), int(ResultTable::mostRows));
        QVERIFY(pane.corner()
                    ->findChild<QLabel *>(QStringLiteral("rowCount"))
                    ->text()
                    .contains(QLocale().toString(ResultTable::mostRows + 5)));
        timer.restart();
        constexpr int frames = 50;
        QScrollBar *const bar = pane.view()->verticalScrollBar();
        for (int i = 0; i < frames; ++i) {
            bar->setValue(bar->maximum() * i / frames);
            QVERIFY(!pane.grab().isNull());
        }
        const double each = double(timer.elapsed()) / frames;
        qInfo("%.1f ms a frame", each);
        QVERIFY2(each < 100, qPrintable(QString::number(each))); // far from 16, for slow machines
    }
};

QTEST_MAIN(TestRowsPane)
#include "tst_rowspane.moc"
