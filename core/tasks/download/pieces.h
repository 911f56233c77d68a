// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/transfer.h"

namespace coroscope::download {

/// The file on the server is another one than the part: whoever fetches it begins again.
class PartOutdated : public std::exception
{
public:
    const char *what() const noexcept override { return "the file has changed on the server"; }
};

/// There was nothing to fetch: a file of that name is there, and was asked to be left alone.
class AlreadyThere : public std::exception
{
public:
    AlreadyThere(QString path, QString why)
        : m_path(std::move(path))
        , m_why(std::move(why))
    { }
    const QString &path() const { return m_path; }
    const QString &why() const { return m_why; } ///< for a person
    const char *what() const noexcept override { return "the file is there already"; }

private:
    QString m_path;
    QString m_why;
};

/// Fetches one piece with all its tries, and waits in between. Throws net::Exception when it gives up.
QCoro::Task<void> fetchPiece(EntryPtr entry, ToolsPtr tools, std::size_t index);

/// Fetches a piece in a task of its own, one of Entry::helpers. If it gives up, the transfer and with it the
/// other pieces are cancelled, and Entry::pieceFailure says why.
void startPiece(const EntryPtr &entry, const ToolsPtr &tools, std::size_t index);

/// One try: asks for what the piece still lacks and writes it down. The first piece of several may be split
/// on the way: others then fetch the rest, see Entry::helpers. Throws net::Exception, PartOutdated.
QCoro::Task<void> tryPiece(EntryPtr entry, ToolsPtr tools, std::size_t index);

/// Takes away what is there of a file, and starts over.
QCoro::Task<void> dropPart(EntryPtr entry, ToolsPtr tools);

} // namespace coroscope::download
