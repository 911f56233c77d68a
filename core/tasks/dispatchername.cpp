// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/dispatchername.h"

#include <QAbstractEventDispatcher>
#include <QThread>

#include <memory>

namespace coroscope::tasks {

namespace {

QString nameOf(const QAbstractEventDispatcher &dispatcher)
{
    const dispatch::LoopKind kind = dispatch::kindOf(dispatcher);
    return kind == dispatch::LoopKind::Default ? QString::fromLatin1(dispatcher.metaObject()->className())
                                               : dispatch::nameOf(kind);
}

} // namespace

QString dispatcherName(dispatch::LoopKind kind)
{
    QString name;
    const std::unique_ptr<QThread> probe(
        QThread::create([&name] { name = nameOf(*QAbstractEventDispatcher::instance()); }));
    if (auto dispatcher = dispatch::makeDispatcher(kind))
        probe->setEventDispatcher(dispatcher.release());
    probe->start();
    probe->wait();
    return name;
}

} // namespace coroscope::tasks
