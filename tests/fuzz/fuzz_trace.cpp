// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/chunk.h"
#include "core/io/readtrace.h"
#include "require.h"

#include <QBuffer>

using namespace coroscope;
using namespace coroscope::io;

namespace {

/// As bytes of a file: what has no right checksum ends there.
void readFile(const QByteArray &bytes)
{
    QBuffer file;
    file.setData(bytes);
    file.open(QIODevice::ReadOnly);
    model::TraceStore store;
    constexpr std::uint64_t limit = std::uint64_t(256) << 20;
    const auto result = readTrace(file, store, limit);
    if (const auto *report = std::get_if<ReadReport>(&result))
        require(report->events <= store.figures().events + store.figures().lost + store.figures().lostTexts,
                "no more events than the store took");
    // What a view asks.
    std::vector<model::LaneSpan> spans;
    for (const TaskId task : store.tasks()) {
        store.spans(task, store.firstTime(), store.now(), model::Time {1000}, spans);
        store.awaitChain(task);
        store.awaitsItself(task);
        store.describe(store.task(task)->wait);
        for (std::uint32_t i = 0; i < store.sliceCount(task); ++i)
            store.describe(store.slice(task, i).wait);
    }
    store.utilization(store.firstTime(), store.now(), 100);
}

} // namespace

/// The first byte says what the rest is: a whole file, or the content of a chunk whose checksum is right.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray rest(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    const QByteArray head = fileHeader() + makeChunk(ChunkType::Facts, writeFacts({}))
                            + makeChunk(ChunkType::Schemas, writeSchemas());
    switch (data[0] % 5) {
    case 0:
        readFile(rest);
        break;
    case 1:
        readFile(fileHeader() + makeChunk(ChunkType::Facts, rest));
        break;
    case 2:
        readFile(fileHeader() + makeChunk(ChunkType::Schemas, rest));
        break;
    case 3:
        readFile(head + makeChunk(ChunkType::Notes, rest));
        break;
    default:
        readFile(head + makeChunk(ChunkType::Events, rest));
    }
    return 0;
}
