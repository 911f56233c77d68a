// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/partfile.h"

#include "core/net/error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#ifdef Q_OS_LINUX
#    include <cerrno>
#    include <cstdio>
#    include <fcntl.h>
#endif

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::PartFile)
};

constexpr int mostNumbers = 9999;

[[noreturn]] void fail(const QString &what, const QString &where, const QString &advice = {})
{
    throw net::Exception({.kind = net::Error::Kind::Disk, .what = what, .where = where, .advice = advice});
}

QString pathIn(const QString &folder, const QString &name) { return QDir(folder).filePath(name); }

bool isTaken(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink(); // a dangling link is taken, too
}

enum class Renamed : std::uint8_t { Yes, Taken, No };

/// Never replaces a file, whoever made it in the meantime.
Renamed renameToFree(QFile &file, const QString &path)
{
#ifdef Q_OS_LINUX
    if (::renameat2(AT_FDCWD, QFile::encodeName(file.fileName()).constData(), AT_FDCWD,
                    QFile::encodeName(path).constData(), RENAME_NOREPLACE)
        == 0)
        return Renamed::Yes;
    if (errno == EEXIST)
        return Renamed::Taken;
    if (errno != EINVAL && errno != ENOSYS)
        return Renamed::No;
#endif
    if (isTaken(path))
        return Renamed::Taken;
    return file.rename(path) ? Renamed::Yes : Renamed::No;
}

} // namespace

void makeWritableFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        fail(Words::tr("the folder can't be made"), folder, Words::tr("Choose another folder"));
    const QFileInfo info(folder);
    if (!info.isDir() || !info.isWritable())
        fail(Words::tr("nothing can be written to the folder"), folder, Words::tr("Choose another folder"));
}

PartFile::PartFile(const QString &folder, const QString &name)
    : m_folder(folder)
    , m_name(name)
{
    makeWritableFolder(folder);
    while (!tryReserve(m_number)) {
        if (++m_number > mostNumbers) {
            fail(Words::tr("there are already %1 files of this name").arg(mostNumbers), pathIn(folder, name),
                 Words::tr("Choose another name"));
        }
    }
}

bool PartFile::tryReserve(int number)
{
    const QString path = pathIn(m_folder, numberedFileName(m_name, number));
    const QString partPath = path + partSuffix;
    if (isTaken(path) || isTaken(partPath))
        return false;
    auto part = std::make_unique<QFile>(partPath);
    if (!part->open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered)) {
        if (isTaken(partPath)) // by somebody else, in between
            return false;
        fail(Words::tr("the file can't be made: %1").arg(part->errorString()), partPath);
    }
    m_part = std::move(part);
    return true;
}

PartFile::~PartFile()
{
    if (m_part)
        m_part->remove();
}

void PartFile::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) { // a disk that gets full takes some of it, and says why only the next time
        const qint64 written = m_part->write(bytes.data(), bytes.size());
        if (written < 0)
            fail(Words::tr("the file can't be written: %1").arg(m_part->errorString()), m_part->fileName());
        m_size += written;
        bytes = bytes.sliced(written);
    }
}

QString PartFile::commit()
{
    m_part->close();
    for (; m_number <= mostNumbers; ++m_number) {
        const QString path = pathIn(m_folder, numberedFileName(m_name, m_number));
        switch (renameToFree(*m_part, path)) {
        case Renamed::Yes:
            m_part.reset();
            return path;
        case Renamed::Taken:
            continue;
        case Renamed::No:
            fail(Words::tr("the file can't get its name: %1").arg(qt_error_string()), path);
        }
    }
    fail(Words::tr("the name is taken"), pathIn(m_folder, m_name), Words::tr("Choose another name"));
}

} // namespace coroscope::tasks
