// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/jobcodec.h"

#include <QByteArray>
#include <QByteArrayView>

namespace coroscope {

/// The part of a ProcessFunction that doesn't depend on its type.
class ProcessFunctionBase
{
public:
    ProcessFunctionBase(const ProcessFunctionBase &) = delete;
    ProcessFunctionBase &operator=(const ProcessFunctionBase &) = delete;
    const char *name() const noexcept { return m_name; }
    /// Null: this program has none of that name.
    static const ProcessFunctionBase *find(QByteArrayView name) noexcept;
    /// In the worker: encoded arguments to the encoded result. Throws what the function throws, and
    /// jobcodec::Unreadable.
    virtual QByteArray call(const QByteArray &arguments) const = 0;

protected:
    explicit ProcessFunctionBase(const char *name) noexcept;
    ~ProcessFunctionBase() = default;

private:
    const char *m_name;
    const ProcessFunctionBase *m_next;
};

template<class Signature>
class ProcessFunction;

/// A function that a ProcessExecutor's workers know by name; no closure travels to another process, only the
/// name and the arguments (core/runtime/jobcodec.h):
///
///     const ProcessFunction fibonacci("fibonacci", &fibonacciOf); // at namespace scope
///     …
///     const qint64 value = co_await executor.run(fibonacci, 30);
///
/// A worker is the same program, so it has the same functions. The name must be a literal, unique in the
/// program; the object must live as long as the program.
template<class R, class... Args>
class ProcessFunction<R(Args...)> final : public ProcessFunctionBase
{
public:
    using Arguments = std::tuple<std::decay_t<Args>...>;

    ProcessFunction(const char *name, R (*function)(Args...)) noexcept
        : ProcessFunctionBase(name)
        , m_function(function)
    { }
    QByteArray call(const QByteArray &arguments) const override
    {
        auto values = jobcodec::decode<Arguments>(arguments);
        if constexpr (std::is_void_v<R>) {
            std::apply(m_function, std::move(values));
            return {};
        } else {
            return jobcodec::encode<std::decay_t<R>>(std::apply(m_function, std::move(values)));
        }
    }

private:
    R (*m_function)(Args...);
};

template<class R, class... Args>
ProcessFunction(const char *, R (*)(Args...)) -> ProcessFunction<R(Args...)>;

} // namespace coroscope
