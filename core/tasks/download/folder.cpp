// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/folder.h"

#include "core/tasks/download/diskerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Folder)
};

[[noreturn]] void failToUse(const QString &folder, const QString &what)
{
    throw net::Exception({.kind = net::Error::Kind::Disk,
                          .what = what,
                          .where = folder,
                          .advice = Words::tr("Choose another folder")});
}

} // namespace

void makeWritableFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        failToUse(folder, Words::tr("the folder can't be made"));
    const QFileInfo info(folder);
    if (!info.isDir() || !info.isWritable())
        failToUse(folder, Words::tr("nothing can be written to the folder"));
}

void CheckedFolders::require(const QString &folder)
{
    constexpr auto longest = std::chrono::seconds(1);
    const auto now = Clock::now();
    const auto known = m_checked.constFind(folder);
    if (known != m_checked.cend() && now - *known < longest)
        return;
    m_checked.remove(folder);
    makeWritableFolder(folder);
    m_checked.insert(folder, now);
}

OpenFolder::OpenFolder(const QString &path)
    : m_path(path)
    , m_descriptor(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
{ }

OpenFolder::~OpenFolder()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void syncFolder(const QString &folder)
{
    const QString what = Words::tr("the folder's new names can't be brought to the disk");
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        throw net::Exception(diskError(errno, what, folder));
    int failure = 0;
    while (::fsync(fd) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EINVAL
            && errno != ENOTSUP) // file systems that don't know it keep names in their own way
            failure = errno;
        break;
    }
    ::close(fd);
    if (failure != 0)
        throw net::Exception(diskError(failure, what, folder));
}

std::optional<qint64> freeSpace(const QString &folder)
{
    QString path = QDir::cleanPath(QDir(folder).absolutePath());
    struct statvfs disk = {};
    while (::statvfs(QFile::encodeName(path).constData(), &disk) != 0) {
        if (errno == EINTR)
            continue;
        const QString parent = path.left(qMax<qsizetype>(path.lastIndexOf(QLatin1Char('/')), 1));
        if (errno != ENOENT || parent == path)
            return std::nullopt;
        path = parent;
    }
    if (disk.f_blocks == 0) // not a disk
        return std::nullopt;
    return qint64(disk.f_bavail) * qint64(disk.f_frsize);
}

void requireFreeSpace(const QString &folder, qint64 bytes)
{
    const std::optional<qint64> free = freeSpace(folder);
    if (free && *free < bytes)
        throw net::Exception(diskFullError(folder, bytes - *free));
}

} // namespace coroscope::download
