// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/contrast.h"
#include "ui/stylesheet.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPushButton>
#include <QtTest>

using namespace coroscope::ui;

class TestTheme : public QObject
{
    Q_OBJECT
private slots:
    void contrastIsThatOfWcag();
    void textIsReadableOnItsGround_data();
    void textIsReadableOnItsGround();
    void solidsStandOutFromTheTimeline_data();
    void solidsStandOutFromTheTimeline();
    void aKindOfWorkHasItsOwnHue();
    void anUnknownKindIsGrey();
    void thePaletteTellsLightFromDark();
    void theStyleSheetNamesOnlyRealColors();
    void theChoiceCanBeChangedAtRunTime();
};

static const std::pair<const char *, const Theme *> themes[] {{"light", &Theme::light()},
                                                              {"dark", &Theme::darkTheme()}};

void TestTheme::contrastIsThatOfWcag()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01);
}

void TestTheme::textIsReadableOnItsGround_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const auto &[name, theme] : themes) {
        const Theme &t = *theme;
        const std::pair<const char *, QColor> rows[] {{"window", t.window},
                                                      {"base", t.base},
                                                      {"raised", t.raised},
                                                      {"selected row", t.selectedRow},
                                                      {"hovered row", t.hoveredRow}};
        const std::pair<const char *, QColor> letters[] {{"text", t.text}, {"dim text", t.dimText},
                                                         {"link", t.link}, {"good", t.good},
                                                         {"bad", t.bad},   {"cancelled", t.cancelled}};
        for (const auto &[ground, groundColor] : rows) {
            for (const auto &[text, textColor] : letters)
                QTest::addRow("%s: %s on %s", name, text, ground) << textColor << groundColor;
            for (const Hue &hue : t.hues)
                QTest::addRow("%s: %s in letters on %s", name, hue.key.data(), ground)
                    << hue.text << groundColor;
        }
        for (const Hue &hue : t.hues) {
            QTest::addRow("%s: text on running %s", name, hue.key.data()) << t.onSolid << hue.solid;
            QTest::addRow("%s: text on waiting %s", name, hue.key.data()) << t.text << hue.tint;
            QTest::addRow("%s: text on a selected waiting %s", name, hue.key.data())
                << t.text << mixed(hue.solid, t.selectedRow, 0.2);
        }
        QTest::addRow("%s: text on blocking", name) << t.onSolid << t.blocking;
        QTest::addRow("%s: text on the accent", name) << t.onAccent << t.accent;
        QTest::addRow("%s: text on the flag", name) << t.onFlag << t.flag;
        QTest::addRow("%s: dim text on the flag", name) << t.dimOnFlag << t.flag;
    }
}

void TestTheme::textIsReadableOnItsGround()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    const double ratio = contrast(text, ground);
    QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 on %2 is %3 : 1")
                                          .arg(text.name(), ground.name(), QString::number(ratio, 'f', 2))));
}

void TestTheme::solidsStandOutFromTheTimeline_data()
{
    QTest::addColumn<QColor>("solid");
    QTest::addColumn<QColor>("ground");
    for (const auto &[name, theme] : themes) {
        for (const Hue &hue : theme->hues)
            QTest::addRow("%s: %s", name, hue.key.data()) << hue.solid << theme->base;
        QTest::addRow("%s: blocking", name) << theme->blocking << theme->base;
    }
}

void TestTheme::solidsStandOutFromTheTimeline()
{
    QFETCH(QColor, solid);
    QFETCH(QColor, ground);
    QVERIFY(contrast(solid, ground) >= 3.0);
}

void TestTheme::aKindOfWorkHasItsOwnHue()
{
    const Theme &theme = Theme::light();
    QVERIFY(theme.category("download") != theme.category("redis"));
    QVERIFY(theme.category("redis") != theme.category("sleep"));
    QVERIFY(theme.waiting("download") != theme.waiting("redis"));
    const int asked = QColor(0x2f7fd1).hslHue();
    QVERIFY(std::abs(theme.category("download").hslHue() - asked) <= 3);
}

void TestTheme::anUnknownKindIsGrey()
{
    QCOMPARE(Theme::light().category("knitting"), Theme::light().category("group"));
    QCOMPARE(Theme::light().category(""), Theme::light().category("group"));
}

void TestTheme::thePaletteTellsLightFromDark()
{
    QVERIFY(Theme::of(Theme::darkTheme().palette()).dark);
    QVERIFY(!Theme::of(Theme::light().palette()).dark);
}

void TestTheme::theStyleSheetNamesOnlyRealColors()
{
    for (const auto &[name, theme] : themes)
        QVERIFY2(!styleSheet(*theme).contains(u'@'), name);
}

void TestTheme::theChoiceCanBeChangedAtRunTime()
{
    applyTheme(*qApp, ThemeChoice::Dark);
    QPushButton button(QStringLiteral("Demo"));
    QCOMPARE(button.palette().color(QPalette::Window), Theme::darkTheme().window);
    applyTheme(*qApp, ThemeChoice::Light);
    QCOMPARE(qApp->palette().color(QPalette::Window), Theme::light().window);
    applyTheme(*qApp, ThemeChoice::System);
    applyTheme(*qApp, ThemeChoice::Dark);
    QCOMPARE(qApp->palette().color(QPalette::Base), Theme::darkTheme().base);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
