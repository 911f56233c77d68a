// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QProcessEnvironment>

/// One run of the built program, as a shell would start it: no display, no terminal.
class Program
{
public:
    struct Result
    {
        int exitCode = -1; ///< -1: it crashed or never ended
        QByteArray out;
        QByteArray err;

        QList<QJsonObject> jsonLines() const; ///< empty if any line is no JSON object
    };

    explicit Program(const QStringList &arguments);

    void setInput(const QByteArray &input) { m_input = input; }
    void setFolder(const QString &folder) { m_process.setWorkingDirectory(folder); }
    void setVariable(const QString &name, const QString &value);

    void start();
    /// Sends a signal to the running program.
    void signal(int number);
    qint64 processId() const { return m_process.processId(); }
    QProcess &process() { return m_process; }
    /// Waits for its end.
    Result wait();

    /// Starts it and waits for its end.
    Result run();
    static Result run(const QStringList &arguments) { return Program(arguments).run(); }

private:
    QProcess m_process;
    QProcessEnvironment m_environment;
    QByteArray m_input;
};
