// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/readtrace.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace coroscope::io {

/// Reads a recording into a store while its thread goes on with other work: a worker reads, unpacks and
/// decodes; the store's thread takes some milliseconds' worth at a time.
class TraceLoader final : public QObject
{
    Q_OBJECT
public:
    /// `store` is empty, outlives the loader, and lives on the loader's thread.
    explicit TraceLoader(model::TraceStore &store, QObject *parent = nullptr);
    /// Ends it where it is.
    ~TraceLoader() override;

    /// Once. A QString: the file can't be read, in a sentence; nothing follows then.
    std::optional<QString> start(const QString &file);
    /// What was read so far stays; finished() follows, with that as the fault.
    void cancel();
    bool isRunning() const { return m_isRunning; }
    /// After finished(): the recording isn't closed, so its program may be writing it.
    bool canFollow() const;
    /// After finished(), where canFollow(): there is more in the file than was read.
    bool hasGrown() const;
    /// After finished(), where canFollow(): takes what is written from here on, as it comes, until the
    /// recording is closed, its program is gone, or stopFollowing(). Then finished() follows once more.
    void follow();
    void stopFollowing();
    bool isFollowing() const { return m_isFollowing; }
    double progress() const; ///< 0…1, of the file's bytes

signals:
    void progressed();
    void finished(const coroscope::io::ReadReport &report);

private:
    struct Worker;

    void begin();
    void take();
    void finish(std::optional<QString> fault);

    model::TraceStore &m_store;
    std::unique_ptr<StoreFiller> m_filler;
    std::shared_ptr<Worker> m_worker;
    QTimer m_timer;
    bool m_hasBlock = false;
    bool m_isRunning = false;
    bool m_isFollowing = false;
    bool m_isCut = false;
};

} // namespace coroscope::io
