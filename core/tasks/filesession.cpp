// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/filesession.h"

#include "core/io/savenotes.h"

#include <QFileInfo>
#include <QLocale>

namespace coroscope::tasks {

namespace {
constexpr std::chrono::seconds lookInterval {1};
}

FileSession::FileSession(QObject *parent)
    : Session(parent)
    , m_loader(m_store)
{
    connect(&m_loader, &io::TraceLoader::finished, this, &FileSession::finish);
    connect(&m_look, &QTimer::timeout, this, &FileSession::look);
}

std::optional<QString> FileSession::open(const QString &file, bool isToBeFollowed)
{
    m_file = file;
    m_isToBeFollowed = isToBeFollowed;
    return m_loader.start(file);
}

void FileSession::setFollowing(bool following)
{
    if (following == isFollowing())
        return;
    if (!following)
        return m_loader.stopFollowing(); // finish() follows
    m_loader.follow();
    if (!isFollowing())
        return;
    m_look.stop();
    emit notice(
        tr("Following %1: what is written to it is shown as it comes.").arg(QFileInfo(m_file).fileName()));
    emit followingChanged();
}

void FileSession::look()
{
    if (!m_loader.hasGrown())
        return;
    m_look.stop();
    emit followingChanged();
}

void FileSession::post(Command) { emit rejected(tr("This is a recording: nothing runs in it.")); }

std::optional<QString> FileSession::save(const QString &file)
{
    return io::saveNotes(m_file, model::notesOf(m_store).notes(), file);
}

void FileSession::finish(const io::ReadReport &report)
{
    const bool isFirst = !std::exchange(m_isOpened, true);
    m_report = report;
    if (isFirst || model::notesOf(m_store).notes().empty()) // a person's own, made meanwhile, stay
        model::notesOf(m_store).setNotes(report.notes);
    if (m_loader.canFollow())
        m_look.start(lookInterval);
    const bool isFollowedNow = isFirst && m_isToBeFollowed && m_loader.canFollow();
    if (!isFollowedNow)
        tell(report);
    emit schedulingChanged(); // the loop's name is known now
    if (isFirst)
        emit opened();
    emit followingChanged();
    emit idle();
    if (isFollowedNow)
        setFollowing(true);
}

void FileSession::tell(const io::ReadReport &report)
{
    const io::Facts &facts = report.facts;
    emit notice(tr("%1: %2 events of %3, process %4, recorded by %5 on %6.")
                    .arg(QFileInfo(m_file).fileName(), QLocale().toString(report.events), facts.program)
                    .arg(facts.processId)
                    .arg(facts.writer, facts.system));
    if (report.unknownEvents > 0)
        emit notice(tr("%1 events are of kinds that only a newer Coroscope knows: they are left out.")
                        .arg(QLocale().toString(report.unknownEvents)));
    if (report.fault)
        emit notice(*report.fault);
}

} // namespace coroscope::tasks
