// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What is saved of a session of which the store has forgotten the beginning.
#include "core/io/readtrace.h"
#include "core/io/recording.h"
#include "tests/model/randomsession.h"

#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using model::Task;
using model::Time;

class RecordingRetentionTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    struct Scene
    {
        model::TraceStore store;
        Recording recording {store};
        model::RandomSession session;

        explicit Scene(std::uint32_t seed)
            : session(seed, {[this](const model::TraceEvent &event) { recording.append(event); },
                             [this](Time now) { recording.commit(now); }})
        { }
    };

    QString path() const { return m_folder.filePath(u"saved.coro"_s); }
    static std::optional<QString> read(const QString &name, model::TraceStore &store)
    {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            return u"no file"_s;
        const auto result = readTrace(file, store);
        if (const auto *why = std::get_if<QString>(&result))
            return *why;
        return std::get<ReadReport>(result).fault;
    }

    /// Empty, or in what the file differs from the store that it was saved of.
    static QString difference(const model::TraceStore &store, const model::TraceStore &read)
    {
        if (read.figures().breaches > 0)
            return u"%1 breaches"_s.arg(read.figures().breaches);
        for (const TaskId id : store.tasks()) {
            const Task &there = *store.task(id);
            const Task *task = read.task(id);
            if (!task)
                return u"no task %1"_s.arg(id.value);
            if (there.ended && *there.ended <= read.firstTime())
                continue; // all that is said of it is that it was over
            const auto facts = [](const Task &t) {
                return std::tuple(t.name, t.entity, t.state, t.result, t.ended, t.wait.kind, t.wait.detail);
            };
            if (facts(there) != facts(*task) || (there.parent && there.parent != task->parent))
                return u"task %1 differs: %2 %3, state %4 %5, wait %6 %7, parent %8 %9"_s.arg(id.value)
                    .arg(there.name, task->name)
                    .arg(int(there.state))
                    .arg(int(task->state))
                    .arg(int(there.wait.kind))
                    .arg(int(task->wait.kind))
                    .arg(there.parent.value)
                    .arg(task->parent.value);
            if (const QString slices = sliceDifference(store, read, id); !slices.isEmpty())
                return slices;
        }
        for (const WaitId id : store.waits()) {
            const model::WaitSet *wait = read.wait(id);
            if (!wait || wait->members.size() < store.wait(id)->members.size()
                || wait->ended.has_value() != store.wait(id)->ended.has_value())
                return u"wait %1 differs"_s.arg(id.value);
        }
        for (const FutureId id : store.futures()) {
            const model::Future *future = read.future(id);
            if (!future && store.future(id)->state == model::Future::State::Pending)
                return u"no future %1"_s.arg(id.value);
        }
        return {};
    }
    static QString sliceDifference(const model::TraceStore &store, const model::TraceStore &read, TaskId id)
    {
        const Time since = std::max(store.knownSince(), read.firstTime() + Time {1});
        const auto first = [&](const model::TraceStore &of) {
            auto i = of.sliceAt(id, since).value_or(of.firstSlice(id));
            while (i < of.sliceCount(id) && of.slice(id, i).begin < since)
                ++i;
            return i;
        };
        std::uint32_t there = first(store), here = first(read);
        for (; there < store.sliceCount(id); ++there, ++here) {
            const model::Slice a = store.slice(id, there), b = read.slice(id, here);
            if (here >= read.sliceCount(id)
                || std::tuple(a.begin, a.end, a.open, a.cause, a.wait.kind, a.ready)
                       != std::tuple(b.begin, b.end, b.open, b.cause, b.wait.kind, b.ready))
                return u"slice %1 of task %2 differs"_s.arg(there).arg(id.value);
        }
        return here == read.sliceCount(id) ? QString() : u"task %1 has more slices"_s.arg(id.value);
    }

private slots:
    void whatIsSavedIsWhatIsKept()
    {
        for (std::uint32_t seed = 1; seed <= 3; ++seed) {
            Scene scene(seed);
            scene.store.setRetention({.time = {}, .events = 40'000, .memoryBytes = {}});
            for (int round = 0; round < 4; ++round) {
                scene.session.run(60'000);
                QCOMPARE(scene.recording.save(path()), std::nullopt); // which ends a chunk, too
                model::TraceStore store;
                QCOMPARE(read(path(), store), std::nullopt);
                const QString why = difference(scene.store, store);
                QVERIFY2(why.isEmpty(), qPrintable(u"seed %1, round %2: %3"_s.arg(seed).arg(round).arg(why)));
                QCOMPARE(store.now(), scene.store.now());
            }
            QVERIFY(scene.store.figures().forgottenEvents > 100'000);
            model::TraceStore store;
            QCOMPARE(read(path(), store), std::nullopt);
            const std::uint64_t kept = scene.store.figures().events - scene.store.figures().forgottenEvents;
            QVERIFY(store.figures().events < kept + 5000);
            QVERIFY2(store.figures().events > kept * 3 / 4,
                     qPrintable(u"%1 of %2"_s.arg(store.figures().events).arg(kept)));
        }
    }

    void theDiskIsGivenBack()
    {
        Scene kept(3), whole(3);
        kept.store.setRetention({.time = {}, .events = 100'000, .memoryBytes = {}});
        for (int round = 0; round < 6; ++round) {
            kept.session.run(100'000);
            whole.session.run(100'000);
        }
        QVERIFY2(kept.recording.bytes() < whole.recording.bytes() * 3 / 4,
                 qPrintable(u"%1 of %2"_s.arg(kept.recording.bytes()).arg(whole.recording.bytes())));
    }

    void aLiveFileHoldsAllFromItsStartOn()
    {
        Scene scene(5);
        scene.store.setRetention({.time = {}, .events = 30'000, .memoryBytes = {}});
        scene.session.run(150'000);
        const std::uint64_t before = scene.store.figures().forgottenEvents;
        QVERIFY(before > 0);
        QCOMPARE(scene.recording.startLive(path()), std::nullopt);
        const Time started = scene.store.now();
        for (int round = 0; round < 4; ++round) {
            scene.session.run(60'000);
            QTest::qWait(0);
        }
        QCOMPARE(scene.recording.stopLive(), std::nullopt);
        QVERIFY(scene.store.knownSince() > started);
        model::TraceStore store;
        QCOMPARE(read(path(), store), std::nullopt);
        QVERIFY(store.firstTime() <= started);
        const QString why = difference(scene.store, store);
        QVERIFY2(why.isEmpty(), qPrintable(why));
    }
};

QTEST_GUILESS_MAIN(RecordingRetentionTest)
#include "tst_recordingretention.moc"
