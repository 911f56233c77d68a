// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/eventschema.h"

#include "core/io/cborinteger.h"
#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <algorithm>

namespace coroscope::io {

using trace::EventType;

namespace {

constexpr const char *encodingNames[] = {"number", "difference", "string", "location", "text", "step"};

Schema schema(std::uint8_t type, const char *name, std::vector<Field> fields = {})
{
    fields.insert(fields.begin(),
                  {{"time", Encoding::Step, Place::Time}, {"task", Encoding::Step, Place::Task}});
    return {type, name, std::move(fields), type};
}
Schema schema(EventType type, const char *name, std::vector<Field> fields = {})
{
    return schema(std::uint8_t(type), name, std::move(fields));
}

std::vector<Schema> makeSchemas()
{
    const Field kind {"kind", Encoding::Number, Place::Kind};
    const Field outcome {"outcome", Encoding::Number, Place::Kind};
    const Field cause {"cause", Encoding::Number, Place::Cause};
    const Field causer {"causer", Encoding::Difference, Place::A};
    const Field creator {"creator", Encoding::Difference, Place::A};
    const Field function {"function", Encoding::Location, Place::Site};
    const Field wait {"wait", Encoding::Difference, Place::A};
    return {
        schema(EventType::Created, "created", {kind, creator, function}),
        schema(EventType::FirstSeen, "firstSeen", {kind, creator, function}),
        schema(EventType::Resumed, "resumed", {cause, causer, {"below", Encoding::Difference, Place::B}}),
        schema(EventType::Suspended, "suspended",
               {kind,
                {"label", Encoding::String, Place::Label},
                {"detail", Encoding::Difference, Place::Detail},
                {"site", Encoding::Location, Place::Site}}),
        schema(EventType::Finished, "finished", {outcome}),
        schema(EventType::Destroyed, "destroyed"),
        schema(EventType::Ready, "ready", {cause, causer}),
        schema(EventType::Text, "text",
               {kind,
                {"kept", Encoding::Number, Place::A},
                {"length", Encoding::Number, Place::B},
                {"text", Encoding::Text, Place::Text}}),
        schema(EventType::FutureCreated, "futureCreated",
               {{"settable", Encoding::Number, Place::Kind}, creator}),
        schema(EventType::FutureResolved, "futureResolved",
               {outcome, {"resolver", Encoding::Difference, Place::A}}),
        schema(EventType::FutureDropped, "futureDropped"),
        schema(EventType::WaitBegun, "waitBegun",
               {{"until", Encoding::Number, Place::Kind}, wait, {"timeout", Encoding::Difference, Place::B}}),
        schema(EventType::WaitMember, "waitMember", {wait}),
        schema(EventType::WaitEnded, "waitEnded", {wait, {"done", Encoding::Number, Place::B}}),
        schema(EventType::LoopAwake, "loopAwake"),
        schema(EventType::LoopAsleep, "loopAsleep"),
        schema(EventType::Progress, "progress",
               {{"unit", Encoding::Number, Place::Kind},
                {"done", Encoding::Difference, Place::A},
                {"total", Encoding::Difference, Place::B}}),
        schema(EventType::Located, "located", {function}),
        schema(EventType::LoopHeld, "loopHeld"),
        schema(EventType::LoopReleased, "loopReleased"),
        schema(eventsLost, "eventsLost", {{"count", Encoding::Number, Place::A}}),
        schema(textsLost, "textsLost", {{"count", Encoding::Number, Place::A}}),
    };
}

const QString numberKey = QStringLiteral("number");
const QString nameKey = QStringLiteral("name");
const QString fieldsKey = QStringLiteral("fields");
const QString encodingKey = QStringLiteral("encoding");

/// A field of a file takes the place of ours with its name, if it is written alike.
Place placeOf(const Schema *known, const Field &field)
{
    if (!known)
        return Place::Nowhere;
    const auto it = std::ranges::find_if(known->fields, [&](const Field &f) { return f.name == field.name; });
    return it != known->fields.end()
                   && (it->encoding == field.encoding
                       || (it->encoding <= Encoding::Difference && field.encoding <= Encoding::Difference))
               ? it->place
               : Place::Nowhere;
}

std::optional<Field> readField(const QCborMap &map, const Schema *known)
{
    const QByteArray encoding = map[encodingKey].toString().toUtf8();
    const auto *const found = std::ranges::find_if(encodingNames,
                                                   [&](const char *name) { return encoding == name; });
    if (found == std::end(encodingNames)) // how long its values are isn't known
        return {};
    Field field {map[nameKey].toString().toUtf8(), Encoding(found - encodingNames), {}};
    field.place = placeOf(known, field);
    return field;
}

} // namespace

const std::vector<Schema> &schemas()
{
    static const std::vector<Schema> all = makeSchemas();
    return all;
}

QByteArray writeSchemas()
{
    QCborArray array;
    for (const Schema &one : schemas()) {
        QCborArray fields;
        for (const Field &field : one.fields)
            fields.append(
                QCborMap {{nameKey, QString::fromLatin1(field.name)},
                          {encodingKey, QString::fromLatin1(encodingNames[std::size_t(field.encoding)])}});
        array.append(QCborMap {{numberKey, int(one.number)},
                               {nameKey, QString::fromLatin1(one.name)},
                               {fieldsKey, fields}});
    }
    return QCborValue(array).toCbor();
}

std::optional<std::vector<Schema>> readSchemas(QByteArrayView content)
{
    constexpr qsizetype maxSize = 256 * 1024;
    constexpr qsizetype maxSchemas = 1024;
    constexpr qsizetype maxFields = 64;
    if (content.size() > maxSize)
        return {};
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(content.toByteArray(), &error);
    if (error.error != QCborError::NoError || !value.isArray() || value.toArray().size() > maxSchemas)
        return {};
    std::vector<Schema> result;
    for (const QCborValue &entry : value.toArray()) {
        const QCborMap map = entry.toMap();
        const QCborArray fields = map[fieldsKey].toArray();
        const qint64 number = integerOf(map[numberKey], -1);
        if (number < 0 || number >= maxSchemas || fields.size() > maxFields)
            return {};
        Schema one {std::uint32_t(number), map[nameKey].toString().toUtf8(), {}, {}};
        const auto known = std::ranges::find_if(schemas(),
                                                [&](const Schema &ours) { return ours.name == one.name; });
        const Schema *const ours = known != schemas().end() ? &*known : nullptr;
        if (ours)
            one.type = ours->type;
        for (const QCborValue &field : fields) {
            auto read = readField(field.toMap(), ours);
            if (!read)
                return {};
            one.fields.push_back(std::move(*read));
        }
        result.push_back(std::move(one));
    }
    return result;
}

} // namespace coroscope::io
