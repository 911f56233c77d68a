// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace coroscope::ui {

struct Theme;

/// Draws the rows of a DownloadModel: the state's glyph, the bar with its share, tones; the selected row in
/// gray with the accent at its left.
class DownloadDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setHoveredRow(int row) { m_hoveredRow = row; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Room at both sides of a cell's text, in device-independent pixels.
    static constexpr int margin = 8;

private:
    void paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                     const Theme &theme) const;
    static void paintBar(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                         const Theme &theme);

    int m_hoveredRow = -1;
};

} // namespace coroscope::ui
