// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/uvsockets.h"

#include <QCoreApplication>
#include <QEvent>

#include <cerrno>
#include <fcntl.h>
#include <iterator>
#include <utility>

namespace coroscope::dispatch {

namespace {

constexpr int uvEvents[] {UV_READABLE, UV_WRITABLE, UV_PRIORITIZED}; // by QSocketNotifier::Type
constexpr const char *typeNames[] {"Read", "Write", "Exception"};
constexpr unsigned readOrWrite = 1U << QSocketNotifier::Read | 1U << QSocketNotifier::Write;
constexpr unsigned allTypes = readOrWrite | 1U << QSocketNotifier::Exception;

/// While it lives, a descriptor may become non-blocking; after that it is as it was.
class BlockingModeKept
{
public:
    explicit BlockingModeKept(int descriptor)
        : m_descriptor(descriptor)
        , m_flags(fcntl(descriptor, F_GETFL))
    { }
    BlockingModeKept(const BlockingModeKept &) = delete;
    BlockingModeKept &operator=(const BlockingModeKept &) = delete;
    ~BlockingModeKept()
    {
        if (m_flags >= 0 && !(m_flags & O_NONBLOCK))
            fcntl(m_descriptor, F_SETFL, m_flags);
    }

private:
    int m_descriptor;
    int m_flags;
};

} // namespace

bool UvSockets::isOpen(int number) { return fcntl(number, F_GETFD) >= 0 || errno != EBADF; }

UvSockets::Descriptor *UvSockets::find(int number) const
{
    return number >= 0 && std::size_t(number) < m_descriptors.size() ? m_descriptors[std::size_t(number)]
                                                                     : nullptr;
}

void UvSockets::add(QSocketNotifier *notifier)
{
    const auto number = int(notifier->socket());
    if (number < 0)
        return;
    Descriptor *descriptor = find(number);
    if (!descriptor) {
        if (std::size_t(number) >= m_descriptors.size())
            m_descriptors.resize(std::size_t(number) + 1);
        descriptor = new Descriptor;
        descriptor->owner = this;
        descriptor->number = number;
        m_descriptors[std::size_t(number)] = descriptor;
        open(*descriptor);
    }
    QSocketNotifier *&known = descriptor->notifiers[std::size_t(notifier->type())];
    if (known && known != notifier)
        qWarning("QSocketNotifier: Multiple socket notifiers for same socket %d and type %s", number,
                 typeNames[notifier->type()]);
    known = notifier;
    watch(*descriptor); // anew, even if nothing seems to change: the number may be another file's by now
}

void UvSockets::open(Descriptor &descriptor)
{
    const BlockingModeKept kept(descriptor.number);
    const int error = uv_poll_init(&m_loop, &descriptor.handle, descriptor.number);
    descriptor.handle.data = &descriptor;
    if (error == 0)
        return;
    descriptor.source = error == UV_EPERM ? Source::AlwaysReady : Source::Invalid;
    (descriptor.source == Source::AlwaysReady ? m_alwaysReady : m_stopped).push_back(descriptor.number);
}

void UvSockets::remove(QSocketNotifier *notifier)
{
    Descriptor *const descriptor = find(int(notifier->socket()));
    const auto type = std::size_t(notifier->type());
    if (!descriptor || descriptor->notifiers[type] != notifier)
        return;
    descriptor->notifiers[type] = nullptr;
    descriptor->ready &= ~(1U << type);
    if (descriptor->notifiers == decltype(descriptor->notifiers) {})
        close(*descriptor);
    else
        watch(*descriptor);
}

void UvSockets::close(Descriptor &descriptor)
{
    m_descriptors[std::size_t(descriptor.number)] = nullptr;
    if (descriptor.source == Source::AlwaysReady)
        std::erase(m_alwaysReady, descriptor.number);
    if (descriptor.source != Source::Uv) {
        delete &descriptor;
        return;
    }
    uv_close(reinterpret_cast<uv_handle_t *>(&descriptor.handle),
             [](uv_handle_t *handle) { delete static_cast<Descriptor *>(handle->data); });
}

void UvSockets::clear()
{
    for (Descriptor *const descriptor : std::exchange(m_descriptors, {})) {
        if (!descriptor)
            continue;
        m_descriptors.resize(std::size_t(descriptor->number) + 1);
        close(*descriptor);
    }
    m_descriptors.clear();
    m_ready.clear();
    m_next = 0;
    m_changed.clear();
    m_stopped.clear();
    m_alwaysReady.clear();
}

/// Has libuv look for what the notifiers want. It tells the system in the next uv_run().
void UvSockets::watch(Descriptor &descriptor)
{
    if (descriptor.source != Source::Uv)
        return;
    int wanted = 0;
    for (std::size_t type = 0; type < typeCount; ++type) {
        if (descriptor.notifiers[type])
            wanted |= uvEvents[type];
    }
    descriptor.watched = wanted;
    uv_poll_start(&descriptor.handle, wanted, onEvents);
    m_changed.push_back(descriptor.number);
}

void UvSockets::onEvents(uv_poll_t *handle, int status, int events)
{
    auto &descriptor = *static_cast<Descriptor *>(handle->data);
    UvSockets &self = *descriptor.owner;
    if (status < 0 || self.m_poll == Poll::Excluded) {
        // After an error libuv has stopped by itself. Both are level-triggered: they will be told of again.
        uv_poll_stop(handle);
        descriptor.watched = 0;
        self.m_stopped.push_back(descriptor.number);
    }
    if (self.m_poll == Poll::Excluded) {
        self.m_hasExcluded = true;
        return;
    }
    unsigned types = status < 0 ? allTypes : 0; // Qt tells each notifier of an error
    for (std::size_t type = 0; type < typeCount; ++type) {
        if (events & uvEvents[type])
            types |= 1U << type;
    }
    self.noteReady(descriptor, types);
}

void UvSockets::noteReady(Descriptor &descriptor, unsigned types)
{
    for (std::size_t type = 0; type < typeCount; ++type) {
        if (!descriptor.notifiers[type])
            types &= ~(1U << type);
    }
    descriptor.ready |= types;
    if (descriptor.ready != 0 && !std::exchange(descriptor.isQueued, true))
        m_ready.push_back(descriptor.number);
}

void UvSockets::prepare(Poll poll)
{
    m_poll = poll;
    checkChanged();
    if (poll == Poll::Excluded)
        return;
    for (const int number : std::exchange(m_stopped, {})) {
        Descriptor *const descriptor = find(number);
        if (!descriptor)
            continue;
        if (descriptor->source == Source::Invalid)
            disable(*descriptor);
        else if (descriptor->watched == 0)
            watch(*descriptor);
    }
    checkChanged();
    checkNext();
    for (const int number : m_alwaysReady)
        noteReady(*find(number), readOrWrite);
}

/// libuv aborts if the system refuses a descriptor that it accepted before.
void UvSockets::checkChanged()
{
    for (const int number : std::exchange(m_changed, {})) {
        Descriptor *const descriptor = find(number);
        if (descriptor && descriptor->watched != 0 && !isOpen(number))
            disable(*descriptor);
    }
}

/// In turn, and not each time: it is a system call.
void UvSockets::checkNext()
{
    constexpr unsigned waitsPerCheck = 8;
    if (++m_waits % waitsPerCheck != 0)
        return;
    Descriptor *descriptor = nullptr;
    constexpr int mostLooks = 64;
    for (int looks = 0; looks < mostLooks && !descriptor && !m_descriptors.empty(); ++looks) {
        m_checked = (m_checked + 1) % m_descriptors.size();
        descriptor = m_descriptors[m_checked];
    }
    if (descriptor && !isOpen(descriptor->number))
        disable(*descriptor);
}

void UvSockets::disable(Descriptor &descriptor)
{
    const int number = descriptor.number;
    for (std::size_t type = 0; type < typeCount; ++type) {
        const Descriptor *const still = find(number); // the last one takes it along
        QSocketNotifier *const notifier = still ? still->notifiers[type] : nullptr;
        if (!notifier)
            continue;
        qWarning("QSocketNotifier: Invalid socket %d and type '%s', disabling...", number, typeNames[type]);
        notifier->setEnabled(false);
    }
}

int UvSockets::deliver()
{
    int told = 0;
    while (m_next < m_ready.size()) {
        const int number = m_ready[m_next++];
        if (Descriptor *const descriptor = find(number))
            descriptor->isQueued = false; // a nested loop may find it ready again
        for (std::size_t type = 0; type < typeCount; ++type) {
            Descriptor *const descriptor = find(number); // a handler may have removed it
            if (!descriptor)
                break;
            if (!(descriptor->ready & 1U << type))
                continue;
            descriptor->ready &= ~(1U << type);
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(descriptor->notifiers[type], &event);
            ++told;
        }
    }
    m_ready.clear();
    m_next = 0;
    return told;
}

} // namespace coroscope::dispatch
