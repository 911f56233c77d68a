// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/outcomes/outcomespane.h"

#include "ui/outcomes/waitchooser.h"
#include "ui/tasks/taskdelegate.h"
#include "ui/tasks/taskview.h"
#include "ui/widgets/emptystate.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSplitter>

namespace coroscope::ui {

static constexpr int elapsedWidth = 84;

OutcomesPane::OutcomesPane(model::TraceStore &store, Pulse &pulse, Selection &selection,
                           TaskCommands &commands, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_pulse(pulse)
    , m_chooser(new WaitChooser(pulse))
    , m_corner(new QWidget(this))
    , m_done(build(Side::Done, selection, commands))
    , m_pending(build(Side::Pending, selection, commands))
{
    auto *corner = new QHBoxLayout(m_corner);
    corner->setContentsMargins(0, 0, 8, 0);
    corner->addStretch();
    corner->addWidget(m_chooser);
    auto *halves = new QSplitter(this);
    halves->addWidget(m_done.widget);
    halves->addWidget(m_pending.widget);
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(1);
    halves->setSizes({1000, 1000});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(halves);
    connect(m_chooser, &WaitChooser::chosen, this, [this](WaitId wait) {
        m_done.model->setWait(wait);
        m_pending.model->setWait(wait);
    });
}

OutcomesPane::Half OutcomesPane::build(Side side, Selection &selection, TaskCommands &commands)
{
    const bool done = side == Side::Done;
    auto *model = new SideModel(side, m_store, m_pulse, this);
    auto *widget = new QWidget(this);
    widget->setAutoFillBackground(true);
    widget->setBackgroundRole(QPalette::Base);
    auto *title = new QLabel(done ? tr("Done") : tr("Pending"), widget);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *count = new QLabel(widget);
    count->setObjectName(done ? QStringLiteral("doneCount") : QStringLiteral("pendingCount"));
    count->setForegroundRole(QPalette::PlaceholderText);
    auto *view = new TaskView(*model, selection, commands, widget);
    view->setObjectName(done ? QStringLiteral("done") : QStringLiteral("pending"));
    view->setAccessibleName(title->text());
    title->setBuddy(view);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(TaskDelegate::margin, 8, TaskDelegate::margin, 4);
    head->setSpacing(8);
    head->addWidget(title);
    head->addWidget(count);
    head->addStretch();
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(view);

    QHeaderView *header = view->horizontalHeader();
    header->hide();
    header->setMinimumSectionSize(48);
    header->setSectionResizeMode(SideModel::Name, QHeaderView::Interactive);
    header->setSectionResizeMode(SideModel::What, QHeaderView::Stretch);
    header->setSectionResizeMode(SideModel::Elapsed, QHeaderView::Fixed);
    header->resizeSection(SideModel::Elapsed, elapsedWidth);
    view->installEventFilter(this);

    auto *empty = new EmptyState(done ? tr("What ends comes here, with its result or its error.")
                                      : tr("Nothing is under way.\nWhat runs or waits comes here."),
                                 view);
    empty->follow(model);
    connect(model, &TaskListModel::refreshed, count,
            [count, model] { count->setText(QLocale().toString(model->rowCount())); });
    count->setText(QStringLiteral("0"));
    return {model, view, count, widget};
}

/// Where there is little room, the name gets less of it, and the time none.
bool OutcomesPane::eventFilter(QObject *watched, QEvent *event)
{
    if (auto *view = qobject_cast<TaskView *>(watched); view && event->type() == QEvent::Resize) {
        view->setColumnHidden(SideModel::Elapsed, view->width() < 240);
        view->setColumnWidth(SideModel::Name, std::clamp(view->width() * 2 / 5, 60, 190));
    }
    return QWidget::eventFilter(watched, event);
}

QWidget *OutcomesPane::corner() const { return m_corner; }

void OutcomesPane::setFilterText(const QString &text)
{
    m_done.model->setFilterText(text);
    m_pending.model->setFilterText(text);
}

} // namespace coroscope::ui
