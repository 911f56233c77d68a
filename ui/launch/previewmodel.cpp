// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/previewmodel.h"

#include "core/tasks/download/filename.h"

#include <QDir>

namespace coroscope::ui {

PreviewModel::PreviewModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void PreviewModel::show(SharedInput input, const QString &fileName)
{
    beginResetModel();
    m_input = std::move(input);
    m_fileName = fileName;
    endResetModel();
}

int PreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(std::min<std::size_t>(most, m_input->requests.size()));
}

int PreviewModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : Folder + 1; }

QVariant PreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const download::Request &request = m_input->requests[std::size_t(index.row())];
    switch (index.column()) {
    case Name: {
        const QString &chosen = request.fileName.isEmpty() ? m_fileName : request.fileName;
        return download::fileNameFor(request.url(), chosen);
    }
    case Url:
        return request.urls.size() > 1 && role == Qt::DisplayRole
                   ? tr("%1 and %n mirrors", nullptr, int(request.urls.size()) - 1)
                         .arg(request.url().toDisplayString())
                   : request.url().toDisplayString();
    case Folder:
        return QDir::toNativeSeparators(request.folder);
    default:
        return {};
    }
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Url:
        return tr("URL");
    default:
        return tr("Folder");
    }
}

} // namespace coroscope::ui
