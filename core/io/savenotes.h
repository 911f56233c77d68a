// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/notes.h"

namespace coroscope::io {

/// What a recording ends with: notes, if there are any, and the end's mark.
QByteArray ending(std::span<const model::Note> notes);

/// Saves a recording with these notes instead of its own, under its own name or another. All else stays as it
/// is, byte for byte, up to where it can be read. Returns what went wrong, in a sentence; then the file that
/// was there is untouched.
std::optional<QString> saveNotes(const QString &recording, std::span<const model::Note> notes,
                                 const QString &target);

} // namespace coroscope::io
