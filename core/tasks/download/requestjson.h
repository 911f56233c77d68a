// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

#include <QJsonObject>

namespace coroscope::download {

/// A request as it is kept, without secrets: no credentials, no user and password in any URL (the proxy's and
/// the referer's, too), no header for which isSecretHeader() holds. Read back, a login is asked for again.
QJsonObject toJson(const Request &request);

/// The same as text. Requests that come one after the other mostly differ in their URLs alone: what they have
/// in common is made into text once.
class RequestTexts
{
public:
    QByteArray of(const Request &request);

private:
    Request m_last; ///< without URLs
    QByteArray m_start; ///< of its text: all but the URLs, which come last
};

/// Nothing if it has no URL to fetch, or a checksum of an unknown kind. Other fields that are missing have
/// their defaults, numbers are kept in range.
std::optional<Request> requestFrom(const QJsonObject &object);

/// By its name: Authorization, Cookie, Proxy-Authorization, X-Api-Key, X-Auth-Token and the like. Rather one
/// too many.
bool isSecretHeader(const QByteArray &name);

/// As it may be kept: without user and password.
QString keptUrl(const QUrl &url);

} // namespace coroscope::download
