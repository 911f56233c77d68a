// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/panetabs.h"

#include <QBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

namespace coroscope::ui {

PaneTabs::PaneTabs(QWidget *parent)
    : QWidget(parent)
    , m_head(new QHBoxLayout)
    , m_bar(new QTabBar(this))
    , m_corners(new QStackedWidget(this))
    , m_panes(new QStackedWidget(this))
{
    m_bar->setObjectName(QStringLiteral("paneTabs"));
    m_bar->setAccessibleName(tr("Panes"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideNone);
    m_corners->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Ignored);
    m_head->setContentsMargins(10, 0, 0, 0);
    m_head->setSpacing(8);
    m_head->addWidget(m_bar, 0, Qt::AlignBottom);
    m_head->addStretch(1);
    m_head->addWidget(m_corners);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_head);
    layout->addWidget(m_panes, 1);
    connect(m_bar, &QTabBar::currentChanged, m_panes, &QStackedWidget::setCurrentIndex);
    connect(m_bar, &QTabBar::currentChanged, this, &PaneTabs::showCorner);
}

/// A corner that isn't seen takes no room of the tabs'.
void PaneTabs::showCorner(int index)
{
    m_corners->setCurrentIndex(index);
    for (int i = 0; i < m_corners->count(); ++i) {
        const auto policy = i == index ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        m_corners->widget(i)->setSizePolicy(policy, QSizePolicy::Preferred);
    }
    m_corners->updateGeometry();
}

int PaneTabs::add(QWidget *pane, const QString &title, QWidget *corner)
{
    m_panes->addWidget(pane);
    m_corners->addWidget(corner);
    const int index = m_bar->addTab(title);
    m_bar->updateGeometry(); // which a tab bar that isn't shown yet forgets
    showCorner(m_bar->currentIndex());
    return index;
}

void PaneTabs::addBeside(QWidget *widget) { m_head->insertWidget(1, widget, 0, Qt::AlignVCenter); }

void PaneTabs::setTitle(QWidget *pane, const QString &title)
{
    m_bar->setTabText(m_panes->indexOf(pane), title);
}

QWidget *PaneTabs::current() const { return m_panes->currentWidget(); }

void PaneTabs::show(QWidget *pane) { m_bar->setCurrentIndex(m_panes->indexOf(pane)); }

int PaneTabs::currentIndex() const { return m_bar->currentIndex(); }

void PaneTabs::setCurrentIndex(int index) { m_bar->setCurrentIndex(index); }

} // namespace coroscope::ui
