// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <functional>

class QWidget;

/// What is asked about downloads that are in the queue. Each opens a dialog on `window`, returns at once, and
/// calls `then` if the answer was agreed to, and can be read.
namespace coroscope::ui {

/// Why `text` can't be the new address of a download; empty: it can.
QString whyNoUrl(const QString &text);

void askUrl(const download::Item &item, QWidget *window, std::function<void(const QUrl &)> then);
void askRate(std::optional<qint64> current, int items, QWidget *window,
             std::function<void(std::optional<qint64>)> then);
/// Answers null for "now".
void askStart(const QDateTime &current, int items, QWidget *window,
              std::function<void(const QDateTime &)> then);
void askLogin(const download::Item &item, QWidget *window,
              std::function<void(const net::Credentials &)> then);
/// "example.org", or the proxy: who wants to know.
QString whoWantsLogin(const download::Item &item);

} // namespace coroscope::ui
