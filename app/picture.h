// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

class QWidget;

namespace coroscope::app {

/// The size of a picture of the window, in device-independent pixels.
inline constexpr int pictureWidth = 1600;
inline constexpr int pictureHeight = 960;

/// To be asked before the work begins: why no picture could be saved there; nothing if one can.
std::optional<QString> whyNoPicture(const QString &file);

/// Before a QApplication is made: its windows appear on no screen.
void drawOffScreen();

/// Draws a shown window into a file and says on standard error where it is, or why it could not be saved.
/// True if it was; otherwise an old picture of that name is untouched.
bool savePicture(QWidget &window, const QString &file);

} // namespace coroscope::app
