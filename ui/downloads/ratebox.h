// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/dropdown.h"

#include <optional>

namespace coroscope::ui {

/// A speed limit: one of some, or typed ("2M").
class RateBox : public ComboBox
{
    Q_OBJECT
public:
    explicit RateBox(QWidget *parent = nullptr);

    /// Shows it, and says nothing of it. What a person is typing is left alone.
    void setRate(std::optional<qint64> bytesPerSecond);

signals:
    /// A person chose or typed one, and meant it (Enter, or went on to something else).
    void rateChosen(std::optional<qint64> bytesPerSecond);

private:
    void read();

    std::optional<qint64> m_rate;
};

} // namespace coroscope::ui
