// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/widgets/restyle.h"

#include <QStyle>
#include <QVariant>

namespace coroscope::ui {

static void set(QWidget *widget, const char *property, const QVariant &value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

void setRole(QWidget *label, const char *role) { set(label, "role", QByteArray(role)); }

void setError(QWidget *field, bool error) { set(field, "error", error); }

} // namespace coroscope::ui
