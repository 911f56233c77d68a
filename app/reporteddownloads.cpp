// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/reporteddownloads.h"

#include "ui/quantities.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace coroscope::app {

using download::Item;
using download::ItemState;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::ReportedDownloads)
};

/// Words of the JSON format: never translated.
QString stateWord(ItemState state)
{
    if (state == ItemState::Done)
        return u"done"_s;
    return state == ItemState::Failed ? u"failed"_s : u"cancelled"_s;
}

QString shownUrl(const Item &item) { return item.request.url().toString(); }

/// A server's words may run over several lines.
QString asOneLine(const QString &text) { return text.simplified(); }

} // namespace

QByteArray jsonLine(const Item &item)
{
    QJsonObject line {
        {u"url"_s, QString::fromLatin1(item.request.url().toEncoded())},
        {u"file"_s, item.path},
        {u"state"_s, stateWord(item.state)},
        {u"bytes"_s, item.received},
        {u"resumed_from"_s, item.resumedFrom},
        {u"tries"_s, item.tries},
        {u"http_status"_s, item.httpStatus},
        {u"seconds"_s, std::round(item.seconds * 1e3) / 1e3},
    };
    if (!item.sha256.isEmpty())
        line.insert(u"sha256"_s, QString::fromLatin1(item.sha256.toHex()));
    if (item.state != ItemState::Done && !item.error.isEmpty())
        line.insert(u"error"_s, item.error);
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

QString failureLine(const Item &item)
{
    const QString why = item.error.isEmpty() && item.state == ItemState::Cancelled ? Tr::tr("cancelled")
                        : item.error.isEmpty()                                     ? Tr::tr("failed")
                                                                                   : asOneLine(item.error);
    const QString url = shownUrl(item);
    return why.contains(url) ? why : u"%1: %2"_s.arg(url, why);
}

QString noteLine(const Item &item)
{
    QStringList notes;
    if (item.resumedFrom > 0)
        notes << Tr::tr("resumed at %1").arg(ui::formatBytes(double(item.resumedFrom)));
    if (!item.note.isEmpty())
        notes << asOneLine(item.note);
    return notes.isEmpty() ? QString() : u"%1: %2"_s.arg(shownUrl(item), notes.join(u"; "_s));
}

} // namespace coroscope::app
