// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/mysqlstart.h"

#include "core/net/error.h"
#include "core/runtime/notifier.h"
#include "core/runtime/task.h"
#include "core/trace/note.h"
#include "core/trace/strings.h"

namespace coroscope::tasks {

struct MySqlStart::Shown : std::enable_shared_from_this<MySqlStart::Shown>
{
    Notifier notifier;
    QStringList steps; ///< not yet printed
    QStringList problems;
    qsizetype servers = 0;
    bool isUnderWay = false;

    static QCoro::Task<QString> show(std::shared_ptr<Shown> shown)
    {
        const auto label = trace::intern(u"mariadbd");
        for (;;) {
            while (!shown->steps.isEmpty())
                trace::print(shown->steps.takeFirst());
            if (!shown->isUnderWay)
                break;
            co_await shown->notifier.wait(trace::WaitKind::Signal, label);
        }
        if (!shown->problems.isEmpty())
            throw net::Exception({.kind = net::Error::Kind::Program, .what = shown->problems.join(u' ')});
        co_return MySqlStart::tr("%1 servers run").arg(shown->servers);
    }

    void step(const QString &text)
    {
        steps << text;
        if (!std::exchange(isUnderWay, true))
            spawn(SpawnOptions(MySqlStart::tr("start MySQL servers"), "mysql"), show, shared_from_this());
        notifier.notify(trace::Cause::Signal);
    }
    void end(const net::Endpoints &endpoints)
    {
        if (!std::exchange(isUnderWay, false))
            return;
        servers = endpoints.mysql.size();
        if (servers == 0)
            problems = endpoints.problems;
        notifier.notify(trace::Cause::Signal);
    }
};

MySqlStart::MySqlStart(net::LocalServices &services, LoopThread &loop, QObject *parent)
    : QObject(parent)
    , m_shown(std::make_shared<Shown>())
{
    connect(&services, &net::LocalServices::progress, this, [&loop, shown = m_shown](const QString &step) {
        loop.post([shown, step] { shown->step(step); });
    });
    connect(&services, &net::LocalServices::started, this,
            [&loop, shown = m_shown](const net::Endpoints &endpoints) {
                loop.post([shown, endpoints] { shown->end(endpoints); });
            });
}

} // namespace coroscope::tasks
