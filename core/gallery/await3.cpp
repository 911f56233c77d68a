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

Task<> coroscope::gallery::runAwait3(Stage stage)
{
    stage.print("执行协程函数内部代码");
    const QString response1 = co_await others(stage);
    stage.print("response1请求结束,结果为:" + response1);

    // This call begins when the first has ended: awaiting one after the other is not "at once".
    const QString response2 = co_await others(stage);
    stage.print("response2 请求结束,结果为:" + response2);
}
