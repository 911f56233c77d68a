// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/strings.h"

#include "core/trace/threadstate.h"

#include <QHash>
#include <QList>
#include <QMutex>

namespace coroscope::trace {

namespace {

constexpr qsizetype maxStrings = 65536;

struct Table
{
    QMutex mutex;
    QHash<QString, std::uint32_t> numbers;
    QList<QString> texts;
};

/// Never destroyed: a recording that goes on to the program's end asks for its texts after main().
Table &table()
{
    static Table &instance = *new Table;
    return instance;
}

} // namespace

StringId intern(QStringView text)
{
    if (!isRecording() || text.isEmpty())
        return {};
    Table &t = table();
    const QString key = text.toString();
    const QMutexLocker locker(&t.mutex);
    if (const auto found = t.numbers.constFind(key); found != t.numbers.cend())
        return {*found};
    if (t.texts.size() >= maxStrings)
        return {};
    t.texts.append(key);
    const auto number = std::uint32_t(t.texts.size());
    t.numbers.insert(key, number);
    return {number};
}

QString stringOf(StringId id)
{
    Table &t = table();
    const QMutexLocker locker(&t.mutex);
    return id && qsizetype(id.value) <= t.texts.size() ? t.texts.at(qsizetype(id.value) - 1) : QString();
}

} // namespace coroscope::trace
