// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QToolButton;

namespace coroscope::ui {

class TimelineSearch;

/// The line that finds names, wait reasons and printed lines in the timeline. Enter and Shift+Enter go from
/// one to the next, Esc closes it and gives the focus back to whom it came from.
class FindBar : public QFrame
{
    Q_OBJECT
public:
    explicit FindBar(TimelineSearch &search, QWidget *parent = nullptr);

    /// Shows it, with the last text chosen to be replaced.
    void open();
    void close();
    QString countText() const;

signals:
    void shown(bool visible);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool pressed(int key, Qt::KeyboardModifiers modifiers);
    void showCount();

    TimelineSearch &m_search;
    QLineEdit *m_text;
    QLabel *m_count;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace coroscope::ui
