// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/recording.h"

#include "core/io/chunk.h"
#include "core/io/savenotes.h"
#include "core/io/tracereader.h"

#include <QDir>
#include <QSaveFile>

namespace coroscope::io {

namespace {
/// What a crash may cost of a file that is written as the session goes.
constexpr std::chrono::milliseconds flushInterval {1000};
} // namespace

Recording::Recording(model::TraceStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_kept(QDir::tempPath() + QStringLiteral("/coroscope-session-XXXXXX"))
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
    if (!m_kept.open()) {
        m_keptError = tr("The session can't be saved later: %1 can't be written: %2.")
                          .arg(m_kept.fileTemplate(), m_kept.errorString());
        emit failed(*m_keptError);
        return false;
    }
    QFile::remove(m_kept.fileName()); // it lives as long as it is open
    m_writer = std::make_unique<TraceWriter>(m_kept, static_cast<const Pools &>(*this), m_facts);
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
                .arg(QDir::tempPath(), m_writer->error().value_or(m_kept.errorString()));
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
        m_copied = m_kept.size();
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
    const qint64 end = m_kept.size();
    if (!m_kept.seek(from))
        return m_kept.errorString();
    std::optional<QString> why;
    while (!why && m_kept.pos() < end) {
        const QByteArray piece = m_kept.read(std::min(pieceSize, end - m_kept.pos()));
        if (piece.isEmpty())
            why = m_kept.errorString();
        else if (out.write(piece) != piece.size())
            why = out.errorString();
    }
    m_kept.seek(end); // where the writer goes on
    return why;
}

std::optional<QString> Recording::save(const QString &file)
{
    if (!isKept())
        return m_keptError;
    m_writer->flush();
    m_kept.flush();
    if (m_writer->error())
        return *m_writer->error();
    QSaveFile out(file);
    const auto fail = [&](const QString &why) { return tr("%1 can't be written: %2.").arg(file, why); };
    if (!out.open(QIODevice::WriteOnly))
        return fail(out.errorString());
    auto why = m_cleared.isEmpty() ? copy(0, out) : copyUncleared(out);
    if (why)
        return fail(*why);
    const QByteArray end = ending(model::notesOf(m_store).notes());
    if (out.write(end) != end.size() || !out.commit())
        return fail(out.errorString());
    return {};
}

std::optional<QString> Recording::copyUncleared(QIODevice &out)
{
    const qint64 end = m_kept.size();
    m_kept.seek(0);
    TraceReader reader(m_kept);
    std::optional<QString> why = reader.open();
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
    m_kept.seek(end); // where the writer goes on
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
        return tr("%1 can't be written: %2.").arg(file, live->errorString());
    m_live = std::move(live);
    m_copied = 0;
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
        why = tr("%1 can't be written: %2.").arg(liveFile(), m_live->errorString());
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
    if (m_writer)
        m_writer->commit(now);
}

} // namespace coroscope::io
