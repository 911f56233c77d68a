// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QSet>
#include <QUrl>

namespace coroscope::net {

/// The way that redirects lead, and its rules: 20 at most, no loop, never from https to http, and no user
/// and password for another host.
class Redirects
{
public:
    static constexpr int most = 20;

    explicit Redirects(const QUrl &start);

    /// Where to go next. `location` may be relative. Throws Exception (Kind::Redirect).
    QUrl follow(const QUrl &location);

private:
    QUrl m_current;
    QSet<QUrl> m_visited;
};

} // namespace coroscope::net
