// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/filesession.h"

#include "core/io/savenotes.h"

#include <QFileInfo>
#include <QLocale>

namespace coroscope::tasks {

FileSession::FileSession(QObject *parent)
    : Session(parent)
    , m_loader(m_store)
{
    connect(&m_loader, &io::TraceLoader::finished, this, &FileSession::finish);
}

std::optional<QString> FileSession::open(const QString &file)
{
    m_file = file;
    return m_loader.start(file);
}

void FileSession::post(Command) { emit rejected(tr("This is a recording: nothing runs in it.")); }

std::optional<QString> FileSession::save(const QString &file)
{
    return io::saveNotes(m_file, model::notesOf(m_store).notes(), file);
}

void FileSession::finish(const io::ReadReport &report)
{
    m_report = report;
    model::notesOf(m_store).setNotes(report.notes);
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
    emit schedulingChanged(); // the loop's name is known now
    emit opened();
    emit idle();
}

} // namespace coroscope::tasks
