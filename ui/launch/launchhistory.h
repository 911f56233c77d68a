// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/spec.h"

class QSettings;

namespace coroscope::ui {

/// What was launched lately, newest first, kept in the settings: without passwords, as tasks::toJson() writes
/// it.
class LaunchHistory
{
public:
    enum class Kind { Download, Redis, MySql, Crawl, Sleep };
    static constexpr int most = 15;

    explicit LaunchHistory(QSettings &settings)
        : m_settings(settings)
    { }

    void add(Kind kind, const tasks::TaskSpec &spec);
    std::vector<tasks::TaskSpec> entries(Kind kind) const;

private:
    QSettings &m_settings;
};

/// A line for a menu: the URL, the command, the duration.
QString summary(const tasks::TaskSpec &spec);

} // namespace coroscope::ui
