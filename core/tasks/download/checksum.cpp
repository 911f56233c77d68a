// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/checksum.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Checksum)
};

using Algorithm = QCryptographicHash::Algorithm;

struct Known
{
    const char *name;
    const char *shortName; ///< in lower case, without hyphens
    Algorithm algorithm;
};

// Digits without a name are the first one's that has as many: of SHA-2 rather than of SHA-3.
constexpr Known algorithms[] = {
    {"md5", "md5", Algorithm::Md5},
    {"sha-1", "sha1", Algorithm::Sha1},
    {"sha-224", "sha224", Algorithm::Sha224},
    {"sha-256", "sha256", Algorithm::Sha256},
    {"sha-384", "sha384", Algorithm::Sha384},
    {"sha-512", "sha512", Algorithm::Sha512},
    {"sha3-224", "sha3224", Algorithm::Sha3_224},
    {"sha3-256", "sha3256", Algorithm::Sha3_256},
    {"sha3-384", "sha3384", Algorithm::Sha3_384},
    {"sha3-512", "sha3512", Algorithm::Sha3_512},
};

const Known *findByName(const QString &name)
{
    QString shortName = name.trimmed().toLower();
    shortName.remove(QLatin1Char('-')).remove(QLatin1Char('_'));
    if (shortName == QLatin1String("sha"))
        shortName = QStringLiteral("sha1");
    const auto found = std::ranges::find(algorithms, shortName,
                                         [](const Known &known) { return QLatin1String(known.shortName); });
    return found == std::end(algorithms) ? nullptr : found;
}

bool isHex(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
}

std::variant<Checksum, QString> ofDigits(const QString &digits)
{
    if (digits.isEmpty())
        return Words::tr("A checksum is missing: write it as sha-256=…");
    if (!isHex(digits))
        return Words::tr("“%1” is no checksum: write it as sha-256=…").arg(digits.left(40));
    for (const Known &known : algorithms) {
        if (QCryptographicHash::hashLength(known.algorithm) * 2 == digits.size())
            return Checksum {known.algorithm, QByteArray::fromHex(digits.toLatin1())};
    }
    return Words::tr("No checksum has %1 hexadecimal digits: a SHA-256 has 64.").arg(digits.size());
}

} // namespace

std::variant<Checksum, QString> parseChecksum(const QString &text)
{
    const QString trimmed = text.trimmed();
    const qsizetype separator = std::ranges::find_if(trimmed, [](QChar c) { return c == u'=' || c == u':'; })
                                - trimmed.begin();
    if (separator == trimmed.size())
        return ofDigits(trimmed);
    const Known *known = findByName(trimmed.first(separator));
    if (!known) {
        return Words::tr("“%1” is no checksum known here: MD5, SHA-1, SHA-2 and SHA-3 are.")
            .arg(trimmed.first(separator).left(40));
    }
    const QString value = trimmed.sliced(separator + 1).trimmed();
    const qsizetype bytes = QCryptographicHash::hashLength(known->algorithm);
    if (value.size() == 2 * bytes && isHex(value))
        return Checksum {known->algorithm, QByteArray::fromHex(value.toLatin1())};
    const auto decoded = QByteArray::fromBase64Encoding(value.toUtf8(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (decoded && decoded.decoded.size() == bytes)
        return Checksum {known->algorithm, decoded.decoded};
    return Words::tr("A %1 checksum has %2 hexadecimal digits; this one is something else.")
        .arg(QLatin1String(known->name))
        .arg(2 * bytes);
}

QString checksumText(const Checksum &checksum)
{
    const auto known = std::ranges::find(algorithms, checksum.algorithm, &Known::algorithm);
    if (known == std::end(algorithms))
        return {};
    return QStringLiteral("%1=%2").arg(QLatin1String(known->name),
                                       QString::fromLatin1(checksum.digest.toHex()));
}

} // namespace coroscope::download
