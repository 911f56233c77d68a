// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QTimer>

#include <chrono>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace coroscope::ui {

/// A line across a pane that says something and offers what to do about it. Hidden until told to say
/// something; Esc in it closes it.
class NoticeBar : public QFrame
{
    Q_OBJECT
public:
    explicit NoticeBar(QWidget *parent = nullptr);

    /// A button at the right of the text, in the order of the calls.
    QPushButton *addButton(const QString &text, const char *name);
    void addWidget(QWidget *widget);
    /// `time`: how long it is shown; zero: until it is closed.
    void say(const QString &text, std::chrono::milliseconds time = {});
    QString text() const;

signals:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QHBoxLayout *m_layout;
    QLabel *m_text;
    QTimer m_hide;
};

} // namespace coroscope::ui
