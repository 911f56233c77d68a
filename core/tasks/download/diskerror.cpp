// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/diskerror.h"

#include "core/net/escape.h"

#include <QCoreApplication>

#include <cerrno>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Disk)
};

QString adviceFor(int number)
{
    switch (number) {
    case EACCES:
    case EPERM:
    case EROFS:
        return Words::tr("Choose a folder that you may write to");
    case EFBIG:
        return Words::tr("Choose a folder on a disk that takes larger files");
    case ENAMETOOLONG:
        return Words::tr("Choose a shorter name");
    case EMFILE:
    case ENFILE:
        return Words::tr("Run fewer transfers at once");
    case EIO:
        return Words::tr("The disk may be failing: check it, or choose another");
    default:
        return Words::tr("Check the disk, or choose another folder");
    }
}

} // namespace

net::Error diskFullError(const QString &where, std::optional<qint64> missing, bool isQuota)
{
    QString what = isQuota ? Words::tr("your share of the disk is used up") : Words::tr("the disk is full");
    QString advice = Words::tr("Make room, or choose a folder on another disk");
    if (missing && *missing > 0) {
        what += Words::tr(": %1 bytes are missing").arg(net::grouped(*missing));
        advice = Words::tr("Make room for them, or choose a folder on another disk");
    }
    return {.kind = net::Error::Kind::DiskFull, .what = what, .where = where, .advice = advice};
}

net::Error diskError(int number, const QString &what, const QString &where, std::optional<qint64> missing)
{
    if (number == ENOSPC || number == EDQUOT)
        return diskFullError(where, missing, number == EDQUOT);
    return {.kind = net::Error::Kind::Disk,
            .what = QStringLiteral("%1: %2").arg(what, qt_error_string(number)),
            .where = where,
            .advice = adviceFor(number)};
}

} // namespace coroscope::download
