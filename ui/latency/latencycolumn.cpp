// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/latency/latencycolumn.h"

#include "ui/durations.h"
#include "ui/latency/latencyplot.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QResizeEvent>

namespace coroscope::ui {

using Kind = model::Latency::Kind;

constexpr int narrow = 165;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::LatencyColumn)
public:
    static QString name(Kind kind)
    {
        switch (kind) {
        case Kind::Slice:
            return tr("Slices");
        case Kind::Waiting:
            return tr("Waits");
        case Kind::Scheduling:
            return tr("Scheduling delay");
        }
        return {};
    }
    static QString explanation(Kind kind)
    {
        switch (kind) {
        case Kind::Slice:
            return tr("How long a task runs from its resumption to its next suspension");
        case Kind::Waiting:
            return tr("How long a task waits from its suspension until something wakes it");
        case Kind::Scheduling:
            return tr("How long a task that was woken waits until the loop resumes it");
        }
        return {};
    }
    static QString nothing(Kind kind, LatencyColumn::Extent extent)
    {
        if (extent == LatencyColumn::Extent::Range)
            return tr("none in this range");
        if (extent == LatencyColumn::Extent::Past)
            return tr("none by then");
        switch (kind) {
        case Kind::Slice:
            return tr("none ended as yet");
        case Kind::Waiting:
            return tr("none is over as yet");
        case Kind::Scheduling:
            return tr("none known as yet");
        }
        return {};
    }
    static QString button(Kind kind)
    {
        switch (kind) {
        case Kind::Slice:
            return tr("Show the task at the 99th percentile of slices");
        case Kind::Waiting:
            return tr("Show the task at the 99th percentile of waits");
        case Kind::Scheduling:
            return tr("Show the task at the 99th percentile of scheduling delays");
        }
        return {};
    }
};

} // namespace

LatencyColumn::LatencyColumn(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_count(new QLabel(this))
    , m_plot(new LatencyPlot(this))
    , m_left(new QLabel(this))
    , m_right(new QLabel(this))
    , m_show(new QPushButton(tr("Show the task at p99"), this))
{
    auto *name = new QLabel(Texts::name(kind), this);
    setRole(name, "heading");
    name->setToolTip(Texts::explanation(kind));
    m_count->setObjectName(QStringLiteral("latencyCount"));
    setRole(m_count, "dim");
    m_count->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_plot->setAccessibleName(tr("%1: how many of which length").arg(Texts::name(kind)));
    m_left->setObjectName(QStringLiteral("latencyLeft"));
    m_right->setObjectName(QStringLiteral("latencyRight"));
    auto *figures = new QHBoxLayout;
    figures->setSpacing(10);
    for (QLabel *label : {m_left, m_right}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        figures->addWidget(label, 1);
    }
    m_show->setObjectName(QStringLiteral("showP99"));
    m_show->setProperty("flat", true);
    m_show->setAccessibleName(Texts::button(kind));
    m_show->setToolTip(Texts::button(kind));
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(name);
    head->addWidget(m_count, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_plot, 1);
    layout->addLayout(figures);
    layout->addWidget(m_show, 0, Qt::AlignLeft);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (m_example)
            emit wanted(m_example->task, m_example->slice);
    });
}

void LatencyColumn::show(const model::Latency &latency, const std::optional<QString> &category, Extent extent)
{
    const model::LengthHistogram &histogram = latency.histogram(m_kind, category);
    m_plot->show(histogram, category.value_or(QString()));
    m_example = latency.example(m_kind, 0.99, category);
    m_show->setEnabled(m_example.has_value());
    if (histogram.count() == 0) {
        m_count->setText(Texts::nothing(m_kind, extent));
        m_figures.clear();
        showWords();
        return;
    }
    m_count->setText(QLocale().toString(histogram.count()));
    const auto line = [](const QString &name, model::Time length) {
        return QStringLiteral("%1 %2").arg(name, formatDuration(length));
    };
    m_figures = {line(tr("p50"), histogram.percentile(0.5)), line(tr("p90"), histogram.percentile(0.9)),
                 line(tr("p99"), histogram.percentile(0.99)), line(tr("max"), histogram.longest())};
    showWords();
}

void LatencyColumn::showWords()
{
    const bool isNarrow = width() < narrow;
    m_right->setVisible(!isNarrow);
    const auto lines = [this](std::initializer_list<int> which) {
        QStringList lines;
        for (const int i : which)
            lines << m_figures.value(i);
        return lines.join(QLatin1Char('\n'));
    };
    m_left->setText(isNarrow ? lines({0, 1, 2, 3}) : lines({0, 2}));
    m_right->setText(lines({1, 3}));
}

void LatencyColumn::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if ((event->size().width() < narrow) != m_right->isHidden())
        showWords();
}

} // namespace coroscope::ui
