// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/filename.h"
#include "tests/fuzz/require.h"

using namespace coroscope::download;

namespace {

void requireSafe(const QString &name)
{
    require(!name.isEmpty(), "a name isn't empty");
    require(name != QLatin1String(".") && name != QLatin1String(".."), "a name is no folder's");
    for (const QChar c : name) {
        require(!QStringLiteral("/\\\\|<>\"?*:").contains(c),
                "a name is one segment that each file system takes");
        require(c.category() != QChar::Other_Control, "a name has no control characters");
    }
    require(!name.endsWith(u'.') && !name.endsWith(u' '), "a name ends in what no system cuts off");
    const QByteArray utf8 = name.toUtf8();
    require(QString::fromUtf8(utf8) == name, "a name is well-formed");
    require(utf8.size() + partSuffix.size() <= 255, "a name leaves room for .part");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QString offered = dispositionFileName(bytes);
    const QString name = safeFileName(offered);
    requireSafe(name);
    require(safeFileName(name) == name, "a safe name stays as it is");
    requireSafe(fileNameFor(QUrl(QStringLiteral("http://h/a")), {}, bytes));
    requireSafe(fileNameFor(QUrl::fromEncoded("http://h/" + bytes), {}));
    // Any UTF-16 at all, too.
    requireSafe(safeFileName(QString(reinterpret_cast<const QChar *>(bytes.constData()), bytes.size() / 2)));
    for (const int number : {1, 10, 9999})
        requireSafe(numberedFileName(name, number));
    return 0;
}
