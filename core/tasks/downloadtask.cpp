// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/downloadtask.h"

#include "core/net/escape.h"
#include "core/net/httptransfer.h"
#include "core/net/redirects.h"
#include "core/tasks/duration.h"
#include "core/tasks/partfile.h"
#include "core/tasks/progressmeter.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::Download)
};

using net::Error;

[[noreturn]] void failWithSilence(const DownloadSpec &spec, const QUrl &url)
{
    throw net::Exception({.kind = Error::Kind::Timeout,
                          .what = Words::tr("nothing came for %1").arg(durationText(spec.timeout)),
                          .where = net::shownUrl(url),
                          .advice = Words::tr("The server may be overloaded: try later")});
}

/// Throws what the transfer failed with, or if its answer isn't the whole file.
void requireWholeFile(const net::HttpTransfer &transfer, const QUrl &url)
{
    if (const auto error = transfer.error())
        throw net::Exception(*error);
    if (transfer.status() == 206) {
        throw net::Exception({.kind = Error::Kind::Protocol,
                              .what = Words::tr("the server sends a part that nobody asked for"),
                              .where = net::shownUrl(url),
                              .httpStatus = 206});
    }
}

/// A chunked body has no length. Where a server closes the connection in the midst of one, Qt 6.4's
/// QNetworkAccessManager reports an error most of the time, but not always: nothing here can tell.
void requireLength(qint64 received, std::optional<qint64> promised, const QUrl &url, int status)
{
    if (!promised || received == *promised)
        return;
    throw net::Exception({.kind = Error::Kind::Truncated,
                          .what = Words::tr("the file is cut short: %1 of %2 bytes")
                                      .arg(net::grouped(received), net::grouped(*promised)),
                          .where = net::shownUrl(url),
                          .httpStatus = status});
}

} // namespace

QString toTraceText(const DownloadResult &result)
{
    return QStringLiteral("%1 bytes → %2").arg(net::grouped(result.bytes), QFileInfo(result.path).fileName());
}

QCoro::Task<DownloadResult> download(DownloadSpec spec, TaskContext context,
                                     std::shared_ptr<net::Turnstile> queue)
{
    makeWritableFolder(spec.folder);
    net::Turn turn(queue ? std::move(queue) : std::make_shared<net::Turnstile>(1));
    while (!turn.isMine())
        co_await turn.wait(trace::intern(u"a place in the batch"));
    while (!context.tls->isLoaded())
        co_await context.tls->loading();

    net::Redirects redirects(spec.url);
    QUrl url = spec.url;
    for (;;) {
        net::Turn connection(context.http.turnstile(url));
        while (!connection.isMine())
            co_await connection.wait(trace::intern(QStringLiteral("a connection to %1").arg(url.host())));

        net::HttpTransfer transfer(context.http.get(url, {spec.insecure, spec.caFile}));
        const StringId label = trace::intern(net::shownUrl(url));
        while (!transfer.hasHead()) {
            const bool heard = co_await transfer.activity(label, spec.timeout);
            if (!heard)
                failWithSilence(spec, url);
        }
        if (const auto location = transfer.redirect()) {
            url = redirects.follow(*location);
            continue;
        }
        requireWholeFile(transfer, url);

        const std::optional<qint64> length = transfer.contentLength();
        const QByteArray disposition = transfer.header("Content-Disposition");
        PartFile part(spec.folder, fileNameFor(url, spec.fileName, disposition));
        ProgressMeter progress;
        for (;;) {
            part.write(transfer.read());
            progress.update(std::uint64_t(part.size()), length, trace::ProgressUnit::Bytes);
            if (transfer.isOver())
                break;
            const bool heard = co_await transfer.activity(label, spec.timeout);
            if (!heard)
                failWithSilence(spec, url);
        }
        const int status = transfer.status();
        requireLength(part.size(), length, url, status);
        requireWholeFile(transfer, url);

        DownloadResult result {.url = url, .path = {}, .bytes = part.size(), .httpStatus = status};
        result.path = part.commit();
        context.book->setOutput(trace::currentTask(), result.path.toUtf8() + '\n');
        co_return result;
    }
}

} // namespace coroscope::tasks
