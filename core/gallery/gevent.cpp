// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/task.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<> count(Stage stage, QString name)
{
    for (int i = 0; i < 5; ++i) {
        stage.print(QStringLiteral("%1 + %2").arg(name).arg(i));
        co_await stage.sleep(500ms); // here the loop goes on with another task by itself
    }
}

} // namespace

Task<> coroscope::gallery::runGevent(Stage stage)
{
    const auto ga = spawn("A", count, stage, QString("A"));
    const auto gb = spawn("B", count, stage, QString("B"));
    const auto gc = spawn("C", count, stage, QString("C"));

    co_await ga;
    co_await gb;
    co_await gc;
}
