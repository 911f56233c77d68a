// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/findbar.h"

#include "ui/timeline/timelinesearch.h"
#include "ui/widgets/restyle.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace coroscope::ui {

FindBar::FindBar(TimelineSearch &search, QWidget *parent)
    : QFrame(parent)
    , m_search(search)
    , m_text(new QLineEdit(this))
    , m_count(new QLabel(this))
{
    setProperty("notice", true);
    m_text->setObjectName(QStringLiteral("timelineFind"));
    m_text->setPlaceholderText(tr("Find names, wait reasons, printed lines"));
    m_text->setAccessibleName(tr("Find in the timeline"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(360);
    m_text->installEventFilter(this);
    setRole(m_count, "dim");
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(99999).arg(99999)));

    const auto button = [this](const QString &text, const QString &tip) {
        auto *made = new QToolButton(this);
        made->setProperty("flat", true);
        made->setText(text);
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        made->setFocusPolicy(Qt::TabFocus);
        return made;
    };
    QToolButton *previous = button(QStringLiteral("‹"), tr("Previous (Shift+Enter)"));
    QToolButton *next = button(QStringLiteral("›"), tr("Next (Enter)"));
    QToolButton *shut = button(QStringLiteral("✕"), tr("Close (Esc)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addWidget(m_count);
    layout->addStretch();
    layout->addWidget(shut);

    connect(m_text, &QLineEdit::textChanged, &search, &TimelineSearch::setText);
    connect(previous, &QToolButton::clicked, this, [this] { m_search.step(-1); });
    connect(next, &QToolButton::clicked, this, [this] { m_search.step(1); });
    connect(shut, &QToolButton::clicked, this, &FindBar::close);
    connect(&search, &TimelineSearch::changed, this, &FindBar::showCount);
    showCount();
    hide();
}

void FindBar::open()
{
    if (!isVisible()) {
        m_before = QApplication::focusWidget();
        show();
        m_search.setText(m_text->text());
        emit shown(true);
    }
    m_text->selectAll();
    m_text->setFocus(Qt::ShortcutFocusReason);
}

void FindBar::close()
{
    if (!isVisible())
        return;
    const bool focused = isAncestorOf(QApplication::focusWidget());
    hide();
    m_search.setText({});
    emit shown(false);
    if (focused)
        (m_before ? m_before.data() : parentWidget())->setFocus(Qt::OtherFocusReason);
}

QString FindBar::countText() const { return m_count->text(); }

void FindBar::showCount()
{
    const auto count = static_cast<int>(m_search.hits().size());
    const bool none = count == 0 && !m_search.text().isEmpty();
    QString text;
    if (none)
        text = tr("no match");
    else if (const auto current = m_search.current())
        text = tr("%1 of %2").arg(*current + 1).arg(count);
    else if (count > 0)
        text = tr("%1 found").arg(count);
    m_count->setText(text);
    setRole(m_count, none ? "error" : "dim");
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (pressed(key->key(), key->modifiers()))
            return true;
    }
    return QFrame::eventFilter(watched, event);
}

bool FindBar::pressed(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_search.step(modifiers & Qt::ShiftModifier ? -1 : 1);
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

} // namespace coroscope::ui
