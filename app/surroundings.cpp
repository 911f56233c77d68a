// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/surroundings.h"

#include "core/io/chunk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <csignal>
#include <cstdio>

#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::Surroundings)
};

volatile std::sig_atomic_t interruptedBy = 0;

/// What is typed at the terminal isn't shown as long as it lives. A signal that would end the process ends it
/// after that, so that it doesn't leave a terminal behind that shows nothing.
class WithoutEcho
{
public:
    WithoutEcho()
    {
        if (tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        m_isSet = true;
        interruptedBy = 0;
        struct sigaction action {};
        action.sa_handler = [](int number) { interruptedBy = number; }; // without SA_RESTART: reading ends
        for (std::size_t i = 0; i < handled.size(); ++i)
            sigaction(handled[i], &action, &m_actions[i]);
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        quiet.c_lflag |= ECHONL;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~WithoutEcho()
    {
        if (!m_isSet)
            return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        for (std::size_t i = 0; i < handled.size(); ++i)
            sigaction(handled[i], &m_actions[i], nullptr);
        if (interruptedBy != 0)
            std::raise(interruptedBy);
    }
    WithoutEcho(const WithoutEcho &) = delete;
    WithoutEcho &operator=(const WithoutEcho &) = delete;

private:
    static constexpr std::array handled {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

    termios m_before {};
    std::array<struct sigaction, handled.size()> m_actions {};
    bool m_isSet = false;
};

std::variant<QString, BadUse> readText(const QString &path)
{
    QFile file(path);
    const bool isOpen = path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return BadUse {Tr::tr("%1 can't be read: %2.").arg(path, file.errorString())};
    return QString::fromUtf8(file.readAll());
}

bool isRecordingFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly)
           && file.read(io::magicSize) == QByteArrayView(io::magic, io::magicSize);
}

std::optional<QString> askAtTerminal(const QString &question)
{
    if (!isatty(STDIN_FILENO))
        return {};
    std::fprintf(stderr, "%s ", qUtf8Printable(question));
    std::fflush(stderr);
    const WithoutEcho withoutEcho;
    std::clearerr(stdin); // a list may have come from here, up to its end
    std::array<char, 1024> line {};
    if (!std::fgets(line.data(), int(line.size()), stdin))
        return {};
    QByteArray password(line.data());
    while (password.endsWith('\n') || password.endsWith('\r'))
        password.chop(1);
    return QString::fromLocal8Bit(password);
}

QString whyFileUnreadable(const QString &path)
{
    QFile file(path);
    if (QFileInfo(path).isDir())
        return Tr::tr("it is a folder");
    return file.open(QIODevice::ReadOnly) ? QString() : file.errorString();
}

} // namespace

QString Surroundings::absolute(const QString &path) const
{
    return QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

Surroundings Surroundings::ofProcess()
{
    return {
        .folder = QDir::currentPath(),
        .redisPassword = qgetenv("REDISCLI_AUTH"),
        .mySqlPassword = qgetenv("MYSQL_PWD"),
        .read = readText,
        .home = QDir::homePath(),
        .password = qEnvironmentVariableIsSet("COROSCOPE_PASSWORD")
                        ? std::optional(qEnvironmentVariable("COROSCOPE_PASSWORD"))
                        : std::nullopt,
        .askPassword = askAtTerminal,
        .whyUnreadable = whyFileUnreadable,
        .now = QDateTime::currentDateTime(),
        .isRecording = isRecordingFile,
    };
}

} // namespace coroscope::app
