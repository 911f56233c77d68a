// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/inputlist.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace coroscope::ui {

using SharedInput = std::shared_ptr<const download::InputList>;

/// Reads what a person types as a list of downloads: a moment after the last key, on another thread, so that
/// a hundred thousand lines stop nobody. What is late is dropped.
class InputReader : public QObject
{
    Q_OBJECT
public:
    explicit InputReader(QObject *parent = nullptr);

    void read(const QString &text, const download::Request &defaults);
    /// Doesn't wait for a further key.
    void hurry();
    /// Of what was handed in last.
    bool isDone() const { return m_generation == m_doneGeneration; }
    const SharedInput &input() const { return m_input; }

signals:
    void done();

private:
    void start();
    void take(quint64 generation, SharedInput input);

    QTimer m_rest;
    QString m_text;
    download::Request m_defaults;
    quint64 m_generation = 0;
    quint64 m_doneGeneration = 0;
    bool m_isReading = false;
    SharedInput m_input = std::make_shared<const download::InputList>();
};

} // namespace coroscope::ui
