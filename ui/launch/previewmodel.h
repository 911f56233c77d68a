// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/launch/inputreader.h"

#include <QAbstractTableModel>

namespace coroscope::ui {

/// What would be fetched: the first thousand files of an input, by their expected names.
class PreviewModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Url, Folder };
    static constexpr int most = 1000;

    explicit PreviewModel(QObject *parent = nullptr);

    /// `fileName`: chosen for the only file; may be empty.
    void show(SharedInput input, const QString &fileName);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    SharedInput m_input = std::make_shared<const download::InputList>();
    QString m_fileName;
};

} // namespace coroscope::ui
