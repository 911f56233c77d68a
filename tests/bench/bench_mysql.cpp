// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// bench_mysql: starts a mariadbd and prints, one JSON object a line, what a small statement takes and what a
// row of a large result takes; medians of seven. Beside it on the same server: libmariadb's own blocking
// calls, which are what the server and the connection take by themselves, and aiomysql, where
// python3-aiomysql is installed (query_aiomysql.py).
#include "core/net/mysqlclient.h"
#include "core/net/mysqlservice.h"
#include "core/runtime/loop.h"
#include "core/runtime/task.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <mysql.h>
#include <stdexcept>

using namespace coroscope;

namespace {

constexpr int rounds = 7;
constexpr int statements = 1000;
constexpr int rows = 200'000;
constexpr char statement[] = "SELECT Host, User FROM mysql.user";
constexpr char manyRows[] = "SELECT seq, 'a text' FROM seq_1_to_200000";

struct Figures
{
    double statement = 0; // µs
    double row = 0; // µs
};

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

QCoro::Task<Figures> measure(net::MySqlOptions options)
{
    net::MySqlClient client(std::move(options));
    co_await client.connect();
    QElapsedTimer time;
    std::vector<double> perStatement;
    std::vector<double> perRow;
    for (int round = 0; round < rounds; ++round) {
        time.start();
        for (int i = 0; i < statements; ++i) {
            net::MySqlResult result = co_await client.query(statement);
            co_await result.all();
        }
        perStatement.push_back(double(time.nsecsElapsed()) / 1000 / statements);
        time.start();
        net::MySqlResult result = co_await client.query(manyRows);
        qsizetype bytes = 0;
        int count = 0;
        for (;;) {
            const net::MySqlRow row = co_await result.next();
            if (!row)
                break;
            ++count;
            bytes += row.toInteger(0).value_or(0) > 0 ? row.bytes(1).size() : 0;
        }
        if (count != rows || bytes != rows * 6)
            throw std::logic_error("rows are missing");
        perRow.push_back(double(time.nsecsElapsed()) / 1000 / rows);
    }
    co_await client.close();
    co_return Figures {median(perStatement), median(perRow)};
}

/// What no client can be much faster than.
Figures measureBlocking(const net::MySqlService &service)
{
    const auto check = [](bool isFine) {
        if (!isFine)
            throw std::runtime_error("libmariadb's blocking calls failed");
    };
    const std::unique_ptr<MYSQL, decltype(&mysql_close)> connection(mysql_init(nullptr), mysql_close);
    const QByteArray password = service.url().password().toUtf8();
    check(mysql_real_connect(connection.get(), "127.0.0.1", "root", password, "mysql",
                             unsigned(service.port()), nullptr, 0));
    const auto rowsOf = [&](const char *query, auto fetch) {
        check(mysql_query(connection.get(), query) == 0);
        MYSQL_RES *const result = fetch(connection.get());
        check(result);
        int count = 0;
        while (mysql_fetch_row(result))
            ++count;
        mysql_free_result(result);
        return count;
    };
    QElapsedTimer time;
    std::vector<double> perStatement;
    std::vector<double> perRow;
    for (int round = 0; round < rounds; ++round) {
        time.start();
        for (int i = 0; i < statements; ++i)
            rowsOf(statement, mysql_store_result);
        perStatement.push_back(double(time.nsecsElapsed()) / 1000 / statements);
        time.start();
        check(rowsOf(manyRows, mysql_use_result) == rows);
        perRow.push_back(double(time.nsecsElapsed()) / 1000 / rows);
    }
    return {median(perStatement), median(perRow)};
}

void print(const char *who, const Figures &figures)
{
    std::printf("{\"who\":\"%s\",\"select_us\":%.1f,\"row_us\":%.3f}\n", who, figures.statement, figures.row);
    std::fflush(stdout);
}

/// The other's figures come as a line like ours.
void runReference(const net::MySqlService &service)
{
    QProcess python;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("MYSQL_PWD"), service.url().password());
    python.setProcessEnvironment(environment);
    python.setProcessChannelMode(QProcess::ForwardedChannels);
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral(BENCH_FOLDER "/query_aiomysql.py"), QString::number(service.port())});
    python.waitForFinished(-1);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Loop loop;
    net::MySqlService service({.password = net::MySqlService::randomPassword()});
    SpawnedTask<Figures> task;
    QObject::connect(&service, &net::MySqlService::ready, &loop, [&] {
        task = spawn("bench", measure,
                     net::MySqlOptions {
                         .address = std::get<net::MySqlAddress>(net::parseMySqlUrl(service.url()))});
        task.onDone([] { QCoreApplication::quit(); });
    });
    QObject::connect(&service, &net::MySqlService::failed, &loop, [](const net::Error &error) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(error.text()));
        QCoreApplication::exit(1);
    });
    service.start();
    if (QCoreApplication::exec() != 0)
        return 1;
    print("coroscope", task.result());
    print("libmariadb, blocking", measureBlocking(service));
    runReference(service);
}
