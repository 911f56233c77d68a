// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/withasync.h"

using namespace coroscope;
using namespace coroscope::gallery;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

class AsyncContextManager
{
public:
    explicit AsyncContextManager(Stage stage)
        : m_stage(std::move(stage))
    { }

    Task<int> doSomething() { co_return 666; } // with the database

    // __aenter__: connects to the database.
    Task<AsyncContextManager *> enter()
    {
        co_await m_stage.sleep(1s);
        co_return this;
    }
    // __aexit__: closes the connection; also when the body threw or was cancelled.
    Task<> exit(std::exception_ptr) { co_await m_stage.sleep(1s); }

private:
    Stage m_stage;
};

Task<> body(Stage stage, AsyncContextManager *f)
{
    const int result = co_await f->doSomething();
    stage.print(QString::number(result));
}

} // namespace

Task<> coroscope::gallery::runAsyncContext(Stage stage)
{
    // The lambda is no coroutine: it calls one.
    co_await withAsync(AsyncContextManager(stage),
                       [stage](AsyncContextManager *f) { return body(stage, f); });
}
