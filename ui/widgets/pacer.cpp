// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/widgets/pacer.h"

#include "ui/pulse.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace coroscope::ui {

constexpr qint64 shortestPause = 300; // ms
constexpr qint64 oneBit = 4'000'000; // ns
constexpr qint64 restPerWork = 9;

Pacer::Pacer(QWidget *pane, Pulse &pulse, Work work)
    : QObject(pane)
    , m_pane(pane)
    , m_work(std::move(work))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Pacer::go);
    connect(&pulse, &Pulse::beat, this, &Pacer::want);
    connect(&pulse, &Pulse::tick, this, &Pacer::want);
    pane->installEventFilter(this);
}

bool Pacer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_pane && event->type() == QEvent::Show && m_isStale)
        hurry();
    return QObject::eventFilter(watched, event);
}

void Pacer::hurry()
{
    m_pause = 0;
    if (!m_isUnderWay)
        m_timer.stop();
    want();
}

void Pacer::soon()
{
    m_isSoon = true;
    m_pause = restPerWork * m_spent / 1'000'000;
    if (!m_isUnderWay)
        m_timer.stop();
    want();
}

void Pacer::want()
{
    m_isStale = true;
    if (!m_pane->isVisible() || m_isUnderWay || m_timer.isActive())
        return;
    const qint64 rested = m_sinceDone.isValid() ? m_sinceDone.elapsed() : m_pause;
    m_timer.start(int(std::max<qint64>(0, m_pause - rested)));
}

void Pacer::go()
{
    if (!m_pane->isVisible()) {
        m_isUnderWay = false;
        m_isStale = true;
        return;
    }
    if (!m_isUnderWay) {
        m_isUnderWay = true;
        m_isStale = false;
        m_isSoon = false;
        m_spent = 0;
    }
    QElapsedTimer bit;
    bit.start();
    bool isDone = m_work();
    while (!isDone && bit.nsecsElapsed() < oneBit)
        isDone = m_work();
    m_spent += bit.nsecsElapsed();
    if (!isDone) {
        m_timer.start(1);
        return;
    }
    m_isUnderWay = false;
    m_sinceDone.start();
    m_pause = std::max(std::exchange(m_isSoon, false) ? 0 : shortestPause, restPerWork * m_spent / 1'000'000);
    if (m_isStale)
        want();
}

} // namespace coroscope::ui
