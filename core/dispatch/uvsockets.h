// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QSocketNotifier>

#include <uv.h>

#include <array>
#include <vector>

namespace coroscope::dispatch {

/// The socket notifiers of one thread's dispatcher, watched by a libuv loop.
///
/// libuv takes one handle a descriptor, so the notifiers of a descriptor (one of each type) share it. Its
/// callbacks only note what is ready; deliver() tells the notifiers once uv_run() has returned, so that a
/// handler may run a nested loop: uv_run() must not be entered twice.
///
/// Three things are not as libuv has them, but as Qt's poll() has them:
/// - A descriptor keeps its blocking mode; uv_poll_init() would make it non-blocking for everybody else.
/// - What epoll refuses (regular files, /dev/null) is always ready to read and to write.
/// - A descriptor that was closed while it has notifiers is found before libuv would abort over it, or, if it
///   was closed later, by looking at one descriptor now and then; its notifiers are disabled, with Qt's
///   warning.
class UvSockets
{
public:
    enum class Poll {
        Included,
        Excluded, ///< QEventLoop::ExcludeSocketNotifiers: what is ready stays so until it is included again
    };

    explicit UvSockets(uv_loop_t &loop)
        : m_loop(loop)
    { }
    UvSockets(const UvSockets &) = delete;
    UvSockets &operator=(const UvSockets &) = delete;
    ~UvSockets() { clear(); }

    void add(QSocketNotifier *notifier);
    void remove(QSocketNotifier *notifier);
    /// Forgets all; the loop is to be run once more before it is closed.
    void clear();

    /// To be called before uv_run(). It may disable notifiers.
    void prepare(Poll poll);
    /// Something is ready to be delivered, or will be without waiting.
    bool hasReady() const { return m_next < m_ready.size() || !m_alwaysReady.empty(); }
    /// True once after uv_run() returned for a descriptor that was excluded.
    bool takeExclusion() { return std::exchange(m_hasExcluded, false); }
    /// Tells the notifiers of what is ready, those that are added meanwhile aside. Returns how many it told.
    int deliver();

private:
    static constexpr std::size_t typeCount = 3;

    enum class Source {
        Uv,
        AlwaysReady, ///< epoll refuses it
        Invalid, ///< it is none, or no longer
    };
    struct Descriptor
    {
        uv_poll_t handle {};
        UvSockets *owner = nullptr;
        int number = -1;
        Source source = Source::Uv;
        std::array<QSocketNotifier *, typeCount> notifiers {}; ///< by QSocketNotifier::Type
        int watched = 0; ///< what libuv looks for; 0: it is stopped
        unsigned ready = 0; ///< a bit a type
        bool isQueued = false; ///< in m_ready
    };

    Descriptor *find(int number) const;
    void open(Descriptor &descriptor);
    void close(Descriptor &descriptor);
    void watch(Descriptor &descriptor);
    void noteReady(Descriptor &descriptor, unsigned types);
    void disable(Descriptor &descriptor);
    void checkChanged();
    void checkNext();
    static bool isOpen(int number);
    static void onEvents(uv_poll_t *handle, int status, int events);

    uv_loop_t &m_loop;
    std::vector<Descriptor *> m_descriptors; ///< by number; libuv frees them once they are closed
    std::vector<int> m_ready; ///< numbers, in the order in which they became ready
    std::size_t m_next = 0; ///< in m_ready
    std::vector<int> m_changed; ///< those that libuv will tell the system of in the next uv_run()
    std::vector<int> m_stopped; ///< those that libuv looks at no longer, though they have notifiers
    std::vector<int> m_alwaysReady;
    std::size_t m_checked = 0; ///< the number that checkNext() looked at last
    unsigned m_waits = 0;
    Poll m_poll = Poll::Included;
    bool m_hasExcluded = false;
};

} // namespace coroscope::dispatch
