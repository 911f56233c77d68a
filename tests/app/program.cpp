// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QTimer>

#include <csignal>

Program::Program(const QStringList &arguments)
    : m_environment(QProcessEnvironment::systemEnvironment())
{
    m_process.setProgram(QStringLiteral(COROSCOPE_PROGRAM));
    m_process.setArguments(arguments);
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "REDISCLI_AUTH", "MYSQL_PWD"})
        m_environment.remove(QString::fromLatin1(name));
}

void Program::setVariable(const QString &name, const QString &value) { m_environment.insert(name, value); }

void Program::start()
{
    m_process.setProcessEnvironment(m_environment);
    m_process.start();
    m_process.write(m_input);
    m_process.closeWriteChannel();
    m_process.waitForStarted();
}

void Program::signal(int number) { ::kill(pid_t(m_process.processId()), number); }

Program::Result Program::wait()
{
    // With an event loop, for the servers that live on this thread.
    QEventLoop untilEnd;
    QObject::connect(&m_process, &QProcess::finished, &untilEnd, &QEventLoop::quit);
    QTimer::singleShot(90'000, &m_process, &QProcess::kill);
    if (m_process.state() != QProcess::NotRunning)
        untilEnd.exec();
    Result result;
    if (m_process.exitStatus() == QProcess::NormalExit)
        result.exitCode = m_process.exitCode();
    result.out = m_process.readAllStandardOutput();
    result.err = m_process.readAllStandardError();
    return result;
}

Program::Result Program::run()
{
    start();
    return wait();
}

QList<QJsonObject> Program::Result::jsonLines() const
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : out.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            return {};
        objects << document.object();
    }
    return objects;
}
