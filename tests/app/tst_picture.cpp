// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/picture.h"

#include "tests/support/smalldisk.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QWidget>

#include <random>

using namespace coroscope;
using namespace coroscope::app;
using namespace Qt::StringLiterals;

class PictureTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private slots:
    void aPictureCanBeNewOrReplaceAnother()
    {
        QVERIFY(!whyNoPicture(m_folder.filePath(u"new.png"_s)));
        QFile old(m_folder.filePath(u"old.PNG"_s));
        QVERIFY(old.open(QIODevice::WriteOnly));
        QVERIFY(!whyNoPicture(old.fileName()));
    }
    void whatCantBeWrittenIsToldBefore()
    {
        QVERIFY(whyNoPicture(m_folder.filePath(u"none/a.png"_s))->contains(u"does not exist"_s));
        QVERIFY(whyNoPicture(m_folder.filePath(u"a.txt"_s))->contains(u"a.txt.png"_s));
        QVERIFY(whyNoPicture(m_folder.filePath(u"a"_s))->contains(u"a.png"_s));
        QVERIFY(QDir(m_folder.path()).mkdir(u"folder.png"_s));
        QVERIFY(whyNoPicture(m_folder.filePath(u"folder.png"_s)));
    }
    void aPictureIsSaved()
    {
        QWidget window;
        window.resize(60, 40);
        window.show();
        const QString file = m_folder.filePath(u"saved.PNG"_s);
        QVERIFY(savePicture(window, file));
        QCOMPARE(QImage(file).size(), QSize(60, 40) * window.devicePixelRatio());
    }
    void onAFullDiskTheOldPictureStays()
    {
        test::SmallDisk disk(32 * 1024);
        QVERIFY2(disk.isMounted(), disk.error());
        QFile old(disk.filePath(u"a.png"_s));
        QVERIFY(old.open(QIODevice::ReadWrite));
        QCOMPARE(old.write("the old picture"), 15);
        old.close();
        QWidget window;
        window.resize(400, 400);
        QPalette noise; // that can't be packed
        QImage image(400, 400, QImage::Format_RGB32);
        std::minstd_rand random;
        for (int i = 0; i < image.width() * image.height(); ++i)
            image.setPixel(i % image.width(), i / image.width(), QRgb(random()));
        noise.setBrush(QPalette::Window, image);
        window.setPalette(noise);
        window.show();
        QTemporaryFile said;
        QVERIFY(said.open());
        const int standardError = ::dup(STDERR_FILENO);
        ::dup2(said.handle(), STDERR_FILENO);
        const bool isSaved = savePicture(window, old.fileName());
        ::dup2(standardError, STDERR_FILENO);
        ::close(standardError);
        QVERIFY(!isSaved);
        said.seek(0);
        const QByteArray words = said.readAll();
        QVERIFY2(words.contains("No space left on device"), words);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("the old picture"));
        QCOMPARE(QDir(disk.path()).entryList(QDir::Files), QStringList(u"a.png"_s));
    }
};

int main(int argc, char **argv)
{
    test::enterMountNamespace(argv);
    drawOffScreen();
    QApplication app(argc, argv);
    PictureTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_picture.moc"
