// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/requestjson.h"

#include "core/net/jsonbytes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaEnum>

#include <algorithm>
#include <array>

namespace coroscope::download {

namespace {

using namespace std::chrono;

struct PolicyName
{
    IfExists policy;
    const char *name;
};
constexpr std::array<PolicyName, 4> policyNames {{{IfExists::Rename, "rename"},
                                                  {IfExists::Skip, "skip"},
                                                  {IfExists::Overwrite, "overwrite"},
                                                  {IfExists::OnlyIfNewer, "only if newer"}}};

QString nameOf(IfExists policy)
{
    const auto found = std::ranges::find(policyNames, policy, &PolicyName::policy);
    return QString::fromLatin1(found->name);
}

IfExists policyFrom(const QString &name)
{
    const auto found = std::ranges::find_if(policyNames, [&name](const PolicyName &entry) {
        return name == QLatin1String(entry.name);
    });
    return found == policyNames.end() ? IfExists::Rename : found->policy;
}

/// "http://user:password@host:3128" → "http://host:3128"; also where the scheme is missing, or what stands
/// there is no URL at all.
QString withoutUserInfo(const QString &address)
{
    const qsizetype scheme = address.indexOf(QLatin1String("://"));
    const qsizetype begin = scheme < 0 ? 0 : scheme + 3;
    qsizetype end = begin;
    while (end < address.size() && !QStringLiteral("/?#").contains(address[end]))
        ++end;
    const qsizetype at = address.lastIndexOf(QLatin1Char('@'), end - 1 - address.size());
    return at < begin ? address : address.first(begin) + address.sliced(at + 1);
}

QJsonObject toJson(const Options &options)
{
    QJsonObject object {{QStringLiteral("ifExists"), nameOf(options.ifExists)},
                        {QStringLiteral("resume"), options.resume},
                        {QStringLiteral("segments"), options.segments},
                        {QStringLiteral("retries"), options.retries},
                        {QStringLiteral("retryBudgetS"), qint64(options.retryBudget.count())},
                        {QStringLiteral("inactivityMs"), qint64(options.inactivity.count())}};
    if (options.lowSpeed) {
        object[QLatin1String("lowSpeed")] = QJsonObject {{QStringLiteral("bytesPerSecond"),
                                                          options.lowSpeed->bytesPerSecond},
                                                         {QStringLiteral("durationS"),
                                                          qint64(options.lowSpeed->duration.count())}};
    }
    if (options.bytesPerSecond)
        object[QLatin1String("bytesPerSecond")] = *options.bytesPerSecond;
    const net::HttpAccess &access = options.access;
    if (access.tls.insecure)
        object[QLatin1String("insecure")] = true;
    if (!access.tls.caFile.isEmpty())
        object[QLatin1String("caFile")] = access.tls.caFile;
    if (!access.proxy.isEmpty())
        object[QLatin1String("proxy")] = withoutUserInfo(access.proxy);
    if (!access.netrcFile.isEmpty())
        object[QLatin1String("netrcFile")] = access.netrcFile;
    if (!access.cookiesFile.isEmpty())
        object[QLatin1String("cookiesFile")] = access.cookiesFile;
    if (access.http2)
        object[QLatin1String("http2")] = true;
    return object;
}

Options optionsFrom(const QJsonObject &object)
{
    Options options;
    options.ifExists = policyFrom(object[QLatin1String("ifExists")].toString());
    options.resume = object[QLatin1String("resume")].toBool(options.resume);
    options.segments = qBound(1, object[QLatin1String("segments")].toInt(options.segments), 16);
    options.retries = qMax(0, object[QLatin1String("retries")].toInt(options.retries));
    options.retryBudget = seconds(
        qMax<qint64>(0, object[QLatin1String("retryBudgetS")].toInteger(options.retryBudget.count())));
    options.inactivity = milliseconds(
        qMax<qint64>(1, object[QLatin1String("inactivityMs")].toInteger(options.inactivity.count())));
    if (const QJsonValue value = object[QLatin1String("lowSpeed")]; value.isObject()) {
        LowSpeed low;
        low.bytesPerSecond = qMax<qint64>(0, value[QLatin1String("bytesPerSecond")].toInteger());
        low.duration = seconds(
            qMax<qint64>(1, value[QLatin1String("durationS")].toInteger(low.duration.count())));
        options.lowSpeed = low;
    }
    if (const qint64 rate = object[QLatin1String("bytesPerSecond")].toInteger(); rate > 0)
        options.bytesPerSecond = rate;
    net::HttpAccess &access = options.access;
    access.tls.insecure = object[QLatin1String("insecure")].toBool();
    access.tls.caFile = object[QLatin1String("caFile")].toString();
    access.proxy = object[QLatin1String("proxy")].toString();
    access.netrcFile = object[QLatin1String("netrcFile")].toString();
    access.cookiesFile = object[QLatin1String("cookiesFile")].toString();
    access.http2 = object[QLatin1String("http2")].toBool();
    return options;
}

std::optional<Checksum> checksumFrom(const QJsonObject &object)
{
    bool isKnown = false;
    const QByteArray name = object[QLatin1String("algorithm")].toString().toLatin1();
    const int value = QMetaEnum::fromType<QCryptographicHash::Algorithm>().keyToValue(name, &isKnown);
    if (!isKnown)
        return std::nullopt;
    return Checksum {QCryptographicHash::Algorithm(value),
                     QByteArray::fromHex(object[QLatin1String("digest")].toString().toLatin1())};
}

} // namespace

bool isSecretHeader(const QByteArray &name)
{
    static const std::array<const char *, 8> signs {"auth",   "cookie", "token",      "key",
                                                    "secret", "passw",  "credential", "session"};
    const QByteArray lower = name.toLower();
    return std::ranges::any_of(signs, [&lower](const char *sign) { return lower.contains(sign); });
}

QString keptUrl(const QUrl &url) { return url.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded); }

QJsonObject toJson(const Request &request)
{
    QJsonArray urls;
    for (const QUrl &url : request.urls)
        urls << keptUrl(url);
    QJsonObject object {{QStringLiteral("urls"), urls},
                        {QStringLiteral("folder"), request.folder},
                        {QStringLiteral("options"), toJson(request.options)}};
    if (!request.fileName.isEmpty())
        object[QLatin1String("fileName")] = request.fileName;
    if (request.checksum) {
        const auto algorithms = QMetaEnum::fromType<QCryptographicHash::Algorithm>();
        object[QLatin1String("checksum")] =
            QJsonObject {{QStringLiteral("algorithm"),
                          QString::fromLatin1(algorithms.valueToKey(request.checksum->algorithm))},
                         {QStringLiteral("digest"), QString::fromLatin1(request.checksum->digest.toHex())}};
    }
    QJsonArray headers;
    for (const net::HttpHeader &header : request.headers) {
        if (!isSecretHeader(header.name))
            headers << QJsonArray {net::bytesToJson(header.name), net::bytesToJson(header.value)};
    }
    if (!headers.isEmpty())
        object[QLatin1String("headers")] = headers;
    if (!request.referer.isEmpty()) {
        // Byte for byte, whatever they stand for: Latin-1 there and back.
        const QString referer = withoutUserInfo(QString::fromLatin1(request.referer));
        object[QLatin1String("referer")] = net::bytesToJson(referer.toLatin1());
    }
    return object;
}

QByteArray RequestTexts::of(const Request &request)
{
    Request common = request;
    common.urls.clear();
    common.credentials = {}; // aren't kept
    if (m_start.isEmpty() || common != m_last) {
        QJsonObject object = toJson(common);
        object.remove(QLatin1String("urls"));
        m_start = QJsonDocument(object).toJson(QJsonDocument::Compact);
        m_start.chop(1);
        m_last = std::move(common);
    }
    QByteArray text = m_start + ",\"urls\":[";
    for (const QUrl &url : request.urls)
        text += '"' + keptUrl(url).toLatin1() + "\","; // encoded: there is nothing to escape
    if (!request.urls.isEmpty())
        text.chop(1);
    return text + "]}";
}

std::optional<Request> requestFrom(const QJsonObject &object)
{
    Request request;
    for (const QJsonValue &value : object[QLatin1String("urls")].toArray()) {
        const QUrl url(value.toString(), QUrl::StrictMode);
        if (url.isValid() && !url.host().isEmpty())
            request.urls << url;
    }
    if (request.urls.isEmpty())
        return std::nullopt;
    request.folder = object[QLatin1String("folder")].toString();
    request.fileName = object[QLatin1String("fileName")].toString();
    if (const QJsonValue checksum = object[QLatin1String("checksum")]; checksum.isObject()) {
        request.checksum = checksumFrom(checksum.toObject());
        if (!request.checksum)
            return std::nullopt; // rather not at all than unverified
    }
    for (const QJsonValue &value : object[QLatin1String("headers")].toArray())
        request.headers << net::HttpHeader {net::bytesFrom(value[0]), net::bytesFrom(value[1])};
    request.referer = net::bytesFrom(object[QLatin1String("referer")]);
    request.options = optionsFrom(object[QLatin1String("options")].toObject());
    return request;
}

} // namespace coroscope::download
