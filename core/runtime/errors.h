// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/cancellederror.h"

#include <stdexcept>

namespace coroscope {

/// A time limit passed.
class TimeoutError : public std::runtime_error
{
public:
    TimeoutError()
        : std::runtime_error("timed out")
    { }
    using std::runtime_error::runtime_error;
};

/// Asked for a result that isn't there yet, or set a future twice.
class InvalidStateError : public std::logic_error
{
public:
    using std::logic_error::logic_error;
};

/// The object whose signal was awaited has been destroyed.
class SenderDestroyed : public std::runtime_error
{
public:
    SenderDestroyed()
        : std::runtime_error("the sender of the awaited signal was destroyed")
    { }
};

} // namespace coroscope
