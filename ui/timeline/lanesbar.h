// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

#include <vector>

class QAction;
class QLineEdit;
class QMenu;
class QToolButton;

namespace coroscope::ui {

class TimelineView;

/// What stands over the lanes' names: the field that hides lanes, and a menu to sort, close and open them.
class LanesBar : public QWidget
{
    Q_OBJECT
public:
    explicit LanesBar(TimelineView &view, QWidget *parent = nullptr);

    void focusFilter();
    QLineEdit *filter() const { return m_filter; }
    QMenu *menu() const { return m_menu; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();

    TimelineView &m_view;
    QLineEdit *m_filter;
    QToolButton *m_button;
    QMenu *m_menu;
    std::vector<QAction *> m_sorts; ///< by LaneSort
    QAction *m_byHand;
    QAction *m_restore;
};

} // namespace coroscope::ui
