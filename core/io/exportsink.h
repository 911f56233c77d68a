// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exporterror.h"
#include "core/io/progress.h"

#include <QByteArray>

#include <optional>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace coroscope::io {

/// Where an exporter writes to: a device behind a buffer of bounded size. The first error is kept, and what
/// comes after it is dropped, so that a writer may look at failed() when it suits it.
class ExportSink
{
public:
    /// The device is open for writing and outlives the sink.
    explicit ExportSink(QIODevice &device, Progress progress = {});
    ExportSink(const ExportSink &) = delete;
    ExportSink &operator=(const ExportSink &) = delete;

    /// How many steps of some microseconds the whole export has; before the first.
    void expectSteps(std::uint64_t count) { m_steps = count; }
    /// Some more are done. May end the export: failed().
    void step(std::uint64_t count = 1);
    void write(QByteArrayView bytes);
    /// To be called at the end; sinks don't flush by themselves when they are destroyed.
    void flush();
    bool failed() const { return m_error.has_value(); }
    const std::optional<ExportError> &error() const { return m_error; }

private:
    QIODevice &m_device;
    Progress m_progress;
    std::uint64_t m_steps = 0;
    std::uint64_t m_done = 0;
    std::uint64_t m_nextLook = 0;
    QByteArray m_buffer;
    std::optional<ExportError> m_error;
};

} // namespace coroscope::io
