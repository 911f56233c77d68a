// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/demo.h"

#include "core/tasks/demotasks.h"

#include <QTimer>

namespace coroscope::tasks {

using namespace std::chrono_literals;

namespace {

struct DemoFile
{
    const char *path;
    qint64 size;
    qint64 bytesPerSecond;
    qint64 resetAfter; ///< 0: never
};

// In the order in which they are asked for. missing.png isn't there: 404.
constexpr DemoFile files[] = {
    {"/ubuntu.iso", 611'738, 700'000, 0},
    {"/debian.iso", 12'000'000, 3'000'000, 0},
    {"/missing.png", 0, 0, 0},
    {"/big.tar.zst", 60'000'000, 5'000'000, 0},
    {"/photos.zip", 8'000'000, 4'000'000, 0},
    {"/flaky.bin", 5'000'000, 2'000'000, 2'000'000},
    {"/readme.txt", 100'000, 150'000, 0},
    {"/music.flac", 6'000'000, 3'000'000, 0},
    {"/video.mp4", 30'000'000, 6'000'000, 0},
    {"/dataset.csv", 15'000'000, 5'000'000, 0},
};
constexpr int atOnce = 4;

bool isChecked(const QUrl &url)
{
    return url.path() == QLatin1String("/ubuntu.iso") || url.path() == QLatin1String("/debian.iso");
}

} // namespace

net::FileSite demoSite()
{
    net::FileSite site;
    for (const DemoFile &file : files) {
        if (file.size == 0)
            continue;
        net::SampleFile sample {.size = file.size, .bytesPerSecond = file.bytesPerSecond};
        if (file.resetAfter > 0)
            sample.resetAfter = file.resetAfter;
        site.samples.insert(file.path, sample);
    }
    return site;
}

Demo::Demo(net::Endpoints endpoints, QString folder, TaskContext context,
           std::shared_ptr<ThreadExecutor> executor)
    : m_endpoints(std::move(endpoints))
    , m_folder(std::move(folder))
    , m_context(std::move(context))
    , m_executor(std::move(executor))
{ }

void Demo::after(std::chrono::milliseconds delay, void (Demo::*step)())
{
    ++m_stepsLeft;
    QTimer::singleShot(delay, this, [this, step] {
        if (m_isStopped)
            return;
        (this->*step)();
        if (--m_stepsLeft == 0)
            emit spawned();
    });
}

void Demo::start()
{
    if (!m_endpoints.http.isEmpty())
        after(0ms, &Demo::startDownloads);
    if (m_endpoints.redis.size() > 0)
        after(150ms, &Demo::startFirstRedis);
    if (m_endpoints.redis.size() > 1)
        after(200ms, &Demo::startSecondRedis);
    after(300ms, &Demo::startSleeps);
    after(900ms, &Demo::startFuture);
    after(2100ms, &Demo::startParser);
}

void Demo::stop()
{
    m_isStopped = true;
    if (std::exchange(m_stepsLeft, 0) > 0)
        emit spawned();
}

void Demo::startDownloads()
{
    BatchSpec batch {.name = QStringLiteral("batch: samples"), .downloads = {}, .limit = atOnce};
    for (const DemoFile &file : files) {
        QUrl url = m_endpoints.http;
        url.setPath(QString::fromLatin1(file.path));
        batch.downloads.push_back({.url = url, .folder = m_folder, .timeout = 10s});
    }
    const BatchHook check = [executor = m_executor](const DownloadSpec &spec,
                                                    SpawnedTask<DownloadResult> task) {
        if (!isChecked(spec.url))
            return;
        // From the loop, not from the batch: a task of its own instead of a child.
        Loop::current()->post([executor, task, name = spec.url.fileName()] {
            spawn(SpawnOptions(QStringLiteral("check %1").arg(name), "group"), checksum, task, name,
                  executor);
        });
    };
    const SpawnOptions options(defaultName(batch), category(batch));
    const AnyTask task = spawn(options, downloadBatch, batch, m_context, check);
    m_context.book->setSpec(task.id(), batch);
}

void Demo::startRedis(int index)
{
    const QUrl url = m_endpoints.redis[index];
    const QString name = QStringLiteral("redis host%1").arg(index + 1);
    const AnyTask task = spawn(SpawnOptions(name, "redis"), visitCar, url, (index + 1) * 250ms);
    m_context.book->setSpec(task.id(), RedisSpec {.url = url, .commands = carCommands()});
}

void Demo::startSleeps()
{
    for (const auto duration : {500ms, 2000ms, 10000ms})
        launch(SleepSpec {duration}, m_context);
}

void Demo::startFuture() { launch(FutureSpec {QStringLiteral("answer")}, m_context); }

void Demo::startParser() { spawn(SpawnOptions(QStringLiteral("parse index"), "group"), parseIndex); }

} // namespace coroscope::tasks
