// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/filename.h"

#include <QByteArrayView>
#include <QFile>
#include <QString>

#include <memory>

namespace coroscope::tasks {

/// A file that is being received: NAME.part in its folder until it is whole, then NAME.
///
/// The name is reserved by creating NAME.part (O_EXCL); a taken name gets " (n)". A part that is never
/// committed is removed with this object. All functions throw net::Exception (Kind::Disk) with the reason.
class PartFile
{
public:
    /// Makes the folder if it isn't there, and a part in it. `name` must be safe: see filename.h.
    PartFile(const QString &folder, const QString &name);
    ~PartFile();
    PartFile(PartFile &&other) noexcept = default;
    PartFile &operator=(PartFile &&) = delete;

    void write(QByteArrayView bytes);
    /// Gives the file its name, which no other file has; returns its path.
    QString commit();

    qint64 size() const { return m_size; }

private:
    bool tryReserve(int number);

    QString m_folder;
    QString m_name; ///< as wished for
    std::unique_ptr<QFile> m_part; ///< null once committed
    int m_number = 0;
    qint64 m_size = 0;
};

/// Throws net::Exception if nothing can be written there, so that it is known before a byte is asked for.
void makeWritableFolder(const QString &folder);

} // namespace coroscope::tasks
