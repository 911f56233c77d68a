// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timelinefind.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <span>

namespace coroscope::ui {

struct LaneShape;
class TimelineView;

/// What is looked for in a timeline and where it was found; looks again as the session grows.
class TimelineSearch : public QObject
{
    Q_OBJECT
public:
    explicit TimelineSearch(TimelineView &view, QObject *parent = nullptr);

    QString text() const { return m_text; }
    /// An empty text ends the search.
    void setText(const QString &text);
    std::span<const FindHit> hits() const { return m_hits; }
    std::optional<std::size_t> current() const { return m_current; }
    /// Goes to the next hit, or the one before, round and round; at first to one that is in sight.
    void step(int by);

    /// How a hit is highlighted.
    enum class Highlight : std::uint8_t { None, Hit, Current };
    Highlight ofName(TaskId task) const;
    Highlight ofShape(const LaneShape &shape) const;

signals:
    void changed();

private:
    void search();
    void goTo(const FindHit &hit);

    TimelineView &m_view;
    QString m_text;
    std::vector<FindHit> m_hits;
    QHash<TaskId, std::vector<std::uint32_t>> m_byTask; ///< numbers of hits, in order of time
    std::optional<std::size_t> m_current;
    QTimer m_again;
};

} // namespace coroscope::ui
