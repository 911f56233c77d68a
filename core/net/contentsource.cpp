// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/contentsource.h"

#include "core/net/samplecontent.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace coroscope::net {

SampleSource::SampleSource(quint64 seed, qint64 size)
    : m_seed(seed)
    , m_size(size)
{ }

QByteArray SampleSource::read(qint64 offset, qint64 length)
{
    return sampleContent(m_seed, offset, qBound<qint64>(0, m_size - offset, length));
}

QByteArray SampleSource::etag() const
{
    return '"' + QByteArray::number(m_seed, 16) + '-' + QByteArray::number(m_size, 16) + '"';
}

QByteArray BytesSource::etag() const
{
    return '"' + QCryptographicHash::hash(m_bytes, QCryptographicHash::Sha1).toHex().first(16) + '"';
}

FileSource::FileSource(std::unique_ptr<QFile> file)
    : m_file(std::move(file))
    , m_size(m_file->size())
{ }

FileSource::~FileSource() = default;

std::unique_ptr<FileSource> FileSource::open(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return nullptr;
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return nullptr;
    return std::unique_ptr<FileSource>(new FileSource(std::move(file)));
}

QByteArray FileSource::read(qint64 offset, qint64 length)
{
    return m_file->seek(offset) ? m_file->read(length) : QByteArray();
}

QByteArray FileSource::etag() const
{
    const qint64 changed = m_file->fileTime(QFileDevice::FileModificationTime).toMSecsSinceEpoch();
    return '"' + QByteArray::number(changed, 16) + '-' + QByteArray::number(m_size, 16) + '"';
}

} // namespace coroscope::net
