// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/widgets/emptystate.h"

#include <QAbstractItemModel>
#include <QAbstractScrollArea>
#include <QEvent>

namespace coroscope::ui {

EmptyState::EmptyState(const QString &text, QAbstractScrollArea *view)
    : QLabel(text, view->viewport())
    , m_viewport(view->viewport())
{
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setMargin(16);
    setForegroundRole(QPalette::PlaceholderText);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(m_viewport->rect());
    m_viewport->installEventFilter(this);
}

void EmptyState::follow(QAbstractItemModel *model)
{
    const auto update = [this, model] { setVisible(model->rowCount() == 0); };
    connect(model, &QAbstractItemModel::rowsInserted, this, update);
    connect(model, &QAbstractItemModel::rowsRemoved, this, update);
    connect(model, &QAbstractItemModel::modelReset, this, update);
    update();
}

bool EmptyState::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_viewport && event->type() == QEvent::Resize)
        setGeometry(m_viewport->rect());
    return QLabel::eventFilter(watched, event);
}

} // namespace coroscope::ui
