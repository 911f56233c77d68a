// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/samplecontent.h"
#include "core/tasks/batchtask.h"
#include "tests/support/looptest.h"
#include "tests/support/tlsfiles.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace coroscope;
using namespace coroscope::tasks;
using namespace coroscope::test;

namespace {

constexpr char configuration[] = R"(
pid PREFIX/pid;
error_log PREFIX/error.log;
events { worker_connections 64; }
http {
    access_log off;
    client_body_temp_path PREFIX/t1; proxy_temp_path PREFIX/t2; fastcgi_temp_path PREFIX/t3;
    uwsgi_temp_path PREFIX/t4; scgi_temp_path PREFIX/t5;
    gzip on; gzip_types *; gzip_min_length 1;
    server {
        listen 127.0.0.1:PLAIN;
        listen 127.0.0.1:SECURE ssl;
        ssl_certificate CERTIFICATE;
        ssl_certificate_key KEY;
        root PREFIX/files;
        location /moved/ { rewrite ^/moved/(.*)$ /$1 redirect; }
        location /forbidden { return 403; }
        location /down { return 503; }
    }
}
)";

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

bool listens(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    return socket.waitForConnected(1000);
}

} // namespace

class TestNginx : public QObject
{
    Q_OBJECT

    TlsFiles m_tls;
    QTemporaryDir m_prefix;
    QTemporaryDir m_folder;
    QProcess m_nginx;
    quint16 m_plain = freePort();
    quint16 m_secure = freePort();
    QByteArray m_content = net::sampleContent(1, 0, 5'000'000);
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<TaskContext> m_context;

    DownloadSpec specOf(const QString &path, const QString &scheme = QStringLiteral("http")) const
    {
        const quint16 port = scheme == QLatin1String("http") ? m_plain : m_secure;
        return {.url = QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(port).arg(path)),
                .folder = m_folder.path()};
    }
    SpawnedTask<DownloadResult> start(const DownloadSpec &spec) const
    {
        return spawn("GET", downloadFile, spec, *m_context, std::shared_ptr<net::Turnstile>());
    }
    QByteArray received(const DownloadSpec &spec) const
    {
        const auto task = start(spec);
        if (!ends(task) || task.error())
            return "failed";
        QFile file(task.result().path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
    net::Error failureOf(const DownloadSpec &spec) const
    {
        DownloadSpec once = spec;
        once.retries = 0;
        const auto task = start(once);
        ends(task);
        const auto thrown = thrownBy<net::Exception>(task);
        return thrown ? thrown->error() : net::Error {};
    }

private slots:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable("nginx",
                                                               {"/usr/sbin", "/usr/bin", "/usr/local/sbin"});
        QVERIFY2(!program.isEmpty(),
                 "nginx is needed for this test: on Debian, the package nginx-light brings it");
        QVERIFY(m_tls.isValid());
        QVERIFY(QDir(m_prefix.path()).mkdir("files"));
        QFile file(m_prefix.filePath("files/a.bin"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(m_content), m_content.size());
        file.close();

        QByteArray text(configuration);
        text.replace("PREFIX", m_prefix.path().toUtf8()).replace("PLAIN", QByteArray::number(m_plain));
        text.replace("SECURE", QByteArray::number(m_secure))
            .replace("CERTIFICATE", m_tls.certificate().toUtf8());
        text.replace("KEY", m_tls.key().toUtf8());
        if (::geteuid() == 0)
            text.prepend("user root;");
        QFile config(m_prefix.filePath("nginx.conf"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(text);
        config.close();
        m_nginx.start(program, {"-p", m_prefix.path(), "-c", config.fileName(), "-g", "daemon off;"});
        QTRY_VERIFY2(listens(m_plain) && listens(m_secure), m_nginx.readAllStandardError().constData());
        m_loop = std::make_unique<Loop>();
        m_context = std::make_unique<TaskContext>();
    }
    void cleanupTestCase()
    {
        m_context.reset();
        m_loop.reset();
        m_nginx.terminate();
        m_nginx.waitForFinished();
    }

    void fileArrivesUnchanged() { QVERIFY(received(specOf("/a.bin")) == m_content); }

    void redirectIsFollowed() { QVERIFY(received(specOf("/moved/a.bin")) == m_content); }

    void errorsAreTheServersWords()
    {
        QCOMPARE(failureOf(specOf("/none")).what, QStringLiteral("404 Not Found"));
        QCOMPARE(failureOf(specOf("/forbidden")).what, QStringLiteral("403 Forbidden"));
        QVERIFY(failureOf(specOf("/down")).what.startsWith("503 Service"));
    }

    void selfSignedCertificateIsRefusedUnlessNamed()
    {
        DownloadSpec spec = specOf("/a.bin", "https");
        const net::Error error = failureOf(spec);
        QCOMPARE(error.kind, net::Error::Kind::Certificate);
        QVERIFY2(error.what.contains("self-signed"), qPrintable(error.text()));
        spec.caFile = m_tls.certificate();
        QVERIFY(received(spec) == m_content);
    }

    void batchArrives()
    {
        BatchSpec batch {.downloads = std::vector<DownloadSpec>(20, specOf("/a.bin")), .limit = 6};
        const auto task = spawn("batch", downloadBatch, batch, *m_context, BatchHook());
        QVERIFY(ends(task, std::chrono::seconds(60)));
        QCOMPARE(task.result().done, 20);
        QCOMPARE(task.result().bytes, 20 * m_content.size());
    }
};

QTEST_GUILESS_MAIN(TestNginx)
#include "tst_nginx.moc"
