// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/notes.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <span>
#include <vector>

namespace coroscope::io {

/// As the content of a chunk: a CBOR array of maps.
QByteArray writeNotes(std::span<const model::Note> notes);
/// Nothing if it is damaged.
std::optional<std::vector<model::Note>> readNotes(QByteArrayView content);

} // namespace coroscope::io
