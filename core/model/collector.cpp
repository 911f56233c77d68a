// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/collector.h"

#include "core/trace/clock.h"
#include "core/trace/names.h"
#include "core/trace/strings.h"

#include <bit>
#include <source_location>

namespace coroscope::model {

using trace::EventType;
using trace::WaitKind;

namespace {
/// Between two looks at the clock.
constexpr std::size_t batch = 2048;
} // namespace

Collector::Collector(EventTarget &target)
    : m_target(&target)
    , m_origin(trace::Clock::ticks())
{ }

Time Collector::timeOf(std::uint64_t ticks) const
{
    return trace::Clock::toNanoseconds(std::int64_t(ticks - m_origin));
}

std::uint64_t Collector::ticksAt(Time time) const
{
    return m_origin + std::uint64_t(trace::Clock::toTicks(time));
}

bool Collector::collect(Time budget)
{
    const auto until = std::chrono::steady_clock::now() + budget;
    std::uint64_t known = 0;
    bool isComplete = false;
    do {
        known = trace::Clock::ticks();
        isComplete = trace::drain(*this, batch);
    } while (!isComplete && std::chrono::steady_clock::now() < until);
    m_target->commit(isComplete ? timeOf(known) : m_last);
    return isComplete;
}

void Collector::collectAll()
{
    while (!collect(std::chrono::seconds(1))) { }
}

void Collector::event(std::uint32_t thread, const trace::Event &event, QByteArrayView text)
{
    if (!m_begun) {
        m_begun = true;
        m_origin = std::min(m_origin, event.ticks);
    }
    m_last = timeOf(event.ticks);
    TraceEvent e {m_last,     ThreadId {thread}, event.task, event.type, event.cause,
                  event.kind, event.a,           event.b,    {}};
    switch (event.type) {
    case EventType::Created:
    case EventType::Located:
    case EventType::FirstSeen:
        e.b = location(event.b).value;
        break;
    case EventType::Suspended:
        e.a = waitDetail(WaitKind(event.kind), event.a);
        e.b = location(event.b).value;
        break;
    case EventType::Text:
        e.text = QString::fromUtf8(text);
        break;
    default:
        break;
    }
    m_target->append(e);
}

void Collector::lost(std::uint32_t thread, std::uint64_t ticks, std::uint64_t events)
{
    m_target->appendLost(ThreadId {thread}, timeOf(ticks), events);
}

void Collector::lostTexts(std::uint32_t, std::uint64_t texts) { m_target->appendLostTexts(texts); }

std::uint64_t Collector::waitDetail(WaitKind kind, std::uint64_t detail)
{
    switch (kind) {
    case WaitKind::Reply:
    case WaitKind::Socket:
    case WaitKind::Command:
    case WaitKind::Job:
    case WaitKind::Signal:
    case WaitKind::Lock:
    case WaitKind::Notifier:
        return string(std::uint32_t(detail)).value;
    case WaitKind::Foreign:
        return typeName(detail).value;
    default:
        return detail;
    }
}

LocationId Collector::location(std::uint64_t site)
{
    if (!site)
        return {};
    LocationId &id = m_locations[site];
    if (!id) {
        static_assert(sizeof(std::source_location) == sizeof site);
        const auto source = std::bit_cast<std::source_location>(site);
        id = m_target->addLocation({trace::cleanFunctionName(source.function_name()),
                                    QString::fromUtf8(source.file_name()), int(source.line())});
    }
    return id;
}

StringId Collector::string(std::uint32_t id)
{
    if (id >= m_strings.size())
        m_strings.resize(id + 1);
    if (id && !m_strings[id])
        m_strings[id] = m_target->addString(trace::stringOf(StringId {id}));
    return m_strings[id];
}

StringId Collector::typeName(std::uint64_t mangled)
{
    if (!mangled)
        return {};
    StringId &id = m_types[mangled];
    if (!id)
        id = m_target->addString(trace::cleanTypeName(std::bit_cast<const char *>(mangled)));
    return id;
}

} // namespace coroscope::model
