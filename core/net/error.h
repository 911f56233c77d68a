// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <exception>

namespace coroscope::net {

/// What went wrong, where, and what a person can do about it.
struct Error
{
    enum class Kind : std::uint8_t {
        None,
        Input, ///< what was asked for can't be done as it was written
        Dns, ///< the host's name isn't known
        Refused, ///< nobody listens there
        Lost, ///< the connection broke
        Timeout, ///< no answer in time
        Tls, ///< no encrypted connection
        Certificate, ///< its certificate isn't trusted
        Http, ///< the server answered with an error; see httpStatus
        Redirect, ///< led astray by redirects
        Truncated, ///< fewer bytes than promised
        Protocol, ///< the server broke the protocol
        Limit, ///< larger or deeper than we accept
        Server, ///< a server's own error reply (Redis)
        Login, ///< user or password not accepted
        Disk, ///< the local file system
        DiskFull, ///< no room left there, or none for this user
        Locked, ///< another process has it
        Checksum, ///< the bytes that came aren't those that were asked for
        Program, ///< a program that should run is missing or ended
    };

    Kind kind = Kind::None;
    QString what {}; ///< short, without a full stop: "404 Not Found", "connection refused"
    QString where {}; ///< a URL, host:port or path; never with a password
    QString advice {}; ///< one sentence; may be empty
    int httpStatus = 0; ///< of the last response, 0 if there was none

    /// "404 Not Found (http://host/a.bin). Check the address."
    QString text() const;
    friend bool operator==(const Error &, const Error &) = default;
};

/// An Error as it is thrown; what() is its text() in UTF-8.
class Exception : public std::exception
{
public:
    explicit Exception(Error error);

    const Error &error() const { return m_error; }
    const char *what() const noexcept override { return m_text.constData(); }

private:
    Error m_error;
    QByteArray m_text;
};

} // namespace coroscope::net
