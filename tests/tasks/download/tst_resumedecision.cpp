// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/resumedecision.h"

#include <QTest>

using namespace coroscope::download;

Q_DECLARE_METATYPE(coroscope::download::Asked)
Q_DECLARE_METATYPE(coroscope::download::Response)
Q_DECLARE_METATYPE(coroscope::download::Decision)

namespace {

const Validator strong {.etag = "\"v1\"", .lastModified = "Sun, 06 Nov 1994 08:49:37 GMT"};
const Validator other {.etag = "\"v2\"", .lastModified = "Mon, 07 Nov 1994 08:49:37 GMT"};
const Validator weak {.etag = "W/\"v1\"", .lastModified = "Sun, 06 Nov 1994 08:49:37 GMT"};
const Validator dated {.etag = {}, .lastModified = "Sun, 06 Nov 1994 08:49:37 GMT"};
const Validator weakOnly {.etag = "W/\"v1\"", .lastModified = {}};
const Validator tagged {.etag = "\"v1\"", .lastModified = {}};
const Validator none {};

/// 500 of 1,000 bytes are here, and the rest was asked for.
Asked half(const Validator &validator = strong)
{
    return {.have = 500,
            .total = 1000,
            .validator = validator,
            .askedWithRange = true,
            .askedWithIfRange = !ifRangeValue(validator).isEmpty(),
            .last = {}};
}

Asked halfWithoutTotal()
{
    Asked state = half();
    state.total.reset();
    return state;
}

Asked halfWithoutIfRange(const Validator &validator = strong)
{
    Asked state = half(validator);
    state.askedWithIfRange = false;
    return state;
}

Asked segment()
{
    Asked state = half();
    state.last = 749;
    return state;
}

Response part(const QByteArray &range, const Validator &validator = strong)
{
    return {.status = 206,
            .contentRange = range,
            .contentType = {},
            .contentLength = {},
            .validator = validator,
            .refusesRanges = false};
}

Response partOfLength(const QByteArray &range, qint64 length)
{
    Response response = part(range);
    response.contentLength = length;
    return response;
}

Response whole(const Validator &validator = strong, std::optional<qint64> length = 1000)
{
    return {.status = 200,
            .contentRange = {},
            .contentType = {},
            .contentLength = length,
            .validator = validator,
            .refusesRanges = false};
}

Response withStatus(int status, const QByteArray &range = {}, const Validator &validator = {})
{
    return {.status = status,
            .contentRange = range,
            .contentType = {},
            .contentLength = {},
            .validator = validator,
            .refusesRanges = false};
}

Decision wanted(Action action, std::optional<qint64> total, std::optional<qint64> length = {})
{
    return {.action = action, .total = total, .length = length, .reason = {}};
}

QByteArray text(std::optional<qint64> number)
{
    return number ? QByteArray::number(*number) : QByteArray("unknown");
}

} // namespace

class TestResumeDecision : public QObject
{
    Q_OBJECT
private slots:
    void answerIsDecidedUpon_data()
    {
        using enum Action;
        QTest::addColumn<Asked>("state");
        QTest::addColumn<Response>("response");
        QTest::addColumn<Decision>("decision");
        const auto row = [](const char *title, const Asked &state, const Response &response,
                            const Decision &decision) {
            QTest::newRow(title) << state << response << decision;
        };
        const Decision anew = wanted(RestartAnew, {});
        const Decision rejected = wanted(Reject, 1000);
        const Decision appended = wanted(Append, 1000, 500);

        row("first request, whole file", {}, whole(), wanted(Restart, 1000, 1000));
        row("first request, length unknown", {}, whole(none, {}), wanted(Restart, {}, {}));
        row("first request, empty file", {}, whole(none, 0), wanted(Restart, 0, 0));
        row("first request, beyond 4 GiB", {}, whole(none, 5'000'000'000),
            wanted(Restart, 5'000'000'000, 5'000'000'000));
        row("first request, negative length", {}, whole(none, -1), wanted(Reject, {}));
        row("first request, by a proxy that changes it", {}, {.status = 203, .contentLength = 7},
            wanted(Restart, 7, 7));
        row("first request, a part nobody asked for", {}, part("bytes 0-999/1000"), wanted(Reject, {}));
        row("first request, not found", {}, withStatus(404), wanted(Fail, {}));
        row("first request, no content", {}, withStatus(204), wanted(Fail, {}));
        row("first request, range refused", {}, withStatus(416, "bytes */0"), wanted(Fail, {}));
        row("probing range of a new file", {.askedWithRange = true}, part("bytes 0-999/1000"),
            wanted(Append, 1000, 1000));
        row("probing range of a new file, ignored", {.askedWithRange = true}, whole(),
            wanted(Restart, 1000, 1000));
        row("probing range of an empty file", {.askedWithRange = true}, withStatus(416, "bytes */0"),
            wanted(Complete, 0));

        row("the rest", half(), part("bytes 500-999/1000"), appended);
        row("the rest, by date", half(dated), part("bytes 500-999/1000", dated), appended);
        row("the rest, by date under a weak ETag", half(weak), part("bytes 500-999/1000", weak), appended);
        row("the rest, validator not repeated", half(), part("bytes 500-999/1000", none), appended);
        row("the rest, ETag alone repeated", half(), part("bytes 500-999/1000", tagged), appended);
        row("the rest, strong ETag outweighs a date", half(),
            part("bytes 500-999/1000", {.etag = "\"v1\"", .lastModified = "x"}), appended);
        row("the rest, total not known to the server", half(), part("bytes 500-999/*"), appended);
        row("the rest, total not known here", halfWithoutTotal(), part("bytes 500-999/1000"), appended);
        row("the rest, total known to nobody", halfWithoutTotal(), part("bytes 500-999/*"),
            wanted(Append, {}, 500));
        row("less than the rest", half(), part("bytes 500-599/1000"), wanted(Append, 1000, 100));
        row("the rest, with its length", half(), partOfLength("bytes 500-999/1000", 500), appended);
        row("the rest, with another length", half(), partOfLength("bytes 500-999/1000", 499), rejected);
        row("beyond 4 GiB",
            {.have = 5'000'000'000,
             .total = 6'000'000'000,
             .validator = strong,
             .askedWithRange = true,
             .askedWithIfRange = true},
            part("bytes 5000000000-5999999999/6000000000"), wanted(Append, 6'000'000'000, 1'000'000'000));

        row("from another start", half(), part("bytes 0-999/1000"), rejected);
        row("from one byte later", half(), part("bytes 501-999/1000"), rejected);
        row("without Content-Range", half(), part({}), rejected);
        row("Content-Range that can't be read", half(), part("bytes 500-999"), rejected);
        row("Content-Range without a span", half(), part("bytes */1000"), rejected);
        row("Content-Range past its own total", half(), part("bytes 500-1000/1000"), rejected);
        row("Content-Range in other units", half(), part("items 500-999/1000"), rejected);
        row("several parts", half(),
            {.status = 206, .contentType = "multipart/byteranges; boundary=x", .validator = strong},
            rejected);
        row("several parts that pretend to be one", half(),
            {.status = 206,
             .contentRange = "bytes 500-999/1000",
             .contentType = "Multipart/ByteRanges",
             .validator = strong},
            rejected);

        row("ETag changed", half(), part("bytes 500-999/1000", other), anew);
        row("ETag became weak", half(), part("bytes 500-999/1000", weak), anew);
        row("weak ETag changed", half(weak),
            part("bytes 500-999/1000", {.etag = "W/\"v2\"", .lastModified = weak.lastModified}), anew);
        row("date changed", half(dated),
            part("bytes 500-999/1000", {.etag = {}, .lastModified = other.lastModified}), anew);
        row("date changed under the same weak ETag", half(weak),
            part("bytes 500-999/1000", {.etag = weak.etag, .lastModified = other.lastModified}), anew);
        row("size changed", half(), part("bytes 500-1999/2000"), anew);
        row("size shrank", half(), part("bytes 500-599/600"), anew);
        row("size unknown, but beyond the known one", half(), part("bytes 500-1000/*"), anew);
        row("nothing to compare by", halfWithoutIfRange(none), part("bytes 500-999/1000", none), anew);
        row("weak ETag is no proof", half(weakOnly), part("bytes 500-999/1000", weakOnly), anew);
        row("asked without If-Range, validator repeated", halfWithoutIfRange(), part("bytes 500-999/1000"),
            appended);
        row("asked without If-Range, date repeated", halfWithoutIfRange(dated),
            part("bytes 500-999/1000", dated), appended);
        row("asked without If-Range, validator not repeated", halfWithoutIfRange(),
            part("bytes 500-999/1000", none), anew);
        row("asked without If-Range, ETag changed", halfWithoutIfRange(), part("bytes 500-999/1000", other),
            anew);

        const Decision restarted = wanted(Restart, 1000, 1000);
        row("range ignored, file changed", half(), whole(other, 7), wanted(Restart, 7, 7));
        row("range ignored, another page", half(), whole(none, {}), wanted(Restart, {}, {}));
        row("range ignored, same strong ETag", half(), whole(), wanted(AskAgainWithoutIfRange, 1000));
        row("range ignored again without If-Range", halfWithoutIfRange(), whole(), restarted);
        row("range ignored, ranges refused by name", half(),
            {.status = 200, .contentLength = 1000, .validator = strong, .refusesRanges = true}, restarted);
        row("range ignored, same weak ETag", half(weak), whole(weak), restarted);
        row("range ignored, same date", half(dated), whole(dated), restarted);
        row("range ignored, no validator here", halfWithoutIfRange(none), whole(none), restarted);
        row("range ignored, impossible length", half(), whole(other, -5), rejected);

        const Decision complete = wanted(Complete, 500);
        row("416, all is here", halfWithoutTotal(), withStatus(416, "bytes */500"), complete);
        row("416, all is here and was known to be",
            {.have = 500, .total = 500, .validator = strong, .askedWithRange = true},
            withStatus(416, "bytes */500", strong), complete);
        row("416, less is there", halfWithoutTotal(), withStatus(416, "bytes */400"), anew);
        row("416, more is there", halfWithoutTotal(), withStatus(416, "bytes */501"), anew);
        row("416, another size than known", half(), withStatus(416, "bytes */500"), anew);
        row("416, all is here but it changed", halfWithoutTotal(), withStatus(416, "bytes */500", other),
            anew);
        row("416 without a size", half(), withStatus(416), anew);
        row("416 with rubbish", half(), withStatus(416, "bytes */x"), anew);
        row("416 with a span", halfWithoutTotal(), withStatus(416, "bytes 0-499/500"), anew);

        row("404 on resume", half(), withStatus(404), wanted(Fail, 1000));
        row("503 on resume", half(), withStatus(503), wanted(Fail, 1000));
        row("a redirect that nobody followed", half(), withStatus(302), wanted(Fail, 1000));
        row("304 on resume", half(), withStatus(304), wanted(Fail, 1000));

        row("segment", segment(), part("bytes 500-749/1000"), wanted(Append, 1000, 250));
        row("segment, shorter", segment(), part("bytes 500-599/1000"), wanted(Append, 1000, 100));
        row("segment, longer than asked", segment(), part("bytes 500-999/1000"), rejected);
        row("segment from another start", segment(), part("bytes 250-749/1000"), rejected);
        row("segment, ETag changed", segment(), part("bytes 500-749/1000", other), anew);
        row("segment, whole file of the same ETag", segment(), whole(), wanted(AskAgainWithoutIfRange, 1000));
        row("segment, whole file of another ETag", segment(), whole(other), restarted);
        row("segment, 416", segment(), withStatus(416, "bytes */500"), anew);
    }
    void answerIsDecidedUpon()
    {
        QFETCH(Asked, state);
        QFETCH(Response, response);
        QFETCH(Decision, decision);
        const Decision made = decide(state, response);
        QVERIFY2(made.action == decision.action,
                 qPrintable(QStringLiteral("%1: %2").arg(int(made.action)).arg(made.reason)));
        QCOMPARE(text(made.total), text(decision.total));
        QCOMPARE(text(made.length), text(decision.length));
        const bool isSilent = made.action == Action::Append || made.action == Action::Complete
                              || (made.action == Action::Restart && !state.askedWithRange);
        QCOMPARE(made.reason.isEmpty(), isSilent);
    }

    /// Whatever else comes, bytes are only joined that start where ours end, of the same version and size.
    void nothingIsEverAppendedThatDoesNotFit()
    {
        const QList<Validator> validators {strong, other, weak, dated, weakOnly, tagged, none};
        const QList<QByteArray> ranges {"",
                                        "bytes 500-999/1000",
                                        "bytes 500-999/*",
                                        "bytes 500-999/1001",
                                        "bytes 499-999/1000",
                                        "bytes */500",
                                        "bytes 500-2000/*"};
        for (const Validator &ours : validators) {
            for (const Validator &theirs : validators) {
                for (const QByteArray &range : ranges) {
                    for (const int status : {200, 203, 206, 304, 404, 416, 503}) {
                        for (const bool withIfRange : {false, true}) {
                            Asked state = half(ours);
                            state.askedWithIfRange = withIfRange && !ifRangeValue(ours).isEmpty();
                            const Decision made = decide(state, withStatus(status, range, theirs));
                            if (made.action != Action::Append)
                                continue;
                            QCOMPARE(status, 206);
                            QVERIFY(range == "bytes 500-999/1000" || range == "bytes 500-999/*");
                            QVERIFY(ours.etag.isEmpty() || theirs.etag.isEmpty() || ours.etag == theirs.etag);
                            QVERIFY(!ours.isEmpty());
                        }
                    }
                }
            }
        }
    }

    void onlyQuotedETagsAreStrong()
    {
        for (const char *etag : {"\"a\"", "\"\"", "\"a b/c\""})
            QVERIFY2(isStrong(etag), etag);
        for (const char *etag : {"", "\"", "a", "W/\"a\"", "w/\"a\"", "\"a", "a\"", "\"a\"b\"", "\"a\" "})
            QVERIFY2(!isStrong(etag), etag);
    }

    void weakETagIsNeverSentInIfRange()
    {
        QCOMPARE(ifRangeValue(strong), strong.etag);
        QCOMPARE(ifRangeValue(weak), weak.lastModified);
        QCOMPARE(ifRangeValue(dated), dated.lastModified);
        QCOMPARE(ifRangeValue(weakOnly), QByteArray());
        QCOMPARE(ifRangeValue(none), QByteArray());
        QCOMPARE(ifRangeValue({.etag = "unquoted", .lastModified = "yesterday"}), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestResumeDecision)
#include "tst_resumedecision.moc"
