// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCborValue>

namespace coroscope::io {

/// What a recording says in CBOR may be anything. QCborValue::toInteger() converts floating-point numbers
/// too, and those that don't fit are undefined behaviour; as such it also reads integers of more than 63
/// bits.
inline qint64 integerOf(const QCborValue &value, qint64 otherwise = 0)
{
    return value.isInteger() ? value.toInteger() : otherwise;
}

} // namespace coroscope::io
