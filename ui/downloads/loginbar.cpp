// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/loginbar.h"

#include "ui/downloads/itemdialogs.h"

#include <QLineEdit>
#include <QPushButton>

namespace coroscope::ui {

using namespace download;

static bool waitsForLogin(const Item &item)
{
    return item.state == ItemState::Paused && item.pauseReason == PauseReason::NeedsLogin;
}

LoginBar::LoginBar(DownloadList &list, QWidget *parent)
    : NoticeBar(parent)
    , m_list(list)
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
{
    setObjectName(QStringLiteral("loginBar"));
    m_user->setObjectName(QStringLiteral("user"));
    m_user->setPlaceholderText(tr("user"));
    m_user->setAccessibleName(tr("User"));
    m_user->setMaximumWidth(150);
    m_password->setObjectName(QStringLiteral("password"));
    m_password->setPlaceholderText(tr("password"));
    m_password->setAccessibleName(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaximumWidth(150);
    addWidget(m_user);
    addWidget(m_password);
    m_give = addButton(tr("Log In"), "give");
    QPushButton *skipButton = addButton(tr("Skip"), "skip");
    m_give->setEnabled(false);
    connect(m_user, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_give->setEnabled(!text.isEmpty()); });
    connect(m_user, &QLineEdit::returnPressed, this, &LoginBar::give);
    connect(m_password, &QLineEdit::returnPressed, this, &LoginBar::give);
    connect(m_give, &QPushButton::clicked, this, &LoginBar::give);
    connect(skipButton, &QPushButton::clicked, this, &LoginBar::skip);
    connect(this, &NoticeBar::closed, this, &LoginBar::skip);
    connect(&list, &DownloadList::updated, this, [this](const std::vector<int> &rows) {
        for (const int row : rows)
            look(row);
    });
    connect(&list, &DownloadList::aboutToAppend, this, [this](int first) { m_firstNew = first; });
    connect(&list, &DownloadList::appended, this, [this] {
        for (int row = m_firstNew; row < m_list.size(); ++row)
            look(row);
    });
    connect(&list, &DownloadList::reset, this, &LoginBar::lookAtAll);
    connect(&list, &DownloadList::totalsChanged, this, &LoginBar::showNext);
    lookAtAll();
    showNext();
}

void LoginBar::look(int row)
{
    const Item &item = m_list.at(row);
    if (waitsForLogin(item)) {
        m_waiting.insert(item.id);
    } else if (m_waiting.erase(item.id) > 0) {
        // It went on: should its login turn out wrong, that is asked for again.
        m_answered.erase(whoWantsLogin(item));
    }
}

void LoginBar::lookAtAll()
{
    m_waiting.clear();
    for (int row = 0; row < m_list.size(); ++row)
        look(row);
}

void LoginBar::showNext()
{
    const auto asksFor = [this](ItemId id) {
        const Item *item = m_list.find(id);
        return item && waitsForLogin(*item) && !m_answered.contains(whoWantsLogin(*item));
    };
    if (m_item && asksFor(m_item))
        return;
    m_item = {};
    for (const ItemId id : m_waiting) {
        if (asksFor(id)) {
            m_item = id;
            break;
        }
    }
    m_user->clear();
    m_password->clear();
    if (!m_item) {
        hide();
        return;
    }
    const Item &item = *m_list.find(m_item);
    const QString who = whoWantsLogin(item);
    const auto others = std::ranges::count_if(m_waiting, [&](ItemId id) {
        const Item *other = m_list.find(id);
        return other && id != m_item && whoWantsLogin(*other) == who;
    });
    say(others == 0
            ? tr("Login needed at %1 for “%2”.").arg(who, item.name)
            : tr("Login needed at %1 for “%2” and %n more.", nullptr, int(others)).arg(who, item.name));
}

void LoginBar::give()
{
    const Item *item = m_list.find(m_item);
    if (!item || m_user->text().isEmpty())
        return;
    const net::Credentials credentials {.user = m_user->text(), .password = m_password->text()};
    const ItemId id = m_item;
    m_answered.insert(whoWantsLogin(*item));
    showNext();
    emit given(id, credentials);
}

void LoginBar::skip()
{
    if (const Item *item = m_list.find(m_item))
        m_answered.insert(whoWantsLogin(*item));
    showNext();
}

} // namespace coroscope::ui
