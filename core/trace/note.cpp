// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/note.h"

#include "core/trace/frame.h"

namespace coroscope::trace {

namespace {

/// 0 where nothing is to be said.
std::uint32_t subject() { return isRecording() && thisThread.current ? rootOf(*thisThread.current).id : 0; }

} // namespace

TaskId currentTask() { return {thisThread.current ? rootOf(*thisThread.current).id : 0}; }

void setTaskName(const QString &name)
{
    if (const std::uint32_t id = subject())
        recordText(id, TextKind::Name, name);
}

void setCategory(QByteArrayView name)
{
    if (const std::uint32_t id = subject())
        recordText(id, TextKind::Category, name);
}

void print(const QString &line)
{
    if (const std::uint32_t id = subject())
        recordText(id, TextKind::Print, line);
}

void progress(std::uint64_t done, std::optional<std::uint64_t> total, ProgressUnit unit)
{
    if (const std::uint32_t id = subject())
        record(id, EventType::Progress, Cause::None, std::uint16_t(unit), done,
               total.value_or(~std::uint64_t(0)));
}

} // namespace coroscope::trace
