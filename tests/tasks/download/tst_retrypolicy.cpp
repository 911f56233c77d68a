// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/retrypolicy.h"

#include <QTest>
#include <QTimeZone>

using namespace coroscope;
using namespace coroscope::download;
using namespace std::chrono_literals;

using Kind = net::Error::Kind;
using Reason = RetryRefusal::Reason;

namespace {

net::Error httpError(int status)
{
    return {.kind = Kind::Http, .what = {}, .where = {}, .advice = {}, .httpStatus = status};
}

net::Error error(Kind kind) { return {.kind = kind}; }

std::optional<std::chrono::milliseconds> waitOf(const std::variant<RetryPlan, RetryRefusal> &plan)
{
    const auto *planned = std::get_if<RetryPlan>(&plan);
    return planned ? std::optional(planned->wait) : std::nullopt;
}

std::optional<RetryRefusal> refusalOf(const std::variant<RetryPlan, RetryRefusal> &plan)
{
    const auto *refused = std::get_if<RetryRefusal>(&plan);
    return refused ? std::optional(*refused) : std::nullopt;
}

} // namespace

class TestRetryPolicy : public QObject
{
    Q_OBJECT
    const QDateTime m_now = QDateTime({1994, 11, 6}, {8, 49, 30}, QTimeZone::utc());

private slots:
    void onlyPassingStatusesAreTriedAgain()
    {
        const QList<int> passing {408, 429, 500, 502, 503, 504, 522, 524};
        for (int status = 100; status < 600; ++status) {
            const Verdict wanted = passing.contains(status) ? Verdict::Retry : Verdict::Fail;
            QVERIFY2(verdictOf(httpError(status)) == wanted, qPrintable(QString::number(status)));
        }
    }

    void whatBrokeOnTheWayIsTriedAgainWhatIsWrongHereIsNot()
    {
        for (const Kind kind :
             {Kind::Dns, Kind::Refused, Kind::Lost, Kind::Timeout, Kind::Truncated, Kind::Protocol})
            QVERIFY2(verdictOf(error(kind)) == Verdict::Retry, qPrintable(QString::number(int(kind))));
        for (const Kind kind : {Kind::None, Kind::Input, Kind::Tls, Kind::Certificate, Kind::Redirect,
                                Kind::Limit, Kind::Server, Kind::Login, Kind::Disk, Kind::Program})
            QVERIFY2(verdictOf(error(kind)) == Verdict::Fail, qPrintable(QString::number(int(kind))));
    }

    void bodyThatBrokeOffAfterA200IsTriedAgain()
    {
        net::Error truncated = error(Kind::Truncated);
        truncated.httpStatus = 200;
        QVERIFY(verdictOf(truncated) == Verdict::Retry);
    }

    void backOffDoublesFromOneSecondToTenMinutes()
    {
        const QList<qint64> seconds {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600};
        for (int i = 0; i < seconds.size(); ++i) {
            QCOMPARE(qint64(backOff(i + 1, 0.0).count()), seconds[i] * 500);
            QCOMPARE(qint64(backOff(i + 1, 0.5).count()), seconds[i] * 750);
            QVERIFY(backOff(i + 1, 0.999999) <= std::chrono::seconds(seconds[i]));
            QVERIFY(backOff(i + 1, 0.999999) > std::chrono::milliseconds(seconds[i] * 990));
        }
        QCOMPARE(qint64(backOff(1'000'000, 0.0).count()), 300'000);
        QCOMPARE(qint64(backOff(0, 0.0).count()), 500);
    }

    void retryAfterIsReadAsSecondsAndAsDate_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<qint64>("seconds"); // -1: none
        const auto row = [](const char *header, qint64 seconds) {
            QTest::newRow(*header ? header : "empty") << QByteArray(header) << seconds;
        };
        constexpr qint64 tenYears = std::chrono::seconds(std::chrono::years(10)).count();
        row("0", 0);
        row("120", 120);
        row(" 7 ", 7);
        row("99999999999999999999999999", tenYears);
        row("9223372036854775807", tenYears);
        row("Sun, 06 Nov 1994 08:49:37 GMT", 7);
        row("Sunday, 06-Nov-94 08:49:37 GMT", 7);
        row("Sun Nov  6 08:49:37 1994", 7);
        row("Sun, 06 Nov 1994 08:49:00 GMT", 0);
        row("Fri, 06 Nov 9999 08:49:00 GMT", tenYears);
        row("", -1);
        row("-5", -1);
        row("+5", -1);
        row("1.5", -1);
        row("5 s", -1);
        row("soon", -1);
        row("Sun, 06 Nov 1994", -1);
    }
    void retryAfterIsReadAsSecondsAndAsDate()
    {
        QFETCH(QByteArray, header);
        QFETCH(qint64, seconds);
        const auto parsed = parseRetryAfter(header, m_now);
        QCOMPARE(qint64(parsed.value_or(-1s).count()), seconds);
    }

    void dateIsNeverCutShort()
    {
        // Half a second before 08:49:37, a whole one is waited.
        const auto parsed = parseRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", m_now.addMSecs(6500));
        QVERIFY(parsed == 1s);
    }

    void fiveTriesByDefaultThenItIsOver()
    {
        const Options options;
        for (int tries = 1; tries <= 4; ++tries)
            QVERIFY(waitOf(planRetry(options, {tries, 0ms}, httpError(503), {}, 0.5)) == backOff(tries, 0.5));
        const auto refusal = refusalOf(planRetry(options, {5, 0ms}, httpError(503), {}, 0.5));
        QVERIFY(refusal);
        QVERIFY(refusal->reason == Reason::TriesUsedUp);
        QVERIFY(refusal->text.contains("5"));
    }

    void noRetriesMeansOneTry()
    {
        Options options;
        options.retries = 0;
        const auto refusal = refusalOf(planRetry(options, {1, 0ms}, error(Kind::Lost), {}, 0.5));
        QVERIFY(refusal && refusal->reason == Reason::TriesUsedUp);
    }

    void hopelessErrorIsRefusedAtTheFirstTry()
    {
        const auto refusal = refusalOf(planRetry({}, {1, 0ms}, httpError(404), 5s, 0.5));
        QVERIFY(refusal && refusal->reason == Reason::NotWorthIt);
    }

    void serversWishGoesBeforeTheBackOff()
    {
        QVERIFY(waitOf(planRetry({}, {1, 0ms}, httpError(429), 30s, 0.5)) == 30000ms);
        QVERIFY(waitOf(planRetry({}, {4, 0ms}, httpError(503), 0s, 0.5)) == 0ms);
    }

    void waitPastTheBudgetIsRefusedAndSaysHowLong()
    {
        QVERIFY(waitOf(planRetry({}, {1, 0ms}, httpError(429), 900s, 0.5)) == 900000ms);
        const auto refusal = refusalOf(planRetry({}, {1, 0ms}, httpError(429), 7500s, 0.5));
        QVERIFY(refusal && refusal->reason == Reason::PastBudget);
        QVERIFY2(refusal->text.contains("2 h 5 min"), qPrintable(refusal->text));
        QVERIFY2(refusal->text.contains("15 min"), qPrintable(refusal->text));
        const auto endless = refusalOf(
            planRetry({}, {1, 0ms}, httpError(429), std::chrono::seconds::max(), 0.5));
        QVERIFY(endless && endless->reason == Reason::PastBudget);
    }

    void earlierWaitsCountTowardsTheBudget()
    {
        QVERIFY(waitOf(planRetry({}, {2, 800s}, httpError(503), 100s, 0.5)) == 100000ms);
        const auto refusal = refusalOf(planRetry({}, {2, 800s + 1ms}, httpError(503), 100s, 0.5));
        QVERIFY(refusal && refusal->reason == Reason::PastBudget);
        QVERIFY2(refusal->text.contains("100 s"), qPrintable(refusal->text));
        const auto own = refusalOf(planRetry({}, {2, 900s}, error(Kind::Lost), {}, 0.5));
        QVERIFY(own && own->reason == Reason::PastBudget);
    }
};

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
