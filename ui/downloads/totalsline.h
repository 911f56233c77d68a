// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <QWidget>

namespace coroscope::ui {

/// The sum of all downloads in a line of text, shortened where it must be, above a thin bar.
class TotalsLine : public QWidget
{
    Q_OBJECT
public:
    explicit TotalsLine(QWidget *parent = nullptr);

    void show(const download::Totals &totals);
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    std::optional<double> m_part;
};

} // namespace coroscope::ui
