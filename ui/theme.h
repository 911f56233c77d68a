// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAnyStringView>
#include <QColor>
#include <QPalette>

#include <array>

class QApplication;

namespace coroscope::ui {

/// One kind of work, in all depths of its colour.
struct Hue
{
    QLatin1String key; ///< "download", "redis" …; empty: groups, loops, and what has no kind
    QColor color; ///< as it is named; the others are made of it
    QColor solid; ///< runs; `Theme::onSolid` is read on it
    QColor tint; ///< waits: 20 % over `Theme::base`; `Theme::text` is read on it
    QColor hatch; ///< the stripes of "ready" on `tint`
    QColor text; ///< as letters on `Theme::base` and on rows
};

/// The window's colours, light and dark. Text on its ground keeps a contrast of at least 4.5:1.
struct Theme
{
    bool dark = false;
    QColor window; ///< tool bar, status bar, docks
    QColor base; ///< tables, timeline
    QColor raised; ///< buttons, fields
    QColor border;
    QColor grid; ///< the ruler's dashed lines
    QColor text;
    QColor dimText;
    QColor accent; ///< the one accent: primary button, the chosen tab's bar, focus
    QColor onAccent; ///< text on `accent`
    QColor link; ///< `accent` as letters
    QColor selectedRow;
    QColor hoveredRow;
    QColor good; ///< ✓
    QColor bad; ///< ✕, failure as letters
    QColor blocking; ///< blocking as a solid; with `bad` the only red
    QColor cancelled; ///< ⊘
    QColor onSolid; ///< text on `blocking` and on any hue's solid
    QColor flag; ///< the ground of the time's flag and of tool tips
    QColor onFlag; ///< text on `flag`
    QColor dimOnFlag; ///< less important text on `flag`
    std::array<Hue, 7> hues;

    /// The hue of a kind of work; else that of groups and loops.
    const Hue &hue(QAnyStringView name) const;
    QColor category(QAnyStringView name) const { return hue(name).solid; }
    /// The 20 % tint that says "waits", over `base`.
    QColor waiting(QAnyStringView name) const { return hue(name).tint; }
    QPalette palette() const;

    static const Theme &light();
    static const Theme &darkTheme();
    /// Light or dark, as the widget's palette says.
    static const Theme &of(const QPalette &palette);
};

enum class ThemeChoice { System, Light, Dark };
/// Style, palette, font and style sheet of the whole application. May be called again to change the choice;
/// System follows the desktop's changes from then on.
void applyTheme(QApplication &app, ThemeChoice choice);

} // namespace coroscope::ui
