// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/scratchfolder.h"

#include <QDir>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#    include <sys/file.h>
#endif

namespace coroscope::net {

namespace {

constexpr QLatin1StringView lockName(".lock");

QString pattern(const QString &kind) { return QStringLiteral("coroscope-%1-").arg(kind); }

/// False if another program, or another folder of this one, holds it.
bool takeLock(QFile &file)
{
#ifdef Q_OS_UNIX
    return file.open(QIODevice::ReadWrite) && ::flock(file.handle(), LOCK_EX | LOCK_NB) == 0;
#else
    return file.open(QIODevice::ReadWrite);
#endif
}

void removeLeftBehind(const QString &kind)
{
#ifdef Q_OS_UNIX
    const QDir temporary = QDir::temp();
    for (const QFileInfo &info :
         temporary.entryInfoList({pattern(kind) + u'*'}, QDir::Dirs | QDir::NoSymLinks)) {
        QFile lock(info.filePath() + u'/' + lockName);
        // Without a lock file: its owner is about to make one.
        if (info.isWritable() && lock.exists() && takeLock(lock))
            QDir(info.filePath()).removeRecursively();
    }
#else
    Q_UNUSED(kind);
#endif
}

} // namespace

ScratchFolder::ScratchFolder(const QString &kind)
    : m_folder(QDir::temp().filePath(pattern(kind) + QStringLiteral("XXXXXX")))
{
    if (m_folder.isValid()) {
        m_lock.setFileName(m_folder.filePath(lockName));
        takeLock(m_lock);
    }
    removeLeftBehind(kind);
}

} // namespace coroscope::net
