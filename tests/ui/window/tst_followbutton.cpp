// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/followbutton.h"

#include "tests/io/eventlist.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

/// A recording that is being written while a window shows it.
class TestFollowButton : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QFile m_file;
    io::EventList m_pools;
    std::unique_ptr<io::TraceWriter> m_writer;
    std::uint32_t m_tasks = 0;

    void writeTask()
    {
        model::TraceEvent event;
        event.time = model::Time {1000 * ++m_tasks};
        event.thread = model::ThreadId {1};
        event.task = m_tasks;
        event.type = trace::EventType::Created;
        m_writer->append(event);
        m_writer->commit(model::Time {1000 * m_tasks});
        m_writer->flush();
        m_file.flush();
    }
    static std::size_t tasksIn(tasks::FileSession &session) { return session.store().tasks().size(); }

private slots:
    void init()
    {
        m_tasks = 0;
        m_file.setFileName(m_folder.filePath(QStringLiteral("run.coro")));
        QVERIFY(m_file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        m_writer = std::make_unique<io::TraceWriter>(m_file, m_pools, io::Facts::ofThisProcess());
        writeTask();
    }
    void cleanup()
    {
        m_writer.reset();
        m_file.close();
    }

    void aFileThatGrowsIsFollowedWhenTheButtonIsPressed()
    {
        QWidget window;
        tasks::FileSession session;
        auto *button = new FollowButton(session, &window);
        window.show();
        QSignalSpy opened(&session, &tasks::FileSession::opened);
        QCOMPARE(session.open(m_file.fileName()), std::nullopt);
        QVERIFY(opened.wait(20'000));
        QVERIFY(!button->isVisible()); // nobody may be writing it any more
        writeTask();
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("Follow"));
        QCOMPARE(tasksIn(session), 1u);

        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(button->text(), QStringLiteral("Following"));
        QVERIFY(button->isChecked());
        QVERIFY(session.isLive());
        QTRY_COMPARE(tasksIn(session), 2u);
        writeTask();
        QTRY_COMPARE(tasksIn(session), 3u);

        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(!session.isFollowing());
        QVERIFY(!button->isVisible());
        writeTask();
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(tasksIn(session), 3u);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(tasksIn(session), 4u);

        m_writer->close();
        m_file.flush();
        QTRY_VERIFY(!session.isFollowing());
        QVERIFY(!button->isVisible());
        QCOMPARE(session.report().fault, std::nullopt);
        QVERIFY(session.canSave());
    }

    void oneThatIsToBeFollowedIsFollowedAtOnce()
    {
        QWidget window;
        tasks::FileSession session;
        auto *button = new FollowButton(session, &window);
        window.show();
        QCOMPARE(session.open(m_file.fileName(), true), std::nullopt);
        QTRY_VERIFY(session.isFollowing());
        QVERIFY(button->isVisible());
        writeTask();
        QTRY_COMPARE(tasksIn(session), 2u);
    }

    void oneThatIsClosedIsNotFollowed()
    {
        m_writer->close();
        m_file.flush();
        tasks::FileSession session;
        QSignalSpy idle(&session, &tasks::Session::idle);
        QCOMPARE(session.open(m_file.fileName(), true), std::nullopt);
        QVERIFY(idle.wait(20'000));
        QVERIFY(!session.isFollowing());
        QCOMPARE(session.report().fault, std::nullopt);
    }
};

QTEST_MAIN(TestFollowButton)
#include "tst_followbutton.moc"
