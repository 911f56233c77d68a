// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

Task<> coroscope::gallery::runAwait1(Stage stage)
{
    stage.print("hello");
    co_await stage.sleep(2s);
    stage.print("world");
}
