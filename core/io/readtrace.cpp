// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/readtrace.h"

#include <QCoreApplication>

#include <unistd.h>

namespace coroscope::io {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::io::Recording)
};

/// Between two looks at the store's size: made up at its worst, each of them takes 17 KiB.
constexpr std::size_t piece = 4096;
} // namespace

std::uint64_t memoryLimit()
{
    constexpr std::uint64_t atLeast = std::uint64_t(512) << 20;
    const auto pages = std::uint64_t(::sysconf(_SC_PHYS_PAGES));
    return std::max(atLeast, pages * std::uint64_t(::sysconf(_SC_PAGESIZE)) / 2);
}

StoreFiller::StoreFiller(model::TraceStore &store, std::uint64_t limit)
    : m_store(store)
    , m_limit(limit)
    , m_applier(store)
{ }

void StoreFiller::begin(EventBlock block)
{
    m_block = std::move(block);
    m_taken = 0;
    m_unknown += m_block.unknown;
    m_applier.begin(m_block);
}

bool StoreFiller::takeSome()
{
    const std::size_t count = std::min(piece, m_block.events.size() - m_taken);
    const auto events = std::span(m_block.events).subspan(m_taken, count);
    if (!m_applier.apply(events)) {
        m_fault = Words::tr("The recording is damaged: an event names a text that isn't in it. What stands "
                            "before that is shown.");
    } else {
        m_taken += count;
        m_events += count;
        if (m_store.figures().memoryBytes > m_limit)
            m_fault = Words::tr("The recording takes more than %1 MB of memory, which is half of what this "
                                "machine has. Its first %2 events are shown.")
                          .arg(m_limit >> 20)
                          .arg(m_events);
    }
    if (!m_fault && m_taken < m_block.events.size())
        return true;
    m_applier.end(m_block);
    m_block = {};
    m_taken = 0;
    return false;
}

std::variant<ReadReport, QString> readTrace(QIODevice &device, model::TraceStore &store, std::uint64_t limit,
                                            const Progress &progress)
{
    const double size = double(std::max<qint64>(device.size(), 1));
    bool goesOn = true;
    TraceReader reader(device);
    if (const auto why = reader.open())
        return *why;
    StoreFiller filler(store, limit);
    while (goesOn && !filler.isOver()) {
        auto block = reader.next();
        if (!block)
            break;
        filler.begin(std::move(*block));
        do {
            goesOn = !progress || progress(std::min(double(reader.position()) / size, 1.0));
        } while (goesOn && filler.takeSome());
    }
    return ReadReport {.facts = reader.facts(),
                       .notes = reader.notes(),
                       .events = filler.events(),
                       .unknownEvents = filler.unknownEvents(),
                       .fault = filler.fault() ? filler.fault() : reader.fault()};
}

} // namespace coroscope::io
