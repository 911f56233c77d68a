// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QLabel;
class QListWidget;

namespace coroscope::ui {

class NoteMarks;

/// The list of all marks. Enter goes to one, F2 edits it, Delete removes it, Esc closes the list.
class NoteBox : public QFrame
{
    Q_OBJECT
public:
    explicit NoteBox(NoteMarks &marks, QWidget *parent = nullptr);

    /// At the right end of `room`, in the parent.
    void open(const QRect &room);
    QStringList lines() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void close();
    void go();
    bool pressed(int key);

    NoteMarks &m_marks;
    QLabel *m_title;
    QListWidget *m_list;
};

} // namespace coroscope::ui
