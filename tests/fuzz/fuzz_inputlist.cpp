// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/filename.h"
#include "core/tasks/download/inputlist.h"
#include "tests/fuzz/require.h"

#include <QDir>

using namespace coroscope::download;

namespace {

void requireSound(const Request &request)
{
    require(!request.urls.isEmpty(), "a request has an address");
    for (const QUrl &url : request.urls) {
        require(url.isValid() && !url.host().isEmpty(), "an address is one");
        require(url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"),
                "it can be fetched");
        require(url.userInfo().isEmpty(), "no login stays in an address");
    }
    require(QDir::isAbsolutePath(request.folder), "a folder is absolute");
    require(request.fileName.isEmpty() || safeFileName(request.fileName) == request.fileName,
            "a name is safe");
    require(request.options.segments >= 1 && request.options.segments <= 16, "segments have a limit");
    for (const auto &header : request.headers)
        require(!header.name.isEmpty() && !header.value.contains('\n') && !header.value.contains('\r'),
                "a header is one");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const Request defaults {.folder = QStringLiteral("/base")};
    const InputList list = parseInput(text, defaults);
    require(qint64(list.requests.size()) <= mostRequests, "requests have a limit");
    // All of many look alike: the first and the last will do.
    for (std::size_t i = 0; i < list.requests.size(); ++i) {
        if (i < 100 || i + 100 >= list.requests.size())
            requireSound(list.requests[i]);
    }
    const int lines = int(text.count(u'\n')) + 1;
    for (const auto *remarks : {&list.errors, &list.notes}) {
        for (const InputError &remark : *remarks)
            require(remark.line >= 1 && remark.line <= lines && !remark.message.isEmpty(),
                    "a remark is about a line");
    }
    for (const Request &request : parseUrls({text.left(200)}, defaults).requests)
        requireSound(request);
    return 0;
}
