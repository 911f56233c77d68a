// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/fileedit.h"

#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>

namespace coroscope::ui {

FileEdit::FileEdit(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *choose = new QPushButton(tr("…"), this);
    choose->setAccessibleName(tr("Choose: %1").arg(title));
    choose->setAutoDefault(false);
    layout->addWidget(m_field, 1);
    layout->addWidget(choose);
    connect(choose, &QPushButton::clicked, this, [this, title] {
        const QString path = QFileDialog::getOpenFileName(this, title, this->path());
        if (!path.isEmpty())
            setPath(path);
    });
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        setError(m_field, !isFine());
        emit changed();
    });
}

QString FileEdit::path() const
{
    const QString typed = m_field->text().trimmed();
    if (typed == QLatin1String("~") || typed.startsWith(QLatin1String("~/")))
        return QDir::homePath() + typed.mid(1);
    return typed;
}

void FileEdit::setPath(const QString &path) { m_field->setText(path); }

bool FileEdit::isFine() const
{
    const QFileInfo info(path());
    return path().isEmpty() || (info.isFile() && info.isReadable());
}

} // namespace coroscope::ui
