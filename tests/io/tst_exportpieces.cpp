// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportpieces.h"
#include "tests/model/referencetrace.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::io;
using namespace coroscope::model;
using trace::WaitKind;

static std::vector<LanePiece> piecesOf(const TraceStore &store, std::uint32_t id)
{
    std::vector<LanePiece> pieces;
    LaneWalk walk(store, *store.task(TaskId {id}));
    while (const auto piece = walk.next())
        pieces.push_back(*piece);
    return pieces;
}

class ExportPiecesTest : public QObject
{
    Q_OBJECT
private slots:
    void randomLanesComeOutPieceByPieceAsTheyWere()
    {
        for (std::uint32_t seed = 1; seed <= 300; ++seed) {
            const ReferenceTrace reference(seed);
            for (const auto &[id, row] : reference.rows) {
                const auto pieces = piecesOf(reference.script.store, id);
                const QByteArray where = "seed " + QByteArray::number(seed) + ", task "
                                         + QByteArray::number(id);
                QVERIFY2(pieces.size() == row.pieces.size(), where);
                for (std::size_t i = 0; i < pieces.size(); ++i) {
                    const auto &expected = row.pieces[i];
                    QVERIFY2(int(pieces[i].what) == int(expected.what), where);
                    QVERIFY2(pieces[i].begin == expected.begin && pieces[i].end == expected.end, where);
                    QVERIFY2(pieces[i].open == expected.open && pieces[i].index == expected.slice, where);
                }
            }
        }
    }

    void aLaneMetSuspendedBeginsWithItsWait()
    {
        Script script;
        script.at(1ms).firstSeen(1).put(1, trace::EventType::Suspended, {}, std::uint16_t(WaitKind::Sleep),
                                        5'000'000, 0);
        script.at(3ms).ready(1).at(4ms).resumed(1).at(5ms).finished(1).commit();
        const auto pieces = piecesOf(script.store, 1);
        QCOMPARE(pieces.size(), 3u);
        QCOMPARE(pieces[0].what, LanePiece::What::Waiting);
        QCOMPARE(pieces[0].begin, Time(1ms));
        QCOMPARE(pieces[0].end, Time(3ms));
        QCOMPARE(pieces[0].index, LaneSpan::beforeFirst);
        QCOMPARE(pieces[1].what, LanePiece::What::Ready);
        QCOMPARE(pieces[2].what, LanePiece::What::Running);
    }

    void anIdleWorkerHasNoWaits()
    {
        Script script;
        script.created(1, 0, trace::EntityKind::Worker)
            .at(1ms)
            .resumed(1)
            .at(2ms)
            .suspended(1, WaitKind::Idle);
        script.at(9ms).commit();
        QCOMPARE(piecesOf(script.store, 1).size(), 1u);
    }

    void aSpawnedTaskWaitsForItsTurnBeforeItBegins()
    {
        Script script;
        script.at(1ms).created(1).at(9ms).commit();
        const auto pieces = piecesOf(script.store, 1);
        QCOMPARE(pieces.size(), 1u);
        QCOMPARE(pieces[0].what, LanePiece::What::Ready);
        QCOMPARE(pieces[0].length(), Time(8ms));
        QVERIFY(pieces[0].open);
    }

    void aCoroutineThatNeverRanHasNoPieces()
    {
        Script script;
        script.created(1, 0, trace::EntityKind::Coroutine).at(9ms).commit();
        QVERIFY(piecesOf(script.store, 1).empty());
    }
};

QTEST_GUILESS_MAIN(ExportPiecesTest)
#include "tst_exportpieces.moc"
