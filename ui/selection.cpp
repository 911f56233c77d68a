// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/selection.h"

namespace coroscope::ui {

void Selection::select(TaskId task, std::optional<std::uint32_t> slice)
{
    if (m_task == task && m_slice == slice)
        return;
    m_task = task;
    m_slice = slice;
    emit changed();
}

void Selection::hover(TaskId task)
{
    if (m_hovered == task)
        return;
    m_hovered = task;
    emit hoverChanged();
}

void Selection::reveal(TaskId task, std::optional<std::uint32_t> slice)
{
    select(task, slice);
    emit revealed(task, slice);
}

} // namespace coroscope::ui
