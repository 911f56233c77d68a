// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/stepping.h"

#include "ui/selection.h"
#include "ui/tasks/taskcommands.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QLocale>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::Stepping)
};

constexpr int paces[] {0, 1, 5, 20, 100}; // entries a second; 0: as they come

QString paceText(int entriesPerSecond)
{
    if (entriesPerSecond == 0)
        return Words::tr("&Off");
    return entriesPerSecond == 1 ? Words::tr("&1 entry a second")
                                 : Words::tr("%n entries a second", nullptr, entriesPerSecond);
}

} // namespace

QString schedulingText(tasks::Session &session)
{
    const Scheduling scheduling = session.scheduling();
    switch (scheduling.mode) {
    case Scheduling::Mode::Held:
        return Words::tr("held: time stands still, %1 ready").arg(QLocale().toString(scheduling.ready));
    case Scheduling::Mode::Seeking: {
        const model::Task *const task = session.store().task(scheduling.sought);
        return Words::tr("runs to the next resumption of %1").arg(task ? task->name : Words::tr("a task"));
    }
    case Scheduling::Mode::Running:
        break;
    }
    if (scheduling.pace > 0)
        return Words::tr("slow motion: %1 entries/s at most").arg(QLocale().toString(scheduling.pace));
    return {};
}

Stepping::Stepping(tasks::Session &session, const Selection &selection, TaskCommands &commands,
                   QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_selection(selection)
    , m_commands(commands)
    , m_menu(std::make_unique<QMenu>(tr("&Run")))
    , m_pace(new QActionGroup(this))
{
    const auto add = [this](const char *name, const QString &text, Qt::Key key, auto slot) {
        auto *action = new QAction(text, this); // the menu is nobody's child
        connect(action, &QAction::triggered, this, slot);
        m_menu->addAction(action);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        return action;
    };
    m_hold = add("hold", tr("&Hold the Loop"), Qt::Key_F8, [this] {
        if (m_session.scheduling().mode == Scheduling::Mode::Held)
            m_session.post(tasks::Release {});
        else
            m_session.post(tasks::Hold {});
        update(); // checked is what the session says, not what was clicked
    });
    m_hold->setCheckable(true);
    m_step = add("step", tr("&Step"), Qt::Key_F10, [this] { m_session.post(tasks::Step {}); });
    m_runToNext = add("runToNext", tr("Run to &Next Resumption"), Qt::Key_F11,
                      [this] { m_commands.runToNext({m_selection.task()}); });
    m_menu->addSeparator();
    m_slow = m_menu->addMenu(tr("S&low Motion"));
    for (const int pace : paces) {
        auto *action = new QAction(paceText(pace), this);
        m_slow->addAction(action);
        action->setObjectName(QStringLiteral("pace%1").arg(pace));
        action->setCheckable(true);
        action->setData(pace);
        m_pace->addAction(action);
    }
    m_menu->setToolTipsVisible(true);
    connect(m_pace, &QActionGroup::triggered, this,
            [this](const QAction *action) { m_session.post(tasks::SetPace {action->data().toDouble()}); });
    connect(&m_session, &tasks::Session::schedulingChanged, this, &Stepping::update);
    update();
}

Stepping::~Stepping() = default;

void Stepping::fill(QToolBar &bar) const
{
    for (QAction *action : {m_hold, m_step}) {
        bar.addAction(action);
        if (auto *button = qobject_cast<QToolButton *>(bar.widgetForAction(action))) {
            button->setFocusPolicy(Qt::TabFocus);
            button->setAccessibleName(action->text().remove(QLatin1Char('&')));
        }
    }
}

void Stepping::setTip(QAction *action, const QString &tip)
{
    if (!m_session.takesCommands()) {
        action->setToolTip(tr("Only the tasks of this program's own session can be held and stepped."));
        return;
    }
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key));
}

void Stepping::update()
{
    const bool commands = m_session.takesCommands();
    const Scheduling scheduling = m_session.scheduling();
    const bool isHeld = scheduling.mode == Scheduling::Mode::Held;
    m_hold->setEnabled(commands);
    m_hold->setChecked(isHeld);
    m_hold->setIconText(isHeld ? tr("Release") : tr("Hold"));
    setTip(m_hold, isHeld ? tr("Let the loop go on") : tr("Stop the loop, and time for its timers"));
    m_step->setEnabled(commands);
    m_step->setIconText(tr("Step"));
    setTip(m_step, tr("Run one entry of the ready queue, or go on to the next timer"));
    m_runToNext->setEnabled(m_commands.canRunToNext({m_selection.task()}));
    setTip(m_runToNext, m_runToNext->isEnabled()
                            ? tr("Run until the selected task has been resumed once, then hold the loop")
                            : tr("Select a task that hasn't ended: the loop runs until it is resumed"));
    m_slow->setEnabled(commands);
    for (QAction *action : m_pace->actions())
        action->setChecked(action->data().toDouble() == scheduling.pace);
}

} // namespace coroscope::ui
