// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/theme.h"

#include "ui/contrast.h"

namespace coroscope::ui {

// A little above the 4.5 that is promised, so that rounding never falls below it.
constexpr double readable = 4.6;

static std::array<Hue, 7> makeHues(const Theme &theme)
{
    struct Kind
    {
        QLatin1String key;
        QColor color;
    };
    const std::array<Kind, 7> kinds {{{{}, 0x7f8790},
                                      {QLatin1String("download"), 0x2f7fd1},
                                      {QLatin1String("redis"), 0xd1622b},
                                      {QLatin1String("sleep"), 0x9467bd},
                                      {QLatin1String("mysql"), 0x2a9d6f},
                                      {QLatin1String("crawl"), 0x17a3b8},
                                      {QLatin1String("group"), 0x7f8790}}};
    std::array<Hue, 7> hues;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        Hue &hue = hues[i];
        hue.key = kinds[i].key;
        hue.color = kinds[i].color;
        hue.solid = standingOut(kinds[i].color, theme.onSolid, readable);
        hue.tint = mixed(kinds[i].color, theme.base, 0.2);
        hue.hatch = mixed(kinds[i].color, theme.base, theme.dark ? 0.5 : 0.45);
        hue.text = standingOut(kinds[i].color, theme.selectedRow, readable);
    }
    return hues;
}

static Theme finished(Theme theme)
{
    const auto text = [&theme](const QColor &color) {
        return standingOut(color, theme.selectedRow, readable);
    };
    theme.dimText = text(theme.dimText);
    theme.link = text(theme.accent);
    theme.good = text(0x2a9d6f);
    theme.bad = text(0xd64545);
    theme.cancelled = text(0x6b727b);
    theme.onSolid = Qt::white;
    theme.blocking = standingOut(0xd64545, theme.onSolid, readable);
    theme.hues = makeHues(theme);
    return theme;
}

const Hue &Theme::hue(QAnyStringView name) const
{
    for (const Hue &hue : hues) {
        if (QAnyStringView(hue.key) == name)
            return hue;
    }
    return hues.front();
}

const Theme &Theme::light()
{
    static const Theme theme = finished({.dark = false,
                                         .window = 0xf5f6f7,
                                         .base = 0xffffff,
                                         .raised = 0xfafbfb,
                                         .border = 0xd6d9db,
                                         .grid = 0xe2e5e8,
                                         .text = 0x1d2125,
                                         .dimText = 0x686f78,
                                         .accent = 0x1f6feb,
                                         .onAccent = 0xffffff,
                                         .link = {},
                                         .selectedRow = 0xeceef0,
                                         .hoveredRow = 0xf5f6f8,
                                         .good = {},
                                         .bad = {},
                                         .blocking = {},
                                         .cancelled = {},
                                         .onSolid = {},
                                         .flag = 0x1d2125,
                                         .onFlag = 0xffffff,
                                         .dimOnFlag = 0xb9bec5,
                                         .hues = {}});
    return theme;
}

const Theme &Theme::darkTheme()
{
    static const Theme theme = finished({.dark = true,
                                         .window = 0x26282c,
                                         .base = 0x1e1f22,
                                         .raised = 0x2b2d31,
                                         .border = 0x404347,
                                         .grid = 0x34363b,
                                         .text = 0xe3e5e8,
                                         .dimText = 0x9aa0a8,
                                         .accent = 0x4c9ffe,
                                         .onAccent = 0x0b1726,
                                         .link = {},
                                         .selectedRow = 0x31343a,
                                         .hoveredRow = 0x282a2e,
                                         .good = {},
                                         .bad = {},
                                         .blocking = {},
                                         .cancelled = {},
                                         .onSolid = {},
                                         .flag = 0xe3e5e8,
                                         .onFlag = 0x1d2125,
                                         .dimOnFlag = 0x555b63,
                                         .hues = {}});
    return theme;
}

const Theme &Theme::of(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < 0.18 ? darkTheme() : light();
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, base);
    p.setColor(QPalette::AlternateBase, hoveredRow);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, dimText);
    p.setColor(QPalette::Button, raised);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, bad);
    p.setColor(QPalette::ToolTipBase, flag);
    p.setColor(QPalette::ToolTipText, onFlag);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, onAccent);
    p.setColor(QPalette::Link, link);
    p.setColor(QPalette::LinkVisited, link);
    p.setColor(QPalette::Light, mixed(text, raised, dark ? 0.1 : 0.0));
    p.setColor(QPalette::Midlight, mixed(text, window, 0.05));
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, mixed(text, window, 0.3));
    p.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : mixed(text, window, 0.5));
    const QColor disabled = mixed(text, window, 0.45);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, disabled);
    return p;
}

} // namespace coroscope::ui
