// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <QString>

#include <bitset>

namespace coroscope::ui {

/// Which downloads the table shows.
struct DownloadFilter
{
    QString text {}; ///< words, each in the name, URL, error or note; case doesn't matter
    std::bitset<8> states = std::bitset<8>().set(); ///< by download::ItemState

    bool isEmpty() const { return text.trimmed().isEmpty() && states.all(); }
    bool matches(const download::Item &item) const;
    friend bool operator==(const DownloadFilter &, const DownloadFilter &) = default;
};

} // namespace coroscope::ui
