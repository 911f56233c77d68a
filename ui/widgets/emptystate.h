// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

class QAbstractItemModel;
class QAbstractScrollArea;

namespace coroscope::ui {

/// A sentence in the middle of a view that has nothing to show: what would be here, and what to do.
class EmptyState : public QLabel
{
    Q_OBJECT
public:
    EmptyState(const QString &text, QAbstractScrollArea *view);
    /// Shown while `model` has no row.
    void follow(QAbstractItemModel *model);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_viewport;
};

} // namespace coroscope::ui
