// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/disk.h"

#include "core/runtime/loop.h"

#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::download;

namespace {

constexpr int patience = 20'000;

StoredItem itemOf(qint64 id, ItemState state)
{
    StoredItem stored;
    stored.item.id = ItemId {id};
    stored.item.request.urls = {QUrl(QStringLiteral("http://host/%1.bin").arg(id))};
    stored.item.state = state;
    return stored;
}

} // namespace

/// What the threads of the disk do, and in which order.
class TestDisk : public QObject
{
    Q_OBJECT

private slots:
    void rowThatWasToBeNotedBeforeIsNotWrittenOverANewerOne()
    {
        const Loop loop;
        const QTemporaryDir folder;
        const QString path = folder.filePath("queue");
        {
            Disk disk(path);
            bool isLoaded = false;
            disk.load([&isLoaded](const LoadedQueue &loaded) { isLoaded = !loaded.fault; });
            QVERIFY(QTest::qWaitFor([&isLoaded] { return isLoaded; }, patience));
            std::vector<StoredItem> many; // the keeper is at them while the others come
            for (int id = 2; id < 5000; ++id)
                many.push_back(itemOf(id, ItemState::Queued));
            disk.save(std::move(many));
            const auto part = std::make_shared<PartFile>(
                PartFile::create(folder.path(), "1.bin", IfExists::Rename));
            disk.checkpoint({{part, itemOf(1, ItemState::Active)}});
            disk.save({itemOf(1, ItemState::Failed)});
            disk.flush();
        }
        auto opened = QueueStore::open(path);
        const auto *store = std::get_if<std::unique_ptr<QueueStore>>(&opened);
        QVERIFY(store);
        const std::vector<StoredItem> items = (*store)->load();
        const auto first = std::ranges::find(items, ItemId {1},
                                             [](const StoredItem &one) { return one.item.id; });
        QVERIFY(first != items.end());
        QCOMPARE(first->item.state, ItemState::Failed);
    }
};

QTEST_GUILESS_MAIN(TestDisk)
#include "tst_disk.moc"
