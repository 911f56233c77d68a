// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <cerrno>
#include <cstdlib>
#include <sys/mount.h>
#include <unistd.h>

namespace coroscope::test {

/// Runs this program again where it may mount, and nobody else sees it: call it first in main(), with main's
/// arguments. A normal user gets a name space of users, too. Returns where neither is allowed: a SmallDisk
/// says so then, and its test fails.
inline void enterMountNamespace(char **arguments)
{
    constexpr const char *done = "COROSCOPE_TEST_MOUNTS";
    if (qEnvironmentVariableIsSet(done))
        return;
    qputenv(done, "1");
    const bool isRoot = ::geteuid() == 0;
    for (const char *how : {isRoot ? "-m" : "-Urm", "-Urm"}) {
        if (std::system(QByteArray("unshare ") + how + " true 2>/dev/null") != 0)
            continue;
        QList<char *> command {qstrdup("unshare"), qstrdup(how)};
        for (char **argument = arguments; *argument; ++argument)
            command << *argument;
        command[2] = qstrdup(QFile::encodeName(QFile::symLinkTarget(QStringLiteral("/proc/self/exe"))));
        command << nullptr;
        ::execvp("unshare", command.data());
    }
}

/// A disk of a few bytes, in memory, for as long as this object lives; see enterMountNamespace().
class SmallDisk
{
public:
    explicit SmallDisk(qint64 bytes)
    {
        const QByteArray options = "size=" + QByteArray::number(bytes);
        if (::mount("tmpfs", encodedPath(), "tmpfs", 0, options.constData()) == 0)
            m_isMounted = true;
        else
            m_error = qt_error_string(errno);
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(encodedPath(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    bool isMounted() const { return m_isMounted; }
    /// For QVERIFY2(disk.isMounted(), disk.error()).
    QByteArray error() const
    {
        return QByteArray("This test needs a small disk, and may not mount one: ") + m_error.toUtf8()
               + ". Run it as root, or allow name spaces of users (sysctl "
                 "kernel.unprivileged_userns_clone=1).";
    }
    QString path() const { return m_folder.path(); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }
    /// Not while a file is open for writing there. Binds root, too.
    bool makeReadOnly()
    {
        return ::mount(nullptr, encodedPath(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

private:
    QByteArray encodedPath() const { return QFile::encodeName(m_folder.path()); }

    QTemporaryDir m_folder;
    bool m_isMounted = false;
    QString m_error;
};

} // namespace coroscope::test

/// As QTEST_GUILESS_MAIN, for tests with a SmallDisk.
#define COROSCOPE_SMALLDISK_MAIN(Test) \
    int main(int argc, char **argv) \
    { \
        coroscope::test::enterMountNamespace(argv); \
        QCoreApplication app(argc, argv); \
        Test test; \
        return QTest::qExec(&test, argc, argv); \
    }
