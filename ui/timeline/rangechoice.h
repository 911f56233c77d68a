// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/stretch.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace coroscope::ui {

class Pulse;
class TimelineView;

/// How much of the session a pane tells of: all of it, or what the timeline shows (of that, the region that
/// is chosen there), each up to the moment that is shown. It says in words what range the pane does show.
class RangeChoice : public QWidget
{
    Q_OBJECT
public:
    RangeChoice(const TimelineView &view, Pulse &pulse, QWidget *parent = nullptr);

    /// Nothing: all of the session, as it stands.
    using Range = std::optional<model::Stretch>;
    Range wanted() const;
    /// A part of the session, not all that is known by the moment.
    bool isPart() const;
    /// What is read of `range` holds for `wanted`, but for what comes after it.
    static bool isContinued(const Range &range, const Range &wanted);
    /// A pane has read `range`: that is said.
    void say(const Range &range);
    QString text() const;
    /// What says it. It stands after the choice, unless it is put elsewhere.
    QLabel *label() const { return m_text; }

signals:
    /// Another range is wanted, and has been for a moment: it is to be read anew.
    void changed();
    /// The range's end moved on: what is new is to be read.
    void movedOn();

private:
    void follow();
    void settle();

    const TimelineView &m_view;
    Pulse &m_pulse;
    QPushButton *m_all;
    QPushButton *m_visible;
    QLabel *m_text;
    QTimer m_settled;
    Range m_told; ///< whoever listens knows
};

} // namespace coroscope::ui
