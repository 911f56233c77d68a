// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queuerow.h"

#include "core/tasks/download/requestjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace coroscope::download {

namespace {

// Words, so that the numbers of the enumerations may change.
constexpr std::array<const char *, 8> stateWords {"queued", "scheduled", "active", "waiting",
                                                  "paused", "done",      "failed", "cancelled"};
static_assert(stateWords.size() == std::size_t(ItemState::Cancelled) + 1);
constexpr std::array<const char *, 3> reasonWords {"user", "disk full", "login"};
static_assert(reasonWords.size() == std::size_t(PauseReason::NeedsLogin) + 1);

template<typename Enum, std::size_t Size>
QString wordOf(Enum value, const std::array<const char *, Size> &words)
{
    return QString::fromLatin1(words[std::size_t(value)]);
}

template<typename Enum, std::size_t Size>
std::optional<Enum> fromWord(const QString &word, const std::array<const char *, Size> &words)
{
    const auto found = std::ranges::find_if(words,
                                            [&word](const char *w) { return word == QLatin1String(w); });
    return found == words.end() ? std::nullopt : std::optional(Enum(found - words.begin()));
}

QVariant toVariant(std::optional<qint64> number) { return number ? QVariant(*number) : QVariant(); }

std::optional<qint64> numberFrom(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
}

QByteArray textOf(const QJsonDocument &document) { return document.toJson(QJsonDocument::Compact); }

/// [[first, end or null, durable], …]
QString piecesText(const std::vector<Piece> &pieces)
{
    QJsonArray array;
    for (const Piece &piece : pieces) {
        array << QJsonArray {piece.first, piece.end ? QJsonValue(*piece.end) : QJsonValue(QJsonValue::Null),
                             piece.durable};
    }
    return QString::fromLatin1(textOf(QJsonDocument(array)));
}

std::vector<Piece> piecesFrom(const QString &text)
{
    std::vector<Piece> pieces;
    for (const QJsonValue &value : QJsonDocument::fromJson(text.toLatin1()).array()) {
        Piece piece {.first = value[0].toInteger(), .end = {}, .durable = value[2].toInteger()};
        if (value[1].isDouble())
            piece.end = value[1].toInteger();
        pieces.push_back(piece);
    }
    return pieces;
}

/// Takes the values one after the other.
class Reader
{
public:
    explicit Reader(const QVariantList &values)
        : m_values(values)
    { }
    const QVariant &next() { return m_values[m_at++]; }

private:
    const QVariantList &m_values;
    qsizetype m_at = 0;
};

PartState partFrom(Reader &row)
{
    PartState part;
    part.path = row.next().toString();
    part.total = numberFrom(row.next());
    part.etag = row.next().toByteArray();
    part.lastModified = row.next().toByteArray();
    part.finalUrl = QUrl(row.next().toString());
    part.provesRanges = row.next().toBool();
    part.pieces = piecesFrom(row.next().toString());
    return part;
}

} // namespace

const QStringList &requestColumns()
{
    static const QStringList names {QStringLiteral("request"), QStringLiteral("priority"),
                                    QStringLiteral("start_at"), QStringLiteral("batch")};
    return names;
}

QVariantList requestValues(const Item &item)
{
    const bool hasStart = item.state == ItemState::Scheduled && item.nextStart.isValid();
    return {QString::fromUtf8(textOf(QJsonDocument(toJson(item.request)))), item.priority,
            hasStart ? QVariant(item.nextStart.toMSecsSinceEpoch()) : QVariant(), item.batch};
}

const QStringList &outcomeColumns()
{
    static const QStringList names {QStringLiteral("state"),       QStringLiteral("pause_reason"),
                                    QStringLiteral("name"),        QStringLiteral("path"),
                                    QStringLiteral("final_url"),   QStringLiteral("received"),
                                    QStringLiteral("total"),       QStringLiteral("tries"),
                                    QStringLiteral("http_status"), QStringLiteral("resumed_from"),
                                    QStringLiteral("error"),       QStringLiteral("note"),
                                    QStringLiteral("sha256"),      QStringLiteral("seconds")};
    return names;
}

QVariantList outcomeValues(const Item &item)
{
    return {wordOf(item.state, stateWords),
            wordOf(item.pauseReason, reasonWords),
            item.name,
            item.path,
            keptUrl(item.finalUrl),
            item.received,
            toVariant(item.total),
            item.tries,
            item.httpStatus,
            item.resumedFrom,
            item.error,
            item.note,
            item.sha256,
            item.seconds};
}

const QStringList &partColumns()
{
    static const QStringList names {QStringLiteral("part_path"),      QStringLiteral("part_total"),
                                    QStringLiteral("part_etag"),      QStringLiteral("part_last_modified"),
                                    QStringLiteral("part_final_url"), QStringLiteral("part_proves_ranges"),
                                    QStringLiteral("part_pieces")};
    return names;
}

QVariantList partValues(const PartState &part)
{
    return {part.path,
            toVariant(part.total),
            part.etag,
            part.lastModified,
            keptUrl(part.finalUrl),
            int(part.provesRanges),
            part.pieces.empty() ? QString() : piecesText(part.pieces)};
}

std::optional<StoredItem> storedItemFrom(ItemId id, const QVariantList &values)
{
    Reader row(values);
    StoredItem stored {.item = {.id = id}, .part = {}};
    Item &item = stored.item;
    auto request = requestFrom(QJsonDocument::fromJson(row.next().toString().toUtf8()).object());
    item.priority = row.next().toInt();
    const auto start = numberFrom(row.next());
    item.batch = row.next().toString();
    const auto state = fromWord<ItemState>(row.next().toString(), stateWords);
    const auto reason = fromWord<PauseReason>(row.next().toString(), reasonWords);
    if (!request || !state || !reason)
        return std::nullopt;
    item.request = std::move(*request);
    item.state = *state == ItemState::Active || *state == ItemState::Waiting ? ItemState::Queued : *state;
    item.pauseReason = *reason;
    if (start)
        item.nextStart = QDateTime::fromMSecsSinceEpoch(*start);
    item.name = row.next().toString();
    item.path = row.next().toString();
    item.finalUrl = QUrl(row.next().toString());
    item.received = row.next().toLongLong();
    item.total = numberFrom(row.next());
    item.tries = row.next().toInt();
    item.httpStatus = row.next().toInt();
    item.resumedFrom = row.next().toLongLong();
    item.error = row.next().toString();
    item.note = row.next().toString();
    item.sha256 = row.next().toByteArray();
    item.seconds = row.next().toDouble();
    stored.part = partFrom(row);
    return stored;
}

} // namespace coroscope::download
