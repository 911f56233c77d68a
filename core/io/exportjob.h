// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exporters.h"

#include <QObject>

#include <atomic>
#include <thread>

namespace coroscope::io {

/// Turns a recording into another format on a thread of its own, with a store of its own: what is shown of
/// the recording elsewhere goes on meanwhile.
class ExportJob final : public QObject
{
    Q_OBJECT
public:
    struct Order
    {
        QString recording; ///< must not change until the end
        ExportFormat format {};
        QString target; ///< written beside its place and renamed; there only if all of it is
    };

    explicit ExportJob(Order order, QObject *parent = nullptr);
    /// Cancels it, and waits the moment that this takes.
    ~ExportJob() override;

    const Order &order() const { return m_order; }
    void start();
    /// finished() follows with an error that says isCancelled; at the very end it may come too late for that.
    void cancel() { m_isCancelled = true; }

signals:
    // On this object's thread.
    void progressed(double part); ///< 0…1; a hundred times at most
    void finished(const std::optional<coroscope::io::ExportError> &error);

private:
    std::optional<ExportError> run();
    Progress part(double from, double to);

    const Order m_order;
    std::atomic<bool> m_isCancelled = false;
    int m_told = -1; ///< percent; the thread's
    std::thread m_thread;
};

} // namespace coroscope::io
