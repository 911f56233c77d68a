// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httptransfer.h"

#include "core/net/httpstatus.h"
#include "core/net/tlssettings.h"

#include <QCoreApplication>
#include <QSslError>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HttpTransfer)
};

using Code = QNetworkReply::NetworkError;

Error::Kind kindOf(Code code)
{
    switch (code) {
    case Code::HostNotFoundError:
    case Code::ProxyNotFoundError:
        return Error::Kind::Dns;
    case Code::ConnectionRefusedError:
    case Code::ProxyConnectionRefusedError:
        return Error::Kind::Refused;
    case Code::TimeoutError:
    case Code::ProxyTimeoutError:
        return Error::Kind::Timeout;
    case Code::SslHandshakeFailedError:
        return Error::Kind::Tls;
    case Code::ProtocolFailure:
    case Code::ProtocolUnknownError:
    case Code::ProtocolInvalidOperationError:
        return Error::Kind::Protocol;
    default:
        return Error::Kind::Lost;
    }
}

QString wordsFor(Code code, const QString &otherwise)
{
    switch (code) {
    case Code::HostNotFoundError:
        return Words::tr("host not found");
    case Code::ConnectionRefusedError:
        return Words::tr("connection refused");
    case Code::RemoteHostClosedError:
        return Words::tr("connection closed by the server");
    case Code::TimeoutError:
        return Words::tr("no connection in time");
    case Code::SslHandshakeFailedError:
        return Words::tr("no encrypted connection: %1").arg(otherwise);
    case Code::ProxyNotFoundError:
        return Words::tr("proxy not found");
    case Code::ProxyConnectionRefusedError:
        return Words::tr("connection refused by the proxy");
    default:
        return otherwise;
    }
}

QString adviceFor(Code code)
{
    switch (code) {
    case Code::HostNotFoundError:
        return Words::tr("Check the host's name and the network");
    case Code::ConnectionRefusedError:
        return Words::tr("Check that the server runs and that the port is right");
    case Code::ProxyNotFoundError:
    case Code::ProxyConnectionRefusedError:
        return Words::tr("Check the system's proxy settings");
    default:
        return {};
    }
}

} // namespace

QString shownUrl(const QUrl &url) { return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveFragment); }

void HttpTransfer::Deleter::operator()(QNetworkReply *reply) const
{
    // Its destructor ends the request. An abort() here would be an error beside the one that may be on its
    // way (a 404's), of which Qt complains.
    reply->deleteLater();
}

HttpTransfer::HttpTransfer(QNetworkReply *reply)
    : m_reply(reply)
{
    reply->setReadBufferSize(readBuffer);
    const auto wake = [this] { m_notifier.notify(trace::Cause::Reply); };
    QObject::connect(reply, &QNetworkReply::metaDataChanged, &m_context, wake);
    QObject::connect(reply, &QNetworkReply::readyRead, &m_context, wake);
    QObject::connect(reply, &QNetworkReply::finished, &m_context, wake);
    QObject::connect(reply, &QNetworkReply::sslErrors, &m_context,
                     [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
}

HttpTransfer::~HttpTransfer() { m_reply->disconnect(&m_context); }

int HttpTransfer::status() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool HttpTransfer::hasHead() const { return m_reply->isFinished() || status() != 0; }

bool HttpTransfer::isOver() const { return m_reply->isFinished() && m_reply->bytesAvailable() == 0; }

QByteArray HttpTransfer::read() { return m_reply->read(m_reply->bytesAvailable()); }

std::optional<QUrl> HttpTransfer::redirect() const
{
    const int code = status();
    if (code != 301 && code != 302 && code != 303 && code != 307 && code != 308)
        return std::nullopt;
    const QUrl location = QUrl::fromEncoded(m_reply->rawHeader("Location"));
    if (location.isEmpty() || !location.isValid())
        return std::nullopt;
    return location;
}

std::optional<qint64> HttpTransfer::contentLength() const
{
    if (!m_reply->hasRawHeader("Content-Length"))
        return std::nullopt;
    const QByteArray text = m_reply->rawHeader("Content-Length").trimmed();
    bool isNumber = !text.isEmpty() && text[0] != '-' && text[0] != '+';
    const qint64 length = isNumber ? text.toLongLong(&isNumber) : 0;
    if (!isNumber) {
        throw Exception({.kind = Error::Kind::Protocol,
                         .what = Words::tr("the server names an impossible length"),
                         .where = shownUrl(m_reply->url()),
                         .httpStatus = status()});
    }
    return length;
}

std::optional<Error> HttpTransfer::error() const
{
    const int code = status();
    const QString where = shownUrl(m_reply->url());
    if (code >= 300) {
        const QByteArray reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute)
                                      .toByteArray();
        return Error {.kind = Error::Kind::Http,
                      .what = httpStatusText(code, reason),
                      .where = where,
                      .advice = httpStatusAdvice(code),
                      .httpStatus = code};
    }
    if (m_reply->error() != QNetworkReply::NoError)
        return connectionError();
    return std::nullopt;
}

Error HttpTransfer::connectionError() const
{
    const Code code = m_reply->error();
    const QString where = shownUrl(m_reply->url());
    if (code == Code::SslHandshakeFailedError && !m_tlsErrors.isEmpty())
        return tlsError(m_tlsErrors, where);
    return Error {.kind = kindOf(code),
                  .what = wordsFor(code, m_reply->errorString()),
                  .where = where,
                  .advice = adviceFor(code),
                  .httpStatus = status()};
}

} // namespace coroscope::net
