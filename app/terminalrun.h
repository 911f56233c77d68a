// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/progressline.h"

#include <QObject>

namespace coroscope::app {

/// A plan that runs on a session and is reported to the terminal: results to standard output, all else to
/// standard error.
class TerminalRun : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0;
    /// Ends what runs; finished() comes once all has ended.
    virtual void interrupt() = 0;

signals:
    /// Everything has ended and is reported.
    void finished(int exitCode);

protected:
    ProgressLine &progress() { return m_progress; }
    void writeOut(const QByteArray &bytes);
    bool hasOutputFailed() const { return m_outputFailed; }
    /// A line; control characters, which a server may have sent, are shown as “?”.
    void say(const QString &line);

private:
    ProgressLine m_progress;
    bool m_outputFailed = false;
};

} // namespace coroscope::app
