// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <QStyledItemDelegate>

namespace coroscope::ui {

struct Theme;

/// Draws the rows of a TaskListModel as its roles say: the kind's square, a progress bar, the warning mark,
/// tones; the selected row in gray with the accent at its left, the hovered one paler.
class TaskDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setHovered(TaskId task) { m_hovered = task; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Room at both sides of a cell's text, in device-independent pixels.
    static constexpr int margin = 8;

private:
    void paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                     const Theme &theme) const;

    TaskId m_hovered;
};

} // namespace coroscope::ui
