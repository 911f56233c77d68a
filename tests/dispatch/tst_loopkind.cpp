// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/loopkind.h"

#include <QAbstractEventDispatcher>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace coroscope::dispatch;

class LoopKindTest : public QObject
{
    Q_OBJECT

private slots:
    void namesAndKindsBelongTogether()
    {
        for (const LoopKind kind : {LoopKind::Default, LoopKind::Glib, LoopKind::Unix, LoopKind::Uv})
            QCOMPARE(loopKindNamed(nameOf(kind)), std::optional(kind));
        QVERIFY(!loopKindNamed(QStringLiteral("select")));
        QVERIFY(!loopKindNamed(QString()));
    }
    void whatIsAvailableIsMade()
    {
        for (const LoopKind kind : availableLoops()) {
            QVERIFY(availableLoopNames().contains(nameOf(kind)));
            std::atomic found = LoopKind::Default;
            const std::unique_ptr<QThread> thread(
                QThread::create([&found] { found = kindOf(*QAbstractEventDispatcher::instance()); }));
            if (auto dispatcher = makeDispatcher(kind))
                thread->setEventDispatcher(dispatcher.release());
            thread->start();
            thread->wait();
            QCOMPARE(found.load(), kind);
        }
        QVERIFY(!makeDispatcher(LoopKind::Default));
    }
    void uvIsPreferredWhereItIs()
    {
        const bool hasUv = availableLoops().contains(LoopKind::Uv);
        QCOMPARE(preferredLoop(), hasUv ? LoopKind::Uv : LoopKind::Default);
        QCOMPARE(bool(makeDispatcher(LoopKind::Uv)), hasUv);
    }
};

QTEST_GUILESS_MAIN(LoopKindTest)
#include "tst_loopkind.moc"
