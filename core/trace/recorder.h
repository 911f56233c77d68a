// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"

#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <functional>

namespace coroscope::trace {

struct RecorderOptions
{
    std::size_t ringEvents = std::size_t(1) << 16; ///< a thread; rounded up to a power of two; 32 bytes each
    std::size_t textBytes = std::size_t(1) << 18; ///< a thread; rounded up likewise
};

/// Begins a recording. Frames that live already are announced (FirstSeen) by their thread's next event.
/// Rings made by an earlier recording keep their size. Any thread; a second start does nothing.
void startRecording(RecorderOptions options = {});
/// Ends it. What the rings hold can still be drained.
void stopRecording();

/// Receives events in order of time. The text is UTF-8, set for EventType::Text, valid during the call.
class Sink
{
public:
    virtual void event(std::uint32_t thread, const Event &event, QByteArrayView text) = 0;
    /// `events` events of `thread` were dropped by its overloaded ring, the first of them at `ticks`.
    virtual void lost(std::uint32_t thread, std::uint64_t ticks, std::uint64_t events) = 0;
    virtual void lostTexts(std::uint32_t thread, std::uint64_t texts) = 0;

protected:
    ~Sink() = default;
};

/// Takes what all threads wrote until now, merged by time. One consumer at a time.
///
/// An event is handed over only if it is older than a clock reading made before the rings were looked at, so
/// whatever happened before it on another thread (it was suspended there, say) has been handed over already.
/// Returns false if `maxEvents` were taken and more is waiting.
bool drain(Sink &sink, std::size_t maxEvents = ~std::size_t(0));

/// Calls `announce` at each start of a recording, on the starting thread, until the returned object dies.
class StartListener
{
public:
    explicit StartListener(std::function<void()> announce);
    ~StartListener();
    StartListener(const StartListener &) = delete;
    StartListener &operator=(const StartListener &) = delete;

private:
    friend void startRecording(RecorderOptions);
    std::function<void()> m_announce;
};

/// From here on this thread's coroutines leave no trace: for services of the observing program itself.
void leaveThreadUntraced();

} // namespace coroscope::trace
