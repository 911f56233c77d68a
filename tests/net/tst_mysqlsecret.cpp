// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlsecret.h"

#include <QTest>

using namespace coroscope::net;

class TestMySqlSecret : public QObject
{
    Q_OBJECT
private slots:
    void statementThatMayHoldAPasswordEndsBeforeIt_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *name, const char *sql, const char *shown) {
            QTest::newRow(name) << QByteArray(sql) << QByteArray(shown);
        };
        row("create user", "CREATE USER 'u'@'h' IDENTIFIED BY 'hush'", "CREATE USER 'u'@'h' IDENTIFIED");
        row("lower case", "alter user u identified by \"hush\"", "alter user u identified");
        row("set password", "SET PASSWORD = PASSWORD('hush')", "SET PASSWORD");
        row("master", "CHANGE MASTER TO MASTER_PASSWORD='hush'", "CHANGE MASTER TO MASTER_PASSWORD");
        row("key", "SELECT AES_DECRYPT(x, 'hush')", "SELECT AES_DECRYPT");
        row("a column of that name", "SELECT password FROM t", "SELECT password FROM t");
        row("none", "SELECT 'plain'", "SELECT 'plain'");
    }
    void statementThatMayHoldAPasswordEndsBeforeIt()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, shown);
        QCOMPARE(sqlWithoutSecret(sql), shown);
        QCOMPARE(sqlHoldsSecret(sql), sql != shown);
        QVERIFY(!sqlLabel(sql).contains(QStringLiteral("hush")));
    }

    void labelIsOneShortLine()
    {
        QCOMPARE(sqlLabel("SELECT\n  1,\t2"), QStringLiteral("SELECT 1, 2"));
        const QString label = sqlLabel("SELECT " + QByteArray(5000, 'x'));
        QVERIFY(label.size() <= 61);
        QVERIFY(label.endsWith(QChar(0x2026)));
    }
};

QTEST_APPLESS_MAIN(TestMySqlSecret)
#include "tst_mysqlsecret.moc"
