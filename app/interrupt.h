// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QSocketNotifier;

namespace coroscope::app {

/// Turns the first SIGINT, SIGTERM or SIGHUP into a signal on the thread of its making; a second one ends the
/// process at once with exit code 130. One a process.
class Interrupt : public QObject
{
    Q_OBJECT
public:
    static constexpr int exitCode = 130;

    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

    bool hasCome() const { return m_hasCome; }

signals:
    void came();

private:
    int m_pipe[2] = {-1, -1};
    QSocketNotifier *m_notifier = nullptr;
    bool m_hasCome = false;
};

/// The same for work without an event loop, which asks now and then. One a process, and no Interrupt beside
/// it.
class InterruptFlag
{
public:
    InterruptFlag();
    ~InterruptFlag();
    InterruptFlag(const InterruptFlag &) = delete;
    InterruptFlag &operator=(const InterruptFlag &) = delete;

    bool isSet() const;
};

} // namespace coroscope::app
