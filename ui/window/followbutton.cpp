// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/followbutton.h"

namespace coroscope::ui {

FollowButton::FollowButton(tasks::FileSession &session, QWidget *parent)
    : QPushButton(parent)
    , m_session(session)
{
    setObjectName(QStringLiteral("follow"));
    setCheckable(true);
    connect(this, &QPushButton::clicked, this, [this](bool checked) { m_session.setFollowing(checked); });
    connect(&session, &tasks::FileSession::followingChanged, this, &FollowButton::refresh);
    refresh();
}

void FollowButton::refresh()
{
    const bool isFollowing = m_session.isFollowing();
    setChecked(isFollowing);
    setText(isFollowing ? tr("Following") : tr("Follow"));
    setToolTip(isFollowing ? tr("The recording is read as it is written; press to stop")
                           : tr("More is being written to this recording: read it as it comes"));
    setVisible(isFollowing || m_session.hasGrown());
}

} // namespace coroscope::ui
