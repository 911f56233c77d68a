// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/dispatchername.h"

#include <QAbstractEventDispatcher>
#include <QThread>

#include <memory>

namespace coroscope::tasks {

QString dispatcherName()
{
    QString name;
    const std::unique_ptr<QThread> probe(QThread::create([&name] {
        name = QString::fromLatin1(QAbstractEventDispatcher::instance()->metaObject()->className());
    }));
    probe->start();
    probe->wait();
    if (name.contains(QLatin1String("Glib")))
        return QStringLiteral("glib");
    if (name.contains(QLatin1String("UNIX")))
        return QStringLiteral("unix");
    return name;
}

} // namespace coroscope::tasks
