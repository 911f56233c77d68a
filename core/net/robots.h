// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

#include <QUrl>

namespace coroscope::net {

/// What a site's robots.txt allows a crawler (RFC 9309). A value.
class RobotsRules
{
public:
    static constexpr qsizetype most = 512 * 1024; ///< bytes of a robots.txt that count

    /// Everything is allowed.
    RobotsRules() = default;
    static RobotsRules nothingAllowed();
    /// `agent`: the crawler's product token, as "Coroscope"; any case. What can't be read is skipped.
    static RobotsRules parse(const QByteArray &text, const QByteArray &agent);

    /// Of a URL of that site: its path and query count. The longest rule that fits decides, of two equally
    /// long ones the one that allows.
    bool allows(const QUrl &url) const;

private:
    struct Rule
    {
        QByteArray pattern; ///< normalized; * stands for anything, $ at the end for the end
        bool allows;
    };
    QList<Rule> m_rules;
};

} // namespace coroscope::net
