// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace coroscope::ui {

struct Theme;

/// The list of keys and gestures, over the timeline. A click closes it.
class KeyOverlay : public QWidget
{
    Q_OBJECT
public:
    explicit KeyOverlay(QWidget *parent);

    QSize sizeHint() const override;
    /// In the middle of its parent, as large as that allows.
    void place();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    int columns() const;
    int meaningWidth() const;
    int columnWidth() const;
    void paintKeys(QPainter &painter, const Theme &theme, QPoint at, const QStringList &keys) const;
};

} // namespace coroscope::ui
