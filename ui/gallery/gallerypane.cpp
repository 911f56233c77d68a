// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/gallerypane.h"

#include "ui/durations.h"
#include "ui/gallery/comparison.h"
#include "ui/gallery/examplepage.h"
#include "ui/gallery/exampleruns.h"
#include "ui/gallery/runfigures.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>

namespace coroscope::ui {

namespace {

enum Column { Id, Title, Last };

constexpr quint64 notShown = ~quint64(0); // the end of a run

bool matches(const gallery::Example &example, const QString &text)
{
    QString all = example.id + u'\n' + example.title + u'\n' + example.look;
    for (const gallery::Term &term : example.terms)
        all += u'\n' + term.python + u'\n' + term.ours;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &w) { return all.contains(w, Qt::CaseInsensitive); });
}

} // namespace

GalleryPane::GalleryPane(tasks::Session &session, Pulse &pulse, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_pulse(pulse)
    , m_selection(selection)
    , m_examples(gallery::examples())
    , m_runs(new ExampleRuns(session, this))
    , m_filter(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_list(new QTreeWidget(this))
    , m_page(new ExamplePage(session, pulse, *m_runs, this))
{
    setObjectName(QStringLiteral("gallery"));
    setAccessibleName(tr("Examples"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    buildList();
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_list);
    parts->addWidget(m_page);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 3);
    parts->setSizes({190, 560});
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(parts, 1);
    setFocusProxy(m_list);

    connect(m_page, &ExamplePage::futuresWanted, this, &GalleryPane::futuresWanted);
    connect(m_page, &ExamplePage::comparisonWanted, this, &GalleryPane::compare);
    connect(m_runs, &ExampleRuns::begun, this, [this](const QString &, TaskId task) {
        m_selection.select(task);
        m_selection.reveal(task);
        showStates();
    });
    connect(&pulse, &Pulse::beat, this, &GalleryPane::showStates);
    connect(&pulse, &Pulse::momentChanged, this, &GalleryPane::showStates);
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

QWidget *GalleryPane::buildHead()
{
    auto *head = new QWidget(this);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(14, 7, 8, 7);
    auto *heading = new QLabel(tr("Examples"), head);
    setRole(heading, "heading");
    setRole(m_count, "dim");
    m_count->setObjectName(QStringLiteral("exampleCount"));
    m_filter->setObjectName(QStringLiteral("exampleFilter"));
    m_filter->setAccessibleName(tr("Find examples"));
    m_filter->setPlaceholderText(tr("Find examples, words of Python or C++"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    auto *close = new QToolButton(head);
    close->setObjectName(QStringLiteral("closeExamples"));
    close->setText(QStringLiteral("✕"));
    close->setProperty("flat", true);
    close->setAccessibleName(tr("Close the examples"));
    close->setToolTip(tr("Close the examples"));
    layout->addWidget(heading);
    layout->addWidget(m_count);
    layout->addSpacing(8);
    layout->addWidget(m_filter, 1);
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &GalleryPane::closeWanted);
    connect(m_filter, &QLineEdit::textChanged, this, &GalleryPane::applyFilter);
    connect(m_filter, &QLineEdit::returnPressed, m_page, &ExamplePage::run);
    applyFilter({});
    return head;
}

void GalleryPane::buildList()
{
    m_list->setObjectName(QStringLiteral("examples"));
    m_list->setAccessibleName(tr("Examples, in the tutorial's order"));
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(0);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setColumnCount(3);
    m_list->setHeaderHidden(true);
    m_list->setMinimumHeight(90);
    for (const gallery::Example &example : m_examples) {
        auto *item = new QTreeWidgetItem(m_list, {example.id, example.title});
        item->setToolTip(Id, example.title); // where a narrow window cuts it off
        item->setToolTip(Title, example.look);
        item->setSizeHint(Title, {0, fontMetrics().height() + 8}); // its width is what is left
    }
    QHeaderView *header = m_list->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(Id, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(Title, QHeaderView::Stretch);
    header->setSectionResizeMode(Last, QHeaderView::ResizeToContents);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        if (item)
            m_page->setExample(m_examples[m_list->indexOfTopLevelItem(const_cast<QTreeWidgetItem *>(item))]);
    });
    connect(m_list, &QTreeWidget::itemActivated, m_page, &ExamplePage::run);
}

QTreeWidgetItem *GalleryPane::itemOf(const QString &id) const
{
    const auto at = std::ranges::find(m_examples, id, &gallery::Example::id) - m_examples.begin();
    return at < m_examples.size() ? m_list->topLevelItem(int(at)) : nullptr;
}

void GalleryPane::showExample(const QString &id)
{
    QTreeWidgetItem *item = itemOf(id);
    if (!item)
        return;
    if (item->isHidden())
        m_filter->clear();
    m_list->setCurrentItem(item);
    m_list->scrollToItem(item);
}

QString GalleryPane::currentExample() const { return m_page->example().id; }

void GalleryPane::applyFilter(const QString &text)
{
    int shown = 0;
    QTreeWidgetItem *first = nullptr;
    for (int row = 0; row < m_examples.size(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const bool isShown = matches(m_examples[row], text);
        item->setHidden(!isShown);
        shown += isShown ? 1 : 0;
        if (isShown && !first)
            first = item;
    }
    m_count->setText(text.isEmpty() ? QString::number(shown)
                                    : tr("%1 of %2").arg(shown).arg(m_examples.size()));
    const QTreeWidgetItem *current = m_list->currentItem();
    if (first && (!current || current->isHidden()))
        m_list->setCurrentItem(first);
}

/// How the last run of each goes, in the list.
void GalleryPane::showStates()
{
    if (!isVisible())
        return;
    const model::Moment &moment = m_pulse.moment();
    for (int row = 0; row < m_examples.size(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const TaskId run = m_runs->latest(m_examples[row].id, moment);
        if (!moment.isPast() && item->data(Last, Qt::UserRole).value<quint64>() == run.value)
            continue; // no run, or one whose end is shown
        const RunFigures figures = run ? figuresOfRun(moment, run, moment.now()) : RunFigures {};
        item->setText(Last, !run             ? QString()
                            : figures.isOver ? formatDuration(figures.wall())
                                             : tr("running"));
        const bool isFinal = (figures.isOver || !run) && !moment.isPast();
        item->setData(Last, Qt::UserRole, isFinal ? quint64(run.value) : notShown);
    }
}

void GalleryPane::compare(TaskId run)
{
    auto *comparison = new Comparison(m_session.store(), m_runs->ended(m_pulse.moment()), run, window());
    comparison->setAttribute(Qt::WA_DeleteOnClose);
    comparison->show();
}

/// In the field the arrows choose among what was found, and Esc clears it.
bool GalleryPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_filter || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape && !m_filter->text().isEmpty()) {
        m_filter->clear();
        return true;
    }
    if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
        QCoreApplication::sendEvent(m_list, event);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace coroscope::ui
