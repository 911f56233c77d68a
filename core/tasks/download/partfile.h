// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/folder.h"
#include "core/tasks/download/request.h"

#include <QByteArrayView>
#include <QDateTime>
#include <QSet>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace coroscope::download {

/// A file that is being received: NAME.part in its folder until it is whole, then NAME.
///
/// Nothing is deleted with this object: a part survives, to be gone on with by reopen(). Movable; one that
/// was moved from, committed or removed may only be destroyed or assigned to. Used by one thread at a time,
/// any. All functions throw net::Exception with the reason: Kind::DiskFull where there is no room, else
/// Kind::Disk.
class PartFile
{
public:
    /// Makes the folder if it isn't there, and reserves the name by making NAME.part (O_EXCL). A name that is
    /// taken, as a file's or as a part's, gets " (n)", n ≤ 9999. With Overwrite and OnlyIfNewer a file of the
    /// name is in nobody's way, a folder still is. `name` must be safe: see filename.h.
    static PartFile create(const QString &folder, const QString &name, IfExists policy);
    /// The same with another limit than 9999.
    static PartFile createNumbered(const QString &folder, const QString &name, IfExists policy,
                                   int mostNumbers);
    /// Where create() would make the part now. Makes nothing.
    static QString expectedPath(const QString &folder, const QString &name, IfExists policy);
    /// As create(), but `announce` hears of each path before a part is made there.
    using Announce = std::function<void(const QString &partPath)>;
    static PartFile create(const QString &folder, const QString &name, IfExists policy,
                           const Announce &announce);
    /// One without a name until commit(): nobody sees it, and nothing is left of it where the process ends
    /// before. Never replaces a file. `taken` are paths that others will get; its own joins them. Nothing
    /// where the file system has no such files (open(2), O_TMPFILE), or no name is left.
    static std::optional<PartFile> createNameless(std::shared_ptr<const OpenFolder> folder,
                                                  const QString &name, QSet<QString> &taken);
    static std::optional<PartFile> createNameless(const QString &folder, const QString &name,
                                                  QSet<QString> &taken);
    /// One that was made before; nothing if it isn't there any more, is not a plain file (a link is none), or
    /// is shorter than the bytes known to be on the disk.
    static std::optional<PartFile> reopen(const QString &partPath, qint64 atLeast);

    ~PartFile();
    PartFile(PartFile &&other) noexcept;
    PartFile &operator=(PartFile &&other) noexcept;

    /// How large it will be: takes the room for it at once, where the file system can and it is worth it.
    void preallocate(qint64 total);
    static bool isWorthPreallocating(qint64 total);
    /// How large it will be; takes nothing.
    void expect(qint64 total);
    /// Its file system keeps it there: to take room costs as much time as to fill it, and the memory of
    /// others.
    bool isInMemory() const;
    /// All of the bytes, or it throws (some may have been written then).
    void writeAt(qint64 offset, QByteArrayView bytes);
    /// The same for bytes that are in a pipe: they needn't come through this process. The number that was
    /// moved; 0: this file system can't.
    qint64 moveAt(qint64 offset, int pipe, qint64 bytes);
    /// The same file once more, for writing at the same time on another thread: closing or removing either
    /// leaves the other writable.
    PartFile another() const;
    void truncate(qint64 size);
    /// Returns when all that was written is on the disk. After a failure nobody knows what is: what isn't
    /// known from before has to be received again.
    void sync();
    /// Begins to bring it to the disk, without waiting for it.
    void startSync();
    /// Gives the file its name, and its time of modification; returns its path. Replaces a file of this name
    /// only with Overwrite or OnlyIfNewer, else it gets the next free " (n)". Neither the data nor the name
    /// is brought to the disk here: sync() before, syncFolder() after.
    QString commit(std::optional<QDateTime> modified, IfExists policy);
    /// Deletes the part; false if it couldn't be, or was gone.
    bool remove();

    bool isOpen() const { return m_fd >= 0; }
    bool isNameless() const { return m_opened != nullptr; }
    QString folder() const { return m_folder; }
    QString path() const; ///< of the part; of a nameless one: where it would be
    QString finalName() const; ///< as it looks now: it may still get a number at commit()
    qint64 size() const;

private:
    PartFile(QString folder, QString name, int number, int fd);
    static PartFile make(const QString &folder, const QString &name, IfExists policy, int mostNumbers,
                         const Announce &announce);
    void close();
    bool isStillThere() const;
    int nameAs(const QString &name, IfExists policy) const;
    std::optional<qint64> missing() const;

    QString m_folder;
    QString m_name; ///< as wished for
    int m_number = 0;
    int m_fd = -1; ///< -1 once committed or removed
    std::shared_ptr<const OpenFolder> m_opened; ///< of a nameless one
    qint64 m_expected = 0; ///< bytes of the whole file; 0: unknown
};

} // namespace coroscope::download
