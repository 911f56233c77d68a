// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/mysqltask.h"

#include "core/net/error.h"
#include "core/net/escape.h"
#include "core/net/mysqlsecret.h"
#include "core/tasks/resulttable.h"
#include "core/tasks/rowtext.h"
#include "core/trace/note.h"

#ifdef COROSCOPE_HAS_MYSQL
#    include "core/net/mysqlclient.h"
#endif

#include <QCoreApplication>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::MySqlTask)
};

#ifdef COROSCOPE_HAS_MYSQL

constexpr qint64 progressStep = 1000; // rows

net::MySqlOptions optionsFor(const MySqlSpec &spec)
{
    const auto address = net::parseMySqlUrl(spec.url);
    if (const auto *error = std::get_if<net::Error>(&address))
        throw net::Exception(*error);
    net::MySqlOptions options {.address = std::get<net::MySqlAddress>(address),
                               .caFile = spec.caFile,
                               .timeout = spec.timeout};
    if (!spec.caFile.isEmpty())
        options.address.tls = net::MySqlTls::VerifyIdentity;
    return options;
}

/// What becomes of the rows.
class Rows
{
public:
    explicit Rows(MySqlOutput output)
        : m_output(output)
    {
        if (output == MySqlOutput::Json)
            m_text = "[";
    }

    std::shared_ptr<ResultTable> table() const { return m_table; }

    void begin(const net::MySqlColumns &columns)
    {
        const bool isFirst = !std::exchange(result.hasRows, true);
        m_fillsTable = isFirst;
        if (isFirst)
            m_table->setColumns(columns);
        if (m_output == MySqlOutput::Lines)
            m_text += (isFirst ? QByteArray() : QByteArray("\n")) + headerLine(columns);
    }

    void take(const net::MySqlRow &row)
    {
        constexpr qsizetype textLimit = 1000;
        if (m_fillsTable)
            m_table->append(row);
        if (m_output == MySqlOutput::Lines)
            m_text += rowLine(row);
        else if (m_output == MySqlOutput::Json)
            m_text += (result.rows > 0 ? "," : "") + rowJson(row);
        if (result.firstRows.size() < textLimit) {
            QStringList cells;
            for (qsizetype i = 0; i < row.size(); ++i)
                cells << net::escaped(net::toText(row.value(i)).toUtf8(), 100);
            result.firstRows += QStringLiteral("%1(%2)").arg(result.rows > 0 ? QStringLiteral(", ")
                                                                             : QString(),
                                                             cells.join(QStringLiteral(", ")));
        } else if (!std::exchange(m_isCut, true)) {
            result.firstRows += QStringLiteral(", …");
        }
        if (++result.rows % progressStep == 0)
            trace::progress(std::uint64_t(result.rows), {}, trace::ProgressUnit::Items);
    }

    QByteArray text() const { return m_output == MySqlOutput::Json ? m_text + "]\n" : m_text; }

    MySqlTaskResult result {};

private:
    MySqlOutput m_output;
    std::shared_ptr<ResultTable> m_table = std::make_shared<ResultTable>();
    QByteArray m_text;
    bool m_fillsTable = false;
    bool m_isCut = false;
};

#endif

} // namespace

QString toTraceText(const MySqlTaskResult &result)
{
    if (!result.hasRows)
        return Words::tr("%1 rows changed").arg(net::grouped(qint64(result.changed)));
    const QString count = result.rows == 1 ? Words::tr("1 row")
                                           : Words::tr("%1 rows").arg(net::grouped(result.rows));
    return result.rows == 0 ? count : count + QStringLiteral(": ") + result.firstRows;
}

#ifdef COROSCOPE_HAS_MYSQL

QCoro::Task<MySqlTaskResult> runMySql(MySqlSpec spec, TaskContext context)
{
    net::MySqlClient client(optionsFor(spec));
    Rows rows(spec.output);
    context.book->setTable(trace::currentTask(), rows.table());
    co_await client.connect();
    const QByteArray sql = spec.sql.toUtf8();
    {
        net::MySqlResult result = co_await client.query(sql);
        for (;;) {
            if (result.hasRows()) {
                rows.begin(result.columns());
                for (;;) {
                    const net::MySqlRow row = co_await result.next();
                    if (!row)
                        break;
                    rows.take(row);
                }
            } else {
                rows.result.changed += result.affectedRows();
            }
            const bool hasMore = co_await result.nextResult();
            if (!hasMore)
                break;
        }
    }
    trace::print(QStringLiteral("%1 → %2").arg(net::sqlLabel(sql), toTraceText(rows.result)));
    context.book->setOutput(trace::currentTask(), rows.text());
    co_await client.close();
    co_return rows.result;
}

#else

QCoro::Task<MySqlTaskResult> runMySql(MySqlSpec, TaskContext)
{
    throw net::Exception(
        {.kind = net::Error::Kind::Program,
         .what = Words::tr("this Coroscope was built without MySQL"),
         .advice = Words::tr("Install libmariadb (Debian: libmariadb-dev) and build it anew")});
    co_return MySqlTaskResult();
}

#endif

} // namespace coroscope::tasks
