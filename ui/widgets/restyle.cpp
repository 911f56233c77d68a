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

QString breakable(const QString &text)
{
    constexpr int longest = 24;
    QString result;
    int run = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        result += c;
        run = c.isSpace() ? 0 : run + 1;
        const bool seam = !c.isLetterOrNumber() && i + 1 < text.size() && text[i + 1].isLetterOrNumber();
        if ((run > longest / 3 && seam) || run > longest) {
            result += QChar(0x200b); // zero width space
            run = 0;
        }
    }
    return result;
}

void setError(QWidget *field, bool error) { set(field, "error", error); }

} // namespace coroscope::ui
