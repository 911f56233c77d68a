// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/filesession.h"

#include <QPushButton>

namespace coroscope::ui {

/// Offers to follow a recording that is still being written; pressed, it follows. Hidden where nothing is
/// written.
class FollowButton : public QPushButton
{
    Q_OBJECT
public:
    /// The session outlives it.
    explicit FollowButton(tasks::FileSession &session, QWidget *parent = nullptr);

private:
    void refresh();

    tasks::FileSession &m_session;
};

} // namespace coroscope::ui
