// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/recordingwindows.h"

#include "ui/window/followbutton.h"

#include <QEvent>
#include <QFileInfo>
#include <QMessageBox>
#include <QProgressDialog>
#include <QTimer>

namespace coroscope::app {

RecordingWindows::RecordingWindows(QSettings &settings)
    : m_settings(settings)
{ }

RecordingWindows::~RecordingWindows() = default;

std::optional<QString> RecordingWindows::open(const QString &file, Follow follow)
{
    auto one = std::make_unique<One>();
    if (auto why = one->session.open(file, follow == Follow::AtOnce))
        return why;
    one->window = std::make_unique<ui::MainWindow>(one->session, m_settings);
    ui::MainWindow *const window = one->window.get();
    window->setWindowTitle(tr("%1 – Coroscope").arg(QFileInfo(file).fileName()));
    window->setWindowFilePath(file);
    window->installEventFilter(this);
    connect(&one->session, &tasks::FileSession::opened, window, &ui::MainWindow::showWholeSession);
    connect(window, &ui::MainWindow::openWanted, this,
            [this, window](const QString &other) { openOrSay(other, window); });
    window->addOffer(new ui::FollowButton(one->session));
    connect(&one->session, &tasks::FileSession::followingChanged, window,
            [window, session = &one->session] { window->setFollowing(session->isFollowing()); });
    showProgress(*one);
    window->show();
    m_windows.push_back(std::move(one));
    return {};
}

void RecordingWindows::openOrSay(const QString &file, QWidget *parent)
{
    const auto why = open(file);
    if (!why)
        return;
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Open a Recording"), *why, QMessageBox::Ok, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void RecordingWindows::showProgress(One &one)
{
    constexpr int steps = 1000;
    auto *dialog = new QProgressDialog(tr("Reading %1 …").arg(QFileInfo(one.session.file()).fileName()),
                                       tr("Stop"), 0, steps, one.window.get());
    dialog->setWindowTitle(tr("Open a Recording"));
    dialog->setMinimumDuration(400);
    dialog->setValue(0);
    tasks::FileSession *const session = &one.session;
    connect(&session->loader(), &io::TraceLoader::progressed, dialog, [dialog, session] {
        if (!dialog->wasCanceled())
            dialog->setValue(int(session->loader().progress() * (steps - 1)));
    });
    connect(dialog, &QProgressDialog::canceled, session, [session] { session->loader().cancel(); });
    connect(session, &tasks::FileSession::opened, dialog, &QObject::deleteLater);
}

bool RecordingWindows::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close) // not from within its own event
        QTimer::singleShot(0, this, [this, watched] { forget(watched); });
    return QObject::eventFilter(watched, event);
}

void RecordingWindows::forget(const QObject *window)
{
    std::erase_if(m_windows, [window](const auto &one) {
        return one->window.get() == window && !one->window->isVisible();
    });
}

} // namespace coroscope::app
