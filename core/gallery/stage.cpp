// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/stage.h"

#include "core/trace/note.h"

#include <thread>

namespace coroscope::gallery {

Stage::Stage(StageOptions options)
    : m_options(std::make_shared<const StageOptions>(std::move(options)))
{ }

void Stage::print(const QString &line) const
{
    trace::print(line);
    if (m_options->print)
        m_options->print(line);
}

void Stage::block(std::chrono::nanoseconds duration) const
{
    if (m_options->block)
        m_options->block(scaled(duration));
    else
        std::this_thread::sleep_for(scaled(duration));
}

std::chrono::nanoseconds Stage::scaled(std::chrono::nanoseconds duration) const
{
    return std::chrono::nanoseconds(qint64(double(duration.count()) / m_options->speed));
}

QString shown(const QUrl &url) { return url.toString(QUrl::RemoveUserInfo); }

} // namespace coroscope::gallery
