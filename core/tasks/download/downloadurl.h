// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httpget.h"

#include <QString>
#include <QUrl>

namespace coroscope::download {

/// What is wrong with an address, as a sentence without the address itself, which may hold a password. Empty:
/// it can be fetched, and `url` is it.
QString urlFault(const QString &text, QUrl &url);

/// Takes user and password out of an address; empty if there are none.
net::Credentials takeCredentials(QUrl &url);

} // namespace coroscope::download
