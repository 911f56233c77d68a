// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/widgets/noticebar.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace coroscope::ui {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_layout(new QHBoxLayout(this))
    , m_text(new QLabel(this))
{
    setProperty("notice", true);
    m_layout->setContentsMargins(12, 4, 8, 4);
    m_layout->setSpacing(8);
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_layout->addWidget(m_text, 1);
    m_hide.setSingleShot(true);
    connect(&m_hide, &QTimer::timeout, this, [this] {
        hide();
        emit closed();
    });
    hide();
}

QPushButton *NoticeBar::addButton(const QString &text, const char *name)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setAutoDefault(false);
    m_layout->addWidget(button);
    return button;
}

void NoticeBar::addWidget(QWidget *widget) { m_layout->addWidget(widget); }

void NoticeBar::say(const QString &text, std::chrono::milliseconds time)
{
    m_text->setText(text);
    setAccessibleName(text);
    if (time.count() > 0)
        m_hide.start(time);
    else
        m_hide.stop();
    show();
}

QString NoticeBar::text() const { return m_text->text(); }

void NoticeBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        QFrame::keyPressEvent(event);
        return;
    }
    m_hide.stop();
    hide();
    emit closed();
}

} // namespace coroscope::ui
