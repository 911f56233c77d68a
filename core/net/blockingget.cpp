// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/blockingget.h"

#include "core/net/curlerror.h"
#include "core/net/curllibrary.h"
#include "core/net/curlrequest.h"
#include "core/net/httpstatus.h"
#include "core/net/httptransfer.h"
#include "core/net/redirects.h"

#include <QCoreApplication>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::BlockingGet)
};

constexpr long inactivity = 60; // seconds
constexpr long connectTimeout = 30;
constexpr qsizetype most = 1024 * 1024 * 1024;

size_t receive(char *data, size_t, size_t size, void *body)
{
    auto &bytes = *static_cast<QByteArray *>(body);
    if (bytes.size() + qsizetype(size) > most)
        return 0;
    bytes.append(data, qsizetype(size));
    return size;
}

int mayGoOn(void *stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<const std::stop_token *>(stop)->stop_requested();
}

} // namespace

QByteArray blockingGet(const QUrl &url, const TlsSettings &tls, const std::stop_token &stop)
{
    loadCurl();
    HttpGet get {.url = url};
    get.access.tls = tls;
    CurlHandles handles;
    CurlRequest request(get, handles);
    QByteArray body;
    char text[CURL_ERROR_SIZE] = "";
    request.set(CURLOPT_HTTP_TRANSFER_DECODING, 1L);
    request.set(CURLOPT_FOLLOWLOCATION, 1L);
    request.set(CURLOPT_MAXREDIRS, long(Redirects::most));
    request.set(CURLOPT_REDIR_PROTOCOLS_STR, url.scheme() == QLatin1String("https") ? "https" : "http,https");
    request.set(CURLOPT_CONNECTTIMEOUT, connectTimeout);
    request.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    request.set(CURLOPT_LOW_SPEED_TIME, inactivity);
    request.set(CURLOPT_WRITEFUNCTION, &receive);
    request.set(CURLOPT_WRITEDATA, &body);
    request.set(CURLOPT_NOPROGRESS, 0L);
    request.set(CURLOPT_XFERINFOFUNCTION, &mayGoOn);
    request.set(CURLOPT_XFERINFODATA, &stop);
    request.set(CURLOPT_ERRORBUFFER, text);
    const CURLcode code = curl_easy_perform(request.handle());
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        throw Exception({.kind = Error::Kind::Lost,
                         .what = Words::tr("the transfer was stopped"),
                         .where = shownUrl(url)});
    }
    if (code != CURLE_OK) {
        const CurlFailure failure {.easy = request.handle(),
                                   .code = code,
                                   .text = text,
                                   .usesProxy = request.usesProxy(),
                                   .isInHead = body.isEmpty()};
        Error error = failure.error();
        error.where = shownUrl(url);
        throw Exception(error);
    }
    long status = 0;
    curl_easy_getinfo(request.handle(), CURLINFO_RESPONSE_CODE, &status);
    if (status >= 400) {
        throw Exception({.kind = Error::Kind::Http,
                         .what = httpStatusText(int(status)),
                         .where = shownUrl(url),
                         .advice = httpStatusAdvice(int(status)),
                         .httpStatus = int(status)});
    }
    return body;
}

} // namespace coroscope::net
