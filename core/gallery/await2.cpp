// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<QString> others(Stage stage)
{
    stage.print("start");
    co_await stage.sleep(2s);
    stage.print("end");
    co_return "返回值";
}

} // namespace

Task<> coroscope::gallery::runAwait2(Stage stage)
{
    stage.print("执行协程函数内部代码");
    // At an I/O operation this coroutine is suspended until the operation has ended. Meanwhile the event loop
    // can run other tasks.
    const QString response = co_await others(stage);
    stage.print("IO请求结束,结果为:" + response);
}
