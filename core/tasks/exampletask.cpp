// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/exampletask.h"

#include "core/gallery/gallery.h"
#include "core/net/localservices.h"

#include <QCoreApplication>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::ExampleTask)
};

gallery::Needs missing(const ExampleSpec &spec)
{
    const auto example = gallery::findExample(spec.id);
    gallery::Needs needs = example ? example->needs : gallery::Needs {};
    if (!spec.urls.isEmpty())
        needs.urls = 0;
    if (!spec.redis.isEmpty())
        needs.redis = 0;
    if (!spec.mysql.isEmpty())
        needs.mysql = 0;
#ifndef COROSCOPE_HAS_MYSQL
    needs.mysql = 0; // a server would be of no use: the example says what is missing
#endif
    return needs;
}

gallery::StageOptions stageFor(const ExampleSpec &spec, const TaskContext &context)
{
    return {.speed = spec.speed,
            .urls = spec.urls,
            .redis = spec.redis,
            .mysql = spec.mysql,
            .folder = spec.folder,
            .decodeResponses = spec.decodeResponses,
            .print = context.print,
            .block = [stop = context.stop](std::chrono::nanoseconds duration) { stop->block(duration); }};
}

} // namespace

bool needsLocalServices(const ExampleSpec &spec)
{
    const gallery::Needs needs = missing(spec);
    return needs.urls + needs.redis + needs.mysql > 0;
}

bool needsMySql(const ExampleSpec &spec) { return missing(spec).mysql > 0; }

std::variant<ExampleSpec, QString> withLocalServices(ExampleSpec spec, const net::Endpoints &endpoints)
{
    const gallery::Needs needs = missing(spec);
    const QString problems = endpoints.problems.join(u' ');
    if (needs.urls > 0) {
        if (endpoints.http.isEmpty())
            return Words::tr("%1 needs a web server: give addresses with --url. %2").arg(spec.id, problems);
        spec.urls = gallery::sampleUrls(*gallery::findExample(spec.id), endpoints.http);
    }
    if (needs.redis > 0) {
        if (endpoints.redis.size() < needs.redis)
            return Words::tr("%1 needs Redis: give its address with --redis. %2").arg(spec.id, problems);
        spec.redis = endpoints.redis.first(needs.redis);
    }
    if (needs.mysql > 0) {
        if (endpoints.mysql.size() < needs.mysql)
            return Words::tr("%1 needs MySQL: give its address with --mysql. %2").arg(spec.id, problems);
        spec.mysql = endpoints.mysql.first(needs.mysql);
    }
    return spec;
}

QCoro::Task<> runExample(ExampleSpec spec, TaskContext context)
{
    const auto example = gallery::findExample(spec.id);
    if (!example)
        throw std::invalid_argument(qPrintable(Words::tr("there is no example %1").arg(spec.id)));
    // The first use of TLS must not block the picture's loop for as long as its library takes to load.
    while (!spec.urls.isEmpty() && !context.tls->isCurlLoaded())
        co_await context.tls->loading();
    const auto run = example->run;
    co_await run(gallery::Stage(stageFor(spec, context)));
}

} // namespace coroscope::tasks
