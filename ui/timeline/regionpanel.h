// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/regionstatistics.h"

#include <QFrame>
#include <QTimer>

class QLabel;

namespace coroscope::ui {

class Navigation;
class TimelineView;

/// The statistics of the chosen region. Its links go to the longest slice, fit the region and close it.
class RegionPanel : public QFrame
{
    Q_OBJECT
public:
    RegionPanel(TimelineView &view, Navigation &navigation, QWidget *parent = nullptr);

    /// In the corner of `lanes` (in the parent) that the region leaves free.
    void place(const QRect &lanes);
    /// What is read, without its markup.
    QString plainText() const;

private:
    std::optional<TimeRange> known() const;
    void follow();
    void count();
    void go(const QString &link);
    QString html(const RegionStatistics &statistics) const;
    QString forgottenLine(const RegionStatistics &statistics) const;

    TimelineView &m_view;
    Navigation &m_navigation;
    QLabel *m_text;
    QTimer m_again; ///< while it is dragged, or grows
    QRect m_lanes;
    std::optional<TimeRange> m_counted;
    TimeRange m_known; ///< of it, when it was counted
    std::optional<SliceRef> m_longest;
};

} // namespace coroscope::ui
