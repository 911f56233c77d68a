// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadactions.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::DownloadActions)
};

QAction *make(QObject *owner, const char *name, const QString &text, const QKeySequence &key = {},
              Qt::ShortcutContext context = Qt::WidgetShortcut)
{
    auto *action = new QAction(text, owner);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(context);
    return action;
}

} // namespace

DownloadActions::DownloadActions(QObject *owner)
    : pause(make(owner, "pauseDownloads", Words::tr("&Pause"), Qt::CTRL | Qt::Key_P))
    , resume(make(owner, "resumeDownloads", Words::tr("R&esume"), Qt::CTRL | Qt::Key_G))
    , retry(make(owner, "retryDownloads", Words::tr("&Try Again"), Qt::CTRL | Qt::Key_T))
    // The window's own Ctrl+K cancels what is selected where the focus is.
    , cancel(make(owner, "cancelDownloads", Words::tr("&Cancel") + QStringLiteral("\tCtrl+K")))
    , remove(make(owner, "removeDownloads", Words::tr("&Remove from the Queue"), Qt::Key_Delete))
    , removeWithFile(make(owner, "removeDownloadsWithFiles", Words::tr("Remove with the &File…"),
                          Qt::SHIFT | Qt::Key_Delete))
    , undoRemove(
          make(owner, "undoRemove", Words::tr("&Undo Remove"), Qt::CTRL | Qt::Key_Z, Qt::WindowShortcut))
    , clearEnded(make(owner, "clearEndedDownloads", Words::tr("C&lear Ended")))
    , pauseAll(make(owner, "pauseAll", Words::tr("Pause &All"), Qt::CTRL | Qt::SHIFT | Qt::Key_P,
                    Qt::WindowShortcut))
    , resumeAll(make(owner, "resumeAll", Words::tr("Resume A&ll"), Qt::CTRL | Qt::SHIFT | Qt::Key_G,
                     Qt::WindowShortcut))
    , open(make(owner, "openDownload", Words::tr("&Open File") + QStringLiteral("\tEnter")))
    , openFolder(make(owner, "openDownloadFolder", Words::tr("Open Fol&der"), Qt::CTRL | Qt::Key_O))
    , copyUrl(make(owner, "copyUrl", Words::tr("Copy &URL"), Qt::CTRL | Qt::Key_C))
    , copyPath(make(owner, "copyPath", Words::tr("Copy Pat&h"), Qt::CTRL | Qt::SHIFT | Qt::Key_C))
    , copyError(make(owner, "copyError", Words::tr("Copy E&rror")))
    , priority(new QActionGroup(owner))
    , toTop(make(owner, "moveToTop", Words::tr("To the &Top"), Qt::ALT | Qt::SHIFT | Qt::Key_Up))
    , up(make(owner, "moveUp", Words::tr("&Up"), Qt::ALT | Qt::Key_Up))
    , down(make(owner, "moveDown", Words::tr("&Down"), Qt::ALT | Qt::Key_Down))
    , toBottom(make(owner, "moveToBottom", Words::tr("To the &Bottom"), Qt::ALT | Qt::SHIFT | Qt::Key_Down))
    , replaceUrl(make(owner, "replaceUrl", Words::tr("Replace the UR&L…")))
    , limit(make(owner, "limitDownloads", Words::tr("Limit the &Speed…")))
    , startAt(make(owner, "startAt", Words::tr("Start &at…")))
    , login(make(owner, "giveLogin", Words::tr("&Give a Login…")))
{
    const std::pair<int, QString> priorities[] {{1, Words::tr("&High")},
                                                {0, Words::tr("&Normal")},
                                                {-1, Words::tr("&Low")}};
    for (const auto &[number, text] : priorities) {
        QAction *action = priority->addAction(text);
        action->setObjectName(QStringLiteral("priority%1").arg(number));
        action->setCheckable(true);
        action->setData(number);
    }
    undoRemove->setToolTip(Words::tr("Bring back what was removed last"));
    for (QAction *action : {toTop, up, down, toBottom})
        action->setToolTip(
            Words::tr("In the order of the queue; click the sorted column's head until it is"));
}

void DownloadActions::fillPriority(QMenu &menu) const
{
    menu.addMenu(Words::tr("Pr&iority"))->addActions(priority->actions());
}

void DownloadActions::fillOrder(QMenu &menu) const
{
    menu.addMenu(Words::tr("&Move"))->addActions({toTop, up, down, toBottom});
}

void DownloadActions::fillContext(QMenu &menu) const
{
    menu.addActions({open, openFolder});
    menu.addSeparator();
    menu.addActions({pause, resume, retry, cancel});
    menu.addSeparator();
    fillPriority(menu);
    fillOrder(menu);
    menu.addActions({limit, startAt, login, replaceUrl});
    menu.addSeparator();
    menu.addActions({copyUrl, copyPath, copyError});
    menu.addSeparator();
    menu.addActions({remove, removeWithFile});
}

void DownloadActions::fillMenu(QMenu &menu) const
{
    menu.addActions({pause, resume, retry, cancel});
    menu.addActions({remove, removeWithFile, undoRemove});
    menu.addSeparator();
    fillPriority(menu);
    fillOrder(menu);
    menu.addActions({limit, startAt, login, replaceUrl});
    menu.addSeparator();
    menu.addActions({open, openFolder});
    menu.addSeparator();
    menu.addActions({pauseAll, resumeAll, clearEnded});
}

void DownloadActions::listenIn(QWidget *view) const
{
    view->addActions({pause, resume, retry, remove, removeWithFile, openFolder, copyUrl, copyPath, toTop, up,
                      down, toBottom});
}

} // namespace coroscope::ui
