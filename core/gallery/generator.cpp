// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/generator.h"
#include "core/gallery/examples.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Generator<int> task1(Stage stage)
{
    for (int i = 0; i < 3; ++i) {
        stage.print(QStringLiteral("A + %1").arg(i));
        co_yield i;
        stage.block(1s);
    }
}

Generator<int> task2(Stage stage)
{
    for (int i = 0; i < 3; ++i) {
        stage.print(QStringLiteral("B + %1").arg(i));
        co_yield i;
        stage.block(2s);
    }
}

} // namespace

Task<> coroscope::gallery::runGenerator(Stage stage)
{
    auto g1 = task1(stage);
    auto g2 = task2(stage);

    // In turn, until one of them has nothing more to give. Nobody else gets a turn: the sleeps block.
    while (g1.next() && g2.next()) { }
    co_return;
}
