// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <QAbstractTableModel>

namespace coroscope::ui {

class Pulse;

QString stateText(model::Future::State state);
/// Its result or its exception in one line; what keeps a pending one.
QString outcomeText(const model::Future &future);

/// The futures that there are at the pulse's moment, the newest last.
class FutureModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { State, Name, Type, Awaiting, Outcome, Age };

    explicit FutureModel(Pulse &pulse, QObject *parent = nullptr);

    FutureId futureAt(int row) const;
    int pendingCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void refreshed();

private:
    void onBeat(const model::ChangeSet &changes);
    void removeForgotten();
    void onMoment();
    void follow(bool anew);
    const model::Moment &moment() const;
    QString awaitingText(const model::Future &future) const;
    QString cellText(const model::Future &future, int column) const;

    Pulse &m_pulse;
    std::vector<FutureId> m_rows;
};

} // namespace coroscope::ui
