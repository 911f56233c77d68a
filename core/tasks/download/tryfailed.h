// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <chrono>
#include <optional>

namespace coroscope::download {

/// A try that the server refused, perhaps with a word on when to come again.
class TryFailed : public net::Exception
{
public:
    TryFailed(net::Error error, std::optional<std::chrono::seconds> retryAfter)
        : Exception(std::move(error))
        , m_retryAfter(retryAfter)
    { }
    std::optional<std::chrono::seconds> retryAfter() const { return m_retryAfter; }

private:
    std::optional<std::chrono::seconds> m_retryAfter;
};

} // namespace coroscope::download
