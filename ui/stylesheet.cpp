// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/stylesheet.h"

#include "ui/contrast.h"
#include "ui/theme.h"

namespace coroscope::ui {

// Words in @at signs@ are replaced by the theme's colours.
static constexpr char rules[] = R"(
QToolTip { background: @flag@; color: @onFlag@; border: 1px solid @flag@; padding: 4px 6px; }

QMainWindow::separator { background: @border@; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent@; }
QSplitter::handle { background: @line@; }
QSplitter::handle:hover { background: @accent@; }

QToolBar { background: @window@; border: none; border-bottom: 1px solid @border@; spacing: 6px; padding: 6px 10px; }
QToolBar::separator { background: transparent; width: 4px; }
QStatusBar { background: @window@; border-top: 1px solid @border@; color: @dimText@; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @dimText@; }

QMenuBar { background: @window@; padding: 1px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @pressed@; }
QMenu { background: @raised@; border: 1px solid @border@; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 4px; }
QMenu::icon { padding-left: 6px; }
QMenu::item:selected { background: @accent@; color: @onAccent@; }
QMenu::item:disabled { color: @disabled@; background: transparent; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 6px; }

QPushButton, QToolBar QToolButton {
    background: @raised@; color: @text@; border: 1px solid @border@; border-radius: 5px; padding: 4px 13px;
    min-height: 17px;
}
QToolBar QToolButton { padding: 4px 7px; }
QPushButton:hover, QToolBar QToolButton:hover { background: @hovered@; }
QPushButton:pressed, QPushButton:checked, QToolBar QToolButton:pressed, QToolBar QToolButton:checked {
    background: @pressed@;
}
QPushButton[choice="true"]:checked { background: @selectedRow@; border-color: @accent@; }
QPushButton:focus, QToolBar QToolButton:focus { border-color: @accent@; }
QPushButton:disabled, QToolBar QToolButton:disabled { color: @disabled@; }
QPushButton:default, QPushButton[primary="true"], QToolBar QToolButton[primary="true"] {
    background: @accent@; color: @onAccent@; border-color: @accent@;
}
QPushButton:default:hover, QPushButton[primary="true"]:hover, QToolBar QToolButton[primary="true"]:hover {
    background: @accentHovered@;
}
QPushButton:default:pressed, QPushButton[primary="true"]:pressed, QToolBar QToolButton[primary="true"]:pressed {
    background: @accentPressed@;
}
QPushButton:default:focus, QPushButton[primary="true"]:focus, QToolBar QToolButton[primary="true"]:focus {
    border: 1px solid @text@;
}
QPushButton:default:disabled, QPushButton[primary="true"]:disabled, QToolBar QToolButton[primary="true"]:disabled {
    background: @pressed@; color: @disabled@; border-color: @border@;
}
QToolBar QToolButton::menu-indicator { image: none; }
QToolBar QToolButton#qt_toolbar_ext_button { padding: 2px; }
QPushButton[flat="true"], QToolButton[flat="true"] {
    background: transparent; border: 1px solid transparent; color: @link@; padding: 1px 4px; border-radius: 4px;
}
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { background: @hovered@; }
QToolButton[flat="true"]::menu-indicator { image: none; }
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus { border-color: @accent@; }
QPushButton[flat="true"]:disabled, QToolButton[flat="true"]:disabled { color: @disabled@; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QComboBox {
    background: @base@; color: @text@; border: 1px solid @border@; border-radius: 5px;
    selection-background-color: @accent@; selection-color: @onAccent@;
}
QLineEdit, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QComboBox { padding: 3px 7px; min-height: 19px; }
QLineEdit[slim="true"] { padding: 0 5px; min-height: 14px; border-radius: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus,
QComboBox:focus {
    border-color: @accent@;
}
QLineEdit[error="true"], QPlainTextEdit[error="true"] { border-color: @bad@; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: @disabled@; }

QComboBox::drop-down { border: none; width: 20px; }
QDateTimeEdit::drop-down { border: none; width: 20px; }

QTabWidget::pane { border: none; background: @base@; }
QTabBar { background: @window@; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: @dimText@; padding: 6px 15px; border: none; border-top: 2px solid transparent;
}
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:selected { background: @base@; color: @text@; border-top: 2px solid @accent@; }
QTabBar::tab:focus { color: @link@; }
QTabBar QToolButton { background: @window@; border: none; }

QDockWidget { color: @text@; }
QDockWidget::title { background: @window@; padding: 5px 10px; border: none; }

QAbstractItemView {
    background: @base@; alternate-background-color: @base@; color: @text@; border: none; outline: none;
    selection-background-color: @selectedRow@; selection-color: @text@; gridline-color: transparent;
}
QTableView::item, QTreeView::item, QListView::item { border: none; padding: 0 6px; }
QTableView::item:hover, QTreeView::item:hover, QListView::item:hover { background: @hoveredRow@; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
    background: @selectedRow@; color: @text@;
}
QComboBox QAbstractItemView { background: @raised@; border: 1px solid @border@; padding: 3px; }
QHeaderView { background: @base@; }
QHeaderView::section {
    background: @base@; color: @dimText@; border: none; border-bottom: 1px solid @line@; padding: 5px 6px;
}
QHeaderView::section:vertical { padding: 0 6px; }
QHeaderView::up-arrow, QHeaderView::down-arrow {
    subcontrol-origin: border; subcontrol-position: top center; width: 10px; height: 8px;
}
QHeaderView::section:hover { color: @text@; }
QTableCornerButton::section { background: @base@; border: none; border-bottom: 1px solid @line@; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb@; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: @thumbHovered@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QTableView[framed="true"] { border: 1px solid @border@; border-radius: 5px; }
QFrame[floating="true"] { background: @raised@; border: 1px solid @border@; border-radius: 6px; }
QFrame[floating="true"] QListView { background: @raised@; }
QFrame[floating="true"] QListView::item { padding: 4px 6px; border-radius: 4px; }
QFrame[notice="true"] { background: @hoveredRow@; border: none; border-bottom: 1px solid @line@; }

QProgressBar {
    background: @pressed@; color: @text@; border: none; border-radius: 3px; text-align: center; min-height: 18px;
}
QProgressBar::chunk { background: @accent@; border-radius: 3px; }
QGroupBox { border: none; margin-top: 18px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }

QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="dim"] { color: @dimText@; }
QLabel[role="error"] { color: @bad@; }
QLabel[badge="true"] { background: @accent@; color: @onAccent@; border-radius: 4px; padding: 2px 7px; font-weight: 600; }
)";

QString styleSheet(const Theme &theme)
{
    const std::pair<const char *, QColor> colors[] {
        {"window", theme.window},
        {"base", theme.base},
        {"raised", theme.raised},
        {"border", theme.border},
        {"line", mixed(theme.border, theme.base, 0.6)},
        {"text", theme.text},
        {"dimText", theme.dimText},
        {"disabled", mixed(theme.text, theme.window, 0.45)},
        {"accent", theme.accent},
        {"accentHovered", mixed(theme.text, theme.accent, 0.1)},
        {"accentPressed", mixed(theme.text, theme.accent, 0.2)},
        {"onAccent", theme.onAccent},
        {"link", theme.link},
        {"bad", theme.bad},
        {"flag", theme.flag},
        {"onFlag", theme.onFlag},
        {"selectedRow", theme.selectedRow},
        {"hoveredRow", theme.hoveredRow},
        {"hovered", mixed(theme.text, theme.raised, 0.05)},
        {"pressed", mixed(theme.text, theme.raised, 0.1)},
        {"thumb", mixed(theme.text, theme.base, 0.2)},
        {"thumbHovered", mixed(theme.text, theme.base, 0.4)},
    };
    QString sheet = QString::fromLatin1(rules);
    for (const auto &[name, color] : colors)
        sheet.replace(QLatin1Char('@') + QLatin1String(name) + QLatin1Char('@'), color.name());
    return sheet;
}

} // namespace coroscope::ui
