// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/console/consolepane.h"

#include "ui/durations.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollBar>
#include <QTextDocumentFragment>

namespace coroscope::ui {

using namespace std::chrono_literals;

/// More would make a text view slow; the store keeps them all.
static constexpr int mostLines = 20'000;
static constexpr int nameWidth = 20;

ConsolePane::ConsolePane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_store(store)
    , m_pulse(pulse)
    , m_selection(selection)
    , m_log(store)
    , m_corner(new QWidget(this))
    , m_onlySelected(new QCheckBox(tr("Selected task only"), m_corner))
    , m_empty(new EmptyState({}, this))
{
    setObjectName(QStringLiteral("console"));
    setAccessibleName(tr("Console"));
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setMaximumBlockCount(mostLines);
    setFrameShape(NoFrame);
    setStyleSheet(QStringLiteral("QPlainTextEdit { border: none; border-radius: 0; }"));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(8);
    buildCorner();
    connect(&pulse, &Pulse::beat, this, [this](const model::ChangeSet &changes) {
        if (changes.cleared)
            showAnew();
        else if (changes.printed)
            showNew();
    });
    m_momentTimer.setSingleShot(true);
    m_momentTimer.setInterval(50ms);
    connect(&m_momentTimer, &QTimer::timeout, this, &ConsolePane::showMoment);
    connect(&pulse, &Pulse::momentChanged, this, [this] {
        if (!m_momentTimer.isActive())
            m_momentTimer.start();
    });
    connect(&selection, &Selection::changed, this, [this] {
        if (m_onlySelected->isChecked())
            showAnew();
    });
    showAnew();
}

void ConsolePane::buildCorner()
{
    auto *layout = new QHBoxLayout(m_corner);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(6);
    auto *copy = new QPushButton(tr("Copy"), m_corner);
    auto *clear = new QPushButton(tr("Clear"), m_corner);
    m_onlySelected->setObjectName(QStringLiteral("onlySelected"));
    clear->setObjectName(QStringLiteral("clearConsole"));
    for (QPushButton *button : {copy, clear})
        button->setProperty("flat", true);
    layout->addStretch();
    layout->addWidget(m_onlySelected);
    layout->addWidget(copy);
    layout->addWidget(clear);
    copy->setToolTip(tr("Copy the selected text, or all lines"));
    connect(copy, &QPushButton::clicked, this, &ConsolePane::copyAll);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_log.clear();
        showAnew();
    });
    connect(m_onlySelected, &QCheckBox::toggled, this, &ConsolePane::showAnew);
}

void ConsolePane::addNotice(const QString &text)
{
    m_log.addNotice(text);
    showNew();
}

void ConsolePane::showAnew()
{
    clear();
    m_log.rewind(m_onlySelected->isChecked() ? m_selection.task() : TaskId {});
    m_empty->setText(m_onlySelected->isChecked() && m_selection.task()
                         ? tr("The selected task printed nothing.")
                         : tr("What tasks print comes here, and what the session has to say."));
    showNew();
}

void ConsolePane::showNew()
{
    const model::Moment &moment = m_pulse.moment();
    std::vector<ConsoleLog::Line> lines = m_log.takeNew(moment.isPast() ? moment.now() : model::Time::max());
    m_empty->setVisible(lines.empty() && document()->isEmpty());
    if (lines.empty())
        return;
    if (lines.size() > std::size_t(mostLines))
        lines.erase(lines.begin(), lines.end() - mostLines);

    const QScrollBar *bar = verticalScrollBar();
    const bool follows = bar->value() >= bar->maximum();
    const Theme &theme = Theme::of(palette());
    QTextCharFormat dim;
    dim.setForeground(theme.dimText);
    dim.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
    QTextCharFormat plain = dim;
    plain.setForeground(theme.text);
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    for (const ConsoleLog::Line &line : lines) {
        if (!document()->isEmpty())
            cursor.insertBlock();
        const model::Task *task = m_store.task(line.task);
        QString name = task ? task->name : line.task ? tr("task %1").arg(line.task.value) : tr("Coroscope");
        if (name.size() > nameWidth)
            name = name.left(nameWidth - 1) + QStringLiteral("…");
        cursor.insertText(QStringLiteral("%1  %2  ")
                              .arg(formatMoment(line.time, 1ms), 10)
                              .arg(name, -nameWidth),
                          dim);
        cursor.insertText(line.text, plain);
    }
    cursor.endEditBlock();
    if (follows)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

/// Forwards, lines are added; only backwards all are shown anew.
void ConsolePane::showMoment()
{
    if (!isVisible())
        return;
    if (m_pulse.moment().isPast() && m_log.lastTaken() > m_pulse.moment().now())
        showAnew();
    else
        showNew();
}

void ConsolePane::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    showMoment();
}

void ConsolePane::copyAll()
{
    const QTextCursor cursor = textCursor();
    QGuiApplication::clipboard()->setText(cursor.hasSelection() ? cursor.selection().toPlainText()
                                                                : toPlainText());
}

void ConsolePane::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showAnew();
}

} // namespace coroscope::ui
