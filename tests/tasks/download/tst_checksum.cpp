// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/checksum.h"

#include <QTest>

using namespace coroscope::download;

using Algorithm = QCryptographicHash::Algorithm;

namespace {

QByteArray digest(Algorithm algorithm) { return QCryptographicHash::hash("coroscope", algorithm); }

} // namespace

class TestChecksum : public QObject
{
    Q_OBJECT
private slots:
    void checksumIsReadInEachSpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("algorithm");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *before, Algorithm algorithm, const char *name) {
            const QString hex = QString::fromLatin1(digest(algorithm).toHex());
            QTest::newRow(qPrintable(QStringLiteral("%1%2").arg(before).arg(hex.size())))
                << before + hex << int(algorithm) << QStringLiteral("%1=%2").arg(name, hex);
        };
        row("md5=", Algorithm::Md5, "md5");
        row("MD-5:", Algorithm::Md5, "md5");
        row("sha-1=", Algorithm::Sha1, "sha-1");
        row("sha1:", Algorithm::Sha1, "sha-1");
        row("SHA=", Algorithm::Sha1, "sha-1");
        row("sha-224=", Algorithm::Sha224, "sha-224");
        row("sha-256=", Algorithm::Sha256, "sha-256");
        row("SHA256=", Algorithm::Sha256, "sha-256");
        row(" sha_256 : ", Algorithm::Sha256, "sha-256");
        row("sha-384=", Algorithm::Sha384, "sha-384");
        row("Sha-512=", Algorithm::Sha512, "sha-512");
        row("sha3-224=", Algorithm::Sha3_224, "sha3-224");
        row("SHA3-256=", Algorithm::Sha3_256, "sha3-256");
        row("sha3384=", Algorithm::Sha3_384, "sha3-384");
        row("sha-3-512=", Algorithm::Sha3_512, "sha3-512");
        row("", Algorithm::Md5, "md5");
        row("", Algorithm::Sha1, "sha-1");
        row("", Algorithm::Sha224, "sha-224");
        row("", Algorithm::Sha256, "sha-256");
        row("", Algorithm::Sha384, "sha-384");
        row("", Algorithm::Sha512, "sha-512");
    }
    void checksumIsReadInEachSpelling()
    {
        QFETCH(QString, text);
        QFETCH(int, algorithm);
        QFETCH(QString, written);
        const Checksum wanted {Algorithm(algorithm), digest(Algorithm(algorithm))};
        for (const QString &spelling : {text, text.toUpper()}) {
            const auto parsed = parseChecksum(spelling);
            QVERIFY2(std::holds_alternative<Checksum>(parsed), qPrintable(spelling));
            QVERIFY(std::get<Checksum>(parsed) == wanted);
        }
        QCOMPARE(checksumText(wanted), written);
    }

    void base64IsReadToo()
    {
        for (const Algorithm algorithm : {Algorithm::Md5, Algorithm::Sha256, Algorithm::Sha512}) {
            const QString name = checksumText({algorithm, {}}); // "sha-256="
            const auto parsed = parseChecksum(name + QString::fromLatin1(digest(algorithm).toBase64()));
            QVERIFY(std::holds_alternative<Checksum>(parsed));
            QCOMPARE(std::get<Checksum>(parsed).digest, digest(algorithm));
        }
    }

    void anythingElseIsRefusedInWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("nothing") << "" << "missing";
        QTest::newRow("no digits") << "md5=" << "32";
        QTest::newRow("too short") << "sha-256=abcd" << "64";
        QTest::newRow("one digit too many") << "md5=" + QString(33, '0') << "32";
        QTest::newRow("another one's length") << "md5=" + QString(40, '0') << "32";
        QTest::newRow("no hexadecimal digit") << "md5=" + QString(31, '0') + "g" << "32";
        QTest::newRow("unknown name") << "crc32=00000000" << "crc32";
        QTest::newRow("unknown family") << "blake2=" + QString(64, '0') << "blake2";
        QTest::newRow("digits of no checksum") << QString(50, 'a') << "50";
        QTest::newRow("a word") << "verified" << "verified";
        QTest::newRow("only a separator") << "=" << "checksum";
        QTest::newRow("wide digits") << "md5=" + QString(32, QChar(0xff11)) << "32";
    }
    void anythingElseIsRefusedInWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        const auto parsed = parseChecksum(text);
        QVERIFY(std::holds_alternative<QString>(parsed));
        QVERIFY2(std::get<QString>(parsed).contains(named), qPrintable(std::get<QString>(parsed)));
    }
};

QTEST_GUILESS_MAIN(TestChecksum)
#include "tst_checksum.moc"
