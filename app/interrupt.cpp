// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/interrupt.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace coroscope::app {

namespace {

constexpr std::array handledSignals {SIGINT, SIGTERM, SIGHUP};

// All that a signal handler may touch.
std::atomic<int> wakeUp {-1};
std::atomic<bool> seen {false};

void onSignal(int)
{
    if (seen.exchange(true))
        _exit(Interrupt::exitCode);
    const char byte = 0;
    if (const int pipe = wakeUp.load(); pipe >= 0) [[maybe_unused]]
        const auto written = write(pipe, &byte, 1);
}

void handleSignals()
{
    seen = false;
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : handledSignals)
        sigaction(signal, &action, nullptr);
}

void leaveSignals()
{
    for (const int signal : handledSignals)
        std::signal(signal, SIG_DFL);
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // the signals then end the process, as they do without us
    m_notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        m_hasCome = true;
        emit came();
    });
    wakeUp = m_pipe[1];
    handleSignals();
}

Interrupt::~Interrupt()
{
    if (!m_notifier)
        return;
    leaveSignals();
    wakeUp = -1;
    delete m_notifier;
    close(m_pipe[0]);
    close(m_pipe[1]);
}

InterruptFlag::InterruptFlag() { handleSignals(); }

InterruptFlag::~InterruptFlag() { leaveSignals(); }

bool InterruptFlag::isSet() const { return seen.load(); }

} // namespace coroscope::app
