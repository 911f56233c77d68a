// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QString>

#include <chrono>
#include <optional>

namespace coroscope::download {

// What a download needs of the folder it goes to. All may block for as long as the disk does.

/// Makes the folder if it isn't there. Throws net::Exception (Kind::Disk) if nothing can be written there, so
/// that it is known before a byte is asked for.
void makeWritableFolder(const QString &folder);

/// Remembers for a second what makeWritableFolder() found: a batch asks for each of its files.
class CheckedFolders
{
public:
    /// As makeWritableFolder().
    void require(const QString &folder);

private:
    using Clock = std::chrono::steady_clock;
    QHash<QString, Clock::time_point> m_checked;
};

/// A folder that is open: files in it are found without a walk along its path each time.
class OpenFolder
{
public:
    explicit OpenFolder(const QString &path);
    ~OpenFolder();
    OpenFolder(const OpenFolder &) = delete;
    OpenFolder &operator=(const OpenFolder &) = delete;

    const QString &path() const { return m_path; }
    int descriptor() const { return m_descriptor; } ///< -1: it can't be opened

private:
    QString m_path;
    int m_descriptor;
};

/// Returns when the names in the folder are on the disk. Throws net::Exception.
void syncFolder(const QString &folder);

/// Free bytes for a normal user, also of a folder that isn't made yet; nothing if unknown.
std::optional<qint64> freeSpace(const QString &folder);

/// Throws net::Exception (Kind::DiskFull), which says how much is missing, if fewer than `bytes` are known to
/// be free.
void requireFreeSpace(const QString &folder, qint64 bytes);

} // namespace coroscope::download
