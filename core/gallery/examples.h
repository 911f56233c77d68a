// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/gallery/stage.h"

#include <QCoroTask>

/// The tutorial's systems, each in a file of its own, in the order of the tutorial. Each is a coroutine to be
/// spawned on a Loop; what it prints and shows stands in the registry (gallery.h).
namespace coroscope::gallery {

QCoro::Task<> runGenerator(Stage stage);
QCoro::Task<> runGreenlet(Stage stage);
QCoro::Task<> runGevent(Stage stage);
QCoro::Task<> runGeventDownload(Stage stage);
QCoro::Task<> runAsyncioRun(Stage stage);
QCoro::Task<> runAwait1(Stage stage);
QCoro::Task<> runAwait2(Stage stage);
QCoro::Task<> runAwait3(Stage stage);
QCoro::Task<> runTask1(Stage stage);
QCoro::Task<> runTask2(Stage stage);
QCoro::Task<> runTask3(Stage stage);
QCoro::Task<> runWaitTimeout(Stage stage);
QCoro::Task<> runFuture1(Stage stage);
QCoro::Task<> runFuture2(Stage stage);
QCoro::Task<> runExecutorThread(Stage stage);
QCoro::Task<> runExecutorProcess(Stage stage);
QCoro::Task<> runExecutorAwait(Stage stage);
QCoro::Task<> runExecutorDownload(Stage stage);
QCoro::Task<> runAsyncIterator(Stage stage);
QCoro::Task<> runAsyncContext(Stage stage);
QCoro::Task<> runLoopSwap(Stage stage);
QCoro::Task<> runRedis1(Stage stage);
QCoro::Task<> runRedis2(Stage stage);
QCoro::Task<> runMysql1(Stage stage);
QCoro::Task<> runMysql2(Stage stage);
QCoro::Task<> runCrawler(Stage stage);

} // namespace coroscope::gallery
