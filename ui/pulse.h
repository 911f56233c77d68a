// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace coroscope::ui {

/// The beat that the panes refresh to: what changed in the store, merged, at most 60 times a second, and a
/// slower tick by which running times are shown anew.
///
/// Nothing comes while frozen but a cleared store; the changes come together when it thaws.
///
/// And the moment that the panes show: the present, or one of the past (the playhead's). While it is past,
/// beats tell of a store that goes on unseen.
class Pulse : public QObject
{
    Q_OBJECT
public:
    explicit Pulse(model::TraceStore &store, QObject *parent = nullptr);

    bool isFrozen() const { return m_frozen; }
    void setFrozen(bool frozen);
    /// The moment's time; of the present see present().
    model::Time now() const;
    /// The session's time, or the one at which the view was frozen, whatever moment is shown.
    model::Time present() const;
    const model::Moment &moment() const { return m_moment; }
    /// Nothing: the present.
    void setMoment(std::optional<model::Time> time);

signals:
    /// A task may stand both in `created` and in `changed`; each at most once.
    void beat(const coroscope::model::ChangeSet &changes);
    /// About ten times a second while any task is under way.
    void tick();
    void frozenChanged(bool frozen);
    /// All that a pane shows may be different.
    void momentChanged();

private:
    static constexpr std::size_t leastCompacted = 4096;

    void gather(const model::ChangeSet &changes);
    void compact();
    void deliver();
    void onTick();

    model::TraceStore &m_store;
    model::Moment m_moment;
    model::ChangeSet m_gathered;
    std::size_t m_compactAt = leastCompacted; ///< so many changes in m_gathered
    bool m_pending = false;
    bool m_frozen = false;
    model::Time m_frozenAt {};
    QElapsedTimer m_sinceBeat;
    QTimer m_next;
    QTimer m_tick;
};

} // namespace coroscope::ui
