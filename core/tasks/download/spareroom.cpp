// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/spareroom.h"

#include <QFile>

#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace coroscope::download {

SpareRoom::SpareRoom(const QString &folder, qint64 bytes)
{
#ifdef O_TMPFILE
    m_fd = ::open(QFile::encodeName(folder).constData(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (m_fd >= 0 && ::fallocate(m_fd, 0, 0, bytes) != 0)
        giveBack();
#else
    Q_UNUSED(folder)
    Q_UNUSED(bytes)
#endif
}

SpareRoom::SpareRoom(SpareRoom &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{ }

SpareRoom &SpareRoom::operator=(SpareRoom &&other) noexcept
{
    if (this != &other) {
        giveBack();
        m_fd = std::exchange(other.m_fd, -1);
    }
    return *this;
}

bool SpareRoom::giveBack()
{
    if (m_fd < 0)
        return false;
    ::close(std::exchange(m_fd, -1));
    return true;
}

} // namespace coroscope::download
