// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/task.h"

#include <QWidget>

#include <deque>

namespace coroscope::ui {

/// What is done of a task, as a bar and in words: "48.2 of 268.4 MB · 61.0 MB/s · 3.6 s left".
class ProgressStrip : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressStrip(QWidget *parent = nullptr);

    /// The task must have progress. Called again and again it knows the rate of the last seconds.
    void show(const model::Task &task, model::Time now);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /// Per second; of an ended task over all of its time.
    double rate(const model::Task &task, model::Time now);

    struct Sample
    {
        model::Time time;
        std::uint64_t done;
    };
    TaskId m_task;
    std::deque<Sample> m_samples;
    std::optional<double> m_part;
    QString m_text;
    QByteArray m_category;
};

} // namespace coroscope::ui
