// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>
#include <QTemporaryFile>

#include <deque>
#include <memory>

namespace coroscope::io {

/// Bytes on the disk that grow at the end and can be given up at the beginning: nameless files of some
/// megabytes each, in the system's folder for such, of which the oldest goes when it isn't needed any more.
/// What is written keeps its offset.
class KeptFile final : public QIODevice
{
public:
    KeptFile();

    /// Opens it, with its first file. False: errorString().
    bool start();
    std::int64_t end() const { return m_end; }
    /// What is before it is gone.
    std::int64_t begin() const { return m_segments.empty() ? m_end : m_segments.front()->begin; }
    /// As much as there is in one go, from `offset` on; empty: it can't be read, or there is no more.
    QByteArray readAt(std::int64_t offset, std::int64_t most);
    /// Gives up what is before `offset`, as far as whole files go.
    void dropBefore(std::int64_t offset);
    bool flush();
    QString folder() const;

    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override;

private:
    struct Segment
    {
        std::int64_t begin = 0;
        QTemporaryFile file;
    };
    bool addSegment();

    std::deque<std::unique_ptr<Segment>> m_segments;
    std::int64_t m_end = 0;
};

} // namespace coroscope::io
