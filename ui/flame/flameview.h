// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/flame/flamelayout.h"

#include <QAbstractScrollArea>

class QPainter;

namespace coroscope::ui {

struct Theme;

/// Draws a flame graph, its root on top. A click or Enter zooms into a frame, a click on one above or Esc
/// zooms out; arrow keys go from frame to frame.
class FlameView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    using Index = FlamePicture::Index;

    explicit FlameView(QWidget *parent = nullptr);

    /// Stays zoomed into the same frame, if it is still there.
    void show(FlamePicture picture);
    const FlamePicture &picture() const { return m_picture; }
    void setSearch(const QString &text);
    /// Share of all that frames with the search's text have, each stretch counted once. Nothing: no search.
    std::optional<double> found() const;

    Index zoomed() const { return m_zoom; }
    void zoomTo(Index frame);
    /// What the pointer or else the keyboard is at.
    Index current() const { return m_hovered.value_or(m_focused); }
    /// A frame in a line: name, total, share, self, tasks.
    QString textOf(Index frame) const;
    /// Where a frame is drawn, in pixels of the viewport; empty if it isn't.
    QRectF rectOf(Index frame) const;

signals:
    void currentChanged();
    void zoomChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    int rowHeight() const;
    void layOut();
    QRectF rectOf(const FlameBox &box) const;
    const FlameBox *boxAt(const QPointF &pos) const;
    const FlameBox *boxOf(Index frame) const;
    QString tipOf(const FlameBox &box) const;
    bool matches(Index frame) const;
    void drawBox(QPainter &painter, const FlameBox &box, const Theme &theme) const;
    void focus(Index frame);
    Index sibling(int step) const;
    Index heaviestChild(Index frame) const;

    FlamePicture m_picture;
    std::vector<FlameBox> m_boxes;
    QString m_search;
    Index m_zoom = 0;
    Index m_focused = 0;
    std::optional<Index> m_hovered;
};

} // namespace coroscope::ui
