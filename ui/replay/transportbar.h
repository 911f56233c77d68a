// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QComboBox;
class QLabel;
class QToolButton;

namespace coroscope::ui {

class Playhead;
class Selection;

/// "×0.5"; the number is as short as it may be.
QString playSpeedText(double speed);
/// Of "×0.5", "x 2", "10"; nothing of what is no speed.
std::optional<double> playSpeedOf(const QString &text);

/// What plays the session: seen while the playhead is on.
class TransportBar : public QFrame
{
    Q_OBJECT
public:
    TransportBar(Playhead &playhead, const Selection &selection, QWidget *parent = nullptr);

    /// What the present is called: of a session that goes on, or of a file.
    void setLive(bool live);
    QString timeText() const;

signals:
    void shown(bool visible);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QToolButton *button(const char *name, const QString &text, const QString &tip);
    void enterSpeed();
    void showSpeed();
    void showTime();
    void showState();

    Playhead &m_playhead;
    const Selection &m_selection;
    QToolButton *m_begin;
    QToolButton *m_previous;
    QToolButton *m_play;
    QToolButton *m_next;
    QComboBox *m_speed;
    QLabel *m_time;
    QLabel *m_length;
    QToolButton *m_leave;
};

} // namespace coroscope::ui
