// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace coroscope::net {

/// Bytes [offset, offset + length) of the endless content numbered `seed`: the same ones each time, however
/// they are cut, and without a file that holds them.
QByteArray sampleContent(quint64 seed, qint64 offset, qint64 length);

} // namespace coroscope::net
