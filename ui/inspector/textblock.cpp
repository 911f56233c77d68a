// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/textblock.h"

#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

#include <cmath>

namespace coroscope::ui {

static constexpr int mostVisibleLines = 12;
static constexpr int mostLines = 2'000;

TextBlock::TextBlock(const QString &heading, QWidget *parent)
    : QWidget(parent)
    , m_heading(new QLabel(heading, this))
    , m_text(new QPlainTextEdit(this))
{
    setRole(m_heading, "heading");
    auto *copy = new QPushButton(tr("Copy"), this);
    copy->setProperty("flat", true);
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_text->setFont(fixed);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTabChangesFocus(true);
    m_text->setMaximumBlockCount(mostLines);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_heading->setBuddy(m_text);
    m_text->setAccessibleName(heading);

    auto *head = new QHBoxLayout;
    head->addWidget(m_heading);
    head->addStretch();
    head->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_text);
    hide();
}

void TextBlock::setHeading(const QString &heading)
{
    m_heading->setText(heading);
    m_text->setAccessibleName(heading);
}

QString TextBlock::text() const { return m_text->toPlainText(); }

void TextBlock::setText(const QString &text)
{
    setVisible(!text.isEmpty());
    if (m_text->toPlainText() == text)
        return;
    m_text->setPlainText(text);
    fit();
}

void TextBlock::append(const QString &lines)
{
    m_text->appendPlainText(lines);
    show();
    fit();
}

void TextBlock::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void TextBlock::fit()
{
    const int lines = std::clamp(int(std::ceil(m_text->document()->size().height())), 1, mostVisibleLines);
    const int margins = int(2 * m_text->document()->documentMargin()) + 2 * m_text->frameWidth() + 2;
    m_text->setFixedHeight(lines * m_text->fontMetrics().lineSpacing() + margins);
}

} // namespace coroscope::ui
