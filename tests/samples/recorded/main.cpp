// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// A QCoro program that knows nothing of Coroscope: it awaits a timer, a signal, a reply and a thread's
// result.
#include <QCoreApplication>
#include <QCoroFuture>
#include <QCoroNetworkReply>
#include <QCoroSignal>
#include <QCoroTask>
#include <QCoroTimer>
#include <QNetworkAccessManager>
#include <QTimer>
#include <QtConcurrentRun>

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <thread>

using namespace std::chrono_literals;

QCoro::Task<int> half(int number)
{
    co_await QCoro::sleepFor(5ms);
    co_return number / 2;
}

QCoro::Task<int> refuse()
{
    co_await QCoro::sleepFor(1ms);
    throw std::runtime_error("closed on Mondays");
}

QCoro::Task<QString> fetch(QNetworkAccessManager *network, QUrl url)
{
    QNetworkReply *const reply = network->get(QNetworkRequest(url));
    co_await reply;
    const bool failed = reply->error() != QNetworkReply::NoError;
    reply->deleteLater();
    co_return failed ? QStringLiteral("not fetched") : QStringLiteral("fetched");
}

QCoro::Task<> ring()
{
    QTimer bell;
    bell.setSingleShot(true);
    bell.start(3);
    co_await qCoro(&bell, &QTimer::timeout);
}

QCoro::Task<int> compute()
{
    const QFuture<int> future = QtConcurrent::run([] {
        std::this_thread::sleep_for(2ms);
        return 7;
    });
    const int result = co_await future;
    co_return result;
}

QCoro::Task<QString> work(QNetworkAccessManager *network)
{
    const int first = co_await half(80);
    const int second = co_await half(4);
    co_await ring();
    co_await compute();
    const QUrl url(QStringLiteral("http://me:password@127.0.0.1:1/file.bin?key=token"));
    const QString fetched = co_await fetch(network, url);
    bool refused = false;
    try {
        const int never = co_await refuse();
        refused = never == 0;
    } catch (const std::runtime_error &) {
        refused = true;
    }
    co_return QStringLiteral("%1 %2 %3").arg(first + second).arg(fetched).arg(refused ? "refused" : "let in");
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QNetworkAccessManager network;
    const QString result = QCoro::waitFor(work(&network));
    std::printf("%s\n", qPrintable(result));
    return result == QStringLiteral("42 not fetched refused") ? 0 : 1;
}
