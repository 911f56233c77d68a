// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timelinekeys.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace coroscope::ui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::TimelineKeys)
};

struct Binding
{
    int key;
    TimelineAction action;
};

constexpr Binding bindings[] {
    {Qt::Key_W, TimelineAction::ZoomIn},
    {Qt::Key_Plus, TimelineAction::ZoomIn},
    {Qt::Key_Equal, TimelineAction::ZoomIn},
    {Qt::Key_S, TimelineAction::ZoomOut},
    {Qt::Key_Minus, TimelineAction::ZoomOut},
    {Qt::Key_A, TimelineAction::PanLeft},
    {Qt::Key_D, TimelineAction::PanRight},
    {Qt::Key_F, TimelineAction::Fit},
    {Qt::Key_Period, TimelineAction::NextSlice},
    {Qt::Key_Comma, TimelineAction::PreviousSlice},
    {Qt::Key_Return, TimelineAction::ZoomToSlice},
    {Qt::Key_Enter, TimelineAction::ZoomToSlice},
    {Qt::Key_BracketLeft, TimelineAction::ToCause},
    {Qt::Key_BracketRight, TimelineAction::ToEffect},
    {Qt::Key_Space, TimelineAction::Freeze},
    {Qt::Key_Home, TimelineAction::GoToBegin},
    {Qt::Key_End, TimelineAction::Follow},
    {Qt::Key_R, TimelineAction::Replay},
    {Qt::Key_Less, TimelineAction::PreviousEvent},
    {Qt::Key_Greater, TimelineAction::NextEvent},
    {Qt::Key_Up, TimelineAction::LaneUp},
    {Qt::Key_Down, TimelineAction::LaneDown},
    {Qt::Key_PageUp, TimelineAction::PageUp},
    {Qt::Key_PageDown, TimelineAction::PageDown},
    {Qt::Key_Right, TimelineAction::Open},
    {Qt::Key_Left, TimelineAction::Close},
    {Qt::Key_Menu, TimelineAction::Menu},
    {Qt::Key_P, TimelineAction::Pin},
    {Qt::Key_L, TimelineAction::FilterLanes},
    {Qt::Key_M, TimelineAction::SetNote},
    {Qt::Key_Delete, TimelineAction::RemoveNote},
    {Qt::Key_Slash, TimelineAction::Find},
    {Qt::Key_N, TimelineAction::FindNext},
    {Qt::Key_Question, TimelineAction::Help},
    {Qt::Key_Escape, TimelineAction::Escape},
};

struct Chord
{
    Qt::KeyboardModifiers modifiers;
    int key;
    TimelineAction action;
};

const Chord chords[] {
    {Qt::ShiftModifier, Qt::Key_F10, TimelineAction::Menu},
    {Qt::ShiftModifier, Qt::Key_Comma, TimelineAction::PreviousEvent},
    {Qt::ShiftModifier, Qt::Key_Period, TimelineAction::NextEvent},
    {Qt::ShiftModifier, Qt::Key_M, TimelineAction::ListNotes},
    {Qt::ShiftModifier, Qt::Key_N, TimelineAction::FindPrevious},
    {Qt::ShiftModifier, Qt::Key_Left, TimelineAction::CloseAll},
    {Qt::ShiftModifier, Qt::Key_Right, TimelineAction::OpenAll},
    {Qt::AltModifier, Qt::Key_Left, TimelineAction::Back},
    {Qt::AltModifier, Qt::Key_Right, TimelineAction::Forward},
    {Qt::AltModifier, Qt::Key_Up, TimelineAction::MoveUp},
    {Qt::AltModifier, Qt::Key_Down, TimelineAction::MoveDown},
    {Qt::AltModifier | Qt::ShiftModifier, Qt::Key_Up, TimelineAction::MoveToTop},
    {Qt::AltModifier | Qt::ShiftModifier, Qt::Key_Down, TimelineAction::MoveToBottom},
    {Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_F12, TimelineAction::FrameTimes},
};

} // namespace

std::optional<TimelineAction> timelineAction(const QKeyEvent &event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    for (const Chord &chord : chords) {
        if (chord.key == event.key() && chord.modifiers == modifiers)
            return chord.action;
    }
    // "?" and "+" need Shift on most keyboards; with the others nobody means us.
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return {};
    for (const Binding &binding : bindings) {
        if (binding.key == event.key())
            return binding.action;
    }
    return {};
}

std::vector<KeyHint> timelineKeyHints()
{
    return {
        {{Texts::tr("W"), Texts::tr("S")}, Texts::tr("zoom in and out at the pointer")},
        {{Texts::tr("A"), Texts::tr("D")}, Texts::tr("move to earlier, to later")},
        {{Texts::tr("Wheel")}, Texts::tr("scroll the lanes")},
        {{Texts::tr("Ctrl+wheel")}, Texts::tr("zoom at the pointer")},
        {{Texts::tr("Shift+wheel")}, Texts::tr("move in time")},
        {{Texts::tr("Drag")}, Texts::tr("move in time and over the lanes")},
        {{Texts::tr("Shift+drag")}, Texts::tr("statistics of a region; F fits it")},
        {{Texts::tr("Double click")}, Texts::tr("zoom to a slice or wait")},
        {{Texts::tr("F")}, Texts::tr("fit the selection; again: all")},
        {{Texts::tr(","), Texts::tr(".")}, Texts::tr("previous, next slice of the lane")},
        {{Texts::tr("Enter")}, Texts::tr("zoom to the selected slice")},
        {{Texts::tr("["), Texts::tr("]")}, Texts::tr("go to what caused a slice, and forth")},
        {{Texts::tr("Alt+←"), Texts::tr("Alt+→")}, Texts::tr("back to where you were, and forth")},
        {{Texts::tr("↑"), Texts::tr("↓")}, Texts::tr("previous, next lane")},
        {{Texts::tr("←"), Texts::tr("→")}, Texts::tr("close, open a lane; with Shift: all")},
        {{Texts::tr("P")}, Texts::tr("pin the lane to the top, or unpin it")},
        {{Texts::tr("Alt+↑"), Texts::tr("Alt+↓")}, Texts::tr("move a lane; with Shift: to the end")},
        {{Texts::tr("Drag a name")}, Texts::tr("put the lanes in your own order")},
        {{Texts::tr("L")}, Texts::tr("filter the lanes by name")},
        {{Texts::tr("/")}, Texts::tr("find names, reasons, printed lines")},
        {{Texts::tr("N"), Texts::tr("Shift+N")}, Texts::tr("next, previous that was found")},
        {{Texts::tr("M"), Texts::tr("Shift+M")}, Texts::tr("set a mark with a note; list marks")},
        {{Texts::tr("Delete")}, Texts::tr("remove the mark that was clicked")},
        {{Texts::tr("Space")}, Texts::tr("freeze the view; pause a replay")},
        {{Texts::tr("R")}, Texts::tr("replay what is seen; pause, play on")},
        {{Texts::tr("<"), Texts::tr(">")}, Texts::tr("replay: to the event before, after")},
        {{Texts::tr("Shift+click")}, Texts::tr("in the ruler: set the playhead")},
        {{Texts::tr("Home")}, Texts::tr("go to the session's begin")},
        {{Texts::tr("End")}, Texts::tr("follow live")},
        {{Texts::tr("Esc")}, Texts::tr("close find, drop region, end replay")},
        {{Texts::tr("?")}, Texts::tr("show or hide this list")},
    };
}

} // namespace coroscope::ui
