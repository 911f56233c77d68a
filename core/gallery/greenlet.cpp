// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/handover.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Handover A(Stage stage, Handover *gb)
{
    for (int i = 0; i < 5; ++i) {
        stage.print(QStringLiteral("A + %1").arg(i));
        co_await gb->switchTo(); // by hand: B goes on, right now
        stage.block(500ms);
    }
}

Handover B(Stage stage, Handover *gc)
{
    for (int i = 0; i < 5; ++i) {
        stage.print(QStringLiteral("B + %1").arg(i));
        co_await gc->switchTo();
        stage.block(500ms);
    }
}

Handover C(Stage stage, Handover *ga)
{
    for (int i = 0; i < 5; ++i) {
        stage.print(QStringLiteral("C + %1").arg(i));
        co_await ga->switchTo();
        stage.block(500ms);
    }
}

} // namespace

Task<> coroscope::gallery::runGreenlet(Stage stage)
{
    Handover ga;
    Handover gb;
    Handover gc;
    ga = A(stage, &gb);
    gb = B(stage, &gc);
    gc = C(stage, &ga);
    // Begins with A. When A has ended, control comes back, with B and C still in the middle.
    ga.run();
    co_return;
}
