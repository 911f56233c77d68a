// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

class QWidget;

namespace coroscope::ui {

class Pulse;

/// Does work that may be long for a pane: bit by bit between the window's other events, a few times a second
/// at most, and only while the pane is seen.
///
/// Each bit ends within milliseconds; what takes long is repeated more seldom, so that it never takes more
/// than about a tenth of the window's time.
class Pacer : public QObject
{
    Q_OBJECT
public:
    /// Does a little of the work, a millisecond at most; true: it is done, and was shown.
    using Work = std::function<bool()>;

    Pacer(QWidget *pane, Pulse &pulse, Work work);

    /// Works as soon as it may: something other than the store changed.
    void hurry();
    /// Works as soon as the last round's cost allows, however short ago that was: another moment is shown.
    void soon();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void want();
    void go();

    QWidget *m_pane;
    Work m_work;
    QTimer m_timer;
    QElapsedTimer m_sinceDone;
    qint64 m_spent = 0; ///< ns, in the round under way
    qint64 m_pause = 0; ///< ms, from the last round's end
    bool m_isSoon = false; ///< the next round need not wait for its turn
    bool m_isUnderWay = false;
    bool m_isStale = true; ///< something changed since the round under way began
};

} // namespace coroscope::ui
