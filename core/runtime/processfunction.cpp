// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/processfunction.h"

#include <utility>

namespace coroscope {

namespace {

// Filled while static objects are made, on one thread; read only after that.
constinit const ProcessFunctionBase *first = nullptr;

} // namespace

ProcessFunctionBase::ProcessFunctionBase(const char *name) noexcept
    : m_name(name)
    , m_next(first)
{
    Q_ASSERT_X(!find(name), "ProcessFunction", name);
    first = this;
}

const ProcessFunctionBase *ProcessFunctionBase::find(QByteArrayView name) noexcept
{
    for (const ProcessFunctionBase *function = first; function; function = function->m_next)
        if (name == function->m_name)
            return function;
    return nullptr;
}

} // namespace coroscope
