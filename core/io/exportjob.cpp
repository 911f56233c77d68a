// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportjob.h"

#include "core/io/readtrace.h"

#include <QFile>

namespace coroscope::io {

namespace {
/// Of the whole: reading takes about as long as writing.
constexpr double readingPart = 0.5;
} // namespace

ExportJob::ExportJob(Order order, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
{ }

ExportJob::~ExportJob()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void ExportJob::start()
{
    m_thread = std::thread([this] {
        QMetaObject::invokeMethod(
            this, [this, error = run()] { emit finished(error); }, Qt::QueuedConnection);
    });
}

Progress ExportJob::part(double from, double to)
{
    return [this, from, to](double part) {
        const int percent = int((from + part * (to - from)) * 100);
        if (percent != std::exchange(m_told, percent))
            QMetaObject::invokeMethod(
                this, [this, percent] { emit progressed(percent / 100.); }, Qt::QueuedConnection);
        return !m_isCancelled;
    };
}

std::optional<ExportError> ExportJob::run()
{
    QFile file(m_order.recording);
    if (!file.open(QIODevice::ReadOnly))
        return ExportError {.what = file.errorString(), .where = m_order.recording, .advice = {}};
    model::TraceStore store;
    const auto read = readTrace(file, store, memoryLimit(), part(0, readingPart));
    if (const auto *why = std::get_if<QString>(&read))
        return ExportError {.what = *why, .where = m_order.recording, .advice = {}};
    if (m_isCancelled)
        return ExportError::cancelled();
    return exportToFile(store, m_order.format, m_order.target, std::get<ReadReport>(read).facts.program,
                        part(readingPart, 1));
}

} // namespace coroscope::io
