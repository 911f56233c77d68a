// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

QT_BEGIN_NAMESPACE
class QFileDevice;
QT_END_NAMESPACE

namespace coroscope::io {

/// A file that is there only when all of it is: it is written beside its place and renamed. Until then, and
/// if that comes to nothing, an old file of that name is untouched.
///
/// What stands there may also be a pipe or a device, such as /dev/null: nothing takes its place, it is
/// written to.
class WholeFile
{
public:
    explicit WholeFile(const QString &name);
    ~WholeFile(); ///< without commit() nothing has happened

    bool open(); ///< for writing
    QFileDevice &device() { return *m_device; }
    bool write(const QByteArray &bytes); ///< all of them, or false
    bool commit(); ///< false if anything couldn't be written
    QString errorString() const;

private:
    std::unique_ptr<QFileDevice> m_device;
};

} // namespace coroscope::io
