// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/text.h"

#include "tests/support/traceprobe.h"

#include <QHash>
#include <QMap>
#include <QTest>

#include <array>
#include <list>
#include <set>
#include <unordered_map>

namespace shop {

struct Price
{
    int cents = 0;
};
QString toTraceText(const Price &price) { return QStringLiteral("€ %1").arg(price.cents / 100.0, 0, 'f', 2); }

struct Silent
{
    int value = 0;
};

enum class Color { Red };

} // namespace shop

using namespace coroscope::trace;
using coroscope::test::TraceProbe;

namespace {

QCoro::Task<shop::Price> price() { co_return shop::Price {1250}; }
QCoro::Task<shop::Silent> silent() { co_return shop::Silent {3}; }
QCoro::Task<std::vector<shop::Price>> prices() { co_return std::vector<shop::Price> {{100}, {250}}; }
QCoro::Task<QString> longText() { co_return QString(300'000, u'z'); }

struct Custom : std::exception
{
    const char *what() const noexcept override { return "no such – thing"; }
};
struct Bare
{ };

template<class E>
QString textOfThrown(E error)
{
    try {
        throw error;
    } catch (...) {
        return currentExceptionText();
    }
}

} // namespace

class TextTest : public QObject
{
    Q_OBJECT

private slots:
    void textsStandForThemselves();
    void numbersAreWrittenOut();
    void bytesAreReadAsUtf8();
    void containersListTheirElements();
    void mapsListKeysAndValues();
    void longContainersSayHowManyThereAre();
    void optionalsAndPairsAreOpened();
    void aUsersTypeIsFoundInItsNamespace();
    void aTypeWithoutATextHasNone();
    void resultsBecomeTextsInTheTrace();
    void aLongResultIsCutAndItsLengthKept();
    void exceptionsSayWhatTheyAre();
};

void TextTest::textsStandForThemselves()
{
    QCOMPARE(toTraceText(QStringLiteral("größer")), QStringLiteral("größer"));
    QCOMPARE(toTraceText(std::string("größer")), QStringLiteral("größer"));
    QCOMPARE(toTraceText(std::string_view("ab")), QStringLiteral("ab"));
    QCOMPARE(toTraceText(QStringView(u"cd")), QStringLiteral("cd"));
    QCOMPARE(toTraceText("ef"), QStringLiteral("ef"));
    QCOMPARE(textOf(QStringLiteral("g")), QStringLiteral("g"));
    static_assert(HasTraceText<QString> && HasTraceText<std::string> && HasTraceText<std::string_view>);
}

void TextTest::numbersAreWrittenOut()
{
    QCOMPARE(toTraceText(0), QStringLiteral("0"));
    QCOMPARE(toTraceText(-7), QStringLiteral("-7"));
    QCOMPARE(toTraceText(std::numeric_limits<qlonglong>::min()), QStringLiteral("-9223372036854775808"));
    QCOMPARE(toTraceText(std::numeric_limits<qulonglong>::max()), QStringLiteral("18446744073709551615"));
    QCOMPARE(toTraceText(std::uint8_t(200)), QStringLiteral("200"));
    QCOMPARE(toTraceText(short(-3)), QStringLiteral("-3"));
    QCOMPARE(toTraceText(true), QStringLiteral("true"));
    QCOMPARE(toTraceText(false), QStringLiteral("false"));
    QCOMPARE(toTraceText('x'), QStringLiteral("x"));
    QCOMPARE(toTraceText(1.5), QStringLiteral("1.5"));
    QCOMPARE(toTraceText(0.1f).left(3), QStringLiteral("0.1"));
}

void TextTest::bytesAreReadAsUtf8()
{
    QCOMPARE(toTraceText(QByteArray("caf\xc3\xa9")), QStringLiteral("café"));
    QCOMPARE(toTraceText(QByteArray()), QString());
}

void TextTest::containersListTheirElements()
{
    QCOMPARE(toTraceText(std::vector<int> {1, 2, 3}), QStringLiteral("[1, 2, 3]"));
    QCOMPARE(toTraceText(QStringList {QStringLiteral("a"), QStringLiteral("b")}), QStringLiteral("[a, b]"));
    QCOMPARE(toTraceText(std::list<bool> {true}), QStringLiteral("[true]"));
    QCOMPARE(toTraceText(std::array<double, 2> {0.5, 2}), QStringLiteral("[0.5, 2]"));
    QCOMPARE(toTraceText(std::set<int> {3, 1}), QStringLiteral("[1, 3]"));
    QCOMPARE(toTraceText(QList<QByteArray> {"x"}), QStringLiteral("[x]"));
    QCOMPARE(toTraceText(std::vector<std::vector<int>> {{1}, {}}), QStringLiteral("[[1], []]"));
    QCOMPARE(toTraceText(std::vector<bool> {true, false}), QStringLiteral("[true, false]"));
}

void TextTest::mapsListKeysAndValues()
{
    QCOMPARE(toTraceText(std::map<int, QString> {{1, QStringLiteral("a")}, {2, QStringLiteral("b")}}),
             QStringLiteral("{1: a, 2: b}"));
    QCOMPARE(toTraceText(QMap<QString, int> {{QStringLiteral("k"), 9}}), QStringLiteral("{k: 9}"));
    QCOMPARE(toTraceText(QHash<QString, int> {{QStringLiteral("k"), 9}}), QStringLiteral("{k: 9}"));
    QCOMPARE(toTraceText(std::unordered_map<std::string, std::vector<int>> {{"k", {1, 2}}}),
             QStringLiteral("{k: [1, 2]}"));
    QCOMPARE(toTraceText(QMap<QString, int>()), QStringLiteral("{}"));
}

void TextTest::longContainersSayHowManyThereAre()
{
    const QString text = toTraceText(std::vector<int>(2500, 4));
    QVERIFY(text.endsWith(QStringLiteral("… (2500 in all)]")));
    QCOMPARE(text.count(u'4'), maxTextElements);
    std::map<int, int> map;
    for (int i = 0; i < 150; ++i)
        map[i] = i;
    QVERIFY(toTraceText(map).endsWith(QStringLiteral("… (150 in all)}")));
}

void TextTest::optionalsAndPairsAreOpened()
{
    QCOMPARE(toTraceText(std::optional<int>(4)), QStringLiteral("4"));
    QCOMPARE(toTraceText(std::optional<int>()), QStringLiteral("–"));
    QCOMPARE(toTraceText(std::pair(1, QStringLiteral("a"))), QStringLiteral("(1, a)"));
    QCOMPARE(toTraceText(std::optional<std::vector<std::pair<int, bool>>>({{{1, true}}})),
             QStringLiteral("[(1, true)]"));
}

void TextTest::aUsersTypeIsFoundInItsNamespace()
{
    static_assert(HasTraceText<shop::Price>);
    QCOMPARE(textOf(shop::Price {199}), QStringLiteral("€ 1.99"));
    QCOMPARE(toTraceText(std::vector<shop::Price> {{100}, {200}}), QStringLiteral("[€ 1.00, € 2.00]"));
    QCOMPARE(toTraceText(std::map<int, shop::Price> {{1, {100}}}), QStringLiteral("{1: € 1.00}"));
}

void TextTest::aTypeWithoutATextHasNone()
{
    static_assert(!HasTraceText<shop::Silent>);
    static_assert(!HasTraceText<shop::Color>);
    QCOMPARE(textOf(shop::Silent {}), QStringLiteral("…"));
    QCOMPARE(toTraceText(std::vector<shop::Silent>(2)), QStringLiteral("[…, …]"));
}

void TextTest::resultsBecomeTextsInTheTrace()
{
    TraceProbe probe;
    price();
    silent();
    prices();
    probe.stop();
    QCOMPARE(probe.texts(TextKind::Result),
             (QStringList {QStringLiteral("€ 12.50"), QStringLiteral("[€ 1.00, € 2.50]")}));
}

void TextTest::aLongResultIsCutAndItsLengthKept()
{
    TraceProbe probe;
    longText();
    probe.stop();
    const std::vector<Event> texts = probe.eventsOf(EventType::Text);
    QCOMPARE(texts.size(), 1u);
    QCOMPARE(texts[0].a, std::uint64_t(Ring::maxText));
    QCOMPARE(texts[0].b, 300'000u);
}

void TextTest::exceptionsSayWhatTheyAre()
{
    QCOMPARE(textOfThrown(std::runtime_error("broken pipe")), QStringLiteral("broken pipe"));
    QCOMPARE(textOfThrown(Custom()), QStringLiteral("no such – thing"));
    QVERIFY(textOfThrown(Bare()).contains(QStringLiteral("Bare")));
    QCOMPARE(textOfThrown(42), QStringLiteral("int"));
}

QTEST_GUILESS_MAIN(TextTest)
#include "tst_text.moc"
