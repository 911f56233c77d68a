// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/resumedecision.h"

#include "core/net/httpstatus.h"
#include "core/tasks/download/contentrange.h"
#include "core/tasks/download/httpdate.h"

#include <QCoreApplication>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::ResumeDecision)
};

enum class Version : std::uint8_t { Same, Other, Unknown };

/// Compares what both name. A strong ETag is enough by itself; a weak one only says when files differ.
Version compare(const Validator &ours, const Validator &theirs)
{
    const bool bothHaveEtag = !ours.etag.isEmpty() && !theirs.etag.isEmpty();
    if (bothHaveEtag && ours.etag != theirs.etag)
        return Version::Other;
    if (bothHaveEtag && isStrong(ours.etag))
        return Version::Same;
    if (ours.lastModified.isEmpty() || theirs.lastModified.isEmpty())
        return Version::Unknown;
    return ours.lastModified == theirs.lastModified ? Version::Same : Version::Other;
}

Decision reject(const Asked &asked, const QString &reason)
{
    return {.action = Action::Reject, .total = asked.total, .length = {}, .reason = reason};
}

Decision restartAnew(const QString &reason)
{
    return {.action = Action::RestartAnew, .total = {}, .length = {}, .reason = reason};
}

QString changedText() { return Words::tr("the file has changed on the server"); }

Decision decideWhole(const Asked &asked, const Response &response)
{
    if (response.contentLength && *response.contentLength < 0)
        return reject(asked, Words::tr("the server names an impossible length"));
    Decision restart {.action = Action::Restart,
                      .total = response.contentLength,
                      .length = response.contentLength,
                      .reason = {}};
    if (!asked.askedWithRange)
        return restart;
    const Version version = compare(asked.validator, response.validator);
    const bool isSameForSure = isStrong(asked.validator.etag)
                               && response.validator.etag == asked.validator.etag;
    if (asked.askedWithIfRange && isSameForSure && !response.refusesRanges) {
        return {.action = Action::AskAgainWithoutIfRange,
                .total = asked.total,
                .length = {},
                .reason = Words::tr("the server sent the whole file, although it hasn't changed")};
    }
    restart.reason = version == Version::Other
                         ? changedText()
                         : Words::tr("the server sent the whole file instead of its rest");
    return restart;
}

Decision decidePart(const Asked &asked, const Response &response)
{
    if (!asked.askedWithRange)
        return reject(asked, Words::tr("the server sent a part of the file, and nobody asked for one"));
    if (response.contentType.trimmed().toLower().startsWith("multipart/byteranges"))
        return reject(asked, Words::tr("the server sent several parts at once"));
    if (response.contentRange.isEmpty())
        return reject(asked, Words::tr("the server sent a part without saying which"));
    const auto range = parseContentRange(response.contentRange);
    if (!range || !range->span)
        return reject(asked, Words::tr("the server sent a part and named it wrongly"));
    const ByteSpan span = *range->span;
    if (span.first != asked.have) {
        return reject(asked, Words::tr("the server sent bytes from %1 on instead of from %2")
                                 .arg(span.first)
                                 .arg(asked.have));
    }

    if (response.isEncoded && (asked.have > 0 || asked.last))
        return restartAnew(Words::tr("the server sent the rest of the file compressed"));

    const Version version = asked.trustsSize ? Version::Same : compare(asked.validator, response.validator);
    if (version == Version::Other)
        return restartAnew(changedText());
    // Who answers an If-Range with a part has compared by himself, even if he doesn't repeat the validator.
    const bool isCompared = asked.askedWithIfRange && !ifRangeValue(asked.validator).isEmpty();
    const bool isFirst = asked.have == 0 && asked.validator.isEmpty();
    if (version == Version::Unknown && !isCompared && !isFirst)
        return restartAnew(Words::tr("the server doesn't say whether the file has changed"));
    const bool isOtherSize = asked.total
                             && (range->total ? *range->total != *asked.total : span.last >= *asked.total);
    if (isOtherSize)
        return restartAnew(changedText());

    if (asked.last && span.last > *asked.last)
        return reject(asked, Words::tr("the server sent more than it was asked for"));
    if (response.contentLength && *response.contentLength != span.length())
        return reject(asked, Words::tr("the server names two different lengths"));
    return {.action = Action::Append,
            .total = range->total ? range->total : asked.total,
            .length = span.length(),
            .reason = {}};
}

Decision decideUnsatisfiable(const Asked &asked, const Response &response)
{
    const auto range = parseContentRange(response.contentRange);
    const bool isAllHere = range && !range->span && range->total == asked.have && !asked.last
                           && (!asked.total || asked.total == asked.have);
    if (isAllHere && compare(asked.validator, response.validator) != Version::Other)
        return {.action = Action::Complete, .total = asked.have, .length = {}, .reason = {}};
    return restartAnew(Words::tr("the server has no rest of this file"));
}

} // namespace

bool isStrong(const QByteArray &etag)
{
    return etag.size() >= 2 && etag.startsWith('"') && etag.indexOf('"', 1) == etag.size() - 1;
}

QByteArray ifRangeValue(const Validator &validator)
{
    if (isStrong(validator.etag))
        return validator.etag;
    if (validator.lastModified.isEmpty())
        return {};
    // Whether it is a date doesn't hang on its century.
    const bool isDate = parseHttpDate(validator.lastModified, QDateTime::fromSecsSinceEpoch(0)).has_value();
    return isDate ? validator.lastModified : QByteArray();
}

Decision decide(const Asked &asked, const Response &response)
{
    switch (response.status) {
    case 200:
    case 203:
        return decideWhole(asked, response);
    case 206:
        return decidePart(asked, response);
    case 416:
        if (asked.askedWithRange)
            return decideUnsatisfiable(asked, response);
        break;
    default:
        break;
    }
    return {.action = Action::Fail,
            .total = asked.total,
            .length = {},
            .reason = net::httpStatusText(response.status)};
}

} // namespace coroscope::download
