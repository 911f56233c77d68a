// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// The add dialog: what is typed, dropped and chosen, and the command that comes of it.
#include "ui/launch/downloaddialog.h"
#include "ui/launch/urldrop.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::ui;

class TestDownloadDialog : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_dialog.reset(); }
    void thePreviewShowsWhatWillBeFetched();
    void rangesAreSpelledOut();
    void enterStartsWhatIsStillBeingRead();
    void aPastedListIsAdded();
    void aWrongLineIsNamedAndNothingStarts();
    void theGoodOnesCanBeAddedAlone();
    void theSameFileTwiceIsSaidAndTakenOnce();
    void aHundredThousandLinesStopNobody();
    void aNameIsForOneFile();
    void anExistingFileIsKeptOrNot();
    void itStartsPausedOrLater();
    void aRelativeFolderIsRefused();
    void moreIsHiddenUntilWanted();
    void moreSaysHowItIsFetched();
    void aWrongOptionIsSaid_data();
    void aWrongOptionIsSaid();
    void anUnverifiedCertificateIsRed();
    void secretsAreInNoSetting();
    void aRecentEntryFillsTheForm();
    void theFolderIsRemembered();
    void droppedFilesAndLinksAreAdded();
    void allCanBeReachedByTab();

private:
    template<class Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_dialog->findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("the dialog has no %s", name);
        return widget;
    }
    void open()
    {
        m_dialog = std::make_unique<DownloadDialog>(m_settings, m_history);
        m_dialog->show();
        m_dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    void type(const QString &lines) { find<QPlainTextEdit>("url")->setPlainText(lines); }
    QAbstractItemModel *preview() const { return find<QTableView>("preview")->model(); }
    QString previewed(int row, int column) const { return preview()->index(row, column).data().toString(); }
    QPushButton *start() const { return find<QPushButton>("start"); }
    /// Presses start once it can be pressed.
    Add submitted(const char *button = "start")
    {
        QSignalSpy submitted(m_dialog.get(), &DownloadDialog::submitted);
        auto *press = find<QPushButton>(button);
        for (int i = 0; i < 100 && !press->isEnabled(); ++i)
            QTest::qWait(20);
        QTest::mouseClick(press, Qt::LeftButton);
        return submitted.isEmpty() ? Add {} : submitted[0][0].value<Add>();
    }

    QTemporaryDir m_folder;
    QSettings m_settings {m_folder.filePath("settings.ini"), QSettings::IniFormat};
    LaunchHistory m_history {m_settings};
    std::unique_ptr<DownloadDialog> m_dialog;
};

void TestDownloadDialog::init()
{
    m_settings.clear();
    m_settings.setValue("launch/folder", m_folder.path());
    open();
}

void TestDownloadDialog::thePreviewShowsWhatWillBeFetched()
{
    QVERIFY(!start()->isEnabled());
    type("# two files\nhttps://a.org/one%20file.iso\n\nhttps://b.org/two.iso?x=1\n");
    QTRY_VERIFY(start()->isEnabled());
    QCOMPARE(preview()->rowCount(), 2);
    QCOMPARE(previewed(0, 0), "one file.iso");
    QCOMPARE(previewed(1, 0), "two.iso");
    QCOMPARE(previewed(1, 1), "https://b.org/two.iso?x=1");
    QCOMPARE(previewed(1, 2), m_folder.path());
    QCOMPARE(find<QLabel>("count")->text(), "2 files");
    QCOMPARE(start()->text(), "&Download 2 Files");
    const Add add = submitted();
    QCOMPARE(add.requests.size(), 2u);
    QCOMPARE(add.requests[0].url(), QUrl("https://a.org/one%20file.iso"));
    QCOMPARE(add.requests[0].folder, m_folder.path());
    QVERIFY(!add.paused && add.startAt.isNull() && add.isLasting);
}

void TestDownloadDialog::rangesAreSpelledOut()
{
    type("https://a.org/[08-11].jpg");
    QTRY_COMPARE(preview()->rowCount(), 4);
    QCOMPARE(previewed(0, 0), "08.jpg");
    QCOMPARE(previewed(3, 0), "11.jpg");
}

void TestDownloadDialog::enterStartsWhatIsStillBeingRead()
{
    QSignalSpy submitted(m_dialog.get(), &DownloadDialog::submitted);
    auto *urls = find<QPlainTextEdit>("url");
    QTest::keyClicks(urls, "https://a.org/1");
    QTest::keyClick(urls, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(urls, "https://a.org/2");
    QTest::keyClick(urls, Qt::Key_Return);
    QTRY_COMPARE(submitted.size(), 1);
    QCOMPARE(submitted[0][0].value<Add>().requests.size(), 2u);
}

void TestDownloadDialog::aPastedListIsAdded()
{
    QGuiApplication::clipboard()->setText("http://a/1.iso\nhttp://b/2.iso\n");
    find<QPlainTextEdit>("url")->paste();
    QCOMPARE(submitted().requests.size(), 2u);
}

void TestDownloadDialog::aWrongLineIsNamedAndNothingStarts()
{
    type("http://a/1.iso\nnonsense");
    auto *problems = find<QPlainTextEdit>("problems");
    QTRY_VERIFY(problems->isVisible());
    QVERIFY2(problems->toPlainText().startsWith("Line 2: "), qPrintable(problems->toPlainText()));
    QVERIFY(!start()->isEnabled());
    QSignalSpy submitted(m_dialog.get(), &DownloadDialog::submitted);
    QTest::keyClick(find<QPlainTextEdit>("url"), Qt::Key_Return);
    QCOMPARE(submitted.size(), 0);
    QVERIFY(m_dialog->isVisible());
}

void TestDownloadDialog::theGoodOnesCanBeAddedAlone()
{
    auto *good = find<QPushButton>("startGood");
    type("http://a/1.iso\nnonsense\nhttp://a/3.iso");
    QTRY_VERIFY(good->isVisible());
    QCOMPARE(good->text(), "Add the 2 &Good Ones");
    QCOMPARE(submitted("startGood").requests.size(), 2u);
}

void TestDownloadDialog::theSameFileTwiceIsSaidAndTakenOnce()
{
    type("http://a/1.iso\nhttp://a/1.iso");
    auto *problems = find<QPlainTextEdit>("problems");
    QTRY_VERIFY(problems->isVisible());
    QVERIFY2(problems->toPlainText().startsWith("Line 2: "), qPrintable(problems->toPlainText()));
    QCOMPARE(submitted().requests.size(), 1u); // it is a note: nothing is wrong
}

void TestDownloadDialog::aHundredThousandLinesStopNobody()
{
    QString lines;
    for (int i = 0; i < 100'000; ++i)
        lines += QStringLiteral("https://example.org/files/%1.bin\n").arg(i);
    qint64 longestGap = 0;
    QElapsedTimer gap;
    QTimer beat;
    type(lines); // the editor itself takes its time for so much text
    gap.start();
    connect(&beat, &QTimer::timeout, this, [&] { longestGap = std::max(longestGap, gap.restart()); });
    beat.start(5);
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("count")->text(),
                              "100,000 files, the first 1,000 of them:", 30'000);
    QCOMPARE(preview()->rowCount(), 1000);
    QVERIFY2(longestGap < 1'000, qPrintable(QString::number(longestGap)));
}

void TestDownloadDialog::aNameIsForOneFile()
{
    auto *name = find<QLineEdit>("fileName");
    type("http://a/1.iso");
    QTRY_VERIFY(start()->isEnabled());
    QTest::keyClicks(name, "mine.iso");
    QCOMPARE(previewed(0, 0), "mine.iso");
    type("http://a/1.iso\nhttp://a/2.iso");
    QTRY_VERIFY(!name->isEnabled());
    QCOMPARE(previewed(0, 0), "1.iso");
    type("http://a/1.iso");
    QTRY_VERIFY(name->isEnabled());
    QCOMPARE(submitted().requests.front().fileName, "mine.iso");
}

void TestDownloadDialog::anExistingFileIsKeptOrNot()
{
    type("http://a/1.iso");
    find<QComboBox>("ifExists")->setCurrentIndex(3);
    QVERIFY(submitted().requests.front().options.ifExists == IfExists::OnlyIfNewer);
    open();
    type("http://a/1.iso");
    QVERIFY(submitted().requests.front().options.ifExists == IfExists::OnlyIfNewer); // remembered
}

void TestDownloadDialog::itStartsPausedOrLater()
{
    auto *when = find<QComboBox>("when");
    auto *at = find<QDateTimeEdit>("startAt");
    QVERIFY(!at->isVisible());
    type("http://a/1.iso");
    when->setCurrentIndex(1);
    QVERIFY(submitted().paused);
    open();
    type("http://a/1.iso");
    find<QComboBox>("when")->setCurrentIndex(2);
    at = find<QDateTimeEdit>("startAt");
    QVERIFY(at->isVisible());
    at->setDateTime(QDateTime::currentDateTime().addSecs(-60));
    QTRY_VERIFY(find<QLabel>("fault")->isVisible());
    QVERIFY(!start()->isEnabled());
    const QDateTime later = QDateTime::currentDateTime().addDays(2);
    at->setDateTime(later);
    const Add add = submitted();
    QVERIFY(std::abs(add.startAt.secsTo(later)) <= 60);
    QVERIFY(!add.paused);
}

void TestDownloadDialog::aRelativeFolderIsRefused()
{
    type("http://a/1.iso");
    QTRY_VERIFY(start()->isEnabled());
    find<QComboBox>("folder")->setEditText("downloads");
    QVERIFY(!start()->isEnabled());
    QTRY_VERIFY(find<QLabel>("fault")->isVisible());
    find<QComboBox>("folder")->setEditText({});
    QTRY_VERIFY(find<QLabel>("fault")->text().contains("folder"));
    QVERIFY(!start()->isEnabled());
    find<QComboBox>("folder")->setEditText("~/x");
    QTRY_COMPARE(previewed(0, 2), QDir::homePath() + "/x");
    QVERIFY(start()->isEnabled());
}

void TestDownloadDialog::moreIsHiddenUntilWanted()
{
    auto *segments = find<QSpinBox>("segments");
    QVERIFY(!segments->isVisible());
    QTest::mouseClick(find<QToolButton>("more"), Qt::LeftButton);
    QVERIFY(segments->isVisible());
    QTest::mouseClick(find<QToolButton>("more"), Qt::LeftButton);
    QVERIFY(!segments->isVisible());
}

void TestDownloadDialog::moreSaysHowItIsFetched()
{
    QFile pem(m_folder.filePath("ca.pem"));
    QVERIFY(pem.open(QIODevice::WriteOnly));
    type("http://a/1.iso");
    find<QSpinBox>("segments")->setValue(4);
    find<QComboBox>("fileRate")->setEditText("2M");
    find<QSpinBox>("tries")->setValue(1);
    find<QLineEdit>("checksum")->setText("md5=d41d8cd98f00b204e9800998ecf8427e");
    find<QPlainTextEdit>("headers")->setPlainText("Accept-Language: en\nX-Test: 1");
    find<QLineEdit>("referer")->setText("https://ref.org/");
    find<QLineEdit>("user")->setText("me");
    find<QLineEdit>("password")->setText("s3cret");
    find<QLineEdit>("proxy")->setText("socks5://localhost:1080");
    find<QLineEdit>("caFile")->setText(pem.fileName());
    const Request request = submitted().requests.at(0);
    QCOMPARE(request.options.segments, 4);
    QCOMPARE(request.options.bytesPerSecond, std::optional<qint64>(2'000'000));
    QCOMPARE(request.options.retries, 0);
    QVERIFY(request.checksum && request.checksum->algorithm == QCryptographicHash::Md5);
    QCOMPARE(request.headers.size(), 2);
    QCOMPARE(request.headers[1].name, "X-Test");
    QCOMPARE(request.referer, "https://ref.org/");
    QCOMPARE(request.credentials.user, "me");
    QCOMPARE(request.credentials.password, "s3cret");
    QCOMPARE(request.options.access.proxy, "socks5://localhost:1080");
    QCOMPARE(request.options.access.tls.caFile, pem.fileName());
    QVERIFY(!request.options.access.tls.insecure);
}

void TestDownloadDialog::aWrongOptionIsSaid_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::newRow("checksum") << "checksum" << "sha-256=12";
    QTest::newRow("proxy") << "proxy" << "somewhere";
    QTest::newRow("proxy with a login") << "proxy" << "http://me:secret@proxy:3128";
    QTest::newRow("password without user") << "password" << "x";
    QTest::newRow("authorities") << "caFile" << "/nowhere/ca.pem";
    QTest::newRow("cookies") << "cookies" << "/nowhere/cookies.txt";
}

void TestDownloadDialog::aWrongOptionIsSaid()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    type("http://a/1.iso");
    QTRY_VERIFY(start()->isEnabled());
    find<QLineEdit>(qPrintable(field))->setText(text);
    QVERIFY(!start()->isEnabled());
    auto *fault = find<QLabel>("fault");
    QTRY_VERIFY(fault->isVisible());
    QVERIFY(!fault->text().isEmpty() && !fault->text().contains("secret"));
    find<QLineEdit>(qPrintable(field))->clear();
    QTRY_VERIFY(start()->isEnabled());
    QVERIFY(!fault->isVisible());
}

void TestDownloadDialog::anUnverifiedCertificateIsRed()
{
    QTest::mouseClick(find<QToolButton>("more"), Qt::LeftButton);
    auto *insecure = find<QCheckBox>("insecure");
    insecure->setChecked(true);
    const auto labels = m_dialog->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return !label->isHidden() && label->property("role").toString() == "error"
               && label->text().contains("read and change");
    }));
    type("http://a/1.iso");
    QVERIFY(submitted().requests.at(0).options.access.tls.insecure);
}

void TestDownloadDialog::secretsAreInNoSetting()
{
    type("https://me:s3cretA@a.org/1.iso");
    find<QLineEdit>("user")->setText("you");
    find<QLineEdit>("password")->setText("s3cretB");
    find<QPlainTextEdit>("headers")->setPlainText("X-Token: s3cretC");
    QVERIFY(!submitted().requests.empty());
    m_settings.sync();
    QFile file(m_settings.fileName());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray saved = file.readAll();
    QVERIFY(saved.contains("1.iso"));
    QVERIFY2(!saved.contains("s3cret"), saved.constData());
    open();
    QVERIFY(find<QLineEdit>("password")->text().isEmpty());
}

void TestDownloadDialog::aRecentEntryFillsTheForm()
{
    QVERIFY(!find<QPushButton>("recent")->isVisible());
    type("http://a/1.iso\nhttp://a/2.iso");
    QCOMPARE(submitted().requests.size(), 2u);
    open();
    auto *recent = find<QPushButton>("recent");
    QVERIFY(recent->isVisible());
    QCOMPARE(recent->menu()->actions().size(), 1);
    recent->menu()->actions()[0]->trigger();
    QCOMPARE(find<QPlainTextEdit>("url")->toPlainText(), "http://a/1.iso\nhttp://a/2.iso");
    QTRY_VERIFY(start()->isEnabled());
}

void TestDownloadDialog::theFolderIsRemembered()
{
    QTemporaryDir other;
    find<QComboBox>("folder")->setEditText(other.path());
    type("http://a/1.iso");
    QCOMPARE(submitted().requests.at(0).folder, other.path());
    open();
    QCOMPARE(find<QComboBox>("folder")->currentText(), other.path());
    QCOMPARE(find<QComboBox>("folder")->itemText(0), other.path());
}

void TestDownloadDialog::droppedFilesAndLinksAreAdded()
{
    QFile list(m_folder.filePath("list.txt"));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("http://a/1.iso\nhttp://a/2.iso\n");
    list.close();
    QFile binary(m_folder.filePath("program"));
    QVERIFY(binary.open(QIODevice::WriteOnly));
    binary.write(QByteArray("\x7f"
                            "ELF\0\xff\xfe",
                            7));
    binary.close();
    QMimeData data;
    data.setUrls({QUrl("http://b/3.iso"), QUrl::fromLocalFile(list.fileName()),
                  QUrl::fromLocalFile(binary.fileName())});
    QVERIFY(holdsUrls(data));
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_dialog.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_dialog.get(), &drop);
    QCOMPARE(find<QPlainTextEdit>("url")->toPlainText(), "http://b/3.iso\nhttp://a/1.iso\nhttp://a/2.iso");
    const QString message = find<QLabel>("urlMessage")->text();
    QVERIFY2(message.contains("program") && message.contains("no text"), qPrintable(message));
}

void TestDownloadDialog::allCanBeReachedByTab()
{
    type("http://a/1.iso");
    QTRY_VERIFY(start()->isEnabled());
    QSet<QString> reached;
    find<QPlainTextEdit>("url")->setFocus();
    for (int i = 0; i < 30; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        reached << QApplication::focusWidget()->objectName();
    }
    for (const char *name : {"url", "folder", "fileName", "ifExists", "when", "more", "start"})
        QVERIFY2(reached.contains(QLatin1String(name)), qPrintable(QStringList(reached.values()).join(' ')));
}

QTEST_MAIN(TestDownloadDialog)
#include "tst_downloaddialog.moc"
