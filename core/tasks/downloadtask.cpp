// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/downloadtask.h"

#include "core/net/turn.h"
#include "core/trace/strings.h"

#include <QCoreApplication>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::Download)
};

} // namespace

download::Request requestOf(const DownloadSpec &spec)
{
    download::Request request;
    request.urls = {spec.url.adjusted(QUrl::RemoveUserInfo)};
    request.credentials = {spec.url.userName(QUrl::FullyDecoded), spec.url.password(QUrl::FullyDecoded), {}};
    request.folder = spec.folder;
    request.fileName = spec.fileName;
    request.options.inactivity = spec.timeout;
    request.options.retries = spec.retries;
    request.options.access.tls = {spec.insecure, spec.caFile};
    return request;
}

DownloadSpec specOf(const download::Request &request)
{
    return {.url = request.url(),
            .folder = request.folder,
            .fileName = request.fileName,
            .timeout = request.options.inactivity,
            .retries = request.options.retries,
            .insecure = request.options.access.tls.insecure,
            .caFile = request.options.access.tls.caFile};
}

QCoro::Task<DownloadResult> downloadFile(DownloadSpec spec, TaskContext context,
                                         std::shared_ptr<net::Turnstile> queue)
{
    const auto engine = context.downloads ? context.downloads : download::Engine::make();
    const download::EntryPtr entry = engine->hold(requestOf(spec), {});
    net::Turn turn(queue ? std::move(queue) : std::make_shared<net::Turnstile>(1));
    const StringId label = trace::intern(Words::tr("a place in the batch"));
    try {
        while (!turn.isMine())
            co_await turn.wait(label);
    } catch (const CancelledError &) {
        engine->letGo(entry);
        throw;
    }
    DownloadResult result = co_await download::Engine::fetch(engine, entry);
    context.book->setOutput(trace::currentTask(), result.path.toUtf8() + '\n');
    co_return result;
}

} // namespace coroscope::tasks
