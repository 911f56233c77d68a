// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlclient.h"

#include "tests/support/mysqlfixture.h"
#include "tests/support/tlsfiles.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;

/// Encrypted connections, to a server that can and to one that can't.
class TestMySqlTls : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    TlsFiles m_files; // for localhost and 127.0.0.1
    std::unique_ptr<MySqlService> m_server;
    std::unique_ptr<MySqlService> m_plain;

    MySqlOptions options(MySqlTls tls, const QString &host = QStringLiteral("127.0.0.1"))
    {
        MySqlOptions options = optionsOf(*m_server);
        options.address.tls = tls;
        options.address.host = host;
        options.caFile = m_files.certificate();
        return options;
    }
    static SpawnedTask<MySqlRows> cipher(const MySqlOptions &options)
    {
        const auto task = spawn("cipher", askMySqlOnce, options, QByteArray("SHOW STATUS LIKE 'Ssl_cipher'"));
        ends(task);
        return task;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_files.isValid(), "openssl is needed for this test");
        m_loop = std::make_unique<Loop>();
        m_server = startedMySql({.password = "hush",
                                 .settings = {QStringLiteral("--ssl-cert=") + m_files.certificate(),
                                              QStringLiteral("--ssl-key=") + m_files.key(),
                                              QStringLiteral("--bind-address=127.0.0.1,127.0.0.2")}});
        m_plain = startedMySql({.password = "hush"});
        QVERIFY2(m_server && m_plain, "mariadbd is needed for this test");
    }
    void cleanupTestCase()
    {
        m_loop.reset();
        m_server.reset();
        m_plain.reset();
    }

    void requiredConnectionIsEncrypted()
    {
        const auto task = cipher(options(MySqlTls::Required));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QVERIFY(!std::get<QString>(task.result().rows[0][1]).isEmpty());
    }

    void connectionIsPlainUnlessAskedForOtherwise()
    {
        const auto task = cipher(options(MySqlTls::Disabled));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(std::get<QString>(task.result().rows[0][1]), QString());
    }

    void certificateIsTheHosts_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("by address") << QStringLiteral("127.0.0.1");
        QTest::newRow("by name, which is looked up before") << QStringLiteral("localhost");
    }
    void certificateIsTheHosts()
    {
        QFETCH(QString, host);
        const auto task = cipher(options(MySqlTls::VerifyIdentity, host));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QVERIFY(!std::get<QString>(task.result().rows[0][1]).isEmpty());
    }

    void untrustedCertificateIsRefused()
    {
        MySqlOptions untrusting = options(MySqlTls::VerifyIdentity);
        untrusting.caFile.clear();
        const auto task = cipher(untrusting);
        QVERIFY(task.error());
        QVERIFY2(errorOf(task).kind == Error::Kind::Tls, qUtf8Printable(errorOf(task).text()));
    }

    void certificateOfAnotherHostIsRefused()
    {
        const auto task = cipher(options(MySqlTls::VerifyIdentity, QStringLiteral("127.0.0.2")));
        QVERIFY2(errorOf(task).kind == Error::Kind::Tls, qUtf8Printable(errorOf(task).text()));
    }

    void serverThatCannotEncryptIsRefused_data()
    {
        QTest::addColumn<int>("tls");
        QTest::newRow("required") << int(MySqlTls::Required);
        QTest::newRow("verify-identity") << int(MySqlTls::VerifyIdentity);
    }
    void serverThatCannotEncryptIsRefused()
    {
        QFETCH(int, tls);
        MySqlOptions options = optionsOf(*m_plain);
        options.address.tls = MySqlTls(tls);
        const auto task = spawn("connect", connectMySqlClient, MySqlClient(options));
        QVERIFY(ends(task));
        QVERIFY2(errorOf(task).kind == Error::Kind::Tls, qUtf8Printable(errorOf(task).text()));
        options.address.tls = MySqlTls::Disabled;
        const auto plain = spawn("connect", connectMySqlClient, MySqlClient(options));
        QVERIFY(ends(plain));
        QVERIFY(!plain.error());
    }

    void largeResultComesThroughTls()
    {
        const auto task = spawn("large", askMySqlOnce, options(MySqlTls::Required),
                                QByteArray("SELECT REPEAT('x', 3000000) FROM seq_1_to_3"));
        QVERIFY(ends(task));
        QVERIFY2(!task.error(), qUtf8Printable(errorOf(task).text()));
        QCOMPARE(std::get<QString>(task.result().rows[2][0]).size(), 3000000);
    }

    void encryptedQueryIsCancelled()
    {
        MySqlClient client(options(MySqlTls::Required));
        const auto connecting = spawn("connect", connectMySqlClient, client);
        QVERIFY(ends(connecting));
        QVERIFY(client.isEncrypted());
        const auto task = spawn("sleep", askMySql, client, QByteArray("SELECT SLEEP(60)"));
        const auto probe = spawn("probe", askMySqlOnce, options(MySqlTls::Required), QByteArray("SELECT 1"));
        QVERIFY(ends(probe));
        QVERIFY(task.cancel());
        QVERIFY(ends(task, 5s));
        QVERIFY(task.isCancelled());
    }
};

QTEST_GUILESS_MAIN(TestMySqlTls)
#include "tst_mysqltls.moc"
