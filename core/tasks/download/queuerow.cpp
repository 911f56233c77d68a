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
std::optional<Enum> fromWord(const QString &word, const std::array<const char *, Size> &words)
{
    const auto found = std::ranges::find_if(words,
                                            [&word](const char *w) { return word == QLatin1String(w); });
    return found == words.end() ? std::nullopt : std::optional(Enum(found - words.begin()));
}

template<typename Enum, std::size_t Size>
void bindWord(QueueStatement &statement, Enum value, const std::array<const char *, Size> &words)
{
    statement.bindText(words[std::size_t(value)]);
}

/// [[first, end or null, durable], …]
QByteArray piecesText(const std::vector<Piece> &pieces)
{
    QByteArray text;
    for (const Piece &piece : pieces) {
        text += text.isEmpty() ? "[[" : ",[";
        text += QByteArray::number(piece.first) + ',';
        text += piece.end ? QByteArray::number(*piece.end) : QByteArray("null");
        text += ',' + QByteArray::number(piece.durable) + ']';
    }
    return text + ']';
}

/// One after the other, from the file's first byte on, none longer than it may be.
bool fitTogether(const std::vector<Piece> &pieces)
{
    qint64 next = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece &piece = pieces[i];
        const bool isEndless = !piece.end && i + 1 == pieces.size();
        if (piece.first != next || piece.durable < 0 || (!piece.end && !isEndless)
            || (piece.end && (*piece.end < piece.first || piece.durable > *piece.end - piece.first)))
            return false;
        next = piece.end.value_or(next);
    }
    return true;
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

void bindOutcome(QueueStatement &statement, const Item &item, const QString &finalUrl)
{
    bindWord(statement, item.state, stateWords);
    bindWord(statement, item.pauseReason, reasonWords);
    statement.bind(item.name);
    statement.bind(item.path);
    statement.bind(finalUrl);
    statement.bind(item.received);
    statement.bind(item.total);
    statement.bind(qint64(item.tries));
    statement.bind(qint64(item.httpStatus));
    statement.bind(item.resumedFrom);
    statement.bind(item.error);
    statement.bind(item.note);
    statement.bind(item.sha256);
    statement.bind(item.seconds);
}

void bindPart(QueueStatement &statement, const PartState &part, const QString &finalUrl)
{
    statement.bind(part.path);
    statement.bind(part.total);
    statement.bind(part.etag);
    statement.bind(part.lastModified);
    statement.bind(finalUrl);
    statement.bind(qint64(part.provesRanges));
    if (part.pieces.empty())
        statement.bindNull();
    else
        statement.bindText(piecesText(part.pieces));
}

/// Takes the values one after the other.
class Reader
{
public:
    explicit Reader(const QueueStatement &row)
        : m_row(row)
    { }
    qint64 number() { return m_row.number(m_at++); }
    int integer() { return int(number()); }
    std::optional<qint64> numberOrNull() { return m_row.numberOrNull(m_at++); }
    double real() { return m_row.real(m_at++); }
    QString text() { return m_row.text(m_at++); }
    QByteArray bytes() { return m_row.bytes(m_at++); }

private:
    const QueueStatement &m_row;
    int m_at = 0;
};

PartState partFrom(Reader &row)
{
    PartState part;
    part.path = row.text();
    part.total = row.numberOrNull();
    part.etag = row.bytes();
    part.lastModified = row.bytes();
    part.finalUrl = QUrl(row.text());
    part.provesRanges = row.number() != 0;
    part.pieces = piecesFrom(row.text());
    return part;
}

} // namespace

const QByteArrayList &requestColumns()
{
    static const QByteArrayList names {"request", "priority", "start_at", "batch"};
    return names;
}

void bindRequest(QueueStatement &statement, const Item &item, RequestTexts &texts)
{
    const bool hasStart = item.state == ItemState::Scheduled && item.nextStart.isValid();
    statement.bindText(texts.of(item.request));
    statement.bind(qint64(item.priority));
    statement.bind(hasStart ? std::optional(item.nextStart.toMSecsSinceEpoch()) : std::nullopt);
    statement.bind(item.batch);
}

const QByteArrayList &outcomeColumns()
{
    static const QByteArrayList names {"state",    "pause_reason", "name",   "path",        "final_url",
                                       "received", "total",        "tries",  "http_status", "resumed_from",
                                       "error",    "note",         "sha256", "seconds"};
    return names;
}

const QByteArrayList &partColumns()
{
    static const QByteArrayList names {"part_path",          "part_total",     "part_etag",
                                       "part_last_modified", "part_final_url", "part_proves_ranges",
                                       "part_pieces"};
    return names;
}

void bindPart(QueueStatement &statement, const PartState &part)
{
    bindPart(statement, part, keptUrl(part.finalUrl));
}

void bindState(QueueStatement &statement, const StoredItem &stored)
{
    const QString url = keptUrl(stored.item.finalUrl);
    bindOutcome(statement, stored.item, url);
    const bool isSame = stored.part.finalUrl == stored.item.finalUrl;
    bindPart(statement, stored.part, isSame ? url : keptUrl(stored.part.finalUrl));
}

const QByteArray &doneAssignments()
{
    static const QByteArray text = [] {
        QByteArray part = partColumns().join("=NULL,") + "=NULL";
        part.replace("part_proves_ranges=NULL", "part_proves_ranges=0");
        return QByteArray("state='") + stateWords[std::size_t(ItemState::Done)] + "',path=?," + part;
    }();
    return text;
}

std::optional<StoredItem> storedItemFrom(const QueueStatement &statement)
{
    Reader row(statement);
    StoredItem stored {.item = {.id = {row.number()}}, .part = {}};
    Item &item = stored.item;
    auto request = requestFrom(QJsonDocument::fromJson(row.text().toUtf8()).object());
    item.priority = row.integer();
    const auto start = row.numberOrNull();
    item.batch = row.text();
    const auto state = fromWord<ItemState>(row.text(), stateWords);
    const auto reason = fromWord<PauseReason>(row.text(), reasonWords);
    if (!request || !state || !reason)
        return std::nullopt;
    item.request = std::move(*request);
    item.state = *state == ItemState::Active || *state == ItemState::Waiting ? ItemState::Queued : *state;
    item.pauseReason = *reason;
    if (start)
        item.nextStart = QDateTime::fromMSecsSinceEpoch(*start);
    item.name = row.text();
    item.path = row.text();
    item.finalUrl = QUrl(row.text());
    item.received = row.number();
    item.total = row.numberOrNull();
    item.tries = row.integer();
    item.httpStatus = row.integer();
    item.resumedFrom = row.number();
    item.error = row.text();
    item.note = row.text();
    item.sha256 = row.bytes();
    item.seconds = row.real();
    stored.part = partFrom(row);
    const bool isKnown = stored.part.path.isEmpty() || !stored.part.pieces.empty();
    if (!isKnown || !fitTogether(stored.part.pieces))
        return std::nullopt; // it might be taken for whole
    return stored;
}

} // namespace coroscope::download
