// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlsecret.h"

#include "core/net/escape.h"

#include <cctype>

namespace coroscope::net {

namespace {

/// Where the first word stands that a password follows; -1: nowhere.
qsizetype secretAt(const QByteArray &upper)
{
    qsizetype first = -1;
    // PASSWORD also within OLD_PASSWORD(), MASTER_PASSWORD = …; ENCRYPT and the like take keys.
    for (const char *word : {"IDENTIFIED", "PASSWORD", "AES_ENCRYPT", "AES_DECRYPT", "ENCRYPT("}) {
        const qsizetype at = upper.indexOf(word);
        if (at >= 0 && (first < 0 || at < first))
            first = at;
    }
    return first;
}

} // namespace

bool sqlHoldsSecret(QByteArrayView sql)
{
    const QByteArray upper = sql.toByteArray().toUpper();
    return secretAt(upper) >= 0 && (upper.contains('\'') || upper.contains('"'));
}

QByteArray sqlWithoutSecret(const QByteArray &sql)
{
    if (!sqlHoldsSecret(sql))
        return sql;
    const qsizetype word = secretAt(sql.toUpper());
    qsizetype end = word;
    while (end < sql.size() && (std::isalnum(uchar(sql[end])) || sql[end] == '_'))
        ++end;
    return sql.first(end);
}

QString sqlLabel(const QByteArray &sql)
{
    constexpr qsizetype most = 60;
    const QByteArray oneLine = sqlWithoutSecret(sql.first(qMin<qsizetype>(sql.size(), 4096))).simplified();
    QString label = escaped(oneLine);
    if (label.size() > most || oneLine.size() < sql.simplified().size())
        label = label.first(qMin(most, label.size())) + QChar(0x2026);
    return label;
}

} // namespace coroscope::net
