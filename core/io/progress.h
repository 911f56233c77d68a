// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

namespace coroscope::io {

/// Told how far a long work is, 0…1, every few milliseconds, on the thread that works. It answers whether to
/// go on. An empty one: nobody wants to know.
using Progress = std::function<bool(double part)>;

} // namespace coroscope::io
