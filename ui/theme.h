// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QColor>
#include <QPalette>

class QApplication;

namespace coroscope::ui {

/// The window's colours, light and dark. Text on its ground keeps a contrast of at least 4.5:1.
struct Theme
{
    bool dark = false;
    QColor window;   ///< tool bar, status bar, docks
    QColor base;     ///< tables, timeline
    QColor raised;   ///< buttons, fields
    QColor border;
    QColor grid;     ///< the ruler's dashed lines
    QColor text;
    QColor dimText;
    QColor accent;   ///< the one accent: primary button, selection, links
    QColor selectedRow;
    QColor hoveredRow;
    QColor good;     ///< ✓
    QColor bad;      ///< ✕ and blocking, and nothing else
    QColor cancelled; ///< ⊘

    /// The hue of a kind of work ("download", "redis", "sleep", …; else the grey of groups and loops).
    QColor category(QByteArrayView name) const;
    /// The 20 % tint that says "waits", over `base`.
    QColor waiting(QByteArrayView name) const;
    QPalette palette() const;

    static const Theme &light();
    static const Theme &darkTheme();
    /// Light or dark, as the widget's palette says.
    static const Theme &of(const QPalette &palette);
};

enum class ThemeChoice { System, Light, Dark };
/// Style, palette, font and style sheet of the whole application.
void applyTheme(QApplication &app, ThemeChoice choice);

} // namespace coroscope::ui
