// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/downloaddialog.h"

#include "ui/launch/linesedit.h"
#include "ui/launch/previewmodel.h"
#include "ui/launch/requestform.h"
#include "ui/launch/urldrop.h"
#include "ui/theme.h"
#include "ui/widgets/dropdown.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QToolButton>

namespace coroscope::ui {

using namespace download;

namespace {

constexpr auto folderKey = "launch/folder";
constexpr auto foldersKey = "launch/folders";
constexpr auto ifExistsKey = "launch/ifExists";
constexpr int mostFolders = 12;
/// More downloads than that at once aren't kept in the history.
constexpr std::size_t mostRemembered = 200;
/// More problems than that are counted only.
constexpr std::size_t mostProblems = 200;

enum When { Now, Paused, AtTime };

/// Before other fields are made: the tab key goes by the order in which they, and their parts, are.
QComboBox *makeEditable(QComboBox *box)
{
    box->setEditable(true);
    return box;
}

} // namespace

DownloadDialog::DownloadDialog(QSettings &settings, LaunchHistory &history, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_history(history)
    , m_reader(new InputReader(this))
    , m_urls(new LinesEdit(LinesEdit::Drops::Urls, 4, this))
    , m_message(new QLabel(this))
    , m_preview(new PreviewModel(this))
    , m_count(new QLabel(this))
    , m_files(new QTableView(this))
    , m_problems(new QPlainTextEdit(this))
    , m_folder(makeEditable(new ComboBox(this)))
    , m_browse(new QPushButton(tr("&Browse…"), this))
    , m_name(new QLineEdit(this))
    , m_ifExists(new ComboBox(this))
    , m_when(new ComboBox(this))
    , m_startAt(new DateTimeEdit(this))
    , m_fromFile(new QPushButton(tr("From F&ile…"), this))
    , m_moreButton(new QToolButton(this))
    , m_more(new QScrollArea(this))
    , m_form(new RequestForm(this))
    , m_fault(new QLabel(this))
    , m_start(new QPushButton(this))
    , m_startGood(new QPushButton(this))
    , m_recent(new QPushButton(tr("&Recent"), this))
{
    setObjectName(QStringLiteral("downloadDialog"));
    setWindowTitle(tr("Download"));
    setAcceptDrops(true);
    setMinimumWidth(620);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(6);
    auto *title = new QLabel(tr("&URLs, one a line"), this);
    setRole(title, "heading");
    title->setBuddy(m_urls);
    m_urls->setObjectName(QStringLiteral("url"));
    m_urls->setAccessibleName(tr("URLs, one a line"));
    m_urls->setPlaceholderText(QStringLiteral("https://…"));
    m_message->setObjectName(QStringLiteral("urlMessage"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_fault->setObjectName(QStringLiteral("fault"));
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    setRole(m_fault, "error");
    layout->addWidget(title);
    layout->addWidget(m_urls, 1);
    layout->addWidget(m_message);
    layout->addWidget(buildPreview(), 2);
    layout->addWidget(buildWhere());
    layout->addWidget(buildMore());
    layout->addWidget(m_fault);
    layout->addWidget(buildButtons());
    say({});

    connect(m_urls, &LinesEdit::textChanged, this, [this] {
        say({});
        m_isWanted = false;
        read();
    });
    connect(m_urls, &LinesEdit::submitted, this, &DownloadDialog::accept);
    connect(m_urls, &LinesEdit::dropFailed, this, &DownloadDialog::say);
    connect(m_folder, &QComboBox::currentTextChanged, this, &DownloadDialog::read);
    connect(m_name, &QLineEdit::textChanged, this, &DownloadDialog::showRead);
    connect(m_ifExists, &QComboBox::currentIndexChanged, this, &DownloadDialog::read);
    connect(m_when, &QComboBox::currentIndexChanged, this, &DownloadDialog::showStartTime);
    connect(m_startAt, &QDateTimeEdit::dateTimeChanged, this, &DownloadDialog::showRead);
    connect(m_form, &RequestForm::changed, this, &DownloadDialog::read);
    connect(m_reader, &InputReader::done, this, [this] {
        showRead();
        if (std::exchange(m_isWanted, false))
            start(false);
    });
    showStartTime();
    read();
    resize(720, 520);
    m_urls->setFocus();
}

QWidget *DownloadDialog::buildPreview()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    setRole(m_count, "heading");
    m_count->setObjectName(QStringLiteral("count"));
    m_files->setObjectName(QStringLiteral("preview"));
    m_files->setAccessibleName(tr("What will be fetched"));
    m_files->setModel(m_preview);
    m_files->setProperty("framed", true);
    m_files->setSelectionMode(QAbstractItemView::NoSelection);
    m_files->setFocusPolicy(Qt::NoFocus);
    m_files->setShowGrid(false);
    m_files->setWordWrap(false);
    m_files->setTextElideMode(Qt::ElideMiddle);
    m_files->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_files->setMinimumHeight(6 * fontMetrics().lineSpacing());
    m_files->verticalHeader()->hide();
    m_files->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_files->verticalHeader()->setMinimumSectionSize(fontMetrics().height());
    m_files->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    QHeaderView *header = m_files->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(PreviewModel::Url, QHeaderView::Stretch);
    header->resizeSection(PreviewModel::Name, 190);
    header->resizeSection(PreviewModel::Folder, 160);
    m_problems->setObjectName(QStringLiteral("problems"));
    m_problems->setAccessibleName(tr("Lines that can't be read, and notes"));
    m_problems->setReadOnly(true);
    m_problems->setTabChangesFocus(true);
    m_problems->setMaximumHeight(4 * fontMetrics().lineSpacing() + 12);
    m_problems->setMinimumHeight(2 * fontMetrics().lineSpacing() + 12);
    m_problems->hide();
    layout->addWidget(m_count);
    layout->addWidget(m_files, 1);
    layout->addWidget(m_problems);
    return box;
}

QWidget *DownloadDialog::buildWhere()
{
    auto *box = new QWidget(this);
    auto *form = new QFormLayout(box);
    form->setContentsMargins(0, 6, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_folder->setObjectName(QStringLiteral("folder"));
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_folder->addItems(m_settings.value(QLatin1String(foldersKey)).toStringList());
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    m_folder->setEditText(m_settings.value(QLatin1String(folderKey), downloads).toString());
    m_browse->setAutoDefault(false);
    connect(m_browse, &QPushButton::clicked, this, &DownloadDialog::chooseFolder);
    const auto row = [box](std::initializer_list<std::pair<QWidget *, int>> widgets) {
        auto *holder = new QWidget(box);
        auto *line = new QHBoxLayout(holder);
        line->setContentsMargins(0, 0, 0, 0);
        for (const auto &[widget, stretch] : widgets)
            line->addWidget(widget, stretch);
        return holder;
    };
    // A holder that hands its focus on would break the order of the tab key.
    const auto addRow = [form](const QString &text, QWidget *holder, QWidget *buddy) {
        form->addRow(text, holder);
        qobject_cast<QLabel *>(form->labelForField(holder))->setBuddy(buddy);
    };
    addRow(tr("To the &folder"), row({{m_folder, 1}, {m_browse, 0}}), m_folder);

    m_name->setObjectName(QStringLiteral("fileName"));
    m_name->setAccessibleName(tr("File name"));
    m_ifExists->setObjectName(QStringLiteral("ifExists"));
    m_ifExists->setAccessibleName(tr("If the file exists"));
    m_ifExists->addItem(tr("keep both"), int(IfExists::Rename));
    m_ifExists->addItem(tr("skip the download"), int(IfExists::Skip));
    m_ifExists->addItem(tr("overwrite it"), int(IfExists::Overwrite));
    m_ifExists->addItem(tr("overwrite if newer"), int(IfExists::OnlyIfNewer));
    m_ifExists->setCurrentIndex(std::clamp(m_settings.value(QLatin1String(ifExistsKey)).toInt(), 0, 3));
    auto *exists = new QLabel(tr("If it e&xists"), box);
    exists->setBuddy(m_ifExists);
    addRow(tr("File &name"), row({{m_name, 1}, {exists, 0}, {m_ifExists, 0}}), m_name);

    m_when->setObjectName(QStringLiteral("when"));
    m_when->setAccessibleName(tr("Start"));
    m_when->addItems({tr("now"), tr("paused"), tr("at a time")});
    m_startAt->setObjectName(QStringLiteral("startAt"));
    m_startAt->setAccessibleName(tr("Start time"));
    m_startAt->setCalendarPopup(true);
    m_startAt->setDateTime(QDateTime::currentDateTime().addSecs(3600));
    m_fromFile->setAutoDefault(false);
    m_fromFile->setToolTip(tr("Add the URLs of a text file: one a line, or aria2's input format"));
    connect(m_fromFile, &QPushButton::clicked, this, &DownloadDialog::addFromFile);
    auto *gap = new QWidget(box);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    addRow(tr("&Start"), row({{m_when, 0}, {m_startAt, 0}, {gap, 1}, {m_fromFile, 0}}), m_when);
    return box;
}

QWidget *DownloadDialog::buildMore()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_moreButton->setObjectName(QStringLiteral("more"));
    m_moreButton->setText(tr("&More"));
    m_moreButton->setProperty("flat", true);
    m_moreButton->setCheckable(true);
    m_moreButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_moreButton->setArrowType(Qt::RightArrow);
    m_moreButton->setFocusPolicy(Qt::StrongFocus);
    m_moreButton->setToolTip(tr("Connections, limits, checksum, login, proxy, trust"));
    m_more->setWidget(m_form);
    m_more->setWidgetResizable(true);
    m_more->setFrameShape(QFrame::NoFrame);
    m_more->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_more->setMinimumHeight(210);
    m_more->hide();
    layout->addWidget(m_moreButton, 0, Qt::AlignLeft);
    layout->addWidget(m_more, 1);
    connect(m_moreButton, &QToolButton::toggled, this, [this](bool on) {
        m_moreButton->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        m_more->setVisible(on);
        this->layout()->activate();
        const int most = screen()->availableSize().height() - 60;
        if (isVisible())
            resize(width(), std::clamp(height() + (on ? 260 : -260), minimumSizeHint().height(), most));
    });
    return box;
}

QWidget *DownloadDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_start, QDialogButtonBox::AcceptRole);
    buttons->addButton(m_startGood, QDialogButtonBox::ActionRole);
    // A hidden first button would stop the tab key: the box hands its focus on to that.
    fillRecent();
    if (!m_recent->isHidden())
        buttons->addButton(m_recent, QDialogButtonBox::ResetRole);
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setDefault(true);
    m_startGood->setObjectName(QStringLiteral("startGood"));
    m_startGood->setAutoDefault(false);
    m_startGood->hide();
    m_recent->setObjectName(QStringLiteral("recent"));
    m_recent->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &DownloadDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &DownloadDialog::reject);
    connect(m_startGood, &QPushButton::clicked, this, [this] { start(true); });
    return buttons;
}

void DownloadDialog::fillRecent()
{
    auto *menu = new QMenu(m_recent);
    for (const tasks::TaskSpec &spec : m_history.entries(LaunchHistory::Kind::Download)) {
        menu->addAction(summary(spec).replace(QLatin1Char('&'), QLatin1String("&&")), this,
                        [this, spec] { fill(spec); });
    }
    m_recent->setMenu(menu);
    m_recent->setVisible(!menu->isEmpty());
    m_recent->setToolTip(tr("What was started lately; passwords are never kept"));
}

void DownloadDialog::fill(const tasks::TaskSpec &spec)
{
    std::vector<tasks::DownloadSpec> downloads;
    if (const auto *one = std::get_if<tasks::DownloadSpec>(&spec))
        downloads = {*one};
    else if (const auto *batch = std::get_if<tasks::BatchSpec>(&spec))
        downloads = batch->downloads;
    if (downloads.empty())
        return;
    QStringList urls;
    for (const tasks::DownloadSpec &download : downloads)
        urls << download.url.toString(QUrl::FullyEncoded);
    m_urls->setPlainText(urls.join(QLatin1Char('\n')));
    m_folder->setEditText(downloads.front().folder);
    m_name->setText(downloads.size() == 1 ? downloads.front().fileName : QString());
    m_form->setInsecure(downloads.front().insecure);
    m_form->setCaFile(downloads.front().caFile);
}

void DownloadDialog::addUrls(const QString &lines) { m_urls->addLines(lines); }

QString DownloadDialog::folder() const
{
    QString folder = m_folder->currentText().trimmed();
    if (folder == QLatin1String("~") || folder.startsWith(QLatin1String("~/")))
        folder = QDir::homePath() + folder.mid(1);
    return folder.isEmpty() ? folder : QDir::cleanPath(folder);
}

QString DownloadDialog::chosenName() const { return isSingle() ? m_name->text().trimmed() : QString(); }

Request DownloadDialog::defaults(QString *fault) const
{
    Request request;
    request.folder = folder();
    request.options.ifExists = IfExists(m_ifExists->currentData().toInt());
    const QString wrong = m_form->apply(request);
    if (fault)
        *fault = wrong;
    return request;
}

void DownloadDialog::read()
{
    m_reader->read(m_urls->toPlainText(), defaults());
    showRead();
}

/// What of the fields can't be started; the lines have a place of their own.
QString DownloadDialog::fault() const
{
    if (folder().isEmpty())
        return tr("Name a folder to put the files into.");
    if (!QDir::isAbsolutePath(folder()))
        return tr("The folder's path must begin at the top: %1.")
            .arg(QDir::toNativeSeparators(QDir::home().filePath(folder())));
    if (m_when->currentIndex() == AtTime && m_startAt->dateTime() <= QDateTime::currentDateTime())
        return tr("The start time has passed.");
    QString wrong;
    defaults(&wrong);
    return wrong;
}

bool DownloadDialog::canStart(bool withoutErrors) const
{
    const SharedInput &input = m_reader->input();
    return m_reader->isDone() && !input->requests.empty() && (withoutErrors || input->errors.empty())
           && fault().isEmpty();
}

void DownloadDialog::showRead()
{
    const SharedInput &input = m_reader->input();
    const auto files = int(input->requests.size());
    m_form->setSingle(files <= 1);
    m_name->setEnabled(files <= 1);
    m_name->setPlaceholderText(files > 1 ? tr("one name is for one file")
                                         : tr("from the server, or the address"));
    m_preview->show(input, chosenName());
    const bool isReading = !m_reader->isDone() && !m_urls->toPlainText().isEmpty();
    const QString number = QLocale().toString(files);
    m_count->setText(
        isReading && files == 0 ? tr("Reading …")
        : files == 0            ? tr("What will be fetched")
        : files == 1            ? tr("1 file")
        : files > PreviewModel::most
            ? tr("%1 files, the first %2 of them:").arg(number, QLocale().toString(PreviewModel::most))
            : tr("%1 files").arg(number));
    showProblems();
    const QString wrong = fault();
    m_fault->setText(wrong);
    m_fault->setVisible(!wrong.isEmpty());
    const bool hasErrors = !input->errors.empty();
    m_start->setText(files > 1 && !hasErrors ? tr("&Download %1 Files").arg(number) : tr("&Download"));
    m_start->setEnabled(canStart(false));
    m_startGood->setText(files == 1 ? tr("Add the &Good One") : tr("Add the %1 &Good Ones").arg(number));
    m_startGood->setVisible(hasErrors && files > 0);
    m_startGood->setEnabled(canStart(true));
}

void DownloadDialog::showProblems()
{
    const SharedInput &input = m_reader->input();
    const bool hasErrors = !input->errors.empty();
    setError(m_urls, hasErrors);
    if (!hasErrors && input->notes.empty()) {
        m_problems->hide();
        m_problems->clear();
        return;
    }
    const Theme &theme = Theme::of(palette());
    m_problems->clear();
    QTextCursor cursor(m_problems->document());
    std::size_t shown = 0;
    const auto add = [&](const QString &text, const QColor &color) {
        QTextCharFormat format;
        format.setForeground(color);
        if (shown++ > 0)
            cursor.insertBlock();
        cursor.insertText(text, format);
    };
    const auto addAll = [&](const std::vector<InputError> &all, const QColor &color) {
        std::size_t count = 0;
        for (const InputError &one : all) {
            if (++count > mostProblems) {
                add(tr("and %n more lines", nullptr, int(all.size() - mostProblems)), color);
                break;
            }
            add(tr("Line %1: %2").arg(QLocale().toString(one.line), one.message), color);
        }
    };
    addAll(input->errors, theme.bad);
    addAll(input->notes, theme.dimText);
    m_problems->moveCursor(QTextCursor::Start);
    m_problems->show();
}

void DownloadDialog::showStartTime()
{
    m_startAt->setVisible(m_when->currentIndex() == AtTime);
    showRead();
}

void DownloadDialog::say(const QString &error)
{
    m_message->setText(
        error.isEmpty() ? tr("Paste or drop links, or files with links. Ranges: file[01-20].jpg, {a,b}.zip. "
                             "Enter starts, Shift+Enter adds a line.")
                        : error);
    setRole(m_message, error.isEmpty() ? "dim" : "error");
}

void DownloadDialog::accept()
{
    if (!m_reader->isDone()) {
        m_isWanted = true;
        m_reader->hurry();
        return;
    }
    start(false);
}

void DownloadDialog::start(bool withoutErrors)
{
    if (!canStart(withoutErrors)) {
        showRead();
        return;
    }
    Add add;
    add.requests = m_reader->input()->requests;
    if (const QString name = chosenName(); !name.isEmpty())
        add.requests.front().fileName = name;
    add.paused = m_when->currentIndex() == Paused;
    if (m_when->currentIndex() == AtTime)
        add.startAt = m_startAt->dateTime().toUTC();
    remember(add.requests);
    QDialog::accept();
    emit submitted(add);
}

void DownloadDialog::remember(const std::vector<Request> &requests)
{
    m_settings.setValue(QLatin1String(folderKey), folder());
    m_settings.setValue(QLatin1String(ifExistsKey), m_ifExists->currentIndex());
    QStringList folders = m_settings.value(QLatin1String(foldersKey)).toStringList();
    folders.removeAll(folder());
    folders.prepend(folder());
    m_settings.setValue(QLatin1String(foldersKey), QStringList(folders.mid(0, mostFolders)));
    if (requests.size() > mostRemembered)
        return;
    tasks::BatchSpec batch;
    for (const Request &request : requests) {
        tasks::DownloadSpec spec;
        spec.url = request.url().adjusted(QUrl::RemoveUserInfo);
        spec.folder = request.folder;
        spec.fileName = request.fileName;
        spec.insecure = request.options.access.tls.insecure;
        spec.caFile = request.options.access.tls.caFile;
        batch.downloads.push_back(std::move(spec));
    }
    if (batch.downloads.size() == 1)
        m_history.add(LaunchHistory::Kind::Download, std::move(batch.downloads.front()));
    else
        m_history.add(LaunchHistory::Kind::Download, std::move(batch));
}

void DownloadDialog::addFromFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("A file with URLs, one a line"));
    if (path.isEmpty())
        return;
    const UrlLines lines = urlLinesOfFile(path);
    if (!lines.lines.isEmpty())
        addUrls(lines.lines);
    if (!lines.error.isEmpty())
        say(lines.error);
}

void DownloadDialog::chooseFolder()
{
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder for downloads"), folder());
    if (!chosen.isEmpty())
        m_folder->setEditText(chosen);
}

void DownloadDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (holdsUrls(*event->mimeData()))
        event->acceptProposedAction();
}

void DownloadDialog::dropEvent(QDropEvent *event)
{
    const UrlLines dropped = urlLines(*event->mimeData());
    if (!dropped.lines.isEmpty())
        addUrls(dropped.lines);
    if (!dropped.error.isEmpty())
        say(dropped.error);
    event->acceptProposedAction();
}

} // namespace coroscope::ui
