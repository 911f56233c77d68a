// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/launchhistory.h"

#include "core/net/rediscommand.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>

namespace coroscope::ui {

using namespace tasks;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::LaunchHistory)
};

QString keyOf(LaunchHistory::Kind kind)
{
    switch (kind) {
    case LaunchHistory::Kind::Download:
        return QStringLiteral("launch/downloads");
    case LaunchHistory::Kind::Redis:
        return QStringLiteral("launch/redis");
    case LaunchHistory::Kind::MySql:
        return QStringLiteral("launch/mysql");
    case LaunchHistory::Kind::Crawl:
        return QStringLiteral("launch/crawls");
    case LaunchHistory::Kind::Sleep:
        return QStringLiteral("launch/sleeps");
    }
    return {};
}

QJsonArray read(const QSettings &settings, LaunchHistory::Kind kind)
{
    return QJsonDocument::fromJson(settings.value(keyOf(kind)).toByteArray()).array();
}

struct Summary
{
    QString operator()(const DownloadSpec &spec) const { return spec.url.toDisplayString(); }
    QString operator()(const BatchSpec &spec) const
    {
        return Words::tr("%1 and %n more", nullptr, int(spec.downloads.size()) - 1)
            .arg(spec.downloads.front().url.toDisplayString());
    }
    QString operator()(const RedisSpec &spec) const
    {
        QStringList lines;
        for (const net::RedisCommand &command : spec.commands)
            lines << QString::fromUtf8(net::joinCommandLine(command));
        return QStringLiteral("%1  %2").arg(spec.url.host(), lines.join(QStringLiteral("; ")));
    }
    QString operator()(const MySqlSpec &spec) const
    {
        return QStringLiteral("%1  %2").arg(spec.url.host(), spec.sql.simplified());
    }
    QString operator()(const SleepSpec &spec) const
    {
        return spec.block ? Words::tr("%1, blocking").arg(defaultName(spec)) : defaultName(spec);
    }
    QString operator()(const FutureSpec &spec) const { return spec.name; }
    QString operator()(const ExampleSpec &spec) const { return spec.id; }
    QString operator()(const CrawlSpec &spec) const
    {
        const QString first = spec.urls.value(0).toDisplayString();
        const int others = int(spec.urls.size()) - 1;
        const QString what = others < 1 ? first : Words::tr("%1 and %n more", nullptr, others).arg(first);
        return Words::tr("%1, depth %2", "pages of a crawl").arg(what).arg(spec.depth);
    }
};

} // namespace

void LaunchHistory::add(Kind kind, const TaskSpec &spec)
{
    const QJsonObject entry = toJson(spec);
    QJsonArray entries = read(m_settings, kind);
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        if (entries[i].toObject() == entry)
            entries.removeAt(i);
    }
    entries.prepend(entry);
    while (entries.size() > most)
        entries.removeLast();
    m_settings.setValue(keyOf(kind), QJsonDocument(entries).toJson(QJsonDocument::Compact));
}

std::vector<TaskSpec> LaunchHistory::entries(Kind kind) const
{
    std::vector<TaskSpec> specs;
    for (const QJsonValue &value : read(m_settings, kind)) {
        auto parsed = fromJson(value.toObject());
        if (auto *spec = std::get_if<TaskSpec>(&parsed))
            specs.push_back(std::move(*spec));
    }
    return specs;
}

QString summary(const TaskSpec &spec)
{
    constexpr int longest = 72;
    const QString text = std::visit(Summary {}, spec);
    return text.size() > longest ? text.left(longest - 1) + QStringLiteral("…") : text;
}

} // namespace coroscope::ui
