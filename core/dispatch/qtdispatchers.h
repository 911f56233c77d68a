// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractEventDispatcher>

#include <memory>

namespace coroscope::dispatch {

/// Qt's dispatcher on poll(), for any thread. Null: this build doesn't have it by name.
std::unique_ptr<QAbstractEventDispatcher> makeUnixDispatcher();

} // namespace coroscope::dispatch
