// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/downloaddialog.h"

#include "ui/launch/linesedit.h"
#include "ui/launch/urldrop.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>

namespace coroscope::ui {

using namespace tasks;

static constexpr auto folderKey = "launch/folder";
static constexpr auto limitKey = "launch/limit";
static constexpr int mostAtOnce = 16;

DownloadDialog::DownloadDialog(QSettings &settings, LaunchHistory &history, QWidget *parent)
    : LaunchDialog(history, LaunchHistory::Kind::Download, parent)
    , m_settings(settings)
    , m_urls(new LinesEdit(LinesEdit::Drops::Urls, 6, this))
    , m_folder(new QLineEdit(this))
    , m_limit(new QSpinBox(this))
    , m_insecure(new QCheckBox(tr("Accept any &TLS certificate"), this))
{
    setWindowTitle(tr("Download"));
    setAcceptDrops(true);
    m_urls->setPlaceholderText(QStringLiteral("https://…"));
    addField(tr("&URLs, one a line"), m_urls, "url",
             tr("Paste or drop links, or files with links. Enter starts, Shift+Enter adds a line."));
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    m_folder->setText(settings.value(QLatin1String(folderKey), downloads).toString());
    addField(tr("To the &folder"), folderRow(), "folder");
    addRow(optionsRow());
    connect(m_urls, &LinesEdit::textChanged, this, &DownloadDialog::validate);
    connect(m_urls, &LinesEdit::submitted, this, &DownloadDialog::accept);
    connect(m_urls, &LinesEdit::dropFailed, this,
            [this](const QString &message) { showMessage("url", message); });
    connect(m_folder, &QLineEdit::textChanged, this, &DownloadDialog::validate);
    finish();
    m_urls->setFocus();
}

QWidget *DownloadDialog::folderRow()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *browse = new QPushButton(tr("&Browse…"), row);
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &DownloadDialog::chooseFolder);
    layout->addWidget(m_folder, 1);
    layout->addWidget(browse);
    row->setFocusProxy(m_folder);
    return row;
}

QWidget *DownloadDialog::optionsRow()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_limit->setObjectName(QStringLiteral("limit"));
    m_limit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_limit->setFixedWidth(44);
    m_limit->setRange(1, mostAtOnce);
    m_limit->setValue(m_settings.value(QLatin1String(limitKey), BatchSpec {}.limit).toInt());
    auto *label = new QLabel(tr("At &most at once"), row);
    label->setBuddy(m_limit);
    auto *file = new QPushButton(tr("From F&ile…"), row);
    file->setAutoDefault(false);
    file->setToolTip(tr("Add the URLs of a text file, one a line"));
    connect(file, &QPushButton::clicked, this, &DownloadDialog::addFromFile);
    layout->addWidget(label);
    layout->addWidget(m_limit);
    layout->addSpacing(10);
    layout->addWidget(m_insecure);
    layout->addStretch();
    layout->addWidget(file);
    return row;
}

void DownloadDialog::addUrls(const QString &lines) { m_urls->addLines(lines); }

std::variant<TaskSpec, FieldError> DownloadDialog::spec() const
{
    auto parsed = parseUrlList(m_urls->toPlainText(), m_folder->text());
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    auto &downloads = std::get<std::vector<DownloadSpec>>(parsed);
    for (DownloadSpec &download : downloads)
        download.insecure = m_insecure->isChecked();
    if (downloads.size() == 1)
        return TaskSpec(std::move(downloads.front()));
    BatchSpec batch;
    batch.downloads = std::move(downloads);
    batch.limit = m_limit->value();
    return TaskSpec(std::move(batch));
}

void DownloadDialog::fill(const TaskSpec &spec)
{
    std::vector<DownloadSpec> downloads;
    if (const auto *one = std::get_if<DownloadSpec>(&spec)) {
        downloads = {*one};
    } else if (const auto *batch = std::get_if<BatchSpec>(&spec)) {
        downloads = batch->downloads;
        m_limit->setValue(batch->limit);
    }
    QStringList urls;
    for (const DownloadSpec &download : downloads)
        urls << download.url.toString(QUrl::FullyEncoded);
    m_urls->setPlainText(urls.join(QLatin1Char('\n')));
    if (!downloads.empty()) {
        m_folder->setText(downloads.front().folder);
        m_insecure->setChecked(downloads.front().insecure);
    }
}

void DownloadDialog::accept()
{
    m_settings.setValue(QLatin1String(folderKey), m_folder->text());
    m_settings.setValue(QLatin1String(limitKey), m_limit->value());
    LaunchDialog::accept();
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
        showMessage("url", lines.error);
}

void DownloadDialog::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for downloads"),
                                                             m_folder->text());
    if (!folder.isEmpty())
        m_folder->setText(folder);
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
        showMessage("url", dropped.error);
    event->acceptProposedAction();
}

} // namespace coroscope::ui
