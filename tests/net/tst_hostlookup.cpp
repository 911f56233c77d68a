// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/hostlookup.h"
#include "core/runtime/loop.h"
#include "core/runtime/task.h"

#include <QTest>

using namespace coroscope;
using namespace std::chrono_literals;

class HostLookupTest : public QObject
{
    Q_OBJECT

    static QList<QHostAddress> lookUp(const QString &host)
    {
        const auto task = spawn("look up", net::lookUpHost, host, 10s);
        if (!QTest::qWaitFor([&] { return task.isDone(); }, 15'000) || task.error())
            return {};
        return task.result();
    }

private slots:
    void thisMachineIsKnown_data()
    {
        QTest::addColumn<QString>("host");
        for (const char *host : {"localhost", "LocalHost", "some.localhost", "some.LOCALHOST."})
            QTest::newRow(host) << QString::fromLatin1(host);
    }
    void thisMachineIsKnown()
    {
        QFETCH(QString, host);
        const Loop loop;
        const QList<QHostAddress> addresses = lookUp(host);
        QVERIFY(!addresses.isEmpty());
        QVERIFY(std::ranges::all_of(addresses, [](const QHostAddress &a) { return a.isLoopback(); }));
    }

    void anAddressNeedsNoLookingUp()
    {
        const Loop loop;
        QCOMPARE(lookUp(QStringLiteral("192.0.2.7")), {QHostAddress(QStringLiteral("192.0.2.7"))});
        QCOMPARE(lookUp(QStringLiteral("2001:db8::1")), {QHostAddress(QStringLiteral("2001:db8::1"))});
    }
};

QTEST_GUILESS_MAIN(HostLookupTest)
#include "tst_hostlookup.moc"
