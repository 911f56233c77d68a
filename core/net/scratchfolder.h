// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QString>
#include <QTemporaryDir>

namespace coroscope::net {

/// A temporary folder that is removed with this object. One that a killed program left behind is removed when
/// the next of its kind is made: each holds a lock that the system gives up with its program.
class ScratchFolder
{
public:
    /// `kind` is a part of its name: "demo" makes "coroscope-demo-AbCdEf".
    explicit ScratchFolder(const QString &kind);

    /// Empty if it couldn't be made.
    QString path() const { return m_folder.isValid() ? m_folder.path() : QString(); }

private:
    QTemporaryDir m_folder;
    QFile m_lock;
};

} // namespace coroscope::net
