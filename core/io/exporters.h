// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exporterror.h"
#include "core/io/progress.h"
#include "core/model/tracestore.h"

#include <QStringList>

#include <optional>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace coroscope::io {

enum class ExportFormat : std::uint8_t {
    Chrome, ///< JSON for chrome://tracing, Perfetto's viewer and Qt Creator
    Perfetto, ///< Perfetto's protobuf
    Csv, ///< a record a slice
    Svg, ///< a picture of the timeline
};

/// "chrome", "perfetto", "csv", "svg"; nothing for another text.
std::optional<ExportFormat> exportFormatFrom(QStringView text);
QString exportFormatName(ExportFormat format);
/// All of them, as exportFormatFrom() takes them.
QStringList exportFormatNames();
/// How such a file's name ends, without the dot: "json", "pftrace", "csv", "svg".
QString exportSuffix(ExportFormat format);

/// Writes what the store holds to a device that is open for writing, and returns what went wrong. The store
/// must not change meanwhile. It streams: however long the session is, memory is needed for the lanes' order
/// and for one slice.
///
/// `program` names what was traced.
std::optional<ExportError> exportTrace(const model::TraceStore &store, ExportFormat format, QIODevice &device,
                                       const QString &program = QStringLiteral("Coroscope"),
                                       Progress progress = {});

/// As exportTrace() to a WholeFile: after an error an old file of that name is untouched.
std::optional<ExportError> exportToFile(const model::TraceStore &store, ExportFormat format,
                                        const QString &file, const QString &program, Progress progress = {});

} // namespace coroscope::io
