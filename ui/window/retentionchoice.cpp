// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/window/retentionchoice.h"

#include "ui/timeline/forgottenstretch.h"

#include <QAction>
#include <QActionGroup>
#include <QInputDialog>
#include <QMenu>
#include <QSettings>

#include <algorithm>

using namespace std::chrono_literals;

namespace coroscope::ui {

namespace {

constexpr auto keepKey = "session/keep";

const model::Retention standard {.time = {}, .events = {}, .memoryBytes = 1'000'000'000};

const std::array<model::Retention, 7> offered {{
    {.time = 1min, .events = {}, .memoryBytes = {}},
    {.time = 10min, .events = {}, .memoryBytes = {}},
    {.time = {}, .events = 1'000'000, .memoryBytes = {}},
    {.time = {}, .events = {}, .memoryBytes = 256'000'000},
    standard,
    {.time = {}, .events = {}, .memoryBytes = 4'000'000'000},
    {},
}};

} // namespace

model::Retention savedRetention(const QSettings &settings)
{
    const auto saved = model::parseRetention(settings.value(QLatin1String(keepKey)).toString());
    const auto *known = std::get_if<model::Retention>(&saved);
    return known ? *known : standard;
}

RetentionChoice::RetentionChoice(model::TraceStore &store, QSettings &settings, QWidget *window)
    : QObject(window)
    , m_store(store)
    , m_settings(settings)
    , m_window(window)
    , m_menu(new QMenu(tr("&Keep"), window))
{
    m_menu->setObjectName(QStringLiteral("keepMenu"));
    connect(m_menu, &QMenu::aboutToShow, this, &RetentionChoice::fill);
    fill();
}

void RetentionChoice::fill()
{
    m_menu->clear();
    const model::Retention now = m_store.retention();
    std::vector<model::Retention> choices(offered.begin(), offered.end());
    if (std::ranges::find(choices, now) == choices.end())
        choices.insert(choices.begin(), now);
    for (const model::Retention &choice : choices) {
        QAction *action = m_menu->addAction(choice.isLimited() ? retentionWords(choice) : tr("everything"),
                                            this, [this, choice] { choose(choice); });
        action->setObjectName(QStringLiteral("keep-") + model::writtenRetention(choice));
        action->setCheckable(true);
        action->setChecked(choice == now);
    }
    m_menu->addSeparator();
    m_menu->addAction(tr("&Other…"), this, &RetentionChoice::ask)->setObjectName(QStringLiteral("keepOther"));
}

void RetentionChoice::choose(const model::Retention &retention)
{
    m_settings.setValue(QLatin1String(keepKey), model::writtenRetention(retention));
    m_store.setRetention(retention);
    emit said(
        retention.isLimited()
            ? tr("Of the session is kept: %1. What is older is forgotten.").arg(retentionWords(retention))
            : tr("All of the session is kept from here on."));
}

void RetentionChoice::ask()
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(QStringLiteral("keepDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep"));
    dialog->setLabelText(
        tr("A time, a number of events, an amount of memory, or several with commas between:\n"
           "10min, 5000000events, 512MB"));
    dialog->setTextValue(model::writtenRetention(m_store.retention()));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        const auto read = model::parseRetention(text);
        if (const auto *why = std::get_if<QString>(&read))
            emit said(*why);
        else
            choose(std::get<model::Retention>(read));
    });
    dialog->open();
}

} // namespace coroscope::ui
