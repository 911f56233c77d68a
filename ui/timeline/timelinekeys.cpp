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
    {Qt::Key_W, TimelineAction::ZoomIn},           {Qt::Key_Plus, TimelineAction::ZoomIn},
    {Qt::Key_Equal, TimelineAction::ZoomIn},       {Qt::Key_S, TimelineAction::ZoomOut},
    {Qt::Key_Minus, TimelineAction::ZoomOut},      {Qt::Key_A, TimelineAction::PanLeft},
    {Qt::Key_D, TimelineAction::PanRight},         {Qt::Key_F, TimelineAction::Fit},
    {Qt::Key_Period, TimelineAction::NextSlice},   {Qt::Key_Comma, TimelineAction::PreviousSlice},
    {Qt::Key_Return, TimelineAction::ZoomToSlice}, {Qt::Key_Enter, TimelineAction::ZoomToSlice},
    {Qt::Key_Space, TimelineAction::Freeze},       {Qt::Key_Home, TimelineAction::GoToBegin},
    {Qt::Key_End, TimelineAction::Follow},         {Qt::Key_Up, TimelineAction::LaneUp},
    {Qt::Key_Down, TimelineAction::LaneDown},      {Qt::Key_PageUp, TimelineAction::PageUp},
    {Qt::Key_PageDown, TimelineAction::PageDown},  {Qt::Key_Right, TimelineAction::Open},
    {Qt::Key_Left, TimelineAction::Close},         {Qt::Key_Menu, TimelineAction::Menu},
    {Qt::Key_Question, TimelineAction::Help},      {Qt::Key_Escape, TimelineAction::Escape},
};

} // namespace

std::optional<TimelineAction> timelineAction(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_F10 && event.modifiers() == Qt::ShiftModifier)
        return TimelineAction::Menu;
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
        {{Texts::tr("Shift+drag")}, Texts::tr("measure a region")},
        {{Texts::tr("Double click")}, Texts::tr("zoom to a slice or wait")},
        {{Texts::tr("F")}, Texts::tr("fit the selection; again: all")},
        {{Texts::tr(","), Texts::tr(".")}, Texts::tr("previous, next slice of the lane")},
        {{Texts::tr("Enter")}, Texts::tr("zoom to the selected slice")},
        {{Texts::tr("↑"), Texts::tr("↓")}, Texts::tr("previous, next lane")},
        {{Texts::tr("←"), Texts::tr("→")}, Texts::tr("close, open a lane")},
        {{Texts::tr("Space")}, Texts::tr("freeze the view; recording goes on")},
        {{Texts::tr("Home")}, Texts::tr("go to the session's begin")},
        {{Texts::tr("End")}, Texts::tr("follow live")},
        {{Texts::tr("Esc")}, Texts::tr("drop region, then selection")},
        {{Texts::tr("?")}, Texts::tr("show or hide this list")},
    };
}

} // namespace coroscope::ui
