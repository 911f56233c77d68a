// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exporters.h"

#include "core/io/chrometrace.h"
#include "core/io/csvtrace.h"
#include "core/io/exportsink.h"
#include "core/io/perfettotrace.h"
#include "core/io/svgtrace.h"
#include "core/io/wholefile.h"

#include <QFileDevice>

#include <array>

namespace coroscope::io {

namespace {
struct Format
{
    ExportFormat format;
    const char *name;
    const char *suffix;
};
constexpr std::array formats {
    Format {ExportFormat::Chrome, "chrome", "json"},
    Format {ExportFormat::Perfetto, "perfetto", "pftrace"},
    Format {ExportFormat::Csv, "csv", "csv"},
    Format {ExportFormat::Svg, "svg", "svg"},
};

const Format &find(ExportFormat format) { return formats[std::size_t(format)]; }
} // namespace

std::optional<ExportFormat> exportFormatFrom(QStringView text)
{
    for (const Format &known : formats) {
        if (text == QLatin1StringView(known.name))
            return known.format;
    }
    return {};
}

QString exportFormatName(ExportFormat format) { return QString::fromLatin1(find(format).name); }

QStringList exportFormatNames()
{
    QStringList names;
    for (const Format &known : formats)
        names << QString::fromLatin1(known.name);
    return names;
}

QString exportSuffix(ExportFormat format) { return QString::fromLatin1(find(format).suffix); }

std::optional<ExportError> exportTrace(const model::TraceStore &store, ExportFormat format, QIODevice &device,
                                       const QString &program, Progress progress)
{
    ExportSink sink(device, std::move(progress));
    switch (format) {
    case ExportFormat::Chrome:
        writeChromeTrace(store, program, sink);
        break;
    case ExportFormat::Perfetto:
        writePerfettoTrace(store, program, sink);
        break;
    case ExportFormat::Csv:
        writeCsvTrace(store, sink);
        break;
    case ExportFormat::Svg:
        writeSvgTrace(store, program, sink);
        break;
    }
    sink.flush();
    return sink.error();
}

std::optional<ExportError> exportToFile(const model::TraceStore &store, ExportFormat format,
                                        const QString &file, const QString &program, Progress progress)
{
    WholeFile out(file);
    const auto failed = [&] { return ExportError {.what = out.errorString(), .where = file, .advice = {}}; };
    if (!out.open())
        return failed();
    if (auto error = exportTrace(store, format, out.device(), program, std::move(progress)))
        return error;
    if (!out.commit())
        return failed();
    return {};
}

} // namespace coroscope::io
