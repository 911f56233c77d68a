// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/task.h"

#include <QWidget>

namespace coroscope::ui {

/// How often what woke a task: a line a cause with its count and a bar.
class CauseBars : public QWidget
{
    Q_OBJECT
public:
    explicit CauseBars(QWidget *parent = nullptr);

    void show(const model::Task &task);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Row
    {
        QString name;
        std::uint32_t count;
        friend bool operator==(const Row &, const Row &) = default;
    };
    std::vector<Row> m_rows;
    QByteArray m_category;
};

/// "timer", "reply", "cancelled": a cause without who.
QString causeText(trace::Cause cause);

} // namespace coroscope::ui
