// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/downloadurl.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::DownloadUrl)
};

constexpr qsizetype longestUrl = 16 * 1024;

/// Those of the category Cc.
bool isControl(QChar c) { return c < u'\x20' || (c >= u'\x7f' && c <= u'\x9f'); }

} // namespace

QString urlFault(const QString &text, QUrl &url)
{
    if (text.isEmpty())
        return Words::tr("Type the address of a file: http:// or https://.");
    if (text.size() > longestUrl)
        return Words::tr("The address is longer than %1 characters.").arg(longestUrl);
    if (std::ranges::any_of(text, isControl))
        return Words::tr("The address has a control character in it.");
    url = QUrl(text, QUrl::TolerantMode);
    const QString scheme = url.scheme().toLower();
    if (!text.contains(QLatin1String("://")))
        return Words::tr("An address starts with http:// or https://.");
    if (!url.isValid())
        return Words::tr("This is not an address: %1.").arg(url.errorString().section(u';', 0, 0));
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        return Words::tr("“%1” can't be fetched: http and https can.").arg(scheme);
    if (url.host().isEmpty())
        return Words::tr("The address names no host.");
    return {};
}

net::Credentials takeCredentials(QUrl &url)
{
    net::Credentials credentials;
    if (url.userInfo().isEmpty())
        return credentials; // and the URL isn't copied
    credentials.user = url.userName(QUrl::FullyDecoded);
    credentials.password = url.password(QUrl::FullyDecoded);
    url.setUserInfo({});
    return credentials;
}

} // namespace coroscope::download
