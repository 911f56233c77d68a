// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace coroscope::ui {

/// Sees links being copied in other programs, where a person wants that. It offers them once, and starts
/// nothing.
class ClipboardWatch : public QObject
{
    Q_OBJECT
public:
    explicit ClipboardWatch(QObject *parent = nullptr);

    void setActive(bool active);
    bool isActive() const { return m_isActive; }

signals:
    /// One link a line.
    void copied(const QString &links, int count);

private:
    void look();

    bool m_isActive = false;
    QString m_last;
};

/// The web links of a text that has nothing but links, one a line; empty if it has anything else.
QStringList linksIn(const QString &text);

} // namespace coroscope::ui
