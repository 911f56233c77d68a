// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httppage.h"

#include "core/net/escape.h"
#include "core/net/httpstatus.h"
#include "core/net/httptransfer.h"
#include "core/net/redirects.h"
#include "core/runtime/errors.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QStringDecoder>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HttpPage)
};

using Transfer = std::shared_ptr<HttpTransfer>;

QCoro::Task<> hear(Transfer http, QUrl url, std::chrono::nanoseconds inactivity)
{
    const bool isHeard = co_await http->activity(trace::intern(shownUrl(url)), inactivity);
    if (!isHeard) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(inactivity).count();
        throw Exception({.kind = Error::Kind::Timeout,
                         .what = Words::tr("nothing came for %1 s").arg(seconds),
                         .where = shownUrl(url)});
    }
}

/// Of a failed transfer: what broke. An error status alone breaks nothing.
void requireIntact(const HttpTransfer &http)
{
    const auto error = http.error();
    if (error && error->kind != Error::Kind::Http)
        throw Exception(*error);
}

QByteArray charsetOf(const QByteArray &contentType)
{
    for (const QByteArray &part : contentType.split(';').mid(1)) {
        const qsizetype equals = part.indexOf('=');
        if (equals > 0 && part.first(equals).trimmed().toLower() == "charset")
            return part.mid(equals + 1).trimmed().replace('"', "");
    }
    return {};
}

} // namespace

QString HttpPage::text() const
{
    auto encoding = QStringConverter::encodingForData(body);
    if (!encoding)
        encoding = QStringConverter::encodingForName(charsetOf(contentType).constData());
    QStringDecoder decode(encoding.value_or(QStringConverter::Utf8));
    return decode(body);
}

QCoro::Task<HttpPage> fetchPage(HttpClient client, HttpGet get, PageLimits limits)
{
    HttpPage page;
    page.url = get.url;
    Redirects redirects(get.url);
    Transfer http;
    for (;;) {
        get.url = page.url;
        http = std::make_shared<HttpTransfer>(client, get);
        while (!http->hasHead())
            co_await hear(http, page.url, limits.inactivity);
        requireIntact(*http);
        const std::optional<QUrl> location = http->redirect();
        if (!location)
            break;
        const QUrl next = redirects.follow(*location);
        if (next.host() != page.url.host())
            get.credentials = {}; // a login is for the server that it was given for
        page.url = next;
    }
    page.status = http->status();
    page.contentType = http->header("Content-Type");
    const bool hasBody = page.status != 204 && page.status != 304;
    while (hasBody && !http->isOver() && !page.isCut) {
        if (http->available() == 0)
            co_await hear(http, page.url, limits.inactivity);
        page.body += http->read();
        page.isCut = page.body.size() > limits.most;
    }
    if (page.isCut && limits.excess == PageLimits::Excess::Fail) {
        throw Exception({.kind = Error::Kind::Limit,
                         .what = Words::tr("more than %1 bytes").arg(grouped(limits.most)),
                         .where = shownUrl(page.url),
                         .httpStatus = page.status});
    }
    page.body.truncate(limits.most);
    if (!page.isCut)
        requireIntact(*http);
    co_return page;
}

void requireSuccess(const HttpPage &page)
{
    if (page.status < 400)
        return;
    throw Exception({.kind = Error::Kind::Http,
                     .what = httpStatusText(page.status),
                     .where = shownUrl(page.url),
                     .advice = httpStatusAdvice(page.status),
                     .httpStatus = page.status});
}

} // namespace coroscope::net
