// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanesbar.h"

#include "ui/timeline/timelineview.h"
#include "ui/widgets/restyle.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace coroscope::ui {

LanesBar::LanesBar(TimelineView &view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_filter(new QLineEdit(this))
    , m_button(new QToolButton(this))
    , m_menu(new QMenu(this))
{
    m_filter->setObjectName(QStringLiteral("laneFilter"));
    m_filter->setProperty("slim", true);
    m_filter->setPlaceholderText(tr("Filter lanes"));
    m_filter->setAccessibleName(tr("Filter the lanes by name"));
    m_filter->setToolTip(tr("Only lanes whose name holds this (L); Esc shows all"));
    m_filter->installEventFilter(this);
    m_button->setObjectName(QStringLiteral("laneMenu"));
    m_button->setProperty("flat", true);
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setMenu(m_menu);
    m_button->setToolTip(tr("Sort, close and open the lanes. Drag their names to put them in order by hand"));

    auto *sorts = new QActionGroup(this);
    for (const auto &[sort, text] : {std::pair(LaneSort::Start, tr("Sort by &start")),
                                     std::pair(LaneSort::Busy, tr("Sort by &busy time")),
                                     std::pair(LaneSort::Name, tr("Sort by &name"))}) {
        QAction *action = m_menu->addAction(text);
        action->setCheckable(true);
        sorts->addAction(action);
        m_sorts.push_back(action);
        connect(action, &QAction::triggered, this, [this, sort] {
            LaneArrangement wanted = m_view.arrangement();
            wanted.sort = sort;
            wanted.byHand.clear();
            m_view.setArrangement(wanted);
            follow(); // the group has checked what was chosen, whatever that changed
        });
    }
    m_byHand = m_menu->addAction(tr("By &hand"));
    m_byHand->setCheckable(true);
    sorts->addAction(m_byHand);
    m_restore = m_menu->addAction(tr("&Restore order"), &view, &TimelineView::restoreOrder);
    m_menu->addSeparator();
    m_menu->addAction(tr("&Close all lanes"), this, [this] { m_view.foldAll(true); });
    m_menu->addAction(tr("&Open all lanes"), this, [this] { m_view.foldAll(false); });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 1, 8, 1);
    layout->setSpacing(4);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_button);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        LaneArrangement wanted = m_view.arrangement();
        wanted.filter = text.trimmed();
        m_view.setArrangement(wanted);
    });
    connect(&view, &TimelineView::lanesChanged, this, &LanesBar::follow);
    follow();
}

void LanesBar::follow()
{
    const LaneSort sort = m_view.arrangement().sort;
    const bool byHand = m_view.isOrderedByHand();
    m_button->setText(byHand                   ? tr("by hand ▾")
                      : sort == LaneSort::Busy ? tr("by busy ▾")
                      : sort == LaneSort::Name ? tr("by name ▾")
                                               : tr("by start ▾"));
    (byHand ? m_byHand : m_sorts[std::size_t(sort)])->setChecked(true);
    m_byHand->setVisible(byHand);
    m_restore->setVisible(byHand);
    const LaneLayout &lanes = m_view.lanes();
    setError(m_filter,
             lanes.hasTasks() && !m_view.arrangement().filter.isEmpty() && lanes.size() == lanes.topLanes());
}

void LanesBar::focusFilter()
{
    m_filter->selectAll();
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

bool LanesBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape)
            m_filter->clear();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Down) {
            parentWidget()->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace coroscope::ui
