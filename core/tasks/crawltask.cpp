// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/crawltask.h"

#include "core/net/escape.h"
#include "core/net/htmlpage.h"
#include "core/net/httppage.h"
#include "core/net/robots.h"
#include "core/net/turn.h"
#include "core/runtime/errors.h"
#include "core/runtime/sleep.h"
#include "core/runtime/wait.h"
#include "core/trace/note.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QSet>

#include <deque>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::CrawlTask)
};

using net::RobotsRules;
using PageTask = SpawnedTask<CrawledPage>;

/// What is known of one site (scheme, host and port).
struct Site
{
    std::shared_ptr<net::Turnstile> turnstile;
    std::optional<SpawnedTask<RobotsRules>> robots;
    std::chrono::nanoseconds nextRequest {}; ///< of the loop's clock
};

struct Crawl
{
    CrawlSpec spec;
    TaskContext context;
    net::HttpClient client;
    QHash<QString, Site> sites {};
    QSet<QUrl> seen {};

    net::HttpGet get(const QUrl &url) const
    {
        return {.url = url, .access = {.tls = {.insecure = spec.insecure, .caFile = spec.caFile}}};
    }
    Site &site(const QUrl &url)
    {
        Site &site =
            sites[url.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery).toString()];
        if (!site.turnstile)
            site.turnstile = std::make_shared<net::Turnstile>(spec.perHost);
        return site;
    }
};
using CrawlPtr = std::shared_ptr<Crawl>;

/// One way to write an address.
QUrl normalized(const QUrl &url)
{
    QUrl plain = url.adjusted(QUrl::RemoveFragment | QUrl::NormalizePathSegments);
    if (plain.path().isEmpty())
        plain.setPath(QStringLiteral("/"));
    return plain;
}

bool isWeb(const QUrl &url)
{
    return (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"))
           && !url.host().isEmpty();
}

QCoro::Task<RobotsRules> fetchRobots(CrawlPtr crawl, QUrl url)
{
    url.setPath(QStringLiteral("/robots.txt"));
    url.setQuery(QString());
    const net::HttpPage page = co_await net::fetchPage(crawl->client, crawl->get(url),
                                                       {.most = RobotsRules::most,
                                                        .excess = net::PageLimits::Excess::Cut});
    if (page.status >= 500)
        co_return RobotsRules::nothingAllowed(); // who knows what it would have said
    if (page.status >= 400)
        co_return RobotsRules();
    co_return RobotsRules::parse(page.body, "Coroscope");
}

/// Asked once a site, whoever asks first. Where no connection comes about it throws, and so do those who
/// wait.
SpawnedTask<RobotsRules> robotsOf(const CrawlPtr &crawl, const QUrl &url)
{
    Site &site = crawl->site(url);
    if (!site.robots)
        site.robots = spawn({QStringLiteral("robots.txt %1").arg(url.host()), "crawl"}, fetchRobots, crawl,
                            url);
    return *site.robots;
}

/// Keeps the delay between two requests to one site, in the order of those who come.
QCoro::Task<> waitForDelay(CrawlPtr crawl, QUrl url)
{
    Site &site = crawl->site(url);
    const auto now = Loop::current()->now();
    const auto start = std::max(now, site.nextRequest);
    site.nextRequest = start + crawl->spec.delay;
    if (start > now)
        co_await sleep(start - now);
}

CrawledPage readPage(const net::HttpPage &response)
{
    CrawledPage page {.url = normalized(response.url), .status = response.status};
    const QByteArray type = response.contentType.split(';').value(0).trimmed().toLower();
    if (!type.isEmpty() && !type.startsWith("text/") && !type.contains("html")) {
        page.length = response.body.size();
        return page;
    }
    const QString text = response.text();
    page.length = text.size();
    if (type == "text/plain")
        return page;
    const net::HtmlPage html = net::readHtml(text);
    page.title = html.title;
    const QUrl base = html.base.isEmpty() ? response.url : response.url.resolved(QUrl(html.base));
    QSet<QUrl> known;
    for (const QString &link : html.links) {
        const QUrl url = base.resolved(QUrl(link, QUrl::TolerantMode));
        if (!url.isValid() || !isWeb(url) || known.contains(normalized(url)))
            continue;
        known.insert(normalized(url));
        page.links << normalized(url);
    }
    return page;
}

QByteArray outputLine(const CrawledPage &page)
{
    const QString title = page.isForbidden ? Words::tr("(robots.txt forbids it)") : page.title;
    return QStringLiteral("%1\t%2\t%3\t%4\n")
        .arg(page.url.toString(QUrl::RemoveUserInfo))
        .arg(page.length)
        .arg(page.links.size())
        .arg(title)
        .toUtf8();
}

QCoro::Task<CrawledPage> crawlPage(CrawlPtr crawl, QUrl url)
{
    CrawledPage page {.url = url};
    if (crawl->spec.obeysRobots) {
        const RobotsRules rules = co_await robotsOf(crawl, url);
        page.isForbidden = !rules.allows(url);
    }
    if (!page.isForbidden) {
        net::Turn turn(crawl->site(url).turnstile);
        while (!turn.isMine())
            co_await turn.wait(trace::intern(url.host()));
        co_await waitForDelay(crawl, url);
        const net::HttpPage response = co_await net::fetchPage(crawl->client, crawl->get(url),
                                                               {.most = crawl->spec.bodyLimit,
                                                                .excess = net::PageLimits::Excess::Cut});
        net::requireSuccess(response);
        page = readPage(response);
    }
    crawl->context.book->setOutput(trace::currentTask(), outputLine(page));
    co_return page;
}

/// Pages that wait for their task.
struct Wanted
{
    QUrl url;
    int depth;
};

struct Running
{
    PageTask task;
    int depth;
};

class Frontier
{
public:
    explicit Frontier(CrawlPtr crawl)
        : m_crawl(std::move(crawl))
    {
        for (const QUrl &url : m_crawl->spec.urls) {
            m_hosts.insert(url.host());
            add(url, 0);
        }
    }

    bool isDone() const { return m_wanted.empty() && m_running.empty(); }
    std::vector<AnyTask> running() const
    {
        std::vector<AnyTask> tasks;
        for (const Running &one : m_running)
            tasks.push_back(one.task);
        return tasks;
    }

    void spawnWanted()
    {
        for (; !m_wanted.empty() && m_spawned < m_crawl->spec.pages; m_wanted.pop_front(), ++m_spawned) {
            const Wanted &next = m_wanted.front();
            const QString name = QStringLiteral("GET %1").arg(next.url.toDisplayString(QUrl::RemoveUserInfo));
            m_running.push_back({spawn({name, "crawl"}, crawlPage, m_crawl, next.url), next.depth});
        }
        if (m_spawned >= m_crawl->spec.pages)
            m_wanted.clear();
    }

    void takeEnded(CrawlResult &sum)
    {
        std::vector<Running> rest;
        for (Running &one : m_running) {
            if (!one.task.isDone()) {
                rest.push_back(std::move(one));
            } else if (const auto error = one.task.error()) {
                ++sum.failed;
                if (!m_firstError)
                    m_firstError = error;
            } else {
                take(one.task.result(), one.depth, sum);
            }
        }
        m_running = std::move(rest);
    }

    /// Of the first page that failed.
    std::exception_ptr firstError() const { return m_firstError; }

private:
    void add(const QUrl &url, int depth)
    {
        const QUrl plain = normalized(url);
        if (m_crawl->seen.contains(plain))
            return;
        m_crawl->seen.insert(plain);
        m_wanted.push_back({plain, depth});
    }

    void take(const CrawledPage &page, int depth, CrawlResult &sum)
    {
        if (page.isForbidden) {
            ++sum.forbidden;
            return;
        }
        ++sum.done;
        sum.characters += page.length;
        m_crawl->seen.insert(page.url); // where a redirect led
        if (depth >= m_crawl->spec.depth)
            return;
        for (const QUrl &link : page.links) {
            if (!m_crawl->spec.sameHost || m_hosts.contains(link.host()))
                add(link, depth + 1);
        }
    }

    CrawlPtr m_crawl;
    QSet<QString> m_hosts; ///< of the pages to begin with
    std::deque<Wanted> m_wanted;
    std::vector<Running> m_running;
    int m_spawned = 0;
    std::exception_ptr m_firstError;
};

} // namespace

QString toTraceText(const CrawledPage &page)
{
    if (page.isForbidden)
        return Words::tr("not fetched: robots.txt forbids it");
    const QString figures =
        Words::tr("%1 characters, %2 links").arg(net::grouped(page.length)).arg(page.links.size());
    return page.title.isEmpty() ? figures : QStringLiteral("%1: %2").arg(page.title, figures);
}

QString toTraceText(const CrawlResult &result)
{
    QString text =
        QStringLiteral("%1 pages, %2 characters").arg(result.done).arg(net::grouped(result.characters));
    if (result.failed > 0)
        text += QStringLiteral(", %1 failed").arg(result.failed);
    if (result.forbidden > 0)
        text += QStringLiteral(", %1 forbidden").arg(result.forbidden);
    return text;
}

QCoro::Task<CrawlResult> crawl(CrawlSpec spec, TaskContext context)
{
    while (!context.tls->isCurlLoaded())
        co_await context.tls->loading();
    const auto shared = std::make_shared<Crawl>(Crawl {.spec = spec, .context = context, .client = {}});
    Frontier frontier(shared);
    CrawlResult sum;
    bool isCancelled = false;
    while (!isCancelled && !frontier.isDone()) {
        frontier.spawnWanted();
        try {
            co_await wait(frontier.running(), {}, WaitUntil::FirstCompleted);
        } catch (const CancelledError &) {
            isCancelled = true;
        }
        frontier.takeEnded(sum);
    }
    // The tasks of robots.txt hold what holds them.
    std::vector<AnyTask> left = frontier.running();
    for (const Site &site : std::as_const(shared->sites)) {
        if (site.robots)
            left.push_back(*site.robots);
    }
    shared->sites.clear();
    if (isCancelled) {
        for (const AnyTask &task : left)
            task.cancel();
        co_await wait(left);
        throw CancelledError();
    }
    if (sum.failed > 0 && sum.done + sum.forbidden == 0)
        std::rethrow_exception(frontier.firstError());
    co_return sum;
}

} // namespace coroscope::tasks
