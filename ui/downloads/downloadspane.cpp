// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadspane.h"

#include "ui/downloads/downloadcommands.h"
#include "ui/downloads/downloadmodel.h"
#include "ui/downloads/downloadview.h"
#include "ui/downloads/downloadwords.h"
#include "ui/downloads/loginbar.h"
#include "ui/downloads/ratebox.h"
#include "ui/downloads/totalsline.h"
#include "ui/selection.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/restyle.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>

namespace coroscope::ui {

using namespace std::chrono_literals;

static constexpr int columnWidths[downloadColumnCount] = {200, 126, 130, 122, 80, 86, 230, 150, 52, 68};
static constexpr auto headerKey = "downloads/header-1";
static constexpr auto undoTime = 12s;

DownloadsPane::DownloadsPane(tasks::Session &session, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_selection(selection)
    , m_list(*session.downloads())
    , m_model(new DownloadModel(m_list, this))
    , m_commands(new DownloadCommands(session, m_list, *m_model, this))
    , m_totals(new TotalsLine(this))
    , m_rate(new RateBox(this))
    , m_fault(new NoticeBar(this))
    , m_undo(new NoticeBar(this))
    , m_login(new LoginBar(m_list, this))
    , m_view(new DownloadView(*m_model, m_list, session.store(), selection, *m_commands, this))
    , m_empty(new EmptyState({}, m_view))
    , m_corner(new QWidget(this))
    , m_count(new QLabel(m_corner))
    , m_states(new QToolButton(m_corner))
{
    setObjectName(QStringLiteral("downloadsPane"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_view->setObjectName(QStringLiteral("downloads"));
    m_view->setAccessibleName(tr("Downloads"));
    m_view->setSortingEnabled(true);
    m_fault->setObjectName(QStringLiteral("queueFault"));
    m_undo->setObjectName(QStringLiteral("undoBar"));
    QPushButton *undo = m_undo->addButton(tr("Undo"), "undo");
    connect(undo, &QPushButton::clicked, m_commands->actions().undoRemove, &QAction::trigger);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_fault);
    layout->addWidget(m_login);
    layout->addWidget(m_undo);
    layout->addWidget(m_view, 1);

    QHeaderView *header = m_view->horizontalHeader();
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(40);
    header->setSortIndicatorClearable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &DownloadsPane::showColumnMenu);
    resetLayout();
    buildCorner();
    m_empty->follow(m_model);

    connect(m_commands, &DownloadCommands::removed, this, [this](int count) {
        m_undo->say(count == 1 ? tr("Removed 1 download.") : tr("Removed %n downloads.", nullptr, count),
                    undoTime);
    });
    connect(m_login, &LoginBar::given, this,
            [this](download::ItemId item, const net::Credentials &credentials) {
                m_commands->post(download::GiveCredentials {item, credentials});
            });
    connect(m_rate, &RateBox::rateChosen, this, [this](std::optional<qint64> rate) {
        download::Limits limits = m_list.limits();
        limits.bytesPerSecond = rate;
        m_commands->post(download::SetLimits {limits});
    });
    connect(m_commands->actions().undoRemove, &QAction::triggered, m_undo, &QWidget::hide);
    connect(m_model, &DownloadModel::arranged, this, &DownloadsPane::showCount);
    connect(&m_list, &download::DownloadList::totalsChanged, this, &DownloadsPane::refresh);
    refresh();
    showCount();
}

QWidget *DownloadsPane::buildHead()
{
    auto *head = new QWidget(this);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->setSpacing(8);
    auto *label = new QLabel(tr("Speed limit"), head);
    setRole(label, "dim");
    label->setBuddy(m_rate);
    m_rate->setObjectName(QStringLiteral("speedLimit"));
    m_rate->setToolTip(tr("For all downloads together: choose, or type 256 kB/s or 2M"));
    const auto button = [head](QAction *action, const char *name) {
        auto *made = new QPushButton(action->text().remove(QLatin1Char('&')), head);
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(action->text().remove(QLatin1Char('&')));
        made->setToolTip(action->shortcut().toString(QKeySequence::NativeText));
        made->setEnabled(action->isEnabled());
        connect(made, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, made, [made, action] { made->setEnabled(action->isEnabled()); });
        return made;
    };
    layout->addWidget(m_totals, 1);
    layout->addSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_rate);
    layout->addWidget(button(m_commands->actions().pauseAll, "pauseAllButton"));
    layout->addWidget(button(m_commands->actions().resumeAll, "resumeAllButton"));
    return head;
}

void DownloadsPane::buildCorner()
{
    m_corner->setObjectName(QStringLiteral("downloadsCorner"));
    auto *layout = new QHBoxLayout(m_corner);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addStretch();
    layout->addWidget(m_count);
    layout->addWidget(m_states);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_states->setObjectName(QStringLiteral("downloadStates"));
    m_states->setText(tr("States ▾"));
    m_states->setAccessibleName(tr("States"));
    m_states->setProperty("flat", true);
    m_states->setPopupMode(QToolButton::InstantPopup);
    m_states->setToolTip(tr("Which states the table shows"));
    auto *menu = new QMenu(m_states);
    for (std::size_t state = 0; state < m_model->filter().states.size(); ++state) {
        QAction *action = menu->addAction(downloadStateName(download::ItemState(state)));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, [this, state](bool on) {
            DownloadFilter filter = m_model->filter();
            filter.states.set(state, on);
            m_model->setFilter(filter);
        });
    }
    menu->addSeparator();
    menu->addAction(tr("all"), this, [menu] {
        for (QAction *action : menu->actions()) {
            if (action->isCheckable())
                action->setChecked(true);
        }
    });
    m_states->setMenu(menu);
}

void DownloadsPane::setFilterText(const QString &text)
{
    DownloadFilter filter = m_model->filter();
    filter.text = text;
    m_model->setFilter(filter);
}

void DownloadsPane::showColumnMenu(const QPoint &position)
{
    QHeaderView *header = m_view->horizontalHeader();
    QMenu menu(this);
    for (int column = 0; column < downloadColumnCount; ++column) {
        QAction *action = menu.addAction(columnTitle(DownloadColumn(column)));
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(DownloadColumn(column) != DownloadColumn::Name);
        connect(action, &QAction::toggled, header,
                [header, column](bool on) { header->setSectionHidden(column, !on); });
    }
    menu.addSeparator();
    menu.addAction(tr("Order of the Queue"), this,
                   [header] { header->setSortIndicator(-1, Qt::AscendingOrder); });
    menu.addAction(tr("Reset Columns"), this, &DownloadsPane::resetLayout);
    menu.exec(header->mapToGlobal(position));
}

void DownloadsPane::goToFirst()
{
    if (m_model->rowCount() == 0)
        return;
    m_view->selectRow(0);
    m_view->setFocus(Qt::ShortcutFocusReason);
    if (const TaskId task = m_model->itemAt(0)->task)
        m_selection.reveal(task);
}

void DownloadsPane::selectNextAdded()
{
    disconnect(m_nextAdded);
    m_nextAdded = connect(m_model, &QAbstractItemModel::rowsInserted, this,
                          [this](const QModelIndex &, int first) {
                              disconnect(m_nextAdded);
                              m_view->selectRow(first);
                              m_view->scrollTo(m_model->index(first, 0));
                              m_view->leadSelection();
                          });
}

void DownloadsPane::resetLayout()
{
    QHeaderView *header = m_view->horizontalHeader();
    for (int column = 0; column < downloadColumnCount; ++column) {
        header->moveSection(header->visualIndex(column), column);
        header->setSectionHidden(column, false);
        header->resizeSection(column, columnWidths[column]);
    }
    header->setSortIndicator(-1, Qt::AscendingOrder);
}

void DownloadsPane::refresh()
{
    m_totals->show(m_list.totals());
    m_rate->setRate(m_list.limits().bytesPerSecond);
    m_rate->setEnabled(m_session.takesCommands() && m_list.fault().isEmpty());
    if (m_list.fault().isEmpty())
        m_fault->hide();
    else if (m_fault->text() != m_list.fault() || m_fault->isHidden())
        m_fault->say(m_list.fault());
    if (const int unfinished = m_list.totals().unfinished();
        unfinished != std::exchange(m_unfinished, unfinished))
        emit unfinishedCountChanged(unfinished);
}

void DownloadsPane::showCount()
{
    const int shown = m_model->rowCount();
    const int all = m_list.size();
    m_count->setText(!m_model->showsAll()
                         ? tr("%1 of %2").arg(QLocale().toString(shown), QLocale().toString(all))
                     : shown == 1 ? tr("1 download")
                                  : tr("%1 downloads", nullptr, shown).arg(QLocale().toString(shown)));
    m_empty->setText(m_model->showsAll()
                         ? tr("No downloads.\nDrop links here, paste them (Ctrl+V), or press Download.")
                         : tr("No download matches.\nClear the find field or choose more states."));
}

void DownloadsPane::save(QSettings &settings) const
{
    settings.setValue(QLatin1String(headerKey), m_view->horizontalHeader()->saveState());
}

void DownloadsPane::restore(QSettings &settings)
{
    const QByteArray state = settings.value(QLatin1String(headerKey)).toByteArray();
    if (!state.isEmpty())
        m_view->horizontalHeader()->restoreState(state);
}

} // namespace coroscope::ui
