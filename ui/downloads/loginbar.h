// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/downloadlist.h"
#include "ui/widgets/noticebar.h"

#include <set>

class QLineEdit;

namespace coroscope::ui {

/// Asks for the login that paused downloads wait for, one host after the other, without standing in anybody's
/// way. What was skipped isn't asked for again; the download's menu has it still.
class LoginBar : public NoticeBar
{
    Q_OBJECT
public:
    explicit LoginBar(download::DownloadList &list, QWidget *parent = nullptr);

signals:
    void given(coroscope::download::ItemId item, const coroscope::net::Credentials &credentials);

private:
    void look(int row);
    void lookAtAll();
    void showNext();
    void give();
    void skip();

    download::DownloadList &m_list;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QPushButton *m_give;
    std::set<download::ItemId> m_waiting;
    std::set<QString> m_answered; ///< hosts that were skipped, or whose login is on its way
    download::ItemId m_item; ///< whom the bar asks for
    int m_firstNew = 0; ///< row of the first item that is being appended
};

} // namespace coroscope::ui
