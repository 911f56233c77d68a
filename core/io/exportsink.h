// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exporterror.h"

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
    explicit ExportSink(QIODevice &device);
    ExportSink(const ExportSink &) = delete;
    ExportSink &operator=(const ExportSink &) = delete;

    void write(QByteArrayView bytes);
    /// To be called at the end; sinks don't flush by themselves when they are destroyed.
    void flush();
    bool failed() const { return m_error.has_value(); }
    const std::optional<ExportError> &error() const { return m_error; }

private:
    QIODevice &m_device;
    QByteArray m_buffer;
    std::optional<ExportError> m_error;
};

} // namespace coroscope::io
