// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/traceprobe.h"

#include "core/trace/names.h"

#include <QHash>

#include <array>
#include <cstring>
#include <source_location>

namespace coroscope::test {

using namespace trace;

namespace {

struct Discard final : Sink
{
    void event(std::uint32_t, const Event &, QByteArrayView) override { }
    void lost(std::uint32_t, std::uint64_t, std::uint64_t) override { }
    void lostTexts(std::uint32_t, std::uint64_t) override { }
};

std::source_location locationOf(std::uint64_t site)
{
    std::source_location location;
    std::memcpy(&location, &site, sizeof site);
    return location;
}

} // namespace

QString causeInWords(Cause cause)
{
    constexpr std::array words {"none",    "start",     "yield",    "timer",   "future", "task",
                                "cancel",  "immediate", "reply",    "socket",  "job",    "wait",
                                "timeout", "signal",    "notified", "foreign", "call"};
    return QString::fromLatin1(words.at(std::size_t(cause)));
}

QString waitKindInWords(WaitKind kind)
{
    constexpr std::array words {"none", "yield",    "sleep",  "future",  "task", "join",
                                "wait", "reply",    "socket", "command", "job",  "signal",
                                "lock", "notifier", "idle",   "foreign", "call"};
    return QString::fromLatin1(words.at(std::size_t(kind)));
}

QString functionAt(std::uint64_t site)
{
    if (!site)
        return {};
    const QString name = cleanFunctionName(locationOf(site).function_name());
    return name.left(name.indexOf(u'('));
}

int lineAt(std::uint64_t site) { return site ? int(locationOf(site).line()) : 0; }

QString fileAt(std::uint64_t site)
{
    return site ? QString::fromUtf8(locationOf(site).file_name()) : QString();
}

TraceProbe::TraceProbe(RecorderOptions options, Keep keep)
    : m_keep(keep)
{
    stopRecording();
    Discard discard;
    while (!drain(discard)) { }
    startRecording(options);
}

TraceProbe::~TraceProbe() { stopRecording(); }

void TraceProbe::take()
{
    while (!drain(*this)) { }
}

void TraceProbe::stop()
{
    stopRecording();
    take();
}

void TraceProbe::event(std::uint32_t thread, const Event &event, QByteArrayView text)
{
    ++m_taken;
    m_rules.add(thread, event);
    if (m_keep == Keep::Everything)
        m_seen.push_back({thread, event, text.toByteArray()});
}

void TraceProbe::lost(std::uint32_t, std::uint64_t ticks, std::uint64_t events)
{
    m_lostEvents += events;
    m_lossTicks.push_back(ticks);
}

void TraceProbe::lostTexts(std::uint32_t, std::uint64_t texts) { m_lostTexts += texts; }

std::vector<Event> TraceProbe::eventsOf(EventType type) const
{
    std::vector<Event> events;
    for (const Seen &s : m_seen)
        if (s.event.type == type)
            events.push_back(s.event);
    return events;
}

QStringList TraceProbe::texts(TextKind kind) const
{
    QStringList texts;
    for (const Seen &s : m_seen)
        if (s.event.type == EventType::Text && s.event.kind == std::uint16_t(kind))
            texts.append(QString::fromUtf8(s.text));
    return texts;
}

QStringList TraceProbe::story() const
{
    QHash<std::uint32_t, QString> names;
    QHash<QString, int> calls;
    const auto name = [&](std::uint64_t id) {
        return id ? names.value(std::uint32_t(id), QStringLiteral("?")) : QStringLiteral("nobody");
    };
    const auto outcome = [](std::uint16_t kind) {
        constexpr std::array words {"done", "failed", "cancelled"};
        return QString::fromLatin1(words.at(kind));
    };
    const auto call = [&](std::uint32_t id, const QString &function) {
        const int n = ++calls[function];
        names[id] = n == 1 ? function : function + u'#' + QString::number(n);
    };
    const auto line = [](const char *form, const QString &one, const QString &two = {},
                         const QString &three = {}) {
        QString text = QString::fromLatin1(form).arg(one);
        if (text.contains(u"%2"))
            text = text.arg(two); // the lowest number left
        if (text.contains(u"%3"))
            text = text.arg(three);
        return text;
    };
    QStringList lines;
    for (const auto &[thread, e, text] : m_seen) {
        switch (e.type) {
        case EventType::Created:
        case EventType::FirstSeen:
            if (e.kind > std::uint16_t(EntityKind::Spawned))
                break;
            call(e.task, e.b ? functionAt(e.b) : QStringLiteral("spawned"));
            lines.append(line(e.type == EventType::Created ? "created %1 by %2" : "first seen %1 by %2",
                              name(e.task), name(e.a)));
            break;
        case EventType::Resumed:
            lines.append(line("resumed %1 (%2) on %3", name(e.task), causeInWords(e.cause), name(e.b)));
            break;
        case EventType::Suspended:
            if (e.kind == std::uint16_t(WaitKind::Task))
                lines.append(line("suspended %1: task %2", name(e.task), name(e.a)));
            else
                lines.append(line("suspended %1: %2", name(e.task), waitKindInWords(WaitKind(e.kind))));
            break;
        case EventType::Finished:
            lines.append(line("finished %1: %2", name(e.task), outcome(e.kind)));
            break;
        case EventType::Destroyed:
            lines.append(line("destroyed %1", name(e.task)));
            break;
        case EventType::Text:
            if (e.kind == std::uint16_t(TextKind::Result))
                lines.append(line("result %1: %2", name(e.task), QString::fromUtf8(text)));
            else if (e.kind == std::uint16_t(TextKind::Error))
                lines.append(line("error %1: %2", name(e.task), QString::fromUtf8(text)));
            break;
        default:
            break;
        }
    }
    return lines;
}

} // namespace coroscope::test
