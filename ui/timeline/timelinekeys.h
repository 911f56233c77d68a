// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <optional>
#include <vector>

class QKeyEvent;

namespace coroscope::ui {

/// What keys do to a timeline.
enum class TimelineAction : std::uint8_t {
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    Fit,
    NextSlice,
    PreviousSlice,
    ZoomToSlice,
    ToCause,
    ToEffect,
    Back,
    Forward,
    SetNote,
    ListNotes,
    RemoveNote,
    Find,
    FindNext,
    FindPrevious,
    Freeze,
    GoToBegin,
    Follow,
    Replay,
    NextEvent,
    PreviousEvent,
    LaneUp,
    LaneDown,
    PageUp,
    PageDown,
    Open,
    OpenAll,
    CloseAll,
    Pin,
    MoveUp,
    MoveDown,
    MoveToTop,
    MoveToBottom,
    FilterLanes,
    FrameTimes,
    Close,
    Menu,
    Help,
    Escape,
};

std::optional<TimelineAction> timelineAction(const QKeyEvent &event);

/// A line of the list of keys and gestures.
struct KeyHint
{
    QStringList keys;
    QString meaning;
};
std::vector<KeyHint> timelineKeyHints();

} // namespace coroscope::ui
