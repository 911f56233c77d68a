// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportsink.h"

#include <QCoreApplication>
#include <QFileDevice>

namespace coroscope::io {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::io::ExportSink)
};

constexpr qsizetype capacity = 64 * 1024;
constexpr std::uint64_t stepsBetweenLooks = 512;

ExportError errorOf(const QIODevice &device)
{
    ExportError error {.what = device.errorString(), .where = {}, .advice = {}};
    if (const auto *file = qobject_cast<const QFileDevice *>(&device)) {
        error.where = file->fileName();
        error.advice = file->error() == QFileDevice::ResourceError
                           ? Words::tr("Make room there, or choose another folder.")
                           : Words::tr("Choose another folder, or one of the smaller formats.");
    }
    return error;
}
} // namespace

ExportSink::ExportSink(QIODevice &device, Progress progress)
    : m_device(device)
    , m_progress(std::move(progress))
{
    m_buffer.reserve(capacity);
}

void ExportSink::step(std::uint64_t count)
{
    m_done += count;
    if (!m_progress || m_error || m_done < m_nextLook)
        return;
    m_nextLook = m_done + stepsBetweenLooks;
    const double part = m_steps > 0 ? double(m_done) / double(m_steps) : 0;
    if (!m_progress(std::min(part, 1.0)))
        m_error = ExportError::cancelled();
}

void ExportSink::write(QByteArrayView bytes)
{
    if (m_error)
        return;
    if (m_buffer.size() + bytes.size() > capacity)
        flush();
    m_buffer.append(bytes);
}

void ExportSink::flush()
{
    const char *at = m_buffer.constData();
    const char *const end = at + m_buffer.size();
    while (at < end && !m_error) {
        const qint64 written = m_device.write(at, end - at);
        if (written > 0)
            at += written;
        else
            m_error = errorOf(m_device);
    }
    m_buffer.resize(0); // keeps its memory
}

} // namespace coroscope::io
