// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/notes.h"

#include "core/io/cborinteger.h"
#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace coroscope::io {

using namespace Qt::StringLiterals;
using model::Time;

QByteArray writeNotes(std::span<const model::Note> notes)
{
    QCborArray array;
    for (const model::Note &note : notes) {
        QCborMap map {{u"time"_s, qint64(note.time.count())}, {u"text"_s, note.text}};
        if (note.end)
            map.insert(u"end"_s, qint64(note.end->count()));
        if (note.task)
            map.insert(u"task"_s, qint64(note.task.value));
        array.append(map);
    }
    return QCborValue(array).toCbor();
}

std::optional<std::vector<model::Note>> readNotes(QByteArrayView content)
{
    constexpr qsizetype maxSize = 4 << 20;
    if (content.size() > maxSize)
        return {};
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(content.toByteArray(), &error);
    if (error.error != QCborError::NoError || !value.isArray())
        return {};
    std::vector<model::Note> notes;
    for (const QCborValue &entry : value.toArray()) {
        const QCborMap map = entry.toMap();
        model::Note note {.time = Time {integerOf(map[u"time"_s])},
                          .end = {},
                          .task = TaskId {std::uint32_t(integerOf(map[u"task"_s]))},
                          .text = map[u"text"_s].toString(),
                          .id = {}};
        if (const QCborValue end = map[u"end"_s]; end.isInteger())
            note.end = Time {end.toInteger()};
        notes.push_back(std::move(note));
    }
    return notes;
}

} // namespace coroscope::io
