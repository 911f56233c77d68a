// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/mainwindow.h"

#include "ui/awaits/awaitspane.h"
#include "ui/console/consolepane.h"
#include "ui/downloads/downloadcommands.h"
#include "ui/downloads/downloadsmenu.h"
#include "ui/downloads/downloadspane.h"
#include "ui/downloads/downloadview.h"
#include "ui/flame/flamepane.h"
#include "ui/futures/futurespane.h"
#include "ui/gallery/gallerypane.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/latency/latencypane.h"
#include "ui/launch/launcher.h"
#include "ui/launch/urldrop.h"
#include "ui/outcomes/outcomespane.h"
#include "ui/replay/momentbadge.h"
#include "ui/replay/transportbar.h"
#include "ui/rows/rowspane.h"
#include "ui/tasks/taskcommands.h"
#include "ui/tasks/taskspane.h"
#include "ui/tasks/taskview.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"
#include "ui/window/actions.h"
#include "ui/window/helpdialogs.h"
#include "ui/window/loopchoice.h"
#include "ui/window/panetabs.h"
#include "ui/window/recordingcommands.h"
#include "ui/window/retentionchoice.h"
#include "ui/window/statusline.h"
#include "ui/window/stepping.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QCloseEvent>
#include <QDockWidget>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QTabBar>
#include <QTableView>
#include <QToolBar>

namespace coroscope::ui {

namespace {

constexpr auto geometryKey = "window/geometry";
constexpr auto stateKey = "window/state-1";
constexpr auto tabKey = "window/tab";
constexpr auto themeKey = "window/theme";
constexpr auto quitKey = "downloads/quitWithoutAsking";
constexpr int messageTime = 6000; // ms
constexpr QSize firstSize {1360, 860};

QDockWidget *makeDock(const QString &title, const char *name, QWidget *content, QMainWindow *window)
{
    auto *dock = new QDockWidget(title, window);
    dock->setObjectName(QLatin1String(name));
    dock->setFeatures(QDockWidget::DockWidgetClosable);
    dock->setTitleBarWidget(new QWidget(dock)); // the panes have their own heads
    dock->setWidget(content);
    return dock;
}

} // namespace

MainWindow::MainWindow(tasks::Session &session, QSettings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_settings(settings)
    , m_theme(applySavedTheme(settings))
    , m_pulse(session.store())
    , m_playhead(session.store(), m_pulse)
    , m_actions(std::make_unique<Actions>(this))
    , m_status(new StatusLine(session, m_pulse, this))
    , m_commands(new TaskCommands(session, m_selection, this))
    , m_stepping(new Stepping(session, m_selection, *m_commands, this))
    , m_recordings(new RecordingCommands(session, settings, this))
    , m_launcher(new Launcher(session, m_selection, settings, this))
    , m_timelineView(makeTimelineView())
    , m_timeline(new TimelineWidget(*m_timelineView, this))
    , m_find(new QLineEdit(this))
    , m_outcomes(new OutcomesPane(session.store(), m_pulse, m_selection, *m_commands))
    , m_tasks(new TasksPane(session.store(), m_pulse, m_selection, *m_commands))
    , m_futures(new FuturesPane(session, m_pulse, m_selection))
    , m_downloads(session.downloads() ? new DownloadsPane(session, m_selection) : nullptr)
    , m_downloadsMenu(m_downloads
                          ? new DownloadsMenu(session, settings, *m_downloads, m_actions->download, this)
                          : nullptr)
    , m_rows(new RowsPane(session, m_pulse, m_selection))
    , m_console(new ConsolePane(session.store(), m_pulse, m_selection))
    , m_flame(new FlamePane(session.store(), m_pulse, m_selection, *m_timelineView))
    , m_latency(new LatencyPane(session.store(), m_pulse, m_selection, *m_timelineView))
    , m_awaits(new AwaitsPane(session.store(), m_pulse, m_selection))
    , m_inspector(new InspectorPane(session.store(), m_pulse, m_selection))
    , m_gallery(new GalleryPane(session, m_pulse, m_selection))
    , m_tabs(new PaneTabs)
    , m_badge(new MomentBadge(m_pulse, m_tabs))
    , m_panesDock(makeDock(tr("Panes"), "panesDock", m_tabs, this))
    , m_inspectorDock(makeDock(tr("Inspector"), "inspectorDock", m_inspector, this))
    , m_galleryDock(makeDock(tr("Examples"), "galleryDock", m_gallery, this))
{
    setWindowTitle(tr("Coroscope"));
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    setCentralWidget(m_timeline);
    m_timeline->setMinimumSize(280, 120);
    m_timeline->setDemoOffered(session.takesCommands());
    if (!session.isLive())
        m_timelineView->setClock(LiveClock::Source::Store);
    setStatusBar(m_status);
    QMenu *const file = m_actions->fill(*menuBar(), m_stepping->menu(),
                                        m_downloadsMenu ? m_downloadsMenu->menu() : nullptr);
    if (session.isLive())
        addRetentionMenu();
    m_recordings->fill(*file);
    file->addAction(m_actions->quit);
    buildToolBar();
    buildDocks();
    connectActions();
    connectTimeline();
    connectReplay();
    connectSession();
    connectDownloads();
    connectGallery();
    addNavigationKeys();
    restore();
    updateActions();
}

/// The views go first: they look at members of the window to their end.
MainWindow::~MainWindow()
{
    delete m_panesDock;
    delete m_inspectorDock;
    delete m_galleryDock;
    delete m_timeline;
}

void MainWindow::addRetentionMenu()
{
    auto *choice = new RetentionChoice(m_session.store(), m_settings, this);
    connect(choice, &RetentionChoice::said, this, &MainWindow::say);
    m_actions->addBelowClearFinished(*menuBar(), *choice->menu());
}

void MainWindow::buildToolBar()
{
    auto *bar = new QToolBar(tr("Tools"), this);
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    m_actions->fill(*bar);
    m_stepping->fill(*bar);
    m_recordings->fill(*bar);
    m_find->setObjectName(QStringLiteral("findField"));
    m_find->setAccessibleName(tr("Find"));
    m_find->setPlaceholderText(tr("Find…"));
    m_find->setClearButtonEnabled(true);
    m_find->setMinimumWidth(84);
    m_find->setMaximumWidth(290);
    auto *right = new QWidget(bar);
    auto *layout = new QHBoxLayout(right);
    layout->setContentsMargins(4, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(m_find, 4);
    bar->addWidget(right);
    addToolBar(bar);
    connect(m_find, &QLineEdit::textChanged, this, &MainWindow::applyFilter);
    connect(m_find, &QLineEdit::returnPressed, this, &MainWindow::goToFirstHit);
}

void MainWindow::buildDocks()
{
    m_tabs->add(m_outcomes, tr("Done | Pending"), m_outcomes->corner());
    m_tabs->add(m_tasks, tr("Tasks"), m_tasks->corner());
    m_tabs->add(m_futures, tr("Futures"), m_futures->corner());
    if (m_downloads)
        m_tabs->add(m_downloads, tr("Downloads"), m_downloads->corner());
    m_tabs->add(m_console, tr("Console"), m_console->corner());
    m_tabs->add(m_rows, tr("Rows"), m_rows->corner());
    m_tabs->add(m_flame, tr("Flame"), m_flame->corner());
    m_tabs->add(m_latency, tr("Latency"), m_latency->corner());
    m_tabs->add(m_awaits, tr("Awaits"), m_awaits->corner());
    m_tabs->addBeside(m_badge);
    m_badge->shortenBelow(640);
    m_tabs->setMinimumHeight(130);
    m_inspector->setMinimumWidth(230);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    addDockWidget(Qt::BottomDockWidgetArea, m_panesDock);
    m_gallery->setMinimumWidth(230);
    addDockWidget(Qt::RightDockWidgetArea, m_galleryDock);
    splitDockWidget(m_galleryDock, m_inspectorDock, Qt::Horizontal);
    m_galleryDock->hide();
    connect(m_launcher, &Launcher::statementLaunched, this, [this] {
        m_panesDock->show();
        m_tabs->show(m_rows);
    });
    connect(m_futures, &FuturesPane::pendingCountChanged, this, [this](int count) {
        m_tabs->setTitle(m_futures, count > 0 ? tr("Futures %1").arg(count) : tr("Futures"));
    });
}

void MainWindow::connectDownloads()
{
    if (!m_downloads)
        return;
    const auto showCount = [this] {
        const int count = m_pulse.moment().isPast() ? 0 : m_session.downloads()->totals().unfinished();
        m_tabs->setTitle(m_downloads,
                         count > 0 ? tr("Downloads %1").arg(QLocale().toString(count)) : tr("Downloads"));
    };
    connect(m_downloads, &DownloadsPane::unfinishedCountChanged, this, showCount);
    connect(&m_playhead, &Playhead::changed, this, showCount);
    showCount();
    connect(&m_downloads->commands(), &DownloadCommands::said, this, &MainWindow::say);
    connect(&m_downloads->commands(), &DownloadCommands::targetsChanged, this, &MainWindow::updateActions);
    connect(m_downloadsMenu, &DownloadsMenu::said, this, &MainWindow::say);
    connect(m_downloadsMenu, &DownloadsMenu::addWanted, this, &MainWindow::openDownload);
    connect(m_downloadsMenu, &DownloadsMenu::quitWanted, this, &MainWindow::closeUnasked);
    m_status->addOffer(m_downloadsMenu->offer());
    connect(m_launcher, &Launcher::downloadsAdded, this, [this] {
        m_panesDock->show();
        m_tabs->show(m_downloads);
        m_downloads->selectNextAdded();
    });
}

void MainWindow::connectGallery()
{
    connect(m_actions->examples, &QAction::triggered, this, &MainWindow::setGalleryShown);
    connect(m_galleryDock->toggleViewAction(), &QAction::toggled, m_actions->examples, &QAction::setChecked);
    connect(m_gallery, &GalleryPane::closeWanted, this, [this] { setGalleryShown(false); });
    connect(m_gallery, &GalleryPane::futuresWanted, this, [this] {
        m_panesDock->show();
        m_tabs->show(m_futures);
        m_futures->setFocus(Qt::OtherFocusReason);
    });
}

/// The gallery takes the inspector's place; who wants both can show it again.
void MainWindow::setGalleryShown(bool shown)
{
    if (shown == m_galleryDock->isVisibleTo(this))
        return;
    if (shown)
        m_inspectorGaveWay = m_inspectorDock->isVisibleTo(this);
    if (m_inspectorGaveWay)
        m_inspectorDock->setVisible(!shown);
    m_inspectorGaveWay = m_inspectorGaveWay && shown;
    m_galleryDock->setVisible(shown);
    if (!shown)
        return;
    resizeDocks({m_galleryDock}, {std::clamp(width() * 9 / 20, 230, 760)}, Qt::Horizontal);
    m_gallery->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showExample(const QString &id)
{
    setGalleryShown(true);
    m_gallery->showExample(id);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions->quit, &QWidget::close);
    on(m_actions->demo, [this] { m_session.post(tasks::StartDemo {}); });
    on(m_actions->download, [this] { m_launcher->openDownload(); });
    on(m_actions->redis, [this] { m_launcher->openRedis(); });
    on(m_actions->mysql, [this] { m_launcher->openMySql(); });
    on(m_actions->crawl, [this] { m_launcher->openCrawl(); });
    on(m_actions->sleep, [this] { m_launcher->openSleep(); });
    on(m_actions->runAgain, [this] {
        if (downloadsHaveFocus())
            m_downloads->commands().actions().retry->trigger();
        else
            m_commands->runAgain(selectedTasks());
    });
    on(m_actions->cancel, [this] {
        if (downloadsHaveFocus())
            m_downloads->commands().actions().cancel->trigger();
        else
            m_commands->cancel(selectedTasks());
    });
    on(m_actions->cancelAll, [this] { m_session.post(tasks::CancelAll {}); });
    on(m_actions->clearFinished, [this] { m_session.clearEnded(); });
    on(m_actions->find, [this] {
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    });
    on(m_actions->resetLayout, &MainWindow::resetLayout);
    on(m_actions->keys, [this] { showKeys(this); });
    on(m_actions->about, [this] { showAbout(this); });
    connect(m_actions->freeze, &QAction::toggled, this, &MainWindow::setFrozen);
    connect(m_actions->theme, &QActionGroup::triggered, this,
            [this](const QAction *action) { chooseTheme(ThemeChoice(action->data().toInt())); });
    connect(m_actions->loop, &QActionGroup::triggered, this,
            [this](const QAction *action) { chooseLoop(dispatch::LoopKind(action->data().toInt())); });
    for (const auto &[action, dock] :
         {std::pair(m_actions->panes, m_panesDock), std::pair(m_actions->inspector, m_inspectorDock)}) {
        connect(action, &QAction::triggered, dock, &QWidget::setVisible);
        connect(dock->toggleViewAction(), &QAction::toggled, action, &QAction::setChecked);
    }
    connect(&m_selection, &Selection::changed, this, &MainWindow::updateActions);
    connect(&m_pulse, &Pulse::beat, this, &MainWindow::updateActions);
}

void MainWindow::connectTimeline()
{
    connect(m_timeline, &TimelineWidget::demoRequested, m_actions->demo, &QAction::trigger);
    connect(m_timeline, &TimelineWidget::taskContextMenuRequested, this,
            [this](TaskId task, const QPoint &at) {
                QMenu menu(this);
                const model::Task *known = m_session.store().task(task);
                m_commands->populate(menu, {task}, known ? known->name : QString());
                m_timeline->addLaneActions(menu, task, at);
                menu.exec(at);
            });
    connect(m_timelineView, &TimelineView::changed, this, [this] {
        if (m_timelineView->isFrozen() != m_pulse.isFrozen())
            setFrozen(m_timelineView->isFrozen());
    });
}

TimelineView *MainWindow::makeTimelineView()
{
    auto *view = new TimelineView(m_session.store(), m_selection, this);
    view->setPlayhead(m_playhead);
    return view;
}

void MainWindow::connectReplay()
{
    m_commands->follow(m_pulse);
    m_timeline->setLive(m_session.isLive());
    connect(m_actions->replay, &QAction::triggered, this, [this](bool on) {
        if (on)
            m_timeline->perform(TimelineAction::Replay);
        else
            m_playhead.leave();
    });
    connect(&m_playhead, &Playhead::changed, this, [this] {
        m_actions->replay->setChecked(m_playhead.isOn());
        m_actions->freeze->setEnabled(!m_playhead.isOn());
        updateActions();
    });
    connect(m_tabs->bar(), &QTabBar::currentChanged, this, &MainWindow::showBadge);
    showBadge();
}

/// The queue of downloads goes on from one session to the next, and is in none of them.
void MainWindow::showBadge()
{
    const bool isPresent = m_downloads && m_tabs->current() == m_downloads;
    const MomentBadge::Words
        words {tr("Downloads show the present"), tr("the present"),
               tr("Downloads show the present, the other panes a past moment: the queue is in no recording")};
    m_badge->setWords(isPresent ? std::optional(words) : std::nullopt);
}

void MainWindow::connectSession()
{
    connect(&m_session, &tasks::Session::rejected, this, &MainWindow::say);
    connect(&m_session, &tasks::Session::notice, this, &MainWindow::say);
    connect(m_recordings, &RecordingCommands::said, this, &MainWindow::say);
    connect(m_recordings, &RecordingCommands::openWanted, this, &MainWindow::openWanted);
}

void MainWindow::addNavigationKeys()
{
    for (int tab = 0; tab < std::min(m_tabs->bar()->count(), 9); ++tab) {
        auto *key = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + tab)), this);
        connect(key, &QShortcut::activated, this, [this, tab] {
            m_panesDock->show();
            m_tabs->setCurrentIndex(tab);
            m_tabs->current()->setFocus(Qt::ShortcutFocusReason);
        });
    }
    connect(new QShortcut(Qt::Key_F6, this), &QShortcut::activated, this, &MainWindow::focusNext);
    m_outcomes->setFocusProxy(m_outcomes->view(Side::Pending));
    m_tasks->setFocusProxy(m_tasks->view());
    m_futures->setFocusProxy(m_futures->view());
    m_rows->setFocusProxy(m_rows->view());
    if (m_downloads)
        m_downloads->setFocusProxy(m_downloads->view());
}

void MainWindow::showWholeSession()
{
    m_timelineView->advance();
    m_timelineView->setRange(m_timeline->navigation().all());
}

void MainWindow::addOffer(QWidget *widget) { m_status->addOffer(widget); }

void MainWindow::setFollowing(bool following)
{
    m_timelineView->setClock(following ? LiveClock::Source::Wall : LiveClock::Source::Store);
    m_timeline->setLive(following);
    if (following)
        m_timelineView->setFollowing(true);
}

void MainWindow::openDownload(const QString &urls) { m_launcher->openDownload(urls); }

ThemeChoice MainWindow::applySavedTheme(const QSettings &settings)
{
    const auto choice = ThemeChoice(std::clamp(settings.value(QLatin1String(themeKey)).toInt(), 0, 2));
    applyTheme(*qApp, choice);
    return choice;
}

void MainWindow::chooseTheme(ThemeChoice choice)
{
    m_settings.setValue(QLatin1String(themeKey), int(choice));
    m_theme = choice;
    applyTheme(*qApp, choice);
}

void MainWindow::chooseLoop(dispatch::LoopKind loop)
{
    saveLoop(m_settings, loop);
    const QString name = dispatch::nameOf(loop);
    say(name == m_session.loopName()
            ? tr("The event loop stays %1.").arg(name)
            : tr("From the next start on, tasks run on the event loop %1.").arg(name));
}

void MainWindow::setFrozen(bool frozen)
{
    m_actions->freeze->setChecked(frozen);
    m_timelineView->setFrozen(frozen);
    m_pulse.setFrozen(frozen);
}

void MainWindow::resetLayout()
{
    m_panesDock->show();
    setGalleryShown(false);
    m_inspectorDock->show();
    addDockWidget(Qt::BottomDockWidgetArea, m_panesDock);
    addDockWidget(Qt::RightDockWidgetArea, m_galleryDock);
    splitDockWidget(m_galleryDock, m_inspectorDock, Qt::Horizontal);
    m_galleryDock->hide();
    resizeDocks({m_inspectorDock}, {std::clamp(width() / 4, 240, 340)}, Qt::Horizontal);
    resizeDocks({m_panesDock}, {std::clamp(height() * 3 / 8, 150, 420)}, Qt::Vertical);
    m_tabs->setCurrentIndex(0);
    m_tasks->resetLayout();
    if (m_downloads)
        m_downloads->resetLayout();
}

void MainWindow::restore()
{
    m_actions->checkTheme(m_theme);
    m_actions->checkLoop(savedLoop(m_settings));
    if (!restoreGeometry(m_settings.value(QLatin1String(geometryKey)).toByteArray()))
        resize(firstSize.boundedTo(screen()->availableSize()));
    resetLayout();
    restoreState(m_settings.value(QLatin1String(stateKey)).toByteArray());
    m_tabs->setCurrentIndex(std::max(0, m_settings.value(QLatin1String(tabKey)).toInt()));
    m_tasks->restore(m_settings);
    if (m_downloads)
        m_downloads->restore(m_settings);
    m_actions->panes->setChecked(!m_panesDock->isHidden());
    m_actions->inspector->setChecked(!m_inspectorDock->isHidden());
    m_actions->examples->setChecked(!m_galleryDock->isHidden());
    m_inspectorGaveWay = !m_galleryDock->isHidden() && m_inspectorDock->isHidden();
}

void MainWindow::save()
{
    m_settings.setValue(QLatin1String(geometryKey), saveGeometry());
    m_settings.setValue(QLatin1String(stateKey), saveState());
    m_settings.setValue(QLatin1String(tabKey), m_tabs->currentIndex());
    m_tasks->save(m_settings);
    if (m_downloads)
        m_downloads->save(m_settings);
}

void MainWindow::applyFilter(const QString &text)
{
    const QWidget *current = m_tabs->current();
    const bool lists = current == m_outcomes || current == m_tasks || (m_downloads && current == m_downloads);
    if (!text.isEmpty() && !lists)
        m_tabs->show(m_tasks);
    m_tasks->setFilterText(text);
    m_outcomes->setFilterText(text);
    if (m_downloads)
        m_downloads->setFilterText(text);
}

void MainWindow::goToFirstHit()
{
    if (m_downloads && m_tabs->current() == m_downloads) {
        m_downloads->goToFirst();
        return;
    }
    const TaskId first = m_tasks->firstTask();
    if (first && !m_find->text().isEmpty())
        m_selection.reveal(first);
}

void MainWindow::focusNext()
{
    QWidget *const stops[] {m_timeline, m_tabs->current(), m_gallery, m_inspector};
    const QWidget *now = focusWidget();
    const auto holds = [now](const QWidget *stop) { return now && (stop == now || stop->isAncestorOf(now)); };
    const auto at = std::find_if(std::begin(stops), std::end(stops), holds);
    const auto here = std::size_t(at == std::end(stops) ? -1 : at - std::begin(stops));
    for (std::size_t step = 1; step <= std::size(stops); ++step) {
        QWidget *stop = stops[(here + step) % std::size(stops)];
        if (stop->isVisible()) {
            stop->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

std::vector<TaskId> MainWindow::selectedTasks() const
{
    // A table with several rows selected means them; else what is selected everywhere.
    for (const TaskView *view :
         {m_tasks->view(), m_outcomes->view(Side::Pending), m_outcomes->view(Side::Done)}) {
        if (view->hasFocus())
            return view->selectedTasks();
    }
    const TaskId task = m_selection.task();
    return task ? std::vector {task} : std::vector<TaskId> {};
}

bool MainWindow::downloadsHaveFocus() const { return m_downloads && m_downloads->view()->hasFocus(); }

void MainWindow::updateActions()
{
    const bool commands = m_session.takesCommands();
    for (QAction *action :
         {m_actions->demo, m_actions->download, m_actions->redis, m_actions->mysql, m_actions->sleep})
        action->setEnabled(commands);
    const std::vector<TaskId> selected = selectedTasks();
    const DownloadActions *own = downloadsHaveFocus() ? &m_downloads->commands().actions() : nullptr;
    m_actions->cancel->setEnabled(own ? own->cancel->isEnabled() : m_commands->canCancel(selected));
    m_actions->runAgain->setEnabled(own ? own->retry->isEnabled() : m_commands->canRunAgain(selected));
    std::uint32_t live = 0;
    std::uint32_t ended = 0;
    const model::StoreFigures figures = m_session.store().figures();
    for (std::size_t state = 0; state < figures.tasksByState.size(); ++state)
        (model::hasEnded(model::TaskState(state)) ? ended : live) += figures.tasksByState[state];
    const QString obstacle = m_commands->obstacle();
    m_actions->cancelAll->setEnabled(commands && live > 0 && obstacle.isEmpty());
    m_actions->explain(obstacle);
    m_actions->replay->setEnabled(live + ended > 0);
    m_actions->clearFinished->setEnabled(ended > 0);
    m_stepping->update();
}

void MainWindow::say(const QString &message)
{
    statusBar()->showMessage(message, messageTime);
    m_console->addNotice(message);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const int running = m_isQuitAgreed || m_settings.value(QLatin1String(quitKey)).toBool()
                            ? 0
                            : runningDownloads();
    if (running > 0) {
        event->ignore();
        askWhetherToQuit(running);
        return;
    }
    save();
    QMainWindow::closeEvent(event);
}

void MainWindow::showDownloads()
{
    if (m_downloads)
        m_tabs->show(m_downloads);
}

void MainWindow::closeUnasked()
{
    m_isQuitAgreed = true;
    close();
    m_isQuitAgreed = false;
}

int MainWindow::runningDownloads() const
{
    const download::DownloadList *list = m_session.downloads();
    int running = 0;
    for (int row = 0; list && list->totals().active > 0 && row < list->size(); ++row) {
        const download::Item &item = list->at(row);
        const bool isUnderWay = item.state == download::ItemState::Active
                                || item.state == download::ItemState::Waiting;
        running += isUnderWay && item.isLasting ? 1 : 0;
    }
    return running;
}

void MainWindow::askWhetherToQuit(int running)
{
    const auto *asked = findChild<QMessageBox *>(QStringLiteral("quitQuestion"));
    if (asked && asked->isVisible())
        return;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Quit"),
                                running == 1 ? tr("A download is under way.")
                                             : tr("%n downloads are under way.", nullptr, running),
                                QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("quitQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("They are kept, and go on where they stopped at the next start."));
    QPushButton *quit = box->addButton(tr("&Quit and Keep Them"), QMessageBox::AcceptRole);
    quit->setObjectName(QStringLiteral("quitAndKeep"));
    box->setDefaultButton(quit);
    auto *always = new QCheckBox(tr("&Don't ask again"), box);
    box->setCheckBox(always);
    connect(box, &QMessageBox::buttonClicked, this, [this, quit, always](const QAbstractButton *button) {
        if (button != quit)
            return;
        m_settings.setValue(QLatin1String(quitKey), always->isChecked());
        closeUnasked();
    });
    box->open();
}

/// A window made smaller takes from all of its parts.
void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    const int mostWidth = width() / 3;
    const int mostHeight = height() * 2 / 5;
    const QSize before = event->oldSize();
    if ((!before.isValid() || event->size().width() < before.width()) && m_inspectorDock->width() > mostWidth)
        resizeDocks({m_inspectorDock}, {mostWidth}, Qt::Horizontal);
    if (const int most = width() / 2;
        event->size().width() < before.width() && m_galleryDock->isVisible() && m_galleryDock->width() > most)
        resizeDocks({m_galleryDock}, {most}, Qt::Horizontal);
    if ((!before.isValid() || event->size().height() < before.height()) && m_panesDock->height() > mostHeight)
        resizeDocks({m_panesDock}, {mostHeight}, Qt::Vertical);
}

/// Keys that a button or a field may need first come here when nobody did.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && m_playhead.isOn())
        m_timeline->perform(TimelineAction::Replay);
    else if (event->key() == Qt::Key_Space)
        m_actions->freeze->toggle();
    else if (event->key() == Qt::Key_Slash)
        m_actions->find->trigger();
    else if (event->key() == Qt::Key_Question)
        m_actions->keys->trigger();
    else if (event->key() == Qt::Key_Escape && m_find->hasFocus())
        m_find->clear();
    else if (event->key() == Qt::Key_Escape && m_playhead.isOn())
        m_playhead.leave();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_session.takesCommands() && holdsUrls(*event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const UrlLines dropped = urlLines(*event->mimeData());
    event->acceptProposedAction();
    if (!dropped.error.isEmpty())
        say(dropped.error);
    if (!dropped.lines.isEmpty())
        openDownload(dropped.lines);
}

} // namespace coroscope::ui
