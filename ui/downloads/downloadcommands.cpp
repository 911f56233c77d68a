// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadcommands.h"

#include "ui/downloads/downloadmodel.h"
#include "ui/downloads/itemdialogs.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

#include <algorithm>

namespace coroscope::ui {

using namespace download;

namespace {

bool isUnfinished(const Item &item) { return !hasEnded(item.state); }
bool isUnderWay(const Item &item) { return isUnfinished(item) && item.state != ItemState::Paused; }
bool isPaused(const Item &item) { return item.state == ItemState::Paused; }
bool isTriable(const Item &item)
{
    return item.state == ItemState::Failed || item.state == ItemState::Cancelled;
}
bool hasFile(const Item &item) { return item.state == ItemState::Done && !item.path.isEmpty(); }
bool isStartable(const Item &item)
{
    return isPaused(item) || item.state == ItemState::Queued || item.state == ItemState::Scheduled;
}
bool needsLogin(const Item &item) { return isPaused(item) && item.pauseReason == PauseReason::NeedsLogin; }
bool hasError(const Item &item) { return !item.error.isEmpty(); }

} // namespace

DownloadCommands::DownloadCommands(tasks::Session &session, DownloadList &list, DownloadModel &model,
                                   QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_list(list)
    , m_model(model)
    , m_window(window)
    , m_actions(window)
{
    connectActions();
    connect(&list, &DownloadList::totalsChanged, this, &DownloadCommands::update);
    connect(&model, &DownloadModel::arranged, this, &DownloadCommands::update);
    connect(&model, &DownloadModel::moved, this, &DownloadCommands::move);
    update();
}

void DownloadCommands::connectActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.pause, [this] { post(Pause {those(isUnderWay)}); });
    on(m_actions.resume, [this] { post(Resume {those(isPaused)}); });
    on(m_actions.retry, [this] { post(Retry {those(isTriable)}); });
    on(m_actions.cancel, [this] { post(Cancel {those(isUnfinished)}); });
    on(m_actions.remove, [this] { remove(); });
    on(m_actions.removeWithFile, [this] { removeWithFile(); });
    on(m_actions.undoRemove, [this] { post(UndoRemove {}); });
    on(m_actions.clearEnded, [this] {
        const Totals &totals = m_list.totals();
        post(ClearEnded {});
        emit removed(totals.done + totals.failed + totals.cancelled);
    });
    on(m_actions.pauseAll, [this] { post(PauseAll {}); });
    on(m_actions.resumeAll, [this] { post(ResumeAll {}); });
    on(m_actions.open, [this] {
        for (const ItemId id : those(hasFile))
            open(id);
    });
    on(m_actions.openFolder, [this] {
        if (const Item *item = m_targets.empty() ? nullptr : m_list.find(m_targets.front())) {
            const QString folder = item->path.isEmpty() ? item->request.folder
                                                        : QFileInfo(item->path).absolutePath();
            QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
        }
    });
    on(m_actions.copyUrl, [this] {
        copy([](const Item &item) {
            return item.request.url().toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
        });
    });
    on(m_actions.copyPath, [this] { copy([](const Item &item) { return item.path; }); });
    on(m_actions.copyError, [this] { copy([](const Item &item) { return item.error; }); });
    connect(m_actions.priority, &QActionGroup::triggered, this, [this](const QAction *action) {
        post(SetPriority {those(isUnfinished), action->data().toInt()});
    });
    on(m_actions.up, [this] { moveBy(-1); });
    on(m_actions.down, [this] { moveBy(1); });
    on(m_actions.toTop, [this] { moveToEnd(-1); });
    on(m_actions.toBottom, [this] { moveToEnd(1); });
    on(m_actions.replaceUrl, [this] {
        if (const Item *item = single()) {
            askUrl(*item, m_window, [this, id = item->id](const QUrl &url) { post(ReplaceUrl {id, url}); });
        }
    });
    on(m_actions.limit, [this] {
        const auto items = those(isUnfinished);
        if (const Item *first = items.empty() ? nullptr : m_list.find(items.front())) {
            askRate(first->request.options.bytesPerSecond, int(items.size()), m_window,
                    [this, items](std::optional<qint64> rate) { post(SetRate {items, rate}); });
        }
    });
    on(m_actions.startAt, [this] {
        const auto items = those(isStartable);
        if (const Item *first = items.empty() ? nullptr : m_list.find(items.front())) {
            askStart(first->nextStart, int(items.size()), m_window,
                     [this, items](const QDateTime &at) { post(SetStart {items, at}); });
        }
    });
    on(m_actions.login, [this] {
        const auto items = those(needsLogin);
        if (const Item *item = items.empty() ? nullptr : m_list.find(items.front())) {
            askLogin(*item, m_window, [this, id = item->id](const net::Credentials &credentials) {
                post(GiveCredentials {id, credentials});
            });
        }
    });
}

void DownloadCommands::setTargets(std::vector<ItemId> items)
{
    m_targets = std::move(items);
    update();
    emit targetsChanged();
}

void DownloadCommands::post(Command command) { m_session.post(tasks::DownloadCommand {std::move(command)}); }

bool DownloadCommands::open(ItemId id)
{
    const Item *item = m_list.find(id);
    if (!item || !hasFile(*item))
        return false;
    if (!QFileInfo::exists(item->path)) {
        emit said(tr("“%1” isn't there any more.").arg(item->path));
        return true;
    }
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(item->path)))
        emit said(tr("No program was found that opens “%1”.").arg(item->path));
    return true;
}

void DownloadCommands::move(const std::vector<ItemId> &items, ItemId before)
{
    if (!items.empty())
        post(Move {items, before});
}

std::vector<ItemId> DownloadCommands::those(const Predicate &holds) const
{
    std::vector<ItemId> ids;
    for (const ItemId id : m_targets) {
        if (const Item *item = m_list.find(id); item && holds(*item))
            ids.push_back(id);
    }
    return ids;
}

const Item *DownloadCommands::single() const
{
    return m_targets.size() == 1 ? m_list.find(m_targets.front()) : nullptr;
}

void DownloadCommands::update()
{
    const Totals &totals = m_list.totals();
    const bool takes = m_session.takesCommands() && m_list.fault().isEmpty();
    const auto set = [](QAction *action, bool on) { action->setEnabled(on); };
    // Ten thousand rows may be selected: each is looked at once.
    bool isAnyUnderWay = false;
    bool isAnyPaused = false;
    bool isAnyTriable = false;
    bool isAnyUnfinished = false;
    bool hasAnyFile = false;
    bool isAnyStartable = false;
    bool needsAnyLogin = false;
    bool hasAnyError = false;
    for (const ItemId id : m_targets) {
        const Item *item = m_list.find(id);
        if (!item)
            continue;
        isAnyUnderWay |= isUnderWay(*item);
        isAnyPaused |= isPaused(*item);
        isAnyTriable |= isTriable(*item);
        isAnyUnfinished |= isUnfinished(*item);
        hasAnyFile |= hasFile(*item);
        isAnyStartable |= isStartable(*item);
        needsAnyLogin |= needsLogin(*item);
        hasAnyError |= hasError(*item);
    }
    set(m_actions.pause, takes && isAnyUnderWay);
    set(m_actions.resume, takes && isAnyPaused);
    set(m_actions.retry, takes && isAnyTriable);
    set(m_actions.cancel, takes && isAnyUnfinished);
    set(m_actions.remove, takes && !m_targets.empty());
    set(m_actions.removeWithFile, takes && hasAnyFile);
    set(m_actions.undoRemove, takes && m_list.canUndoRemove());
    set(m_actions.clearEnded, takes && totals.done + totals.failed + totals.cancelled > 0);
    set(m_actions.pauseAll, takes && totals.queued + totals.active > 0);
    set(m_actions.resumeAll, takes && totals.paused > 0);
    set(m_actions.open, hasAnyFile);
    set(m_actions.openFolder, !m_targets.empty());
    set(m_actions.copyUrl, !m_targets.empty());
    set(m_actions.copyPath, hasAnyFile);
    set(m_actions.copyError, hasAnyError);
    const bool isMovable = takes && !m_targets.empty() && m_model.isInQueueOrder();
    for (QAction *action : {m_actions.toTop, m_actions.up, m_actions.down, m_actions.toBottom})
        set(action, isMovable);
    const Item *one = single();
    set(m_actions.replaceUrl, takes && one && one->state != ItemState::Done);
    set(m_actions.limit, takes && isAnyUnfinished);
    set(m_actions.startAt, takes && isAnyStartable);
    set(m_actions.login, takes && needsAnyLogin);
    const bool hasPriority = takes && isAnyUnfinished;
    const Item *first = m_targets.empty() ? nullptr : m_list.find(m_targets.front());
    for (QAction *action : m_actions.priority->actions()) {
        action->setEnabled(hasPriority);
        action->setChecked(first && action->data().toInt() == std::clamp(first->priority, -1, 1));
    }
}

void DownloadCommands::remove()
{
    const auto items = m_targets;
    if (items.empty())
        return;
    post(Remove {items, false});
    emit removed(int(items.size()));
}

void DownloadCommands::removeWithFile()
{
    const auto items = m_targets;
    const int files = int(those(hasFile).size());
    if (files == 0)
        return;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Remove with the file"),
                                files == 1 ? tr("Remove “%1” and move it to the trash?")
                                                 .arg(m_list.find(those(hasFile).front())->name)
                                           : tr("Move %n finished files to the trash?", nullptr, files),
                                QMessageBox::Cancel, m_window);
    box->setObjectName(QStringLiteral("removeWithFile"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("Undo Remove (Ctrl+Z) brings them back until the program ends."));
    QAbstractButton *yes = box->addButton(tr("Move to the Trash"), QMessageBox::AcceptRole);
    yes->setObjectName(QStringLiteral("moveToTrash"));
    connect(box, &QMessageBox::buttonClicked, this, [this, yes, items](const QAbstractButton *button) {
        if (button != yes)
            return;
        post(Remove {items, true});
        emit removed(int(items.size()));
    });
    box->open();
}

void DownloadCommands::moveBy(int direction)
{
    std::vector<int> rows;
    for (const ItemId id : m_targets) {
        if (const int row = m_model.rowOf(id); row >= 0)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    if (rows.empty())
        return;
    std::vector<ItemId> items;
    for (const int row : rows)
        items.push_back(m_model.itemAt(row)->id);
    if (direction < 0) {
        if (const Item *above = m_model.itemAt(rows.front() - 1))
            move(items, above->id);
        return;
    }
    const Item *below = m_model.itemAt(rows.back() + 1);
    if (!below)
        return;
    // Behind the next row that is seen: before whatever follows that one in the queue.
    int at = m_list.rowOf(below->id) + 1;
    while (at < m_list.size() && std::ranges::find(items, m_list.at(at).id) != items.end())
        ++at;
    move(items, at < m_list.size() ? m_list.at(at).id : ItemId {});
}

void DownloadCommands::moveToEnd(int direction)
{
    std::vector<ItemId> items = m_targets;
    std::ranges::sort(items, {}, [this](ItemId id) { return m_list.rowOf(id); });
    if (direction > 0) {
        move(items, {});
        return;
    }
    for (int row = 0; row < m_list.size(); ++row) {
        if (const ItemId id = m_list.at(row).id; std::ranges::find(items, id) == items.end()) {
            move(items, id);
            return;
        }
    }
}

void DownloadCommands::copy(const std::function<QString(const Item &)> &text)
{
    QStringList lines;
    for (const ItemId id : m_targets) {
        const Item *item = m_list.find(id);
        if (const QString line = item ? text(*item) : QString(); !line.isEmpty())
            lines << line;
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace coroscope::ui
