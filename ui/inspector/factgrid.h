// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QGridLayout;
class QLabel;

namespace coroscope::ui {

/// Names and values in two columns; values can be selected, a line without a value is hidden.
class FactGrid : public QWidget
{
    Q_OBJECT
public:
    explicit FactGrid(QWidget *parent = nullptr);

    /// Lines stand in the order in which their `key` was first set; a value is found as a QLabel by that
    /// name.
    void set(const char *key, const QString &name, const QString &value, const QString &toolTip = {});

private:
    QGridLayout *m_grid;
};

} // namespace coroscope::ui
