// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/contrast.h"
#include "ui/gallery/codeview.h"
#include "ui/theme.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QtTest>

using namespace coroscope::ui;

class TestCodeView : public QObject
{
    Q_OBJECT
private slots:
    void commentsStringsAndKeywordsAreColored_data();
    void commentsStringsAndKeywordsAreColored();
    void aLongStringOfPythonGoesOverLines();
    void colorsAreReadableInLightAndDark_data();
    void colorsAreReadableInLightAndDark();
    void aMarkedLineHasAGroundOfItsOwnAndComesIntoSight();
    void aNewListingHasNoMarks();

private:
    /// The pieces of a line that have a color, one between bars each.
    static QString colored(const CodeView &view, int line)
    {
        const QTextBlock block = view.document()->findBlockByNumber(line);
        QStringList pieces;
        for (const QTextLayout::FormatRange &range : block.layout()->formats()) {
            if (range.format.foreground().style() != Qt::NoBrush)
                pieces << block.text().mid(range.start, range.length);
        }
        return pieces.join(u'|');
    }
};

void TestCodeView::commentsStringsAndKeywordsAreColored_data()
{
    QTest::addColumn<int>("language");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("expected");
    const int cpp = int(Language::Cpp);
    const int python = int(Language::Python);
    QTest::newRow("C++ comment") << cpp << "run(); // here" << "// here";
    QTest::newRow("C++ keyword") << cpp << "co_await sleep(2s);" << "co_await";
    QTest::newRow("part of a word is no keyword") << cpp << "format(); iff();" << "";
    QTest::newRow("slashes in a string") << cpp << "get(\"http://a\"); // b" << "\"http://a\"|// b";
    QTest::newRow("escaped quote") << cpp << "print(\"a\\\"b\");" << "\"a\\\"b\"";
    QTest::newRow("digits grouped by quotes") << cpp << "wait(1'000); f('x');" << "'x'";
    QTest::newRow("include") << cpp << "#include <QList>" << "#include";
    QTest::newRow("Python comment") << python << "x = 1  # 任务" << "# 任务";
    QTest::newRow("Python keywords") << python << "async def func():" << "async|def";
    QTest::newRow("hash in a string") << python << "print('#1')" << "'#1'";
    QTest::newRow("C++ word in Python") << python << "co_await(void)" << "";
}

void TestCodeView::commentsStringsAndKeywordsAreColored()
{
    QFETCH(int, language);
    QFETCH(QString, line);
    CodeView view {Language(language)};
    view.setCode(line);
    QTEST(colored(view, 0), "expected");
}

void TestCodeView::aLongStringOfPythonGoesOverLines()
{
    CodeView view(Language::Python);
    view.setCode("\"\"\"\nif 'x' # y\n\"\"\"\nif x:");
    QCOMPARE(colored(view, 1), "if 'x' # y");
    QCOMPARE(colored(view, 2), "\"\"\"");
    QCOMPARE(colored(view, 3), "if");
}

void TestCodeView::colorsAreReadableInLightAndDark_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestCodeView::colorsAreReadableInLightAndDark()
{
    QFETCH(bool, isDark);
    applyTheme(*qApp, isDark ? ThemeChoice::Dark : ThemeChoice::Light);
    CodeView view(Language::Cpp);
    view.show();
    view.setCode("return \"text\"; // why");
    view.setMarks({{1, "A"}});
    const QColor ground = view.extraSelections().value(0).format.background().color();
    const auto formats = view.document()->firstBlock().layout()->formats();
    QCOMPARE(formats.size(), 3);
    for (const QTextLayout::FormatRange &range : formats)
        QVERIFY(contrast(range.format.foreground().color(), ground) >= 4.5);
}

void TestCodeView::aMarkedLineHasAGroundOfItsOwnAndComesIntoSight()
{
    CodeView view(Language::Cpp);
    view.resize(300, 120);
    view.show();
    view.setCode(QString("line\n").repeated(99));
    QCOMPARE(view.verticalScrollBar()->value(), 0);
    view.setMarks({{80, "A, B"}});
    QCOMPARE(view.extraSelections().size(), 1);
    QCOMPARE(view.extraSelections()[0].cursor.blockNumber(), 79);
    const QRect line = view.cursorRect(view.extraSelections()[0].cursor);
    QVERIFY(view.viewport()->rect().contains(line));
    view.setMarks({});
    QVERIFY(view.extraSelections().isEmpty());
}

void TestCodeView::aNewListingHasNoMarks()
{
    CodeView view(Language::Cpp);
    view.setCode("a\nb");
    view.setMarks({{2, "A"}});
    view.setCode("c\nd");
    QVERIFY(view.marks().isEmpty());
    QVERIFY(view.extraSelections().isEmpty());
}

QTEST_MAIN(TestCodeView)
#include "tst_codeview.moc"
