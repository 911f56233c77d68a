// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/style.h"
#include "ui/stylesheet.h"
#include "ui/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QTimer>

namespace coroscope::ui {

static void apply(QApplication &app, const Theme &theme)
{
    app.setPalette(theme.palette());
    app.setStyleSheet(styleSheet(theme));
}

static const Theme &systemTheme(QApplication &app)
{
    // A default palette is the desktop's (or, without one, Fusion's).
    app.setPalette(QPalette());
    return Theme::of(app.palette());
}

namespace {

/// Applies the theme anew when the desktop turns dark or light.
class SystemThemeFollower : public QObject
{
public:
    explicit SystemThemeFollower(QApplication &app)
        : QObject(&app)
        , m_app(app)
    {
        setObjectName(QStringLiteral("systemThemeFollower"));
        app.installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // Sent to each window; setting the palette in the midst of it would be lost.
        if (event->type() == QEvent::ThemeChange && !m_scheduled) {
            m_scheduled = true;
            QTimer::singleShot(0, this, [this] {
                m_scheduled = false;
                apply(m_app, systemTheme(m_app));
            });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QApplication &m_app;
    bool m_scheduled = false;
};

} // namespace

void applyTheme(QApplication &app, ThemeChoice choice)
{
    if (!qobject_cast<Style *>(QApplication::style()) || app.styleSheet().isEmpty())
        QApplication::setStyle(new Style);
    if (QFontDatabase::families().contains(QStringLiteral("Inter"))) {
        QFont font(QStringLiteral("Inter"));
        font.setPixelSize(13);
        QApplication::setFont(font);
    }
    delete app.findChild<QObject *>(QStringLiteral("systemThemeFollower"));
    if (choice == ThemeChoice::System) {
        apply(app, systemTheme(app));
        new SystemThemeFollower(app);
    } else {
        apply(app, choice == ThemeChoice::Dark ? Theme::darkTheme() : Theme::light());
    }
}

} // namespace coroscope::ui
