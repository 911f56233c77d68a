// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <memory>
#include <optional>

class QFile;

namespace coroscope::net {

/// What a file server hands out under one path.
class ContentSource
{
public:
    virtual ~ContentSource() = default;
    virtual qint64 size() const = 0;
    /// Up to `length` bytes from `offset`; fewer only where there are no more.
    virtual QByteArray read(qint64 offset, qint64 length) = 0;
    /// A strong validator, with its quotes: changes whenever a byte does.
    virtual QByteArray etag() const = 0;
    virtual QByteArray contentType() const { return QByteArrayLiteral("application/octet-stream"); }
};

/// Made-up content, the same each time: core/net/samplecontent.h.
class SampleSource : public ContentSource
{
public:
    SampleSource(quint64 seed, qint64 size);

    qint64 size() const override { return m_size; }
    QByteArray read(qint64 offset, qint64 length) override;
    QByteArray etag() const override;

private:
    quint64 m_seed;
    qint64 m_size;
};

/// Bytes in memory.
class BytesSource : public ContentSource
{
public:
    BytesSource(QByteArray bytes, QByteArray contentType)
        : m_bytes(std::move(bytes))
        , m_contentType(std::move(contentType))
    { }

    qint64 size() const override { return m_bytes.size(); }
    QByteArray read(qint64 offset, qint64 length) override { return m_bytes.mid(offset, length); }
    QByteArray etag() const override;
    QByteArray contentType() const override { return m_contentType; }

private:
    QByteArray m_bytes;
    QByteArray m_contentType;
};

/// A file on disk.
class FileSource : public ContentSource
{
public:
    /// Null if there is no such file or it can't be read.
    static std::unique_ptr<FileSource> open(const QString &path);
    ~FileSource() override;

    qint64 size() const override { return m_size; }
    QByteArray read(qint64 offset, qint64 length) override;
    QByteArray etag() const override;

private:
    explicit FileSource(std::unique_ptr<QFile> file);

    std::unique_ptr<QFile> m_file;
    qint64 m_size;
};

} // namespace coroscope::net
