// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/countdown.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace coroscope::ui {

using namespace std::chrono_literals;

Countdown::Countdown(const QString &title, const QString &text, const QString &now, std::chrono::seconds time,
                     QWidget *window)
    : QDialog(window)
    , m_format(text)
    , m_left(time)
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
{
    setObjectName(QStringLiteral("countdown"));
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(380);
    m_bar->setRange(0, int(time.count()));
    m_bar->setTextVisible(false);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    QPushButton *atOnce = buttons->addButton(now, QDialogButtonBox::AcceptRole);
    atOnce->setAutoDefault(false);
    cancel->setDefault(true); // whoever hits Enter without having read this loses nothing
    cancel->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    layout->addWidget(buttons);
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_left -= 1s;
        showLeft();
        if (m_left <= 0s)
            accept();
    });
    connect(this, &QDialog::finished, &m_second, &QTimer::stop);
    m_second.start();
    showLeft();
}

void Countdown::showLeft()
{
    m_text->setText(m_format.arg(m_left.count()));
    m_bar->setValue(int(m_left.count()));
}

} // namespace coroscope::ui
