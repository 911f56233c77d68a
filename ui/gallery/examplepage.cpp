// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/examplepage.h"

#include "ui/durations.h"
#include "ui/gallery/codeview.h"
#include "ui/gallery/exampleform.h"
#include "ui/gallery/runfigures.h"
#include "ui/pulse.h"
#include "ui/replay/momentbadge.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QFontDatabase>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>

namespace coroscope::ui {

namespace {

constexpr int widthForTwo = 460; // below it the listings stand one above the other
constexpr int leastCodeHeight = 200;

QLabel *makeText(const char *role, const char *name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setMinimumWidth(40);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(label, role);
    return label;
}

QPushButton *makeButton(const QString &text, const char *name, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QLatin1String(name));
    button->setAutoDefault(false);
    return button;
}

QWidget *withHeading(QLabel *heading, QWidget *view, const QMargins &margins)
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(margins);
    layout->setSpacing(4);
    layout->addWidget(heading);
    layout->addWidget(view, 1);
    return column;
}

} // namespace

ExamplePage::ExamplePage(tasks::Session &session, Pulse &pulse, ExampleRuns &runs, QWidget *parent)
    : QScrollArea(parent)
    , m_session(session)
    , m_pulse(pulse)
    , m_runs(runs)
{
    setObjectName(QStringLiteral("examplePage"));
    setAccessibleName(tr("Example"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build();
    connect(&pulse, &Pulse::beat, this, &ExamplePage::refresh);
    connect(&pulse, &Pulse::tick, this, &ExamplePage::refresh);
    connect(&pulse, &Pulse::momentChanged, this, &ExamplePage::refresh);
    connect(&runs, &ExampleRuns::begun, this, [this](const QString &example) {
        if (example == m_example.id)
            m_isStarting = false;
        m_refusal.clear();
        refresh();
    });
    connect(&session, &tasks::Session::rejected, this, [this](const QString &message) {
        if (!std::exchange(m_isStarting, false))
            return;
        m_refusal = message;
        refresh();
    });
}

void ExamplePage::build()
{
    auto *page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(14, 10, 14, 12);
    layout->setSpacing(8);
    m_look = makeText("", "exampleLook", page);
    m_note = makeText("dim", "exampleNote", page);
    m_form = new ExampleForm(page);
    m_terms = new QWidget(page);
    m_terms->setObjectName(QStringLiteral("exampleTerms"));
    layout->addWidget(buildHead());
    layout->addWidget(m_look);
    layout->addWidget(m_note);
    layout->addWidget(m_form);
    auto *state = new QHBoxLayout;
    m_state = makeText("dim", "exampleState", page);
    m_futures = makeButton(tr("Set It by Hand"), "exampleFutures", page);
    m_futures->setToolTip(tr("Show the Futures pane, where the future's result can be set"));
    m_compare = makeButton(tr("Compare…"), "exampleCompare", page);
    m_compare->setToolTip(tr("Show this run above the run of another example, at the same scale of time"));
    state->addWidget(new MomentBadge(m_pulse, page));
    state->addWidget(m_state, 1);
    for (QPushButton *button : {m_futures, m_compare}) {
        button->setProperty("flat", true);
        state->addWidget(button);
    }
    layout->addLayout(state);
    layout->addWidget(buildCode(), 1);
    layout->addWidget(m_terms);
    setWidget(page);
    connect(m_run, &QPushButton::clicked, this, &ExamplePage::run);
    connect(m_stop, &QPushButton::clicked, this, &ExamplePage::stop);
    connect(m_form, &ExampleForm::submitted, this, &ExamplePage::run);
    connect(m_form, &ExampleForm::changed, this, &ExamplePage::showState);
    connect(m_futures, &QPushButton::clicked, this, &ExamplePage::futuresWanted);
    connect(m_compare, &QPushButton::clicked, this, [this] { emit comparisonWanted(latestRun()); });
}

QWidget *ExamplePage::buildHead()
{
    auto *head = new QWidget;
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    m_title = makeText("title", "exampleTitle", head);
    m_run = makeButton(tr("▶ Run"), "exampleRun", head);
    m_run->setAccessibleName(tr("Run"));
    m_run->setProperty("primary", true);
    m_stop = makeButton(tr("Stop"), "exampleStop", head);
    m_stop->setToolTip(tr("Cancel what the example began"));
    layout->addWidget(m_title, 1);
    layout->addWidget(m_stop, 0, Qt::AlignTop);
    layout->addWidget(m_run, 0, Qt::AlignTop);
    return head;
}

QWidget *ExamplePage::buildCode()
{
    m_programName = makeText("heading", "programName", nullptr);
    m_program = new CodeView(Language::Cpp);
    m_program->setObjectName(QStringLiteral("program"));
    m_program->setAccessibleName(tr("The program in C++"));
    auto *listingName = makeText("heading", "listingName", nullptr);
    listingName->setText(tr("Python, the tutorial's"));
    m_listing = new CodeView(Language::Python);
    m_listing->setObjectName(QStringLiteral("listing"));
    m_listing->setAccessibleName(tr("The tutorial's listing in Python"));
    m_code = new QSplitter;
    m_code->addWidget(withHeading(m_programName, m_program, {0, 0, 6, 0}));
    m_code->addWidget(withHeading(listingName, m_listing, {6, 0, 0, 0}));
    m_code->setSizes({1000, 800});
    m_code->setChildrenCollapsible(false);
    m_code->setHandleWidth(1);
    m_code->setMinimumHeight(leastCodeHeight);
    return m_code;
}

void ExamplePage::setExample(const gallery::Example &example)
{
    if (example.id == m_example.id)
        return;
    m_example = example;
    m_isStarting = false;
    m_refusal.clear();
    m_title->setText(example.title);
    m_look->setText(example.look);
    m_note->setText(example.note);
    m_note->setVisible(!example.note.isEmpty());
    m_form->setExample(example);
    m_programName->setText(tr("C++, %1").arg(example.source.section(u'/', -1)));
    m_program->setCode(example.program());
    m_listing->setCode(example.listing());
    showTerms();
    verticalScrollBar()->setValue(0);
    refresh();
}

void ExamplePage::showTerms()
{
    delete m_terms->layout();
    qDeleteAll(m_terms->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    auto *grid = new QGridLayout(m_terms);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    const auto add = [&](const QString &text, int row, int column) {
        auto *label = makeText(row == 0 ? "heading" : "", "term", m_terms);
        label->setText(breakable(text));
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        if (row > 0)
            label->setFont(fixed);
        grid->addWidget(label, row, column);
    };
    m_terms->setVisible(!m_example.terms.isEmpty());
    add(tr("In Python"), 0, 0);
    add(tr("Here"), 0, 1);
    for (int row = 0; row < m_example.terms.size(); ++row) {
        add(m_example.terms[row].python, row + 1, 0);
        add(m_example.terms[row].ours, row + 1, 1);
    }
}

TaskId ExamplePage::latestRun() const { return m_runs.latest(m_example.id, m_pulse.moment()); }

void ExamplePage::run()
{
    const auto spec = m_form->spec();
    if (!std::holds_alternative<tasks::ExampleSpec>(spec) || !m_session.takesCommands())
        return;
    m_isStarting = true;
    m_refusal.clear();
    m_session.post(tasks::Launch {std::get<tasks::ExampleSpec>(spec)});
    refresh();
}

void ExamplePage::stop()
{
    if (const TaskId run = latestRun())
        m_session.post(tasks::Cancel {run});
}

void ExamplePage::refresh()
{
    if (!isVisible() || m_example.id.isEmpty())
        return;
    showState();
    QMap<int, QString> marks;
    const auto lines = suspendedLines(m_pulse.moment(), latestRun(), m_example.source);
    for (auto line = lines.begin(); line != lines.end(); ++line)
        marks.insert(line.key(), tr("Suspended here: %1").arg(line->join(QStringLiteral(", "))));
    m_program->setMarks(marks);
}

void ExamplePage::showState()
{
    const TaskId run = latestRun();
    const RunFigures figures = figuresOfRun(m_pulse.moment(), run, m_pulse.now());
    const bool isPast = m_pulse.moment().isPast();
    const bool isUnderWay = run && !figures.isOver && !isPast; // and so can be acted on
    const QString text = !m_refusal.isEmpty() ? m_refusal
                         : m_isStarting       ? tr("Starting …")
                         : run                ? stateText(run)
                         : isPast             ? tr("Not run by then.")
                                              : tr("Not run yet.");
    if (m_state->text() != text) {
        m_state->setText(text);
        setRole(m_state, m_refusal.isEmpty() ? "dim" : "error");
    }
    m_run->setEnabled(m_session.takesCommands() && m_form->isValid());
    m_stop->setVisible(isUnderWay);
    m_futures->setVisible(isUnderWay && figures.waitsForNobody);
    m_compare->setVisible(run && figures.isOver && m_runs.ended(m_pulse.moment()).size() > 1);
}

QString ExamplePage::stateText(TaskId run) const
{
    const model::Moment &moment = m_pulse.moment();
    const RunFigures figures = figuresOfRun(moment, run, m_pulse.now());
    const QString wall = formatDuration(figures.wall());
    if (!figures.isOver)
        return figures.waitsForNobody ? tr("Nothing will resume it: its future is set by nobody.")
                                      : tr("Running for %1").arg(wall);
    const QString busy = formatDuration(figures.busy);
    const auto task = moment.task(run);
    switch (task->state) {
    case model::TaskState::Failed:
        return tr("Failed after %1: %2").arg(wall, task->error);
    case model::TaskState::Cancelled:
        return tr("Cancelled after %1").arg(wall);
    default:
        return tr("Ended after %1, %2 of it busy").arg(wall, busy);
    }
}

void ExamplePage::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    refresh();
}

void ExamplePage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    const bool isWide = width() >= widthForTwo;
    m_code->setOrientation(isWide ? Qt::Horizontal : Qt::Vertical);
    m_code->setMinimumHeight(isWide ? leastCodeHeight : 2 * leastCodeHeight);
}

} // namespace coroscope::ui
