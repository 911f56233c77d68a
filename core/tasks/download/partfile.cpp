// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/partfile.h"

#include "core/tasks/download/diskerror.h"
#include "core/tasks/download/filename.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef Q_OS_LINUX
#    include <linux/magic.h>
#    include <sys/vfs.h>
#endif

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::PartFile)
};

constexpr int mostNumbersEver = 9999;
constexpr qint64 worthPreallocating = 1 << 20;

[[noreturn]] void fail(int number, const QString &what, const QString &where,
                       std::optional<qint64> missing = {})
{
    throw net::Exception(diskError(number, what, where, missing));
}

QString pathIn(const QString &folder, const QString &name)
{
    return folder.isEmpty() || folder.endsWith(QLatin1Char('/')) ? folder + name
                                                                 : folder + QLatin1Char('/') + name;
}

bool mayReplace(IfExists policy) { return policy == IfExists::Overwrite || policy == IfExists::OnlyIfNewer; }

enum class Found : std::uint8_t { Nothing, File, Other };

/// A link is a file, wherever it leads: replacing it replaces the link.
Found whatIsIn(int folder, const QString &name)
{
    struct stat info = {};
    if (::fstatat(folder, QFile::encodeName(name).constData(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? Found::Nothing : Found::Other;
    return S_ISREG(info.st_mode) || S_ISLNK(info.st_mode) ? Found::File : Found::Other;
}

Found whatIsAt(const QString &path) { return whatIsIn(AT_FDCWD, path); }

bool isTaken(const QString &path, IfExists policy)
{
    const Found found = whatIsAt(path);
    return found == Found::Other || (found == Found::File && !mayReplace(policy));
}

/// Zero, or the reason. EEXIST: there is a file already; it stays.
int renameToFree(const QByteArray &from, const QByteArray &to)
{
#ifdef Q_OS_LINUX
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
#endif
    // Not every file system can do that at once. A second name can't replace a file, either.
    if (::link(from.constData(), to.constData()) == 0) {
        ::unlink(from.constData());
        return 0;
    }
    if (errno == EEXIST)
        return errno;
    struct stat info = {};
    if (::lstat(to.constData(), &info) == 0)
        return EEXIST;
    return ::rename(from.constData(), to.constData()) == 0 ? 0 : errno;
}

/// The same for a file that has no name yet.
int nameFirst(int fd, int folder, const QByteArray &to)
{
#ifdef AT_EMPTY_PATH
    static std::atomic<bool> isAllowed = true; // older kernels want a privilege for it
    if (isAllowed.load(std::memory_order_relaxed)) {
        if (::linkat(fd, "", folder, to.constData(), AT_EMPTY_PATH) == 0)
            return 0;
        if (errno == EEXIST)
            return errno;
    }
#endif
    const QByteArray from = "/proc/self/fd/" + QByteArray::number(fd);
    if (::linkat(AT_FDCWD, from.constData(), folder, to.constData(), AT_SYMLINK_FOLLOW) != 0)
        return errno;
#ifdef AT_EMPTY_PATH
    isAllowed.store(false, std::memory_order_relaxed);
#endif
    return 0;
}

int renameOver(const QByteArray &from, const QByteArray &to)
{
    if (::rename(from.constData(), to.constData()) == 0)
        return 0;
    return errno == EISDIR || errno == ENOTEMPTY ? EEXIST : errno;
}

} // namespace

PartFile::PartFile(QString folder, QString name, int number, int fd)
    : m_folder(std::move(folder))
    , m_name(std::move(name))
    , m_number(number)
    , m_fd(fd)
{ }

PartFile::~PartFile() { close(); }

PartFile::PartFile(PartFile &&other) noexcept
    : m_folder(std::move(other.m_folder))
    , m_name(std::move(other.m_name))
    , m_number(other.m_number)
    , m_fd(std::exchange(other.m_fd, -1))
    , m_opened(std::move(other.m_opened))
    , m_expected(other.m_expected)
{ }

PartFile &PartFile::operator=(PartFile &&other) noexcept
{
    if (this != &other) {
        close();
        m_folder = std::move(other.m_folder);
        m_name = std::move(other.m_name);
        m_number = other.m_number;
        m_fd = std::exchange(other.m_fd, -1);
        m_opened = std::move(other.m_opened);
        m_expected = other.m_expected;
    }
    return *this;
}

void PartFile::close()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

PartFile PartFile::create(const QString &folder, const QString &name, IfExists policy)
{
    return createNumbered(folder, name, policy, mostNumbersEver);
}

PartFile PartFile::createNumbered(const QString &folder, const QString &name, IfExists policy,
                                  int mostNumbers)
{
    return make(folder, name, policy, mostNumbers, {});
}

PartFile PartFile::create(const QString &folder, const QString &name, IfExists policy,
                          const Announce &announce)
{
    return make(folder, name, policy, mostNumbersEver, announce);
}

QString PartFile::expectedPath(const QString &folder, const QString &name, IfExists policy)
{
    for (int number = 0; number <= mostNumbersEver; ++number) {
        const QString path = pathIn(folder, numberedFileName(name, number));
        if (!isTaken(path, policy) && whatIsAt(path + partSuffix) == Found::Nothing)
            return path + partSuffix;
    }
    return {};
}

PartFile PartFile::make(const QString &folder, const QString &name, IfExists policy, int mostNumbers,
                        const Announce &announce)
{
    makeWritableFolder(folder);
    for (int number = 0; number <= mostNumbers; ++number) {
        const QString path = pathIn(folder, numberedFileName(name, number));
        const QString partPath = path + partSuffix;
        if (isTaken(path, policy))
            continue;
        if (announce) {
            if (whatIsAt(partPath) != Found::Nothing)
                continue;
            announce(partPath);
        }
        const int fd = ::open(QFile::encodeName(partPath).constData(),
                              O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (fd >= 0)
            return {folder, name, number, fd};
        if (errno != EEXIST)
            fail(errno, Words::tr("the file can't be made"), partPath);
    }
    throw net::Exception({.kind = net::Error::Kind::Disk,
                          .what = Words::tr("there are already %1 files of this name").arg(mostNumbers),
                          .where = pathIn(folder, name),
                          .advice = Words::tr("Choose another name")});
}

std::optional<PartFile> PartFile::createNameless(const QString &folder, const QString &name,
                                                 QSet<QString> &taken)
{
    return createNameless(std::make_shared<OpenFolder>(folder), name, taken);
}

std::optional<PartFile> PartFile::createNameless(std::shared_ptr<const OpenFolder> folder,
                                                 const QString &name, QSet<QString> &taken)
{
    // Whatever goes wrong here, create() meets it again, and says it.
#ifdef O_TMPFILE
    const int in = folder->descriptor();
    if (in < 0)
        return std::nullopt;
    int number = 0;
    QString own = name;
    while (taken.contains(pathIn(folder->path(), own)) || whatIsIn(in, own) != Found::Nothing
           || whatIsIn(in, own + partSuffix) != Found::Nothing) {
        if (++number > mostNumbersEver)
            return std::nullopt;
        own = numberedFileName(name, number);
    }
    const int fd = ::openat(in, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
    if (fd >= 0) {
        taken.insert(pathIn(folder->path(), own));
        PartFile file(folder->path(), name, number, fd);
        file.m_opened = std::move(folder);
        return file;
    }
#else
    Q_UNUSED(folder)
    Q_UNUSED(name)
    Q_UNUSED(taken)
#endif
    return std::nullopt;
}

std::optional<PartFile> PartFile::reopen(const QString &partPath, qint64 atLeast)
{
    const QFileInfo place(partPath);
    QString name = place.fileName();
    if (!name.endsWith(partSuffix) || name.size() == partSuffix.size())
        return std::nullopt;
    name.chop(partSuffix.size());
    // Not blocking: a pipe in its place would wait for somebody at its other end.
    const int fd = ::open(QFile::encodeName(partPath).constData(),
                          O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        switch (errno) {
        case ENOENT:
        case ENOTDIR:
        case ELOOP:
        case EISDIR:
        case ENXIO:
            return std::nullopt;
        default:
            fail(errno, Words::tr("the unfinished file can't be opened"), partPath);
        }
    }
    PartFile part(place.path(), name, 0, fd);
    struct stat info = {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size < atLeast)
        return std::nullopt;
    return part;
}

/// What the rest of the file lacks.
std::optional<qint64> PartFile::missing() const
{
    struct stat info = {};
    const std::optional<qint64> free = freeSpace(m_folder);
    if (m_expected == 0 || !free || ::fstat(m_fd, &info) != 0)
        return std::nullopt;
    constexpr qint64 unit = 512; // of st_blocks, whatever the file system's own is
    return m_expected - qint64(info.st_blocks) * unit - *free;
}

bool PartFile::isWorthPreallocating(qint64 total) { return total >= worthPreallocating; }

void PartFile::expect(qint64 total) { m_expected = qMax<qint64>(total, 0); }

bool PartFile::isInMemory() const
{
#ifdef Q_OS_LINUX
    struct statfs info = {};
    return ::fstatfs(m_fd, &info) == 0 && info.f_type == TMPFS_MAGIC;
#else
    return false;
#endif
}

void PartFile::preallocate(qint64 total)
{
    expect(total);
#ifdef Q_OS_LINUX
    if (!isWorthPreallocating(total))
        return;
    while (::fallocate(m_fd, FALLOC_FL_KEEP_SIZE, 0, total) != 0) {
        if (errno == EINTR)
            continue;
        const int reason = errno;
        const std::optional<qint64> lacking = missing();
        const bool isFull = reason == ENOSPC || reason == EDQUOT;
        if (isFull)
            truncate(size()); // gives back what it got of it
        if (isFull || reason == EFBIG)
            fail(reason, Words::tr("no room can be taken for the file"), path(), lacking);
        if (lacking > 0)
            fail(ENOSPC, {}, path(), lacking);
        return; // room can't be taken here; writing will tell what else is wrong
    }
#endif
}

void PartFile::writeAt(qint64 offset, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) { // a disk that gets full takes some of it, and says why only the next time
        const ssize_t written = ::pwrite(m_fd, bytes.data(), std::size_t(bytes.size()), offset);
        if (written < 0) {
            if (errno == EINTR)
                continue;
            const int reason = errno;
            fail(reason, Words::tr("the file can't be written"), path(), missing());
        }
        offset += written;
        bytes = bytes.sliced(written);
    }
}

qint64 PartFile::moveAt(qint64 offset, int pipe, qint64 bytes)
{
#ifdef Q_OS_LINUX
    loff_t at = offset;
    for (;;) {
        const ssize_t moved = ::splice(pipe, nullptr, m_fd, &at, std::size_t(bytes), SPLICE_F_MOVE);
        if (moved >= 0)
            return moved;
        if (errno == EINVAL)
            return 0;
        if (errno != EINTR) {
            const int reason = errno;
            fail(reason, Words::tr("the file can't be written"), path(), missing());
        }
    }
#else
    Q_UNUSED(offset)
    Q_UNUSED(pipe)
    Q_UNUSED(bytes)
    return 0;
#endif
}

PartFile PartFile::another() const
{
    const int fd = ::fcntl(m_fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        fail(errno, Words::tr("the file can't be written"), path());
    PartFile other(m_folder, m_name, m_number, fd);
    other.m_opened = m_opened;
    other.m_expected = m_expected;
    return other;
}

void PartFile::truncate(qint64 size)
{
    while (::ftruncate(m_fd, size) != 0) {
        if (errno != EINTR)
            fail(errno, Words::tr("the file can't be cut"), path());
    }
}

void PartFile::sync()
{
    while (::fdatasync(m_fd) != 0) {
        if (errno == EINTR)
            continue;
        const int reason = errno;
        fail(reason, Words::tr("the file can't be brought to the disk"), path(), missing());
    }
}

void PartFile::startSync()
{
#ifdef Q_OS_LINUX
    ::sync_file_range(m_fd, 0, 0, SYNC_FILE_RANGE_WRITE); // a failure shows at sync()
#endif
}

/// Nobody has put something else in its place.
bool PartFile::isStillThere() const
{
    if (isNameless())
        return true;
    struct stat mine = {};
    struct stat named = {};
    return ::fstat(m_fd, &mine) == 0 && ::lstat(QFile::encodeName(path()).constData(), &named) == 0
           && mine.st_dev == named.st_dev && mine.st_ino == named.st_ino;
}

/// Zero, or the reason; EEXIST: another number may do.
int PartFile::nameAs(const QString &name, IfExists policy) const
{
    if (isNameless()) { // who has reserved the name has a part of it
        const int in = m_opened->descriptor();
        return whatIsIn(in, name + partSuffix) == Found::Nothing
                   ? nameFirst(m_fd, in, QFile::encodeName(name))
                   : EEXIST;
    }
    const QString path = pathIn(m_folder, name);
    const QByteArray from = QFile::encodeName(this->path());
    const QByteArray to = QFile::encodeName(path);
    if (!mayReplace(policy))
        return renameToFree(from, to);
    return whatIsAt(path) == Found::Other ? EEXIST : renameOver(from, to);
}

QString PartFile::commit(std::optional<QDateTime> modified, IfExists policy)
{
    const QString partPath = path();
    if (!isStillThere()) {
        throw net::Exception({.kind = net::Error::Kind::Disk,
                              .what = Words::tr("the unfinished file was taken away"),
                              .where = partPath,
                              .advice = Words::tr("Start this download again")});
    }
    if (modified && modified->isValid()) {
        const qint64 ms = modified->toMSecsSinceEpoch();
        const qint64 rest = ((ms % 1000) + 1000) % 1000;
        const timespec times[2] = {{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
                                   {.tv_sec = time_t((ms - rest) / 1000), .tv_nsec = long(rest * 1000000)}};
        ::futimens(m_fd, times); // some file systems refuse: the file is worth more than its time
    }
    for (int number = m_number; number <= mostNumbersEver; ++number) {
        const QString wanted = numberedFileName(m_name, number);
        const int reason = nameAs(wanted, policy);
        if (reason == 0) {
            close();
            return pathIn(m_folder, wanted);
        }
        if (reason != EEXIST)
            fail(reason, Words::tr("the file can't get its name"), pathIn(m_folder, wanted));
    }
    throw net::Exception({.kind = net::Error::Kind::Disk,
                          .what = Words::tr("the name is taken"),
                          .where = pathIn(m_folder, m_name),
                          .advice = Words::tr("Choose another name")});
}

bool PartFile::remove()
{
    const bool isGone = !isNameless() && isStillThere()
                        && ::unlink(QFile::encodeName(path()).constData()) == 0;
    close();
    return isGone;
}

QString PartFile::finalName() const { return numberedFileName(m_name, m_number); }

QString PartFile::path() const { return pathIn(m_folder, finalName()) + partSuffix; }

qint64 PartFile::size() const
{
    struct stat info = {};
    return ::fstat(m_fd, &info) == 0 ? qint64(info.st_size) : 0;
}

} // namespace coroscope::download
