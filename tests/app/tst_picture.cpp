// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/picture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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
};

QTEST_GUILESS_MAIN(PictureTest)
#include "tst_picture.moc"
