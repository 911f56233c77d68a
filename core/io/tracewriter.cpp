// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/tracewriter.h"

#include "core/io/chunk.h"
#include "core/io/eventschema.h"
#include "core/io/stepcolumn.h"
#include "core/io/varint.h"

#include <QBuffer>

#include <unordered_map>

namespace coroscope::io {

using model::Time;
using model::TraceEvent;
using trace::EventType;

namespace {

constexpr std::size_t chunkEvents = 1u << 16;
constexpr std::size_t chunkTexts = 1u << 20; // bytes, of texts and of new strings
/// What is shorter isn't worth compression tables of its own.
constexpr std::size_t shortestStretch = 2048;

void putBlock(std::string &out, std::string_view bytes)
{
    putVarint(out, bytes.size());
    out.append(bytes);
}

void putText(std::string &out, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    putBlock(out, std::string_view(utf8.data(), std::size_t(utf8.size())));
}

struct Column
{
    std::string bytes;
    std::uint64_t last = 0;
    StepWriter steps; ///< of Encoding::Step
};

struct Table
{
    const Schema *schema = nullptr;
    std::vector<Column> columns; ///< by field
    bool isUsed = false;
};

} // namespace

class TraceWriter::Private
{
public:
    Private(QIODevice &device, const Pools &pools)
        : m_device(device)
        , m_pools(pools)
    {
        for (const Schema &schema : schemas()) {
            Table &table = m_tables[*schema.type];
            table.schema = &schema;
            table.columns.resize(schema.fields.size());
        }
    }

    const Pools &pools() const { return m_pools; }
    void put(const TraceEvent &event, std::uint8_t type);
    void flush();
    void write(const QByteArray &bytes);
    void takePools(const Private &other, std::uint32_t strings, std::uint32_t locations);
    TraceEvent limited(TraceEvent event) const;

    QIODevice &m_device;
    std::optional<QString> m_error;
    std::uint64_t m_events = 0;
    std::uint64_t m_bytes = 0;
    Time m_known {};
    bool m_isClosed = false;
    std::function<void(const WrittenChunk &)> m_told;

private:
    std::uint64_t value(const TraceEvent &event, const Field &field);
    std::uint64_t stringNumber(StringId id);
    std::uint64_t locationNumber(model::LocationId id);
    QByteArray takeContent();
    void writeContent();

    const Pools &m_pools;
    std::array<Table, 66> m_tables {};

    // The file's numbers of strings and locations, by the pools': given when an event first names one.
    std::vector<std::uint32_t> m_strings;
    std::vector<std::uint32_t> m_locations;
    std::uint32_t m_stringCount = 0;
    std::uint32_t m_locationCount = 0;
    std::vector<StringId> m_stringOrder; ///< by number, from 1
    std::vector<model::LocationId> m_locationOrder;

    // Of the chunk that was begun.
    std::size_t m_count = 0;
    std::size_t m_textBytes = 0;
    std::string m_types, m_threads;
    std::vector<std::size_t> m_seams; ///< of the content that was taken last
    Time m_base {};
    Time m_lastTime {};
    Time m_latest {};
    std::uint32_t m_lastTask = 0;
    Time m_flushedKnown {};
    std::string m_newStrings, m_newLocations;
    std::uint32_t m_newStringCount = 0;
    std::uint32_t m_newLocationCount = 0;
};

std::uint64_t TraceWriter::Private::stringNumber(StringId id)
{
    if (!id)
        return 0;
    if (id.value >= m_strings.size())
        m_strings.resize(id.value + 1);
    std::uint32_t &number = m_strings[id.value];
    if (!number) {
        number = ++m_stringCount;
        m_stringOrder.push_back(id);
        ++m_newStringCount;
        putText(m_newStrings, m_pools.string(id));
        m_textBytes += std::size_t(m_pools.string(id).size());
    }
    return number;
}

std::uint64_t TraceWriter::Private::locationNumber(model::LocationId id)
{
    if (!id)
        return 0;
    if (id.value >= m_locations.size())
        m_locations.resize(id.value + 1);
    std::uint32_t &number = m_locations[id.value];
    if (!number) {
        number = ++m_locationCount;
        m_locationOrder.push_back(id);
        ++m_newLocationCount;
        const model::Location &location = m_pools.location(id);
        putText(m_newLocations, location.function);
        putText(m_newLocations, location.file);
        putVarint(m_newLocations, std::uint64_t(std::max(location.line, 0)));
    }
    return number;
}

std::uint64_t TraceWriter::Private::value(const TraceEvent &event, const Field &field)
{
    switch (field.place) {
    case Place::Cause:
        return std::uint64_t(event.cause);
    case Place::Kind:
        return event.kind;
    case Place::A:
        return event.a;
    case Place::B:
        return event.b;
    case Place::Label:
        return hasLabel(trace::WaitKind(event.kind)) ? stringNumber(StringId {std::uint32_t(event.a)}) : 0;
    case Place::Detail:
        return hasLabel(trace::WaitKind(event.kind)) ? 0 : event.a;
    case Place::Site:
        return locationNumber(model::LocationId {std::uint32_t(event.b)});
    case Place::Text:
    case Place::Time:
    case Place::Task:
    case Place::Nowhere:
        break;
    }
    return 0;
}

void TraceWriter::Private::put(const TraceEvent &event, std::uint8_t type)
{
    if (m_error || m_isClosed || type >= m_tables.size() || !m_tables[type].schema)
        return;
    Table &table = m_tables[type];
    if (m_count++ == 0)
        m_base = m_lastTime = m_latest = event.time;
    ++m_events;
    table.isUsed = true;
    putVarint(m_types, table.schema->number);
    putVarint(m_threads, event.thread.value);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Field &field = table.schema->fields[i];
        Column &column = table.columns[i];
        if (field.place == Place::Time) {
            column.steps.put((event.time - m_lastTime).count());
        } else if (field.place == Place::Task) {
            column.steps.put(std::int64_t(event.task) - std::int64_t(m_lastTask));
        } else if (field.encoding == Encoding::Text) {
            putText(column.bytes, event.text);
            m_textBytes += std::size_t(event.text.size());
        } else if (field.encoding == Encoding::Difference) {
            const std::uint64_t now = value(event, field);
            putVarint(column.bytes, zigzag(std::int64_t(now - column.last)));
            column.last = now;
        } else {
            putVarint(column.bytes, value(event, field));
        }
    }
    m_lastTime = event.time;
    m_latest = std::max(m_latest, event.time);
    m_lastTask = event.task;
    if (m_count >= chunkEvents || m_textBytes >= chunkTexts)
        flush();
}

QByteArray TraceWriter::Private::takeContent()
{
    std::string out;
    putVarint(out, m_newStringCount);
    out += m_newStrings;
    putVarint(out, m_newLocationCount);
    out += m_newLocations;
    putVarint(out, zigzag(m_base.count()));
    putVarint(out, zigzag(m_known.count()));
    putVarint(out, m_count);
    m_seams.clear();
    const auto seam = [&] {
        if (out.size() - (m_seams.empty() ? 0 : m_seams.back()) >= shortestStretch)
            m_seams.push_back(out.size());
    };
    seam();
    for (const std::string *column : {&m_types, &m_threads}) {
        putBlock(out, *column);
        seam();
    }
    out.append(2, '\0'); // no columns of times and tasks: the types' have them
    for (Table &table : m_tables) {
        if (!table.isUsed)
            continue;
        putVarint(out, table.schema->number);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            Column &column = table.columns[i];
            if (table.schema->fields[i].encoding == Encoding::Step)
                column.steps.take(out, seam);
            else
                putBlock(out, column.bytes);
            seam();
            column.bytes.clear();
            column.last = 0;
        }
        table.isUsed = false;
    }
    for (std::string *used : {&m_types, &m_threads, &m_newStrings, &m_newLocations})
        used->clear();
    m_newStringCount = m_newLocationCount = 0;
    m_count = m_textBytes = 0;
    m_lastTask = 0;
    return QByteArray::fromStdString(out);
}

void TraceWriter::Private::flush()
{
    if (m_count == 0 && m_known == m_flushedKnown)
        return;
    m_flushedKnown = m_known;
    const bool hasEvents = m_count > 0;
    WrittenChunk chunk {.begin = m_bytes,
                        .end = 0,
                        .events = m_events,
                        .strings = m_stringCount,
                        .locations = m_locationCount,
                        .latest = m_latest,
                        .known = m_known};
    writeContent();
    chunk.end = m_bytes;
    if (m_told && hasEvents && !m_error)
        m_told(chunk);
}

void TraceWriter::Private::writeContent()
{
    const QByteArray content = takeContent();
    write(makeChunk(ChunkType::Events, content, m_seams));
}

/// The first ones of another writer, by the same numbers.
void TraceWriter::Private::takePools(const Private &other, std::uint32_t strings, std::uint32_t locations)
{
    for (std::uint32_t i = 0; i < locations; ++i)
        locationNumber(other.m_locationOrder[i]);
    for (std::uint32_t i = 0; i < strings; ++i) {
        stringNumber(other.m_stringOrder[i]);
        if (m_textBytes >= chunkTexts)
            writeContent();
    }
}

/// Without what isn't in the pools.
TraceEvent TraceWriter::Private::limited(TraceEvent event) const
{
    const Table *table = std::size_t(event.type) < m_tables.size() ? &m_tables[std::size_t(event.type)]
                                                                   : nullptr;
    const auto isKnown = [](const auto &numbers, std::uint64_t id) {
        return id < numbers.size() && numbers[id];
    };
    for (std::size_t i = 0; table && table->schema && i < table->schema->fields.size(); ++i) {
        const Place place = table->schema->fields[i].place;
        if (place == Place::Site && !isKnown(m_locations, event.b))
            event.b = 0;
        if (place == Place::Label && hasLabel(trace::WaitKind(event.kind)) && !isKnown(m_strings, event.a))
            event.a = 0;
    }
    return event;
}

void TraceWriter::Private::write(const QByteArray &bytes)
{
    if (m_error)
        return;
    if (m_device.write(bytes) != bytes.size())
        m_error = m_device.errorString();
    else
        m_bytes += std::uint64_t(bytes.size());
}

TraceWriter::TraceWriter(QIODevice &device, const Pools &pools, const Facts &facts)
    : d(std::make_unique<Private>(device, pools))
{
    d->write(fileHeader() + makeChunk(ChunkType::Facts, writeFacts(facts))
             + makeChunk(ChunkType::Schemas, writeSchemas()));
}

TraceWriter::~TraceWriter() { close(); }

void TraceWriter::append(const TraceEvent &event) { d->put(event, std::uint8_t(event.type)); }

void TraceWriter::appendLost(model::ThreadId thread, Time time, std::uint64_t count)
{
    TraceEvent event;
    event.time = time;
    event.thread = thread;
    event.a = count;
    d->put(event, eventsLost);
}

void TraceWriter::appendLostTexts(std::uint64_t count)
{
    TraceEvent event;
    event.time = d->m_known;
    event.a = count;
    d->put(event, textsLost);
}

void TraceWriter::commit(Time now) { d->m_known = std::max(d->m_known, now); }

void TraceWriter::flush()
{
    if (!d->m_isClosed)
        d->flush();
}

void TraceWriter::close()
{
    if (std::exchange(d->m_isClosed, true))
        return;
    d->flush();
    d->write(makeChunk(ChunkType::End, {}));
}

void TraceWriter::onChunk(std::function<void(const WrittenChunk &)> told) { d->m_told = std::move(told); }

QByteArray TraceWriter::inPlaceOf(const WrittenChunk &last, std::span<const TraceEvent> events) const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    Private part(buffer, d->pools());
    part.takePools(*d, last.strings, last.locations);
    part.m_known = last.known;
    for (const TraceEvent &event : events)
        part.put(part.limited(event), std::uint8_t(event.type));
    part.flush();
    return buffer.data();
}

void TraceWriter::leaveOpen()
{
    flush();
    d->m_isClosed = true;
}

const std::optional<QString> &TraceWriter::error() const { return d->m_error; }
std::uint64_t TraceWriter::events() const { return d->m_events; }
std::uint64_t TraceWriter::bytes() const { return d->m_bytes; }

} // namespace coroscope::io
