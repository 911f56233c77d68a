// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadsmenu.h"

#include "core/tasks/download/downloadlist.h"
#include "ui/downloads/batchend.h"
#include "ui/downloads/clipboardwatch.h"
#include "ui/downloads/downloadcommands.h"
#include "ui/downloads/downloadspane.h"
#include "ui/downloads/login1.h"
#include "ui/downloads/notifier.h"
#include "ui/downloads/queuesettings.h"
#include "ui/downloads/sleepinhibitor.h"
#include "ui/launch/urldrop.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>

namespace coroscope::ui {

using namespace std::chrono_literals;

static constexpr auto watchKey = "downloads/watchClipboard";
static constexpr auto offerTime = 20s;

DownloadsMenu::DownloadsMenu(tasks::Session &session, QSettings &settings, DownloadsPane &pane, QAction *add,
                             QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_window(window)
    , m_menu(new QMenu(tr("&Downloads"), window))
    , m_watch(new ClipboardWatch(this))
    , m_endActions(new QActionGroup(this))
    , m_offer(new QPushButton(window))
{
    auto *power = new Login1(this);
    m_end = new BatchEnd(*session.downloads(), *new Notifier(this), *power, window);
    new SleepInhibitor(*session.downloads(), *power, this);
    connect(m_end, &BatchEnd::said, this, &DownloadsMenu::said);
    connect(m_end, &BatchEnd::quitWanted, this, &DownloadsMenu::quitWanted);
    connect(m_watch, &ClipboardWatch::copied, this, &DownloadsMenu::showOffer);

    m_offer->setObjectName(QStringLiteral("clipboardOffer"));
    m_offer->setProperty("flat", true);
    m_offer->hide();
    connect(m_offer, &QPushButton::clicked, this, [this] {
        m_offer->hide();
        emit addWanted(m_offered);
    });

    m_menu->addAction(add);
    QAction *pasteLinks = m_menu->addAction(tr("Paste &Links…"), this, &DownloadsMenu::paste);
    pasteLinks->setObjectName(QStringLiteral("pasteLinks"));
    pasteLinks->setShortcut(QKeySequence::Paste);
    connect(add, &QAction::enabledChanged, pasteLinks, &QAction::setEnabled);
    pasteLinks->setEnabled(add->isEnabled());
    m_menu->addSeparator();
    pane.commands().actions().fillMenu(*m_menu);
    m_menu->addSeparator();
    QAction *watch = m_menu->addAction(tr("&Watch the Clipboard"));
    watch->setObjectName(QStringLiteral("watchClipboard"));
    watch->setToolTip(tr("Offer links that are copied in other programs"));
    watch->setCheckable(true);
    connect(watch, &QAction::toggled, this, &DownloadsMenu::watchClipboard);
    watch->setChecked(settings.value(QLatin1String(watchKey), false).toBool());
    fillEnd();
    QAction *queue = m_menu->addAction(tr("&Queue Settings…"), this, &DownloadsMenu::openSettings);
    queue->setObjectName(QStringLiteral("queueSettingsAction"));
}

void DownloadsMenu::fillEnd()
{
    QMenu *menu = m_menu->addMenu(tr("W&hen All Have Ended"));
    const std::pair<EndAction, QString> choices[] {{EndAction::Nothing, tr("Do &Nothing")},
                                                   {EndAction::Quit, tr("&Quit Coroscope")},
                                                   {EndAction::Suspend, tr("&Suspend the Computer")},
                                                   {EndAction::ShutDown, tr("Shut &Down the Computer")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = m_endActions->addAction(text);
        action->setObjectName(QStringLiteral("endAction%1").arg(int(choice)));
        action->setCheckable(true);
        action->setChecked(choice == m_end->action());
        action->setData(int(choice));
        menu->addAction(action);
    }
    connect(m_endActions, &QActionGroup::triggered, this,
            [this](const QAction *action) { m_end->setAction(EndAction(action->data().toInt())); });
    connect(m_end, &BatchEnd::actionChanged, this, [this](EndAction chosen) {
        for (QAction *action : m_endActions->actions())
            action->setChecked(EndAction(action->data().toInt()) == chosen);
    });
}

void DownloadsMenu::paste()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    const UrlLines pasted = data ? urlLines(*data) : UrlLines {};
    if (!pasted.error.isEmpty())
        emit said(pasted.error);
    if (!pasted.lines.isEmpty())
        emit addWanted(pasted.lines);
    else if (pasted.error.isEmpty())
        emit said(tr("There is no link in the clipboard."));
}

void DownloadsMenu::watchClipboard(bool on)
{
    m_settings.setValue(QLatin1String(watchKey), on);
    m_watch->setActive(on);
    if (!on)
        m_offer->hide();
}

void DownloadsMenu::showOffer(const QString &links, int count)
{
    m_offered = links;
    m_offer->setText(count == 1 ? tr("A link was copied. Add…")
                                : tr("%n links were copied. Add…", nullptr, count));
    m_offer->show();
    QTimer::singleShot(offerTime, m_offer, [this, links] {
        if (m_offered == links)
            m_offer->hide();
    });
}

void DownloadsMenu::openSettings()
{
    auto *dialog = new QueueSettings(m_session.downloads()->limits(), m_settings, m_window);
    connect(dialog, &QueueSettings::limitsChosen, this, [this](const download::Limits &limits) {
        m_session.post(tasks::DownloadCommand {download::SetLimits {limits}});
    });
    dialog->open();
}

} // namespace coroscope::ui
