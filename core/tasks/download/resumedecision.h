// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace coroscope::download {

// Whether what a server sends may be joined to bytes that are here already. The one rule above all others:
// bytes of two versions of a file never meet. Nothing here reads or writes; the engine does as decide() says.

/// What tells one version of a file from another: two headers of a response, as they came. Either may be
/// empty.
struct Validator
{
    QByteArray etag {};
    QByteArray lastModified {};
    bool isEmpty() const { return etag.isEmpty() && lastModified.isEmpty(); }
    friend bool operator==(const Validator &, const Validator &) = default;
};

/// "\"abc\"" is, W/"abc" isn't, nor is anything without its quotes.
bool isStrong(const QByteArray &etag);

/// For If-Range: the strong ETag, else Last-Modified where it is a date. Empty: there is nothing to make sure
/// with, so an unfinished part has to be begun anew.
QByteArray ifRangeValue(const Validator &validator);

/// What is here, and what was asked for. A request without a range asks for the whole file and has `have` 0.
struct Asked
{
    qint64 have = 0; ///< durable bytes of the part; of a segment: where the next byte goes in the file
    std::optional<qint64> total {}; ///< of the file, as far as it is known
    Validator validator {}; ///< of the response that the bytes are from
    bool trustsSize = false; ///< validators aren't compared: nothing is here yet, or somebody vouches for it
    bool askedWithRange = false; ///< "Range: bytes=have-[last]"
    bool askedWithIfRange = false; ///< with ifRangeValue(validator)
    std::optional<qint64> last {}; ///< a segment's last byte; none: all the rest was asked for
};

/// A response's head. Redirects have been followed before.
struct Response
{
    int status = 0;
    QByteArray contentRange {}; ///< the header; empty: none
    QByteArray contentType {};
    std::optional<qint64> contentLength {};
    Validator validator {};
    bool refusesRanges = false; ///< "Accept-Ranges: none"
    bool isEncoded = false; ///< compressed, though nobody asked: its bytes aren't the file's
};

enum class Action : std::uint8_t {
    Append, ///< this body's bytes go behind those that are here
    Restart, ///< this body is the whole file: into a fresh part, what is here goes
    RestartAnew, ///< drop this response and what is here, ask again without a range
    AskAgainWithoutIfRange, ///< drop this response, keep what is here, ask once more for the rest
    Complete, ///< the file is all here
    Reject, ///< drop this response, keep what is here: an error of the protocol, which is retried
    Fail, ///< keep what is here; the status says whether another try helps, see verdictOf()
};

struct Decision
{
    Action action = Action::Fail;
    std::optional<qint64> total {}; ///< of the file, as it is known now
    /// Bytes that this body must bring; none: until it ends. Only of Append and Restart. An Append may end
    /// before the file does: then the rest is asked for.
    std::optional<qint64> length {};
    QString reason {}; ///< short, without a full stop, as Error::what; empty for Append, Complete, a first
                       ///< Restart
};

/// For a segment, Restart and RestartAnew are about the whole file: all segments end.
Decision decide(const Asked &asked, const Response &response);

} // namespace coroscope::download
