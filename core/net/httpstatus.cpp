// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httpstatus.h"

#include "core/net/escape.h"

#include <QCoreApplication>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HttpStatus)
};

struct Reason
{
    int status;
    const char *text;
};

constexpr Reason reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {305, "Use Proxy"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {410, "Gone"},
    {416, "Range Not Satisfiable"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

} // namespace

QString httpStatusText(int status, const QByteArray &reason)
{
    QString text = escaped(reason.trimmed(), 80);
    if (text.isEmpty()) {
        for (const Reason &known : reasons) {
            if (known.status == status)
                text = QString::fromLatin1(known.text);
        }
    }
    return text.isEmpty() ? QString::number(status) : QStringLiteral("%1 %2").arg(status).arg(text);
}

QString httpStatusAdvice(int status)
{
    switch (status) {
    case 401:
        return QStringLiteral(
            "The server wants a user and a password: write them as https://user:password@host/");
    case 403:
        return Words::tr("The server refuses to hand this out");
    case 404:
    case 410:
        return Words::tr("Check the address");
    case 407:
        return Words::tr("The proxy wants a user and a password");
    case 429:
        return Words::tr("The server asks to be called less often: try later");
    default:
        return status >= 500 ? Words::tr("The fault is the server's: try later") : QString();
    }
}

} // namespace coroscope::net
