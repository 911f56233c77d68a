// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/loop.h"
#include "core/tasks/download/engine.h"

#include <QTest>

namespace coroscope::test {

/// An engine and the list of what it tells, on the loop of the test's thread. Its waits run the test's event
/// loop; tries follow each other quickly.
class QueueUnderTest
{
public:
    static constexpr int patience = 20'000; ///< ms; only a test that fails waits for so long

    explicit QueueUnderTest(download::QueueOptions options = {})
        : m_engine(download::Engine::make(std::move(options), [this](download::Delta delta) {
            ++m_deltas;
            m_list.apply(std::move(delta));
        }))
    {
        m_engine->setHaste(0.01);
        m_engine->setTakesOverFrom(1 << 20); // so that both ways are gone
    }
    ~QueueUnderTest() { end(); }
    Q_DISABLE_COPY_MOVE(QueueUnderTest)

    /// As a program that quits.
    void end()
    {
        m_engine.reset();
        if (!QTest::qWaitFor([] { return Loop::current()->taskCount() == 0; }, patience))
            qFatal("a queue that ended left tasks behind");
        bool isQuiet = false; // what was to be done after the last task is done, too
        Loop::current()->post([&isQuiet] { isQuiet = true; });
        waitFor([&isQuiet] { return isQuiet; });
    }

    download::Engine &engine() { return *m_engine; }
    const download::DownloadList &list() const { return m_list; }
    int deltas() const { return m_deltas; }

    void carryOut(const download::Command &command) { m_engine->carryOut(command); }
    download::ItemId add(const download::Request &request)
    {
        return add(download::Add {.requests = {request}}).value(0);
    }
    /// Those that are new in the list.
    QList<download::ItemId> add(const download::Add &command)
    {
        waitFor([this] { return m_list.isLoaded(); });
        const int before = m_list.size();
        carryOut(command);
        waitFor([&] { return m_list.size() > before; });
        QList<download::ItemId> ids;
        for (int row = before; row < m_list.size(); ++row)
            ids << m_list.at(row).id;
        return ids;
    }

    /// As it is known now; one without an id if it isn't.
    download::Item item(download::ItemId id) const
    {
        const download::Item *found = m_list.find(id);
        return found ? *found : download::Item {};
    }
    bool reaches(download::ItemId id, download::ItemState state) const
    {
        return waitFor([&] { return item(id).state == state; });
    }
    /// Once it has ended or paused.
    download::Item atRest(download::ItemId id) const
    {
        waitFor([&] {
            const download::ItemState state = item(id).state;
            return hasEnded(state) || state == download::ItemState::Paused;
        });
        return item(id);
    }
    download::Item outcomeOf(const download::Request &request) { return atRest(add(request)); }

    template<class Predicate>
    static bool waitFor(Predicate predicate)
    {
        return QTest::qWaitFor(predicate, patience);
    }

private:
    download::DownloadList m_list;
    int m_deltas = 0;
    std::shared_ptr<download::Engine> m_engine;
};

/// For a QVERIFY2 that failed.
inline QByteArray description(const download::Item &item)
{
    return "state " + QByteArray::number(int(item.state)) + ", tries " + QByteArray::number(item.tries)
           + ", received " + QByteArray::number(item.received) + ", " + item.error.toUtf8();
}

} // namespace coroscope::test
