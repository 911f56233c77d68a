// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/samplecontent.h"

#include <QTest>

using coroscope::net::sampleContent;

class TestSampleContent : public QObject
{
    Q_OBJECT
private slots:
    void contentIsTheSameHoweverItIsCut()
    {
        const QByteArray whole = sampleContent(7, 0, 10000);
        QCOMPARE(whole.size(), 10000);
        for (const qint64 offset : {1, 7, 8, 9, 4095}) {
            for (const qint64 length : {0, 1, 8, 17, 5000})
                QCOMPARE(sampleContent(7, offset, length), whole.mid(offset, length));
        }
    }

    void contentDiffersBySeed() { QVERIFY(sampleContent(1, 0, 64) != sampleContent(2, 0, 64)); }
};

QTEST_GUILESS_MAIN(TestSampleContent)
#include "tst_samplecontent.moc"
