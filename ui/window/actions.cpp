// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::Actions)
};

QString tipOf(const QAction &action, const QString &tip)
{
    const QString keyText = action.shortcut().toString(QKeySequence::NativeText);
    return keyText.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, keyText);
}

/// `button`: what the tool bar calls it.
QAction *make(QObject *owner, const char *name, const QString &text, const QKeySequence &key,
              const QString &tip, const QString &button = {})
{
    auto *action = new QAction(text, owner);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setToolTip(tipOf(*action, tip));
    action->setStatusTip({});
    if (!button.isEmpty())
        action->setIconText(button);
    return action;
}

QAction *makeCheckable(QObject *owner, const char *name, const QString &text, const QString &tip,
                       const QString &button = {})
{
    QAction *action = make(owner, name, text, {}, tip, button);
    action->setCheckable(true);
    return action;
}

/// A key that the menu shows, but that the window itself listens for: one that buttons and fields need.
void showKey(QAction *action, Qt::Key key)
{
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
}

QString loopText(dispatch::LoopKind kind)
{
    switch (kind) {
    case dispatch::LoopKind::Default:
        break;
    case dispatch::LoopKind::Glib:
        return Words::tr("&glib: Qt's on GLib");
    case dispatch::LoopKind::Unix:
        return Words::tr("u&nix: Qt's on poll()");
    case dispatch::LoopKind::Uv:
        return Words::tr("&uv: on libuv, for many sockets");
    }
    return dispatch::nameOf(kind);
}

} // namespace

Actions::Actions(QObject *owner)
    : quit(make(owner, "quit", Words::tr("&Quit"), Qt::CTRL | Qt::Key_Q, Words::tr("End the program")))
    , demo(make(owner, "demo", Words::tr("Start the &Demo"), Qt::Key_F5,
                Words::tr("Downloads, Redis commands and sleeps on local services, for about 15 s"),
                Words::tr("▶ Demo")))
    , download(make(owner, "download", Words::tr("Do&wnload…"), Qt::CTRL | Qt::Key_D,
                    Words::tr("Download one file or several"), Words::tr("+ Download")))
    , redis(make(owner, "redis", Words::tr("&Redis…"), Qt::CTRL | Qt::Key_R,
                 Words::tr("Send commands to a Redis server"), Words::tr("+ Redis")))
    , mysql(make(owner, "mysql", Words::tr("&MySQL…"), Qt::CTRL | Qt::Key_M,
                 Words::tr("Send a statement to a MySQL server"), Words::tr("+ MySQL")))
    , crawl(make(owner, "crawl", Words::tr("Craw&l…"), Qt::CTRL | Qt::Key_B,
                 Words::tr("Fetch pages, and the pages that they link to"), Words::tr("+ Crawl")))
    , sleep(make(owner, "sleep", Words::tr("&Sleep…"), Qt::CTRL | Qt::Key_L,
                 Words::tr("Sleep for a while, or block the loop"), Words::tr("+ Sleep")))
    , examples(makeCheckable(owner, "examples", Words::tr("&Examples"),
                             Words::tr("Show the tutorial's examples, and run them (Ctrl+E)"),
                             Words::tr("Examples")))
    , runAgain(make(owner, "runAgain", Words::tr("Run A&gain"), Qt::CTRL | Qt::SHIFT | Qt::Key_R,
                    Words::tr("Start the selected tasks once more")))
    , cancel(make(owner, "cancel", Words::tr("&Cancel"), Qt::CTRL | Qt::Key_K,
                  Words::tr("Cancel the selected tasks")))
    , cancelAll(make(owner, "cancelAll", Words::tr("Cancel &All"), Qt::CTRL | Qt::SHIFT | Qt::Key_K,
                     Words::tr("Cancel all tasks"), Words::tr("Cancel all")))
    , clearFinished(make(owner, "clearFinished", Words::tr("Clear &Finished"),
                         Qt::CTRL | Qt::SHIFT | Qt::Key_L,
                         Words::tr("Forget the tasks that ended; a saved session is without them")))
    , find(make(owner, "find", Words::tr("&Find"), Qt::CTRL | Qt::Key_F,
                Words::tr("Find tasks by name or result")))
    , freeze(makeCheckable(owner, "freeze", Words::tr("&Freeze the View"),
                           Words::tr("Hold the picture; recording goes on (Space)"), Words::tr("Freeze")))
    , replay(makeCheckable(owner, "replay", Words::tr("Re&play"),
                           Words::tr("Play what is seen on the timeline; all views show that moment (R)")))
    , panes(makeCheckable(owner, "panes", Words::tr("&Panes"), Words::tr("Show the panes at the bottom")))
    , inspector(makeCheckable(owner, "inspector", Words::tr("&Inspector"), Words::tr("Show the inspector")))
    , theme(new QActionGroup(owner))
    , loop(new QActionGroup(owner))
    , resetLayout(make(owner, "resetLayout", Words::tr("&Reset Layout"), {},
                       Words::tr("Put panes and columns where they were at first")))
    , keys(make(owner, "keys", Words::tr("&Keys"), {}, Words::tr("List the keys")))
    , about(make(owner, "about", Words::tr("&About Coroscope"), {}, Words::tr("What this program is")))
{
    showKey(freeze, Qt::Key_Space);
    showKey(replay, Qt::Key_R);
    showKey(keys, Qt::Key_Question);
    examples->setShortcut(Qt::CTRL | Qt::Key_E);
    panes->setShortcut(Qt::CTRL | Qt::Key_J);
    inspector->setShortcut(Qt::CTRL | Qt::Key_I);
    const std::pair<ThemeChoice, QString> choices[] {{ThemeChoice::System, Words::tr("&System")},
                                                     {ThemeChoice::Light, Words::tr("&Light")},
                                                     {ThemeChoice::Dark, Words::tr("&Dark")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = theme->addAction(text);
        action->setCheckable(true);
        action->setData(int(choice));
    }
    for (const dispatch::LoopKind kind : dispatch::availableLoops()) {
        QAction *action = loop->addAction(loopText(kind));
        action->setObjectName(QStringLiteral("loop-") + dispatch::nameOf(kind));
        action->setCheckable(true);
        action->setData(int(kind));
    }
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

QMenu *Actions::fill(QMenuBar &bar, QMenu *run, QMenu *downloads) const
{
    QMenu *file = bar.addMenu(Words::tr("&File"));
    QMenu *task = bar.addMenu(Words::tr("&Task"));
    task->addActions({demo, download, redis, mysql, crawl, sleep});
    task->addSeparator();
    task->addAction(examples);
    task->addSeparator();
    task->addActions({runAgain, cancel, cancelAll});
    task->addSeparator();
    task->addAction(clearFinished);
    task->addSeparator();
    task->addMenu(Words::tr("&Event Loop of the Next Start"))->addActions(loop->actions());
    bar.addMenu(run);
    if (downloads)
        bar.addMenu(downloads);
    QMenu *view = bar.addMenu(Words::tr("&View"));
    view->addActions({find, freeze, replay});
    view->addSeparator();
    view->addActions({panes, inspector});
    QMenu *themes = view->addMenu(Words::tr("&Theme"));
    themes->addActions(theme->actions());
    view->addSeparator();
    view->addAction(resetLayout);
    QMenu *help = bar.addMenu(Words::tr("&Help"));
    help->addActions({keys, about});
    return file;
}

void Actions::addBelowClearFinished(const QMenuBar &bar, QMenu &menu) const
{
    for (const QAction *top : bar.actions()) {
        const QList<QAction *> entries = top->menu() ? top->menu()->actions() : QList<QAction *> {};
        if (const auto at = entries.indexOf(clearFinished); at >= 0)
            top->menu()->insertMenu(entries.value(at + 1), &menu);
    }
}

/// One button for the kinds that are wanted less often: a small window has no room for each.
QToolButton *Actions::otherTasks(QToolBar &bar) const
{
    auto *button = new QToolButton(&bar);
    button->setObjectName(QStringLiteral("otherTasks"));
    button->setText(Words::tr("Task ▾"));
    button->setToolTip(Words::tr("Start another kind of task"));
    button->setAccessibleName(Words::tr("Other tasks"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    menu->addActions({redis, mysql, crawl, sleep});
    button->setMenu(menu);
    return button;
}

void Actions::fill(QToolBar &bar) const
{
    bar.setToolButtonStyle(Qt::ToolButtonTextOnly);
    bar.addActions({demo, download});
    bar.addWidget(otherTasks(bar));
    bar.addAction(examples);
    bar.addSeparator();
    bar.addActions({freeze, cancelAll});
    bar.widgetForAction(demo)->setProperty("primary", true);
    for (QAction *action : bar.actions()) {
        if (auto *button = qobject_cast<QToolButton *>(bar.widgetForAction(action))) {
            button->setFocusPolicy(Qt::TabFocus);
            if (button->accessibleName().isEmpty())
                button->setAccessibleName(action->text().remove(QLatin1Char('&')));
        }
    }
}

void Actions::explain(const QString &obstacle) const
{
    cancel->setToolTip(obstacle.isEmpty() ? tipOf(*cancel, Words::tr("Cancel the selected tasks"))
                                          : obstacle);
    cancelAll->setToolTip(obstacle.isEmpty() ? tipOf(*cancelAll, Words::tr("Cancel all tasks")) : obstacle);
}

void Actions::checkTheme(ThemeChoice choice) const
{
    for (QAction *action : theme->actions())
        action->setChecked(ThemeChoice(action->data().toInt()) == choice);
}

void Actions::checkLoop(dispatch::LoopKind choice) const
{
    for (QAction *action : loop->actions())
        action->setChecked(dispatch::LoopKind(action->data().toInt()) == choice);
}

} // namespace coroscope::ui
