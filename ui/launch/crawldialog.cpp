// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/crawldialog.h"

#include "ui/downloads/rate.h"
#include "ui/launch/linesedit.h"
#include "ui/widgets/restyle.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

namespace coroscope::ui {

using namespace tasks;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::CrawlDialog)
};

constexpr int mostDepth = 100;
constexpr int mostPages = 100'000;
constexpr int mostPerHost = 16;
constexpr qint64 mostBytes = 1 << 30;

std::variant<std::chrono::milliseconds, FieldError> readDelay(const QString &text)
{
    using namespace std::chrono_literals;
    const auto parsed = parseSleep(text, false);
    const auto *sleep = std::get_if<SleepSpec>(&parsed);
    if (!sleep || sleep->duration > 1h) {
        return FieldError {QStringLiteral("delay"),
                           Words::tr("Type a time up to an hour, like 0.2, 500ms or 2s.")};
    }
    return std::chrono::ceil<std::chrono::milliseconds>(sleep->duration);
}

std::variant<qint64, FieldError> readSize(const QString &text)
{
    const TypedRate typed = parseRate(text);
    const auto *bytes = std::get_if<std::optional<qint64>>(&typed);
    if (text.contains(QLatin1Char('/')) || !bytes || !*bytes || **bytes > mostBytes) {
        return FieldError {QStringLiteral("bodyLimit"),
                           Words::tr("Type a size up to 1 GiB, like 500 kB or 4 MiB.")};
    }
    return **bytes;
}

/// As readSize() reads it, to the byte.
QString sizeText(qint64 bytes)
{
    constexpr qint64 kibi = 1024;
    if (bytes % (kibi * kibi) == 0)
        return QStringLiteral("%1 MiB").arg(bytes / (kibi * kibi));
    if (bytes % kibi == 0)
        return QStringLiteral("%1 KiB").arg(bytes / kibi);
    return QStringLiteral("%1 B").arg(bytes);
}

QString delayText(std::chrono::milliseconds delay)
{
    if (delay.count() % 1000 == 0)
        return QStringLiteral("%1s").arg(delay.count() / 1000);
    return QStringLiteral("%1ms").arg(delay.count());
}

} // namespace

CrawlDialog::CrawlDialog(LaunchHistory &history, QWidget *parent)
    : LaunchDialog(history, LaunchHistory::Kind::Crawl, parent)
    , m_urls(new LinesEdit(LinesEdit::Drops::Urls, 3, this))
    , m_depth(new QSpinBox(this))
    , m_pages(new QSpinBox(this))
    , m_perHost(new QSpinBox(this))
    , m_delay(new QLineEdit(this))
    , m_bodyLimit(new QLineEdit(this))
    , m_sameHost(new QCheckBox(tr("Stay on the &hosts of these pages"), this))
    , m_robots(new QCheckBox(tr("&Obey robots.txt"), this))
    , m_insecure(new QCheckBox(tr("Accept any &TLS certificate"), this))
{
    setWindowTitle(tr("Crawl"));
    m_urls->setPlaceholderText(QStringLiteral("https://example.org/"));
    m_sameHost->setObjectName(QStringLiteral("sameHost"));
    m_robots->setObjectName(QStringLiteral("robots"));
    m_robots->setToolTip(tr("What a site asks crawlers not to fetch is left out"));
    m_insecure->setObjectName(QStringLiteral("insecure"));
    addField(tr("&Pages to begin with, one a line"), m_urls, "url",
             tr("http or https. Enter starts, Shift+Enter adds a line."));
    addRow(buildBounds());
    addField(tr("&Delay between two requests to a host"), m_delay, "delay",
             tr("0.2, 500ms or 2s; 0 for none"));
    addField(tr("&Read at most of a page"), m_bodyLimit, "bodyLimit",
             tr("The rest isn't looked at for links."));
    for (QCheckBox *box : {m_sameHost, m_robots, m_insecure})
        addRow(box);
    fillFrom({});
    connect(m_urls, &LinesEdit::textChanged, this, &CrawlDialog::validate);
    connect(m_urls, &LinesEdit::submitted, this, &CrawlDialog::accept);
    connect(m_urls, &LinesEdit::dropFailed, this,
            [this](const QString &message) { showMessage("url", message); });
    connect(m_delay, &QLineEdit::textChanged, this, &CrawlDialog::validate);
    connect(m_bodyLimit, &QLineEdit::textChanged, this, &CrawlDialog::validate);
    finish();
    m_urls->setFocus();
}

QWidget *CrawlDialog::buildBounds()
{
    auto *row = new QWidget(this);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 6);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    int column = 0;
    const auto add = [&](const QString &title, QSpinBox *box, const char *name, int least, int most,
                         const QString &tip) {
        auto *label = new QLabel(title, row);
        setRole(label, "heading");
        label->setBuddy(box);
        box->setObjectName(QLatin1String(name));
        box->setAccessibleName(QString(title).remove(QLatin1Char('&')));
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setRange(least, most);
        box->setToolTip(tip);
        grid->addWidget(label, 0, column);
        grid->addWidget(box, 1, column);
        grid->setColumnStretch(column++, 1);
    };
    add(tr("D&epth"), m_depth, "depth", 0, mostDepth,
        tr("How many links away from these pages it goes; 0: these pages alone"));
    add(tr("Pages, at &most"), m_pages, "pages", 1, mostPages, tr("In all"));
    add(tr("&At once from a host"), m_perHost, "perHost", 1, mostPerHost, tr("1 to %1").arg(mostPerHost));
    return row;
}

std::variant<TaskSpec, FieldError> CrawlDialog::spec() const
{
    auto parsed = parseCrawl(m_urls->toPlainText());
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    const auto delay = readDelay(m_delay->text());
    if (const auto *error = std::get_if<FieldError>(&delay))
        return *error;
    const auto bodyLimit = readSize(m_bodyLimit->text());
    if (const auto *error = std::get_if<FieldError>(&bodyLimit))
        return *error;
    auto &spec = std::get<CrawlSpec>(parsed);
    spec.depth = m_depth->value();
    spec.sameHost = m_sameHost->isChecked();
    spec.obeysRobots = m_robots->isChecked();
    spec.perHost = m_perHost->value();
    spec.delay = std::get<std::chrono::milliseconds>(delay);
    spec.pages = m_pages->value();
    spec.bodyLimit = std::get<qint64>(bodyLimit);
    spec.insecure = m_insecure->isChecked();
    spec.caFile = m_caFile;
    return TaskSpec(std::move(spec));
}

void CrawlDialog::fill(const TaskSpec &spec)
{
    if (const auto *crawl = std::get_if<CrawlSpec>(&spec))
        fillFrom(*crawl);
}

void CrawlDialog::fillFrom(const CrawlSpec &spec)
{
    QStringList lines;
    for (const QUrl &url : spec.urls)
        lines << url.toString(QUrl::RemovePassword | QUrl::FullyEncoded);
    m_urls->setPlainText(lines.join(QLatin1Char('\n')));
    m_depth->setValue(spec.depth);
    m_pages->setValue(spec.pages);
    m_perHost->setValue(spec.perHost);
    m_delay->setText(delayText(spec.delay));
    m_bodyLimit->setText(sizeText(spec.bodyLimit));
    m_sameHost->setChecked(spec.sameHost);
    m_robots->setChecked(spec.obeysRobots);
    m_insecure->setChecked(spec.insecure);
    m_caFile = spec.caFile;
}

} // namespace coroscope::ui
