// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>
#include <QDateTimeEdit>

/// Fields with something to open, with a chevron in the theme's color at their right: the style sheet's own
/// arrows are pictures, of one color.
namespace coroscope::ui {

class ComboBox : public QComboBox
{
    Q_OBJECT
public:
    using QComboBox::QComboBox;

protected:
    void paintEvent(QPaintEvent *event) override;
};

class DateTimeEdit : public QDateTimeEdit
{
    Q_OBJECT
public:
    using QDateTimeEdit::QDateTimeEdit;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace coroscope::ui
