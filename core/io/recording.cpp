// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/recording.h"

#include "core/io/chunk.h"
#include "core/io/savenotes.h"
#include "core/io/tracereader.h"
#include "core/io/wholefile.h"

#include <QFileDevice>
#include <QTemporaryFile>

namespace coroscope::io {

namespace {
/// What a crash may cost of a file that is written as the session goes.
constexpr std::chrono::milliseconds flushInterval {1000};
} // namespace

Recording::Recording(model::TraceStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&m_timer, &QTimer::timeout, this, &Recording::flush);
    m_timer.start(flushInterval);
}

Recording::~Recording()
{
    if (isLive())
        stopLive();
}

/// Opened with the first event: most runs in a terminal need no more than their store.
bool Recording::isKept()
{
    if (m_writer)
        return !m_keptError;
    if (m_keptError)
        return false;
    if (!m_kept.start()) {
        m_keptError = tr("The session can't be saved later: %1 can't be written: %2.")
                          .arg(m_kept.folder(), m_kept.errorString());
        emit failed(*m_keptError);
        return false;
    }
    m_writer = std::make_unique<TraceWriter>(m_kept, static_cast<const Pools &>(*this), m_facts);
    m_writer->onChunk([this](const WrittenChunk &chunk) { noteChunk(chunk); });
    m_head = m_kept.readAt(0, std::int64_t(m_writer->bytes()));
    return true;
}

void Recording::flush()
{
    if (!m_writer || m_keptError)
        return;
    if (m_writer->events() != std::exchange(m_flushed, m_writer->events()))
        m_writer->flush();
    if (!m_kept.flush() || m_writer->error()) {
        m_keptError =
            tr("The session can't be saved from here on: what is kept of it at %1 can't be written: %2.")
                .arg(m_kept.folder(), m_writer->error().value_or(m_kept.errorString()));
        emit failed(*m_keptError);
        failLive(*m_keptError);
        return;
    }
    if (!m_live)
        return;
    auto why = copy(m_copied, *m_live);
    if (!why && !m_live->flush())
        why = m_live->errorString();
    if (why)
        failLive(tr("%1 can't be written: %2. The recording ends there.").arg(liveFile(), *why));
    else
        m_copied = m_kept.end();
}

void Recording::failLive(const QString &why)
{
    if (!m_live)
        return;
    m_live.reset();
    emit failed(why);
    emit liveChanged();
}

std::optional<QString> Recording::copy(std::int64_t from, QIODevice &out)
{
    constexpr qint64 pieceSize = 1 << 20;
    while (from < m_kept.end()) {
        const QByteArray piece = m_kept.readAt(from, pieceSize);
        if (piece.isEmpty())
            return m_kept.errorString();
        if (out.write(piece) != piece.size())
            return out.errorString();
        from += piece.size();
    }
    return {};
}

/// All that stands before the chunks that are copied as they are.
std::optional<QString> Recording::copyHead(QIODevice &out) const
{
    QByteArray head = m_head;
    if (m_gone)
        head += m_writer->inPlaceOf(m_gone->chunk, stateEvents(m_store, m_gone->end));
    return out.write(head) == head.size() ? std::nullopt : std::optional(out.errorString());
}

std::int64_t Recording::firstKept() const
{
    return m_gone ? std::int64_t(m_gone->chunk.end) : std::int64_t(m_head.size());
}

/// The store stands where the chunk ends: it takes each event first.
void Recording::noteChunk(const WrittenChunk &chunk)
{
    m_latest = std::max(m_latest, chunk.latest);
    m_chunks.push_back({chunk, {m_latest, m_store.createdTasks(), m_lastWait, m_store.stacks()}});
}

/// Chunks are cut where they can be told apart from what is forgotten, soon enough: a sixteenth of what is
/// kept may go with the one that the border lies in.
void Recording::cutChunk()
{
    constexpr std::uint64_t part = 16, least = 1024;
    if (!m_store.retention().isLimited())
        return;
    const model::StoreFigures figures = m_store.figures();
    const std::uint64_t begun = m_chunks.empty() ? m_gone ? m_gone->chunk.events : 0
                                                 : m_chunks.back().chunk.events;
    if (m_writer->events() - begun >= std::max(least, (figures.events - figures.forgottenEvents) / part))
        m_writer->flush();
}

/// Only where all is known from a chunk's begin on can it be said what lived there.
void Recording::dropForgotten()
{
    const model::Time since = m_store.knownSince();
    const auto isWanted = [&](const Kept &kept) {
        const bool isCopied = !m_live || std::int64_t(kept.chunk.end) <= m_copied;
        return !isCopied || (m_gone ? m_gone->end.time : m_store.firstTime()) >= since;
    };
    while (!m_chunks.empty() && !isWanted(m_chunks.front())) {
        m_gone = std::move(m_chunks.front());
        m_chunks.pop_front();
    }
    if (m_gone)
        m_kept.dropBefore(firstKept());
}

static QString unwritable(const QString &file, const QString &why)
{
    return Recording::tr("%1 can't be written: %2.").arg(file, why);
}

std::optional<QString> Recording::save(const QString &file)
{
    if (!isKept())
        return m_keptError;
    m_writer->flush();
    m_kept.flush();
    if (m_writer->error())
        return *m_writer->error();
    if (m_live)
        flush();
    dropForgotten();
    WholeFile out(file);
    const auto fail = [&](const QString &why) { return unwritable(file, why); };
    if (!out.open())
        return fail(out.errorString());
    auto why = m_cleared.isEmpty() ? copyAll(out.device()) : copyUncleared(out.device());
    if (why)
        return fail(*why);
    const QByteArray end = ending(model::notesOf(m_store).notes());
    if (!out.write(end) || !out.commit())
        return fail(out.errorString());
    return {};
}

std::optional<QString> Recording::copyAll(QIODevice &out)
{
    auto why = copyHead(out);
    return why ? why : copy(firstKept(), out);
}

std::optional<QString> Recording::copyUncleared(QIODevice &out)
{
    QTemporaryFile all;
    if (!all.open())
        return all.errorString();
    auto why = copyAll(all);
    const qint64 end = all.pos();
    if (!why && !all.seek(0))
        why = all.errorString();
    TraceReader reader(all);
    if (!why)
        why = reader.open();
    UnclearedWriter target(out, m_facts, m_cleared);
    BlockApplier applier(target);
    while (!why && !target.writer().error()) {
        const auto block = reader.next();
        if (!block)
            break;
        applier.begin(*block);
        applier.apply(block->events);
        applier.end(*block);
    }
    target.writer().leaveOpen();
    if (!why)
        why = target.writer().error();
    if (!why && reader.position() < end) // it isn't closed, which is a fault, but there must be no other
        why = reader.fault();
    return why;
}

std::optional<QString> Recording::startLive(const QString &file)
{
    if (isLive())
        stopLive();
    if (!isKept())
        return m_keptError;
    auto live = std::make_unique<QFile>(file);
    if (!live->open(QIODevice::WriteOnly | QIODevice::Truncate))
        return unwritable(file, live->errorString());
    if (const auto why = copyHead(*live))
        return unwritable(file, *why);
    m_live = std::move(live);
    m_copied = firstKept();
    flush();
    emit liveChanged();
    return {};
}

std::optional<QString> Recording::stopLive()
{
    if (!m_live)
        return {};
    m_writer->flush();
    m_flushed = m_writer->events();
    flush();
    if (!m_live)
        return {}; // failed() has told why
    const QByteArray end = ending(model::notesOf(m_store).notes());
    std::optional<QString> why;
    if (m_live->write(end) != end.size() || !m_live->flush())
        why = unwritable(liveFile(), m_live->errorString());
    m_live.reset();
    emit liveChanged();
    return why;
}

model::LocationId Recording::addLocation(model::Location location)
{
    return m_store.addLocation(std::move(location));
}

StringId Recording::addString(QString text) { return m_store.addString(std::move(text)); }

void Recording::append(const model::TraceEvent &event)
{
    m_store.append(event);
    if (event.type == trace::EventType::WaitBegun)
        m_lastWait = std::max(m_lastWait, WaitId {std::uint32_t(event.a)});
    if (isKept())
        m_writer->append(event);
}

void Recording::appendLost(model::ThreadId thread, model::Time time, std::uint64_t count)
{
    m_store.appendLost(thread, time, count);
    if (isKept())
        m_writer->appendLost(thread, time, count);
}

void Recording::appendLostTexts(std::uint64_t count)
{
    m_store.appendLostTexts(count);
    if (isKept())
        m_writer->appendLostTexts(count);
}

void Recording::commit(model::Time now)
{
    m_store.commit(now);
    if (m_writer) {
        m_writer->commit(now);
        cutChunk();
        dropForgotten();
    }
}

} // namespace coroscope::io
