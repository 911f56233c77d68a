// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/cleared.h"
#include "core/io/earlierstate.h"
#include "core/io/keptfile.h"
#include "core/io/tracewriter.h"
#include "core/model/tracestore.h"

#include <QFile>
#include <QObject>
#include <QTimer>

#include <deque>

namespace coroscope::io {

/// Keeps all events of a session on the disk while a store takes them, so that the session can be saved at
/// any time, from its first event on; and writes it to a file as it happens, if that is asked for.
///
/// Put between a Collector and its store. What it keeps are nameless files in the system's folder for such,
/// about three bytes an event. A full disk ends the keeping, never the session: failed() says so.
///
/// What the store's retention forgets is forgotten here too, chunk by chunk: a session that is saved then
/// begins with the first chunk that all is known of, before which stands what lived at that time.
class Recording final : public QObject, public model::EventTarget, private Pools
{
    Q_OBJECT
public:
    /// `store` outlives it.
    explicit Recording(model::TraceStore &store, QObject *parent = nullptr);
    ~Recording() override;

    /// What it says of the program; before the first event.
    void setFacts(Facts facts) { m_facts = std::move(facts); }

    /// Clears the store's ended tasks, and leaves them out of what is saved from here on. A live file has
    /// them: they were written.
    void clearEnded() { m_cleared.clearEnded(m_store); }
    /// How many tasks were cleared up to now.
    std::size_t clearedTasks() const { return m_cleared.tasks(); }
    /// Saves all that happened up to now and is kept, but what was cleared. Returns what went wrong, in a
    /// sentence; then no file is there, and an old one of that name is untouched.
    std::optional<QString> save(const QString &file);
    /// Writes the session to `file` from the first event that is kept on, and goes on as it happens, until
    /// stopLive() or the end. An old file of that name is replaced at once.
    std::optional<QString> startLive(const QString &file);
    /// Closes that file. Returns what went wrong.
    std::optional<QString> stopLive();
    bool isLive() const { return m_live != nullptr; }
    QString liveFile() const { return m_live ? m_live->fileName() : QString(); }
    /// What the recording of the session takes, about.
    std::uint64_t bytes() const { return std::uint64_t(m_kept.end() - m_kept.begin()); }

    // EventTarget:
    model::LocationId addLocation(model::Location location) override;
    StringId addString(QString text) override;
    void append(const model::TraceEvent &event) override;
    void appendLost(model::ThreadId thread, model::Time time, std::uint64_t count) override;
    void appendLostTexts(std::uint64_t count) override;
    void commit(model::Time now) override;

signals:
    /// The live file, or what is kept for saving, can't be written any more.
    void failed(const QString &message);
    void liveChanged();

private:
    const QString &string(StringId id) const override { return m_store.string(id); }
    const model::Location &location(model::LocationId id) const override { return m_store.location(id); }

    bool isKept();
    std::optional<QString> copy(std::int64_t from, QIODevice &out);
    std::optional<QString> copyHead(QIODevice &out) const;
    std::optional<QString> copyAll(QIODevice &out);
    std::int64_t firstKept() const;
    void noteChunk(const WrittenChunk &chunk);
    void cutChunk();
    void dropForgotten();
    std::optional<QString> copyUncleared(QIODevice &out);
    void flush();
    void failLive(const QString &why);

    model::TraceStore &m_store;
    Facts m_facts = Facts::ofThisProcess();
    struct Kept
    {
        WrittenChunk chunk;
        Boundary end;
    };
    KeptFile m_kept;
    QByteArray m_head; ///< what stands in it before the first chunk of events
    std::deque<Kept> m_chunks;
    std::optional<Kept> m_gone; ///< the last chunk that was dropped
    WaitId m_lastWait;
    model::Time m_latest {};
    std::unique_ptr<TraceWriter> m_writer; ///< of what is kept
    std::optional<QString> m_keptError;
    Cleared m_cleared;
    std::unique_ptr<QFile> m_live; ///< a copy of it that follows
    std::int64_t m_copied = 0;
    std::uint64_t m_flushed = 0; ///< events, at the last flush
    QTimer m_timer;
};

} // namespace coroscope::io
