// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/runtime/asyncgenerator.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

/// The first form: a class whose next() can be awaited. After the end it gives nothing.
class Reader
{
public:
    Task<std::optional<int>> next()
    {
        // A real reader would wait here for its file or its socket.
        ++m_count;
        if (m_count == 100)
            co_return std::nullopt;
        co_return m_count;
    }

private:
    int m_count = 0;
};

/// The second form: an async generator, which may wait between the values that it gives.
AsyncGenerator<int> items(Reader reader)
{
    for (auto value = co_await reader.next(); value; value = co_await reader.next())
        co_yield *value;
}

} // namespace

Task<> coroscope::gallery::runAsyncIterator(Stage stage)
{
    auto obj = items(Reader());
    for (auto item = co_await obj.next(); item; item = co_await obj.next())
        stage.print(QString::number(*item));
}
