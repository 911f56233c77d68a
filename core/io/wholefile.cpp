// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/wholefile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace coroscope::io {

/// QSaveFile would put a file into the place of whatever there is.
static std::unique_ptr<QFileDevice> deviceFor(const QString &name)
{
    const QFileInfo old(name);
    if (old.exists() && !old.isFile() && !old.isDir())
        return std::make_unique<QFile>(name);
    return std::make_unique<QSaveFile>(name);
}

WholeFile::WholeFile(const QString &name)
    : m_device(deviceFor(name))
{ }

WholeFile::~WholeFile() = default;

bool WholeFile::open() { return m_device->open(QIODevice::WriteOnly); }

bool WholeFile::write(const QByteArray &bytes)
{
    // Of a short write nobody says why; the next one fails with the reason.
    for (qint64 done = 0; done < bytes.size();) {
        const qint64 written = m_device->write(bytes.constData() + done, bytes.size() - done);
        if (written <= 0)
            return false;
        done += written;
    }
    return true;
}

bool WholeFile::commit()
{
    if (auto *file = qobject_cast<QSaveFile *>(m_device.get()))
        return file->commit();
    m_device->close(); // what is left is written, and its error kept
    return m_device->error() == QFileDevice::NoError;
}

QString WholeFile::errorString() const { return m_device->errorString(); }

} // namespace coroscope::io
