// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/eventblock.h"

#include "core/io/stepcolumn.h"
#include "core/io/varint.h"

#include <algorithm>

namespace coroscope::io {

using model::Time;
using model::TraceEvent;
using trace::EventType;

namespace {

/// A chunk has at most so many: the writer's have a sixteenth.
constexpr std::uint64_t maxEvents = 1u << 20;
/// Threads are counted up from 1, and the store keeps something for each.
constexpr std::uint64_t maxThread = 1u << 16;
/// Two years, so that sums of times don't overflow.
constexpr std::int64_t maxTime = std::int64_t(1) << 56;

bool namesTexts(EventType type)
{
    return type == EventType::Created || type == EventType::FirstSeen || type == EventType::Located
           || type == EventType::Suspended;
}

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), qsizetype(utf8.size())); }

struct Column
{
    ByteReader bytes;
    StepReader steps; ///< of Encoding::Step
    Encoding encoding {};
    Place place {};
    std::uint64_t last = 0;
};

struct Table
{
    const Schema *schema = nullptr;
    std::vector<Column> columns;
    bool isThere = false;
    bool hasTime = false, hasTask = false; ///< else they stand in columns of all types together
};

/// Of the event before, then of the event itself.
struct Common
{
    std::uint64_t time = 0;
    std::uint64_t task = 0;
};

void put(TraceEvent &event, Place place, std::uint64_t value)
{
    switch (place) {
    case Place::Cause:
        event.cause = trace::Cause(value);
        break;
    case Place::Kind:
        event.kind = std::uint16_t(value);
        break;
    case Place::A:
        event.a = value;
        break;
    case Place::B:
    case Place::Site:
        event.b = value;
        break;
    case Place::Label:
    case Place::Detail: // of the two, one has a value
        if (value != 0)
            event.a = value;
        break;
    case Place::Text:
    case Place::Time:
    case Place::Task:
    case Place::Nowhere:
        break;
    }
}

void readField(Column &column, TraceEvent &event, Common &common)
{
    if (column.encoding == Encoding::Step) {
        const auto step = std::uint64_t(column.steps.next());
        if (column.place == Place::Time)
            common.time += step;
        else if (column.place == Place::Task)
            common.task += step;
        return;
    }
    if (column.encoding == Encoding::Text) {
        const std::string_view utf8 = column.bytes.block();
        if (column.place == Place::Text)
            event.text = text(utf8);
        return;
    }
    std::uint64_t value = column.bytes.varint();
    if (column.encoding == Encoding::Difference)
        value = column.last += std::uint64_t(unzigzag(value));
    put(event, column.place, value);
}

Table tableOf(const Schema &schema)
{
    Table table {.schema = &schema, .columns = {}};
    for (const Field &field : schema.fields) {
        table.columns.push_back({.bytes = {}, .steps = {}, .encoding = field.encoding, .place = field.place});
        table.hasTime = table.hasTime || field.place == Place::Time;
        table.hasTask = table.hasTask || field.place == Place::Task;
    }
    return table;
}

class BlockReader
{
public:
    BlockReader(std::string_view content, const std::vector<Schema> &schemas)
        : m_content(content)
    {
        std::size_t largest = 0;
        for (const Schema &schema : schemas)
            largest = std::max<std::size_t>(largest, schema.number);
        m_tables.resize(schemas.empty() ? 0 : largest + 1);
        for (const Schema &schema : schemas)
            m_tables[schema.number] = tableOf(schema);
    }

    std::optional<EventBlock> read()
    {
        readPools();
        const std::int64_t base = m_content.signedVarint();
        const std::int64_t known = m_content.signedVarint();
        m_block.known = Time {known};
        const std::uint64_t count = m_content.varint();
        for (ByteReader *column : {&m_types, &m_threads, &m_times, &m_tasks})
            *column = ByteReader(m_content.block());
        while (!m_content.isAtEnd() && !m_content.hasFailed()) {
            if (!readTable())
                return {};
        }
        // Each event takes a byte of its type at least, so a short column can't claim many.
        if (m_content.hasFailed() || count > maxEvents || count > m_types.left() || !isPossible(known))
            return {};
        m_block.events.reserve(std::size_t(count));
        if (!readEvents(count, base) || !isAllRead())
            return {};
        return std::move(m_block);
    }

private:
    void readPools()
    {
        for (std::uint64_t i = m_content.varint(); i > 0 && !m_content.hasFailed(); --i)
            m_block.strings << text(m_content.block());
        for (std::uint64_t i = m_content.varint(); i > 0 && !m_content.hasFailed(); --i) {
            QString function = text(m_content.block());
            QString file = text(m_content.block());
            m_block.locations.push_back({std::move(function), std::move(file), int(m_content.varint())});
        }
    }

    bool readTable()
    {
        const std::uint64_t number = m_content.varint();
        if (number >= m_tables.size() || !m_tables[number].schema || m_tables[number].isThere)
            return false;
        Table &table = m_tables[number];
        table.isThere = true;
        for (Column &column : table.columns) {
            if (column.encoding == Encoding::Step)
                column.steps = StepReader(m_content.block());
            else
                column.bytes = ByteReader(m_content.block());
        }
        return true;
    }

    bool readEvents(std::uint64_t count, std::int64_t base)
    {
        Common common {.time = std::uint64_t(base)};
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t number = m_types.varint();
            if (number >= m_tables.size() || !m_tables[number].isThere)
                return false;
            Table &table = m_tables[number];
            TraceEvent event;
            if (!table.hasTime)
                common.time += std::uint64_t(m_times.signedVarint());
            if (!table.hasTask)
                common.task += std::uint64_t(m_tasks.signedVarint());
            for (Column &column : table.columns)
                readField(column, event, common);
            const std::uint64_t thread = m_threads.varint();
            if (thread > maxThread || common.task > ~std::uint32_t(0)
                || !isPossible(std::int64_t(common.time)))
                return false;
            event.time = Time {std::int64_t(common.time)};
            event.thread = model::ThreadId {std::uint32_t(thread)};
            event.task = std::uint32_t(common.task);
            if (!table.schema->type) {
                ++m_block.unknown;
                continue;
            }
            event.type = EventType(*table.schema->type);
            m_block.events.push_back(std::move(event));
        }
        return true;
    }

    static bool isPossible(std::int64_t time) { return time >= -maxTime && time <= maxTime; }

    bool isAllRead() const
    {
        const auto isRead = [](const auto &bytes) { return bytes.isAtEnd() && !bytes.hasFailed(); };
        return isRead(m_types) && isRead(m_threads) && isRead(m_times) && isRead(m_tasks)
               && std::ranges::all_of(m_tables, [&](const Table &table) {
                      return std::ranges::all_of(table.columns, isRead, &Column::bytes)
                             && std::ranges::all_of(table.columns, isRead, &Column::steps);
                  });
    }

    ByteReader m_content;
    std::vector<Table> m_tables;
    ByteReader m_types, m_threads, m_times, m_tasks;
    EventBlock m_block;
};

} // namespace

std::optional<EventBlock> readEvents(QByteArrayView content, const std::vector<Schema> &schemas)
{
    return BlockReader({content.data(), std::size_t(content.size())}, schemas).read();
}

void BlockApplier::begin(const EventBlock &block)
{
    for (const QString &string : block.strings)
        m_strings.push_back(m_target.addString(string));
    for (const model::Location &location : block.locations)
        m_locations.push_back(m_target.addLocation(location));
}

bool BlockApplier::apply(std::span<const TraceEvent> events)
{
    for (const TraceEvent &event : events) {
        const auto type = std::uint8_t(event.type);
        if (type == eventsLost) {
            m_target.appendLost(event.thread, event.time, event.a);
        } else if (type == textsLost) {
            m_target.appendLostTexts(event.a);
        } else if (namesTexts(event.type)) {
            if (!applyNamed(event))
                return false;
        } else {
            m_target.append(event);
        }
    }
    return true;
}

bool BlockApplier::applyNamed(TraceEvent event)
{
    if (event.b >= m_locations.size())
        return false;
    event.b = m_locations[event.b].value;
    if (event.type == EventType::Suspended && hasLabel(trace::WaitKind(event.kind))) {
        if (event.a >= m_strings.size())
            return false;
        event.a = m_strings[event.a].value;
    }
    m_target.append(event);
    return true;
}

} // namespace coroscope::io
