// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoroTask>

#include <coroutine>

/// Two small static libraries with the same shape: one compiled with the instrument, one without.
namespace coroscope::test {

/// Where a coroutine waits until somebody resumes it by hand.
struct Doorstep
{
    std::coroutine_handle<> waiting;
};

QCoro::Task<int> tracedAnswer();
QCoro::Task<int> tracedVisit(Doorstep *doorstep);
/// Awaits what another library made, traced or not.
QCoro::Task<int> tracedRelay(QCoro::Task<int> task);

QCoro::Task<int> untracedAnswer();
QCoro::Task<int> untracedVisit(Doorstep *doorstep);
QCoro::Task<int> untracedRelay(QCoro::Task<int> task);

} // namespace coroscope::test
