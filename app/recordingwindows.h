// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/filesession.h"
#include "ui/window/mainwindow.h"

#include <QSettings>

#include <memory>
#include <vector>

namespace coroscope::app {

/// A window for each recording that is opened. While a big one is read, its window tells how far and lets it
/// be stopped.
class RecordingWindows : public QObject
{
    Q_OBJECT
public:
    /// `settings` outlives it.
    explicit RecordingWindows(QSettings &settings);
    ~RecordingWindows() override;

    enum class Follow { IfAsked, AtOnce }; ///< a recording that is still being written
    /// A QString: it can't be read, in a sentence; no window is there then.
    std::optional<QString> open(const QString &file, Follow follow = Follow::IfAsked);
    /// Opens, or says over `parent` why not.
    void openOrSay(const QString &file, QWidget *parent);
    ui::MainWindow *last() const { return m_windows.empty() ? nullptr : m_windows.back()->window.get(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct One
    {
        tasks::FileSession session;
        std::unique_ptr<ui::MainWindow> window;
    };
    void showProgress(One &one);
    void forget(const QObject *window);

    QSettings &m_settings;
    std::vector<std::unique_ptr<One>> m_windows;
};

} // namespace coroscope::app
