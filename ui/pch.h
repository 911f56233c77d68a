// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Precompiled for the window: what most of its sources include anyway.
#include <QApplication>
#include <QHash>
#include <QLabel>
#include <QList>
#include <QPainter>
#include <QString>
#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>
