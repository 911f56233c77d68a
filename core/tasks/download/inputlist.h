// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

#include <vector>

namespace coroscope::download {

/// Something about a line of the input.
struct InputError
{
    int line = 0; ///< from 1
    QString message {}; ///< a sentence: what is wrong, what to do; never with a password
    friend bool operator==(const InputError &, const InputError &) = default;
};

struct InputList
{
    std::vector<Request> requests {}; ///< in the order of the input; of lines without an error
    std::vector<InputError> errors {}; ///< in the order of their lines
    std::vector<InputError> notes {}; ///< what was understood otherwise than it is written
    friend bool operator==(const InputList &, const InputList &) = default;
};

inline constexpr qint64 mostRequests = 100'000; ///< of one input

/// What a text asks for: an address a line, "#" comments, aria2's input format (mirrors of one file on a
/// line, parted by tabs; indented options below it, see inputoption.h), ranges (see urlpattern.h). A login in
/// an address becomes the request's credentials. A file that stands there twice, with the same folder and
/// name, is taken once. Neither errors nor requests: there was nothing in it.
///
/// Each request begins as a copy of `defaults`, whose folder is the one that a relative "dir=" is in.
InputList parseInput(const QString &text, const Request &defaults);

/// The same of a command line's words, an address each; `line` counts the words.
InputList parseUrls(const QStringList &words, const Request &defaults);

} // namespace coroscope::download
