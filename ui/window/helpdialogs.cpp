// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/helpdialogs.h"

#include "ui/timeline/timelinekeys.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QScrollArea>

#include <vector>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::Help)
};

struct Hint
{
    QString keys;
    QString meaning;
};

std::vector<Hint> timelineHints()
{
    std::vector<Hint> hints;
    for (const KeyHint &hint : timelineKeyHints())
        hints.push_back({hint.keys.join(QStringLiteral(" ")), hint.meaning});
    return hints;
}

std::vector<Hint> windowHints()
{
    return {
        {Words::tr("F5"), Words::tr("start the demo")},
        {Words::tr("Ctrl+D, Ctrl+R, Ctrl+M"), Words::tr("new download, Redis commands, MySQL statement")},
        {Words::tr("Ctrl+B, Ctrl+L"), Words::tr("new crawl, sleep")},
        {Words::tr("Ctrl+K, Ctrl+Shift+K"), Words::tr("cancel the selected tasks, all tasks")},
        {Words::tr("Ctrl+Shift+R"), Words::tr("run the selected tasks again")},
        {Words::tr("Ctrl+Shift+L"), Words::tr("clear finished tasks")},
        {Words::tr("Ctrl+S, Ctrl+Shift+E"), Words::tr("save the session, export it")},
        {Words::tr("F8, F10"), Words::tr("hold the loop or let it go on, run one entry")},
        {Words::tr("F11"), Words::tr("run to the next resumption of the selected task")},
        {Words::tr("Ctrl+F, or / in a pane"), Words::tr("find; Enter goes to the first hit, Esc clears")},
        {Words::tr("Space"), Words::tr("freeze the view, and let it go on")},
        {Words::tr("Ctrl+E"), Words::tr("show or hide the examples")},
        {Words::tr("Ctrl+J, Ctrl+I"), Words::tr("show or hide the panes, the inspector")},
        {Words::tr("Alt+1 … Alt+9"), Words::tr("go to a pane")},
        {Words::tr("F6"), Words::tr("go to the timeline, the pane, the inspector in turn")},
        {Words::tr("Ctrl+Q"), Words::tr("quit")},
    };
}

std::vector<Hint> downloadHints()
{
    return {
        {Words::tr("Ctrl+V"), Words::tr("add the links in the clipboard")},
        {Words::tr("Enter or double click"), Words::tr("open a finished file, show others on the timeline")},
        {Words::tr("Ctrl+P, Ctrl+G"), Words::tr("pause, resume the selected downloads")},
        {Words::tr("Ctrl+K, Ctrl+T"), Words::tr("cancel them, try them again")},
        {Words::tr("Delete, Shift+Delete"), Words::tr("remove them, with their files")},
        {Words::tr("Ctrl+Z"), Words::tr("bring back what was removed")},
        {Words::tr("Alt+↑ Alt+↓"), Words::tr("move them in the queue; with Shift to its ends")},
        {Words::tr("Ctrl+O"), Words::tr("open the folder")},
        {Words::tr("Ctrl+C, Ctrl+Shift+C"), Words::tr("copy URLs, paths")},
        {Words::tr("Ctrl+Shift+P, Ctrl+Shift+G"), Words::tr("pause all, resume all")},
    };
}

std::vector<Hint> tableHints()
{
    return {
        {Words::tr("Enter or double click"), Words::tr("show the task on the timeline")},
        {Words::tr("Shift or Ctrl+click"), Words::tr("select several tasks")},
        {Words::tr("Delete"), Words::tr("cancel the selected tasks")},
        {Words::tr("Ctrl+C"), Words::tr("copy the selected rows")},
        {Words::tr("Menu or right click"), Words::tr("all that can be done to a task")},
    };
}

void addSection(QGridLayout &grid, const QString &title, const std::vector<Hint> &hints)
{
    auto *heading = new QLabel(title);
    setRole(heading, "heading");
    heading->setContentsMargins(0, grid.rowCount() > 1 ? 12 : 0, 0, 2);
    grid.addWidget(heading, grid.rowCount(), 0, 1, 2);
    for (const Hint &hint : hints) {
        const int row = grid.rowCount();
        auto *meaning = new QLabel(hint.meaning);
        setRole(meaning, "dim");
        meaning->setWordWrap(true);
        grid.addWidget(new QLabel(hint.keys), row, 0, Qt::AlignTop);
        grid.addWidget(meaning, row, 1, Qt::AlignTop);
    }
}

} // namespace

void showKeys(QWidget *window)
{
    auto *dialog = new QDialog(window);
    dialog->setObjectName(QStringLiteral("keysDialog"));
    dialog->setWindowTitle(Words::tr("Keys"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *list = new QWidget;
    auto *grid = new QGridLayout(list);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(1, 1);
    addSection(*grid, Words::tr("Window"), windowHints());
    addSection(*grid, Words::tr("Timeline"), timelineHints());
    addSection(*grid, Words::tr("Tables"), tableHints());
    addSection(*grid, Words::tr("Downloads"), downloadHints());
    grid->setRowStretch(grid->rowCount(), 1);
    auto *scroll = new QScrollArea(dialog);
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(scroll);
    layout->addWidget(buttons);
    dialog->resize(560, std::min(640, list->sizeHint().height() + 80));
    dialog->open();
}

void showAbout(QWidget *window)
{
    auto *box = new QMessageBox(window);
    box->setObjectName(QStringLiteral("aboutBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(Words::tr("About Coroscope"));
    box->setTextFormat(Qt::PlainText);
    box->setText(Words::tr("Coroscope %1").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        Words::tr(
            "Shows live how C++ coroutines on the Qt event loop interleave: what runs, what waits for what, "
            "and what came of it.\n\nBuilt on Qt %1 and QCoro. © 2026 The Coroscope authors, MIT license.")
            .arg(QLatin1String(qVersion())));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

} // namespace coroscope::ui
