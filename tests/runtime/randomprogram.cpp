// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/runtime/randomprogram.h"

#include <random>

namespace coroscope::test {

namespace {

bool hasBodies(Kind kind)
{
    switch (kind) {
    case Kind::Call:
    case Kind::CallDeferred:
    case Kind::WithLock:
    case Kind::WithSemaphore:
    case Kind::WithTimeout:
    case Kind::Shield:
    case Kind::Group:
    case Kind::Gather:
    case Kind::Generate:
        return true;
    default:
        return false;
    }
}

class Author
{
public:
    explicit Author(unsigned seed)
        : m_random(seed)
    { }

    Program write()
    {
        Program program;
        const int tasks = 1 + below(7);
        m_tasks = tasks;
        m_futures = below(4);
        program.futures = m_futures;
        program.events = 2;
        program.locks = 2;
        program.semaphores = {1 + below(2), below(4)};
        program.queues = {1 + below(2), 1 + below(3)};
        program.spawnedAtStart = 1 + below(tasks);
        for (int i = 0; i < tasks; ++i) {
            m_number = 0;
            program.tasks.push_back(body(0));
        }
        return program;
    }

private:
    int below(int limit) { return int(m_random() % unsigned(limit)); }

    Body body(int depth)
    {
        Body body;
        const int length = depth == 0 ? 1 + below(7) : below(4);
        for (int i = 0; i < length; ++i)
            body.ops.push_back(op(depth));
        return body;
    }

    Op op(int depth)
    {
        static constexpr Kind often[] = {
            Kind::Sleep,
            Kind::Sleep,
            Kind::Yield,
            Kind::Yield,
            Kind::AwaitTask,
            Kind::AwaitTask,
            Kind::AwaitFuture,
            Kind::SetFuture,
            Kind::SetFuture,
            Kind::FailFuture,
            Kind::CancelFuture,
            Kind::CancelTask,
            Kind::CancelTask,
            Kind::Spawn,
            Kind::Spawn,
            Kind::Throw,
            Kind::ThrowCancelled,
            Kind::Wait,
            Kind::Wait,
            Kind::Call,
            Kind::Call,
            Kind::CallDeferred,
            Kind::AwaitEvent,
            Kind::SetEvent,
            Kind::ClearEvent,
            Kind::WithLock,
            Kind::WithLock,
            Kind::WithSemaphore,
            Kind::WithSemaphore,
            Kind::Put,
            Kind::Put,
            Kind::Get,
            Kind::Get,
            Kind::WithTimeout,
            Kind::WithTimeout,
            Kind::Shield,
            Kind::Group,
            Kind::Group,
            Kind::Gather,
            Kind::Generate,
            Kind::Count,
        };
        Op op;
        op.number = ++m_number;
        op.kind = often[below(int(std::size(often)))];
        if (depth == 3 && hasBodies(op.kind))
            op.kind = Kind::Yield;
        op.onError = std::array {OnError::Pass, OnError::Pass, OnError::Swallow,
                                 OnError::CleanUp}[std::size_t(below(4))];
        switch (op.kind) {
        case Kind::Sleep:
            op.a = below(5);
            break;
        case Kind::AwaitFuture:
        case Kind::SetFuture:
        case Kind::FailFuture:
        case Kind::CancelFuture:
            if (m_futures == 0)
                op.kind = Kind::Yield;
            else
                op.a = below(m_futures);
            break;
        case Kind::AwaitTask:
        case Kind::CancelTask:
        case Kind::Spawn:
            op.a = below(m_tasks);
            break;
        case Kind::Wait:
            for (int n = below(4); n > 0; --n)
                op.members.push_back(below(m_tasks));
            op.until = std::array {Until::All, Until::First, Until::FirstFailed}[std::size_t(below(3))];
            op.timeout = below(2) ? below(5) : -1;
            break;
        case Kind::Call:
        case Kind::CallDeferred:
        case Kind::Generate:
        case Kind::Shield:
            op.body = std::make_shared<Body>(body(depth + 1));
            break;
        case Kind::WithTimeout:
            op.a = below(5);
            op.body = std::make_shared<Body>(body(depth + 1));
            break;
        case Kind::WithLock:
        case Kind::WithSemaphore:
            op.a = below(2);
            op.body = std::make_shared<Body>(body(depth + 1));
            break;
        case Kind::Put:
        case Kind::Get:
        case Kind::AwaitEvent:
        case Kind::SetEvent:
        case Kind::ClearEvent:
            op.a = below(2);
            break;
        case Kind::Group:
            op.body = std::make_shared<Body>(body(depth + 1));
            for (int n = below(4); n > 0; --n)
                op.children.push_back(body(depth + 1));
            break;
        case Kind::Gather:
            op.a = below(2);
            for (int n = below(4); n > 0; --n)
                op.children.push_back(body(depth + 1));
            break;
        case Kind::Count:
            op.a = below(10);
            break;
        default:
            break;
        }
        return op;
    }

    std::mt19937 m_random;
    int m_tasks = 0;
    int m_futures = 0;
    int m_number = 0;
};

void describe(const Body &body, int depth, QStringList &lines)
{
    static constexpr std::array names {
        "sleep",          "yield",         "await task",  "await future", "set future",      "fail future",
        "cancel future",  "cancel task",   "spawn",       "throw",        "throw cancelled", "wait",
        "call",           "call deferred", "await event", "set event",    "clear event",     "with lock",
        "with semaphore", "put",           "get",         "with timeout", "shield",          "group",
        "gather",         "generate",      "count"};
    static constexpr std::array errors {"", " (swallows)", " (cleans up)"};
    for (const Op &op : body.ops) {
        QString line = QString(2 * depth + 2, u' ') + QString::number(op.number) + u' '
                       + QString::fromLatin1(names.at(std::size_t(op.kind)));
        if (op.kind == Kind::Wait) {
            for (const int member : op.members)
                line.append(QStringLiteral(" %1").arg(member));
            line.append(QStringLiteral(" until %1 timeout %2").arg(int(op.until)).arg(op.timeout));
        } else {
            line.append(QStringLiteral(" %1").arg(op.a));
        }
        line.append(QString::fromLatin1(errors.at(std::size_t(op.onError))));
        lines.append(line);
        if (op.body)
            describe(*op.body, depth + 1, lines);
        for (const Body &child : op.children) {
            lines.append(QString(2 * depth + 4, u' ') + QStringLiteral("child"));
            describe(child, depth + 2, lines);
        }
    }
}

QString inWords(Result result)
{
    return QString::fromLatin1(std::array {"ok", "failed", "cancelled"}.at(std::size_t(result)));
}

} // namespace

Program randomProgram(unsigned seed) { return Author(seed).write(); }

QString Program::inWords() const
{
    QStringList lines;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        lines.append(QStringLiteral("task %1%2").arg(i).arg(int(i) < spawnedAtStart ? u", spawned" : u""));
        describe(tasks[i], 0, lines);
    }
    return lines.join(u'\n');
}

QString startLine(int task, int time) { return QStringLiteral("%1 ms: task %2 starts").arg(time).arg(task); }

QString opLine(int task, int op, int time, Result result, const QString &detail)
{
    return QStringLiteral("%1 ms: task %2 step %3 %4%5")
        .arg(time)
        .arg(task)
        .arg(op)
        .arg(inWords(result), detail);
}

QString cleanLine(int task, int op, int time)
{
    return QStringLiteral("%1 ms: task %2 step %3 cleaned up").arg(time).arg(task).arg(op);
}

QString endLine(int task, int time, Result result)
{
    return QStringLiteral("%1 ms: task %2 ends %3").arg(time).arg(task).arg(inWords(result));
}

} // namespace coroscope::test
