// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/facts.h"

#include "core/io/cborinteger.h"
#include <QCborMap>
#include <QCborValue>
#include <QCoreApplication>
#include <QFileInfo>
#include <QSysInfo>

namespace coroscope::io {

using namespace Qt::StringLiterals;

namespace {

QString compilerName()
{
#if defined(__clang__)
    return u"clang %1.%2"_s.arg(__clang_major__).arg(__clang_minor__);
#elif defined(__GNUC__)
    return u"g++ %1.%2"_s.arg(__GNUC__).arg(__GNUC_MINOR__);
#else
    return {};
#endif
}

} // namespace

Facts Facts::ofThisProcess(std::chrono::nanoseconds ago)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {.program = QFileInfo(QFile::symLinkTarget(u"/proc/self/exe"_s)).fileName(),
            .processId = QCoreApplication::applicationPid(),
            .startedAt = std::chrono::duration_cast<std::chrono::nanoseconds>(now) - ago,
            .writer = QStringLiteral("Coroscope " COROSCOPE_VERSION),
            .qtVersion = QString::fromLatin1(qVersion()),
            .system = QSysInfo::prettyProductName() + u", "_s + QSysInfo::currentCpuArchitecture(),
            .compiler = compilerName(),
            .loop = {}};
}

QByteArray writeFacts(const Facts &facts)
{
    const QCborMap map {{u"program"_s, facts.program},
                        {u"processId"_s, qint64(facts.processId)},
                        {u"startedAt"_s, qint64(facts.startedAt.count())},
                        {u"writer"_s, facts.writer},
                        {u"qtVersion"_s, facts.qtVersion},
                        {u"system"_s, facts.system},
                        {u"compiler"_s, facts.compiler},
                        {u"loop"_s, facts.loop}};
    return QCborValue(map).toCbor();
}

std::optional<Facts> readFacts(QByteArrayView content)
{
    constexpr qsizetype maxSize = 64 * 1024;
    if (content.size() > maxSize)
        return {};
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(content.toByteArray(), &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return {};
    const QCborMap map = value.toMap();
    return Facts {.program = map[u"program"_s].toString(),
                  .processId = integerOf(map[u"processId"_s]),
                  .startedAt = std::chrono::nanoseconds(integerOf(map[u"startedAt"_s])),
                  .writer = map[u"writer"_s].toString(),
                  .qtVersion = map[u"qtVersion"_s].toString(),
                  .system = map[u"system"_s].toString(),
                  .compiler = map[u"compiler"_s].toString(),
                  .loop = map[u"loop"_s].toString()};
}

} // namespace coroscope::io
