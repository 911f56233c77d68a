// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace coroscope::download {

/// Room on a disk that nobody else gets: a file without a name, which goes with its process. Given back,
/// there is room for a little more where the disk is full.
class SpareRoom
{
public:
    SpareRoom() = default;
    /// None where the disk doesn't know files without names, or has no room even for this.
    SpareRoom(const QString &folder, qint64 bytes);
    ~SpareRoom() { giveBack(); }
    SpareRoom(SpareRoom &&other) noexcept;
    SpareRoom &operator=(SpareRoom &&other) noexcept;

    /// False: there was none any more.
    bool giveBack();

private:
    int m_fd = -1;
};

} // namespace coroscope::download
