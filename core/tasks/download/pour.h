// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/rawbody.h"
#include "core/tasks/download/partfile.h"

#include <optional>
#include <stop_token>

namespace coroscope::download {

/// How far a body came into its file, and why no further: without a reason, it had its time.
struct Poured
{
    qint64 bytes = 0; ///< that the file has now
    bool isDry = false; ///< nothing more is there at the moment
    bool isClosed = false; ///< by the server
    int failure = 0; ///< of the connection: errno's number
    std::optional<net::Error> diskFailure {}; ///< some bytes are lost then: none may follow
};

/// The way of a body from its connection into a file, for a thread that may block. On Linux the kernel moves
/// the bytes (splice(2)), which takes half the time that reading and writing them does; where it can't, they
/// are read and written. One thread at a time.
class Pour
{
public:
    /// Throws net::Exception if the system has no descriptors left.
    Pour(std::shared_ptr<net::RawBody> from, const PartFile &to);
    ~Pour();
    Pour(const Pour &) = delete;
    Pour &operator=(const Pour &) = delete;

    /// Moves at most so many bytes to this place of the file, for a twentieth of a second; less long if it
    /// is told to stop or nothing comes.
    Poured run(const std::stop_token &stop, qint64 offset, qint64 most);

private:
    qint64 take(qint64 most);
    void put(qint64 offset, qint64 bytes);
    void putFromPipe(qint64 offset, qint64 bytes);
    bool hears() const;

    const std::shared_ptr<net::RawBody> m_from;
    PartFile m_to;
    int m_pipe[2] = {-1, -1}; ///< empty between run()s
    bool m_usesPipe = false; ///< else the block
    QByteArray m_block;
};

} // namespace coroscope::download
