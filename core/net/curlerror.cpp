// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/curlerror.h"

#include "core/net/httpstatus.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HttpTransfer)
};

/// OpenSSL's X509_V_ERR_…: numbers that never change.
enum class Verdict : long {
    Unasked = 1, ///< libcurl's beginning: OpenSSL had nothing against it
    NotYetValid = 9,
    Expired = 10,
    SelfSigned = 18,
    SelfSignedInChain = 19,
    NoLocalIssuer = 20,
    NoIssuer = 21,
    HostMismatch = 62,
    AddressMismatch = 64,
};

template<class T>
T info(CURL *easy, CURLINFO what)
{
    T value {};
    curl_easy_getinfo(easy, what, &value);
    return value;
}

/// The words behind the last colon: "error:0A00010B:SSL routines::wrong version number".
QString lastPart(const QString &text) { return text.mid(text.lastIndexOf(':') + 1).trimmed(); }

QString systemWords(long number) { return QString::fromLocal8Bit(std::strerror(int(number))); }

} // namespace

Error CurlFailure::error() const
{
    using Kind = Error::Kind;
    switch (code) {
    case CURLE_URL_MALFORMAT:
        return {.kind = Kind::Input, .what = Words::tr("no address that can be fetched")};
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {.kind = Kind::Dns,
                .what = Words::tr("proxy not found"),
                .advice = Words::tr("Check the proxy settings")};
    case CURLE_COULDNT_RESOLVE_HOST:
        return {.kind = Kind::Dns,
                .what = Words::tr("host not found"),
                .advice = Words::tr("Check the host's name and the network")};
    case CURLE_COULDNT_CONNECT:
        return connectError();
    case CURLE_OPERATION_TIMEDOUT:
        return {.kind = Kind::Timeout, .what = Words::tr("no connection in time")};
    case CURLE_PROXY:
        return proxyError();
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateError();
    case CURLE_SSL_CACERT_BADFILE:
        return {.kind = Kind::Certificate,
                .what = Words::tr("the system's certificates can't be read"),
                .advice = Words::tr("Install them (on Debian: ca-certificates), or name a CA file")};
    case CURLE_SSL_CONNECT_ERROR:
        return handshakeError();
    case CURLE_GOT_NOTHING:
        return {.kind = Kind::Lost, .what = Words::tr("connection closed by the server before it answered")};
    case CURLE_PARTIAL_FILE:
        return {.kind = Kind::Truncated, .what = Words::tr("the file is cut short")};
    case CURLE_UNSUPPORTED_PROTOCOL:
        return {.kind = Kind::Protocol,
                .what = Words::tr("the server doesn't answer in HTTP"),
                .advice = Words::tr("Check the port")};
    case CURLE_WEIRD_SERVER_REPLY:
        return {.kind = Kind::Protocol,
                .what = std::strstr(text, "Content-Length")
                            ? Words::tr("the server names an impossible length")
                            : Words::tr("the server's answer can't be read")};
    case CURLE_BAD_FUNCTION_ARGUMENT: // that is what it makes of a first header that goes on another
        return {.kind = Kind::Protocol, .what = Words::tr("the server's answer can't be read")};
    case CURLE_BAD_CONTENT_ENCODING:
        return {.kind = Kind::Protocol,
                .what = Words::tr("the server uses a transfer coding that nobody asked for")};
    case CURLE_READ_ERROR: // nothing else is read from here
        return {.kind = Kind::Input, .what = Words::tr("the netrc file can't be understood")};
    case CURLE_OUT_OF_MEMORY: // that is how libcurl 7.88 calls a header line of more than 100 KB
        return {.kind = Kind::Limit,
                .what = isInHead ? Words::tr("the server's headers have no end")
                                 : Words::tr("no memory left")};
    case CURLE_RECV_ERROR:
        return receiveError();
    default:
        return {.kind = Kind::Lost,
                .what = Words::tr("connection lost: %1").arg(QLatin1String(curl_easy_strerror(code)))};
    }
}

Error CurlFailure::connectError() const
{
    const long number = info<long>(easy, CURLINFO_OS_ERRNO);
    const QString advice = usesProxy ? Words::tr("Check the proxy settings")
                                     : Words::tr("Check that the server runs and that the port is right");
    if (number == ECONNREFUSED) {
        return {.kind = Error::Kind::Refused,
                .what = usesProxy ? Words::tr("connection refused by the proxy")
                                  : Words::tr("connection refused"),
                .advice = advice};
    }
    if (number == ETIMEDOUT)
        return {.kind = Error::Kind::Timeout, .what = Words::tr("no connection in time"), .advice = advice};
    return {.kind = Error::Kind::Lost,
            .what = Words::tr("no connection: %1")
                        .arg(number != 0 ? systemWords(number) : QLatin1String(curl_easy_strerror(code)))};
}

Error CurlFailure::certificateError() const
{
    Error error {.kind = Error::Kind::Certificate,
                 .what = {},
                 .advice = Words::tr("If you trust the server, name its certificate as CA file")};
    switch (Verdict(info<long>(easy, CURLINFO_SSL_VERIFYRESULT))) {
    case Verdict::SelfSigned:
    case Verdict::SelfSignedInChain:
        error.what = Words::tr("the certificate is self-signed");
        break;
    case Verdict::NoLocalIssuer:
    case Verdict::NoIssuer:
        error.what = Words::tr("the certificate's issuer isn't known");
        break;
    case Verdict::Expired:
        error.what = Words::tr("the certificate has expired");
        error.advice.clear();
        break;
    case Verdict::NotYetValid:
        error.what = Words::tr("the certificate isn't valid yet");
        error.advice = Words::tr("Check this computer's clock");
        break;
    case Verdict::Unasked: // libcurl compares the names itself
    case Verdict::HostMismatch:
    case Verdict::AddressMismatch:
        error.what = Words::tr("the certificate is another host's");
        error.advice.clear();
        break;
    default:
        error.what = Words::tr("the certificate can't be trusted: %1").arg(lastPart(QString::fromUtf8(text)));
        break;
    }
    return error;
}

Error CurlFailure::handshakeError() const
{
    const QString words = QString::fromUtf8(text);
    if (!words.contains(QLatin1String("SSL routines")) || words.contains(QLatin1String("unexpected eof"))) {
        return {.kind = Error::Kind::Lost,
                .what = Words::tr("connection closed while encryption was being agreed on")};
    }
    return {.kind = Error::Kind::Tls,
            .what = Words::tr("no encrypted connection: %1").arg(lastPart(words)),
            .advice = Words::tr("Check that the server speaks https on this port")};
}

Error CurlFailure::proxyError() const
{
    const QString advice = Words::tr("Check the proxy settings");
    switch (info<long>(easy, CURLINFO_PROXY_ERROR)) {
    case CURLPX_NO_AUTH:
    case CURLPX_USER_REJECTED:
        return {.kind = Error::Kind::Login,
                .what = Words::tr("the proxy doesn't accept the login"),
                .advice = Words::tr("The proxy wants a user and a password")};
    case CURLPX_REPLY_CONNECTION_REFUSED:
        return {.kind = Error::Kind::Refused,
                .what = Words::tr("connection refused"),
                .advice = Words::tr("Check that the server runs and that the port is right")};
    case CURLPX_REPLY_HOST_UNREACHABLE:
    case CURLPX_REPLY_NETWORK_UNREACHABLE:
    case CURLPX_REPLY_GENERAL_SERVER_FAILURE:
    case CURLPX_REPLY_TTL_EXPIRED:
        return {.kind = Error::Kind::Lost, .what = Words::tr("the proxy doesn't reach the server")};
    case CURLPX_REPLY_NOT_ALLOWED:
        return {.kind = Error::Kind::Refused,
                .what = Words::tr("the proxy doesn't allow it"),
                .advice = advice};
    case CURLPX_CLOSED:
    case CURLPX_RECV_ADDRESS:
    case CURLPX_RECV_AUTH:
    case CURLPX_RECV_CONNECT:
    case CURLPX_RECV_REQACK:
        return {.kind = Error::Kind::Lost, .what = Words::tr("connection closed by the proxy")};
    default:
        return {.kind = Error::Kind::Protocol,
                .what = Words::tr("the proxy doesn't speak SOCKS 5"),
                .advice = advice};
    }
}

Error CurlFailure::receiveError() const
{
    const long tunnel = info<long>(easy, CURLINFO_HTTP_CONNECTCODE);
    if (tunnel >= 300) {
        return {.kind = Error::Kind::Http,
                .what = Words::tr("the proxy answers: %1").arg(httpStatusText(int(tunnel))),
                .advice = httpStatusAdvice(int(tunnel)),
                .httpStatus = int(tunnel)};
    }
    const QString words = QString::fromUtf8(text);
    if (words.contains(QLatin1String("chunked-encoding")))
        return {.kind = Error::Kind::Protocol, .what = Words::tr("the server's chunks can't be read")};
    if (words.contains(QLatin1String("Too large response headers")))
        return {.kind = Error::Kind::Limit, .what = Words::tr("the server's headers have no end")};
    const long number = info<long>(easy, CURLINFO_OS_ERRNO);
    if (usesProxy && tunnel == 0 && isInHead && number == 0)
        return {.kind = Error::Kind::Lost, .what = Words::tr("connection closed by the proxy")};
    return lostConnection(number);
}

Error lostConnection(long number)
{
    return {.kind = Error::Kind::Lost,
            .what = Words::tr("connection lost: %1")
                        .arg(number != 0 ? systemWords(number) : Words::tr("closed by the server"))};
}

} // namespace coroscope::net
