// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/crawlarguments.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::CrawlArguments)
};

/// Leaves `value` alone where the option isn't given.
std::optional<BadUse> readNumber(const Arguments &arguments, const QString &name, int least, int most,
                                 int &value)
{
    if (!arguments.has(name))
        return {};
    bool isNumber = false;
    const int given = arguments.value(name).toInt(&isNumber);
    if (!isNumber || given < least || given > most)
        return BadUse {Tr::tr("--%1 is a whole number from %2 to %3.").arg(name).arg(least).arg(most)};
    value = given;
    return {};
}

} // namespace

std::variant<std::vector<tasks::TaskSpec>, BadUse> readCrawl(const Arguments &arguments)
{
    if (arguments.words.isEmpty())
        return BadUse {Tr::tr("crawl needs the address of a page, or several.")};
    auto parsed = tasks::parseCrawl(arguments.words.join(u'\n'));
    if (const auto *error = std::get_if<tasks::FieldError>(&parsed))
        return BadUse {error->message};
    auto &spec = std::get<tasks::CrawlSpec>(parsed);
    auto error = readNumber(arguments, u"depth"_s, 0, 100, spec.depth);
    if (!error)
        error = readNumber(arguments, u"pages"_s, 1, 100'000, spec.pages);
    if (!error)
        error = readNumber(arguments, u"per-host"_s, 1, 16, spec.perHost);
    if (error)
        return *error;
    if (arguments.has(u"delay"_s)) {
        const auto delay = tasks::parseSleep(arguments.value(u"delay"_s), false);
        if (const auto *fault = std::get_if<tasks::FieldError>(&delay))
            return BadUse {u"--delay: "_s + fault->message};
        spec.delay = std::chrono::ceil<std::chrono::milliseconds>(std::get<tasks::SleepSpec>(delay).duration);
    }
    spec.sameHost = !arguments.has(u"any-host"_s);
    spec.obeysRobots = !arguments.has(u"ignore-robots"_s);
    spec.insecure = arguments.has(u"insecure"_s);
    spec.caFile = arguments.value(u"ca-file"_s);
    return std::vector<tasks::TaskSpec> {std::move(spec)};
}

} // namespace coroscope::app
