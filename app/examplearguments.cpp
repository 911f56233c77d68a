// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/examplearguments.h"

#include "core/gallery/gallery.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::ExampleArguments)
};

QStringList ids()
{
    QStringList all;
    for (const gallery::Example &example : gallery::examples())
        all << example.id;
    return all;
}

/// The ids that `word` may have been meant to be: the nearest, and those that begin or go on like it.
QStringList similar(const QString &word)
{
    QStringList found;
    const QString guess = nearest(word, ids());
    if (!guess.isEmpty())
        found << guess;
    const QString family = guess.isEmpty() ? word.section(u'-', 0, 0) : guess.section(u'-', 0, 0);
    for (const QString &id : ids()) {
        if (!family.isEmpty() && id.startsWith(family) && !found.contains(id))
            found << id;
    }
    return found;
}

BadUse unknownExample(const QString &word)
{
    const QString message = Tr::tr("There is no example %1.").arg(shown(word));
    const QStringList names = similar(word);
    if (names.isEmpty())
        return {message + u' ' + Tr::tr("coroscope example lists them.")};
    return {message + u' ' + Tr::tr("Did you mean %1?").arg(names.join(u", "_s))};
}

QString optionOf(const QString &field) { return field == u"id" ? QString() : u"--"_s + field + u": "_s; }

} // namespace

std::variant<std::vector<tasks::TaskSpec>, BadUse> readExample(const Arguments &arguments,
                                                               const Surroundings &surroundings)
{
    if (arguments.words.size() > 1)
        return BadUse {Tr::tr("One example at a time: leave out %1.").arg(shown(arguments.words[1]))};
    if (arguments.afterDashes)
        return BadUse {Tr::tr("Nothing can follow a -- here.")};
    const QString id = arguments.words.value(0);
    if (!gallery::findExample(id))
        return unknownExample(id);
    if (arguments.has(u"speed"_s) && arguments.value(u"speed"_s).isEmpty())
        return BadUse {Tr::tr("--speed needs a number.")};
    auto parsed = tasks::parseExample(id, arguments.value(u"speed"_s), arguments.values(u"url"_s),
                                      arguments.values(u"redis"_s), arguments.values(u"mysql"_s));
    if (const auto *error = std::get_if<tasks::FieldError>(&parsed))
        return BadUse {optionOf(error->field) + error->message};
    auto &spec = std::get<tasks::ExampleSpec>(parsed);
    for (QUrl &uri : spec.redis) {
        if (uri.password().isEmpty() && !surroundings.redisPassword.isEmpty())
            uri.setPassword(QString::fromUtf8(surroundings.redisPassword), QUrl::DecodedMode);
    }
    spec.decodeResponses = !arguments.has(u"bytes"_s);
    const QString folder = arguments.value(u"directory"_s);
    spec.folder = surroundings.absolute(folder.isEmpty() ? u"."_s : folder);
    return std::vector<tasks::TaskSpec> {std::move(spec)};
}

QString listOfExamples(bool asJson)
{
    const QList<gallery::Example> all = gallery::examples();
    const auto widest = std::ranges::max(all, {}, [](const auto &example) { return example.id.size(); });
    QString text;
    for (const gallery::Example &example : all) {
        if (asJson) {
            const QJsonObject line {{u"id"_s, example.id}, {u"title"_s, example.title}};
            text += QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)) + u'\n';
        } else {
            text += example.id.leftJustified(widest.id.size() + 2) + example.title + u'\n';
        }
    }
    return text;
}

} // namespace coroscope::app
