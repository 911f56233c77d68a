// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/curlrequest.h"

#include "core/net/curlproxy.h"
#include "core/net/error.h"
#include "core/net/httptransfer.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSslCertificate>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HttpGet)
};

/// Reads in big pieces: each is a turn of the loop.
constexpr long receiveBuffer = 256 * 1024;

[[noreturn]] void refuse(const QString &what, const QString &where, const QString &advice = {})
{
    throw Exception({.kind = Error::Kind::Input, .what = what, .where = where, .advice = advice});
}

QByteArray readableFile(const QString &path)
{
    const QFileInfo file(path);
    if (!file.isFile() || !file.isReadable())
        refuse(Words::tr("the file can't be read"), path);
    return QFile::encodeName(file.absoluteFilePath());
}

/// A header that says "a\r\nHost: b" would be two.
bool isPlain(const QByteArray &text)
{
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool hasName(const HttpHeader &header, QByteArrayView name)
{
    return header.name.compare(name, Qt::CaseInsensitive) == 0;
}

bool names(const QList<HttpHeader> &headers, QByteArrayView name)
{
    return std::ranges::any_of(headers, [name](const HttpHeader &header) { return hasName(header, name); });
}

/// Where the system's authorities are. OpenSSL looks them up one by one in a folder of the right kind; a
/// whole bundle takes it 50 ms a connection.
struct SystemTrust
{
    const char *folder = nullptr;
    const char *bundle = nullptr;
    bool isFolderUsed = false;

    static const SystemTrust &of(CURL *easy)
    {
        static const SystemTrust trust = [easy] {
            SystemTrust found;
            curl_easy_getinfo(easy, CURLINFO_CAPATH, &found.folder); // constants of the library
            curl_easy_getinfo(easy, CURLINFO_CAINFO, &found.bundle);
            const QDir folder(QFile::decodeName(found.folder));
            found.isFolderUsed = found.folder
                                 && !folder.entryList({QStringLiteral("*.0")}, QDir::Files).isEmpty();
            return found;
        }();
        return trust;
    }
};

/// Throws if the file holds no certificate.
QByteArray authoritiesIn(const QString &path)
{
    QFile file(path);
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    if (QSslCertificate::fromData(text, QSsl::Pem).isEmpty()) {
        throw Exception({.kind = Error::Kind::Tls,
                         .what = Words::tr("no certificate in the file"),
                         .where = path,
                         .advice = Words::tr("Choose a PEM file of certificates")});
    }
    return text;
}

} // namespace

CurlRequest::CurlRequest(const HttpGet &get, CurlHandles &handles)
    : m_easy(handles.take(), {.handles = &handles})
    , m_url(get.url)
{
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L); // else ending a transfer waits for its name's look-up
    set(CURLOPT_BUFFERSIZE, receiveBuffer);
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    set(CURLOPT_HTTP_VERSION, get.access.http2 ? long(CURL_HTTP_VERSION_2TLS) : long(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_HTTP_TRANSFER_DECODING, 0L); // see ChunkedBody
    setTarget(get.url);
    setHeaders(get);
    setLogin(get);
    setTls(get.access.tls);
    setProxy(get);
    if (!get.access.cookiesFile.isEmpty() && !names(get.headers, "Cookie")) {
        m_easy.get_deleter().hasCookies = true;
        set(CURLOPT_COOKIEFILE, readableFile(get.access.cookiesFile).constData());
    }
}

void CurlRequest::require(CURLcode code) const
{
    if (code != CURLE_OK)
        refuse(Words::tr("the request can't be made: %1").arg(QLatin1String(curl_easy_strerror(code))),
               shownUrl(m_url));
}

void CurlRequest::setTarget(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        refuse(Words::tr("“%1:” can't be fetched").arg(scheme), shownUrl(m_url),
               Words::tr("Only http and https can"));
    if (!url.isValid() || url.host().isEmpty())
        refuse(Words::tr("no address that can be fetched"), shownUrl(m_url));
    m_usesTls = scheme == QLatin1String("https");
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_URL, url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveFragment).constData());
}

void CurlRequest::setHeaders(const HttpGet &get)
{
    QList<HttpHeader> headers = get.headers;
    const auto addDefault = [&headers](const QByteArray &name, const QByteArray &value) {
        if (!names(headers, name))
            headers << HttpHeader {name, value};
    };
    const auto replace = [&headers](const QByteArray &name, const QByteArray &value) {
        headers.removeIf([&name](const HttpHeader &header) { return hasName(header, name); });
        headers << HttpHeader {name, value};
    };
    addDefault("Accept-Encoding", "identity");
    addDefault("User-Agent", "Coroscope/" COROSCOPE_VERSION);
    if (!get.credentials.bearer.isEmpty())
        addDefault("Authorization", "Bearer " + get.credentials.bearer);
    if (get.rangeFirst) {
        replace("Range", "bytes=" + QByteArray::number(*get.rangeFirst) + '-'
                             + (get.rangeLast ? QByteArray::number(*get.rangeLast) : QByteArray()));
    }
    if (!get.ifRange.isEmpty())
        replace("If-Range", get.ifRange);

    curl_slist *list = nullptr;
    for (const HttpHeader &header : std::as_const(headers)) {
        if (header.name.isEmpty() || header.name.contains(':') || !isPlain(header.name)
            || !isPlain(header.value)) {
            curl_slist_free_all(list);
            refuse(Words::tr("a header that can't be sent"), shownUrl(m_url));
        }
        const QByteArray line = header.value.isEmpty() ? header.name + ';'
                                                       : header.name + ": " + header.value;
        list = curl_slist_append(list, line.constData());
    }
    m_headers.reset(list);
    set(CURLOPT_HTTPHEADER, list);
}

void CurlRequest::setLogin(const HttpGet &get)
{
    const bool isInUrl = get.credentials.isEmpty() && !get.url.userName().isEmpty();
    const QString user = isInUrl ? get.url.userName(QUrl::FullyDecoded) : get.credentials.user;
    const QString password = isInUrl ? get.url.password(QUrl::FullyDecoded) : get.credentials.password;
    const bool isBearer = !get.credentials.bearer.isEmpty();
    const QString &netrc = get.access.netrcFile;
    if (!netrc.isEmpty())
        set(CURLOPT_NETRC_FILE, readableFile(netrc).constData());
    set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    if (!user.isEmpty() && !isBearer) {
        set(CURLOPT_USERNAME, user.toUtf8().constData());
        set(CURLOPT_PASSWORD, password.toUtf8().constData());
    } else if (!netrc.isEmpty() && !isBearer) {
        set(CURLOPT_NETRC, long(CURL_NETRC_OPTIONAL));
    } else {
        return;
    }
    m_hasLogin = !names(get.headers, "Authorization");
}

void CurlRequest::useDigest()
{
    m_usesDigest = true;
    set(CURLOPT_HTTPAUTH, CURLAUTH_DIGEST);
}

void CurlRequest::setTls(const TlsSettings &tls)
{
    set(CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, tls.insecure ? 0L : 1L);
    set(CURLOPT_SSL_VERIFYHOST, tls.insecure ? 0L : 2L);
    if (!m_usesTls && tls.caFile.isEmpty())
        return;
    const QByteArray further = tls.caFile.isEmpty() ? QByteArray() : authoritiesIn(tls.caFile);
    const SystemTrust &system = SystemTrust::of(handle());
    if (system.isFolderUsed) {
        set(CURLOPT_CAINFO, further.isEmpty() ? nullptr : QFile::encodeName(tls.caFile).constData());
    } else if (!further.isEmpty()) {
        QFile bundle(QFile::decodeName(system.bundle));
        QByteArray all = further + '\n';
        if (system.bundle && bundle.open(QIODevice::ReadOnly))
            all += bundle.readAll();
        curl_blob blob {.data = all.data(), .len = std::size_t(all.size()), .flags = CURL_BLOB_COPY};
        set(CURLOPT_CAINFO_BLOB, &blob);
    } else {
        set(CURLOPT_CAPATH, nullptr); // libcurl keeps a bundle, if that is all
    }
}

void CurlRequest::setProxy(const HttpGet &get)
{
    const CurlProxy proxy = CurlProxy::of(get);
    // Both are always said: else libcurl asks the environment, which the system's proxy has already answered.
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_PROXY, proxy.host.constData());
    m_usesProxy = !proxy.host.isEmpty();
    if (!m_usesProxy)
        return;
    set(CURLOPT_PROXYPORT, long(proxy.port));
    set(CURLOPT_PROXYTYPE, long(proxy.type));
    set(CURLOPT_PROXYAUTH, CURLAUTH_BASIC);
    set(CURLOPT_SOCKS5_AUTH, CURLAUTH_BASIC);
    if (!proxy.credentials.user.isEmpty()) {
        set(CURLOPT_PROXYUSERNAME, proxy.credentials.user.toUtf8().constData());
        set(CURLOPT_PROXYPASSWORD, proxy.credentials.password.toUtf8().constData());
    }
}

} // namespace coroscope::net
