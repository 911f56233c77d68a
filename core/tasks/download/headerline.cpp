// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/headerline.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::HeaderLine)
};

bool isTokenCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

/// A value can't hold what would end its line, or the head.
bool isValueCharacter(char c) { return uchar(c) >= 0x20 ? c != 0x7f : c == '\t'; }

bool isOurs(const QByteArray &lowerName)
{
    static const QList<QByteArray> ours {"range",      "if-range",       "accept-encoding",
                                         "connection", "content-length", "transfer-encoding",
                                         "te",         "upgrade"};
    return ours.contains(lowerName);
}

/// False: a login of another kind, which goes as the header that it is.
bool takeLogin(const QByteArray &value, net::Credentials &credentials)
{
    const qsizetype space = value.indexOf(' ');
    const QByteArray scheme = value.first(qMax<qsizetype>(space, 0)).toLower();
    const QByteArray rest = space < 0 ? QByteArray() : value.sliced(space).trimmed();
    if (scheme == "bearer" && !rest.isEmpty()) {
        credentials = {.user = {}, .password = {}, .bearer = rest};
        return true;
    }
    const auto decoded = QByteArray::fromBase64Encoding(rest, QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = decoded ? decoded.decoded.indexOf(':') : -1;
    if (scheme != "basic" || colon <= 0)
        return false;
    credentials = {.user = QString::fromUtf8(decoded.decoded.first(colon)),
                   .password = QString::fromUtf8(decoded.decoded.sliced(colon + 1)),
                   .bearer = {}};
    return true;
}

} // namespace

QString addHeaderLine(const QString &line, Request &request)
{
    const QByteArray bytes = line.toUtf8();
    const qsizetype colon = bytes.indexOf(':');
    const QByteArray name = bytes.first(qMax<qsizetype>(colon, 0)).trimmed();
    if (name.isEmpty())
        return Words::tr("A header is written as “Name: value”.");
    if (!std::ranges::all_of(name, isTokenCharacter))
        return Words::tr("A header's name has letters, digits and hyphens only.");
    const QByteArray value = bytes.sliced(colon + 1).trimmed();
    if (!std::ranges::all_of(value, isValueCharacter)) {
        return Words::tr("The value of the header “%1” has a control character in it.")
            .arg(QString::fromLatin1(name));
    }
    if (isOurs(name.toLower()))
        return Words::tr("The header “%1” is set by the download itself: leave it out.")
            .arg(QString::fromLatin1(name));
    if (name.toLower() == "authorization" && takeLogin(value, request.credentials))
        return {};
    if (name.toLower() == "referer")
        request.referer = value;
    else
        request.headers.append({name, value});
    return {};
}

} // namespace coroscope::download
