// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/future.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

Task<> coroscope::gallery::runFuture1(Stage)
{
    // A future that nobody in this program sets. Who waits for it waits for ever, or until a person sets it.
    const Future<QString> fut({.name = "fut", .settable = ByHand::Yes});
    co_await fut;
}
