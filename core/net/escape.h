// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

namespace coroscope::net {

/// Bytes for a person's eyes, on one line: UTF-8 as it is, control characters and all else as \n or \xNN.
/// Not more than `limit` bytes are shown; then it says how many there are.
QString escaped(QByteArrayView bytes, qsizetype limit = 4096);

/// "611,738": the same in every locale, as results in traces are.
QString grouped(qint64 number);

} // namespace coroscope::net
