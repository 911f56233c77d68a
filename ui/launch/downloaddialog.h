// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/commands.h"
#include "ui/launch/inputreader.h"
#include "ui/launch/launchhistory.h"

#include <QDialog>

class QComboBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QSettings;
class QTableView;
class QToolButton;

namespace coroscope::ui {

class LinesEdit;
class PreviewModel;
class RequestForm;

/// Files to fetch: addresses that are typed, pasted, dropped or from a file, with a preview of what comes of
/// them. Nothing starts until a person agrees; lines that can't be read are named, and can be left out.
class DownloadDialog : public QDialog
{
    Q_OBJECT
public:
    DownloadDialog(QSettings &settings, LaunchHistory &history, QWidget *parent = nullptr);

    void addUrls(const QString &lines);
    /// Starts what can be read, once it is read, if there is no fault.
    void accept() override;

signals:
    void submitted(const coroscope::download::Add &add);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *buildPreview();
    QWidget *buildWhere();
    QWidget *buildMore();
    QWidget *buildButtons();
    void fillRecent();
    void fill(const tasks::TaskSpec &spec);

    void read();
    void showRead();
    void showProblems();
    void showStartTime();
    QString fault() const;
    bool canStart(bool withoutErrors) const;
    void start(bool withoutErrors);
    void remember(const std::vector<download::Request> &requests);

    download::Request defaults(QString *fault = nullptr) const;
    QString folder() const;
    QString chosenName() const;
    bool isSingle() const { return m_reader->input()->requests.size() == 1; }
    void say(const QString &error);
    void addFromFile();
    void chooseFolder();

    QSettings &m_settings;
    LaunchHistory &m_history;
    InputReader *m_reader;
    LinesEdit *m_urls;
    QLabel *m_message;
    PreviewModel *m_preview;
    QLabel *m_count;
    QTableView *m_files;
    QPlainTextEdit *m_problems;
    QComboBox *m_folder;
    QPushButton *m_browse;
    QLineEdit *m_name;
    QComboBox *m_ifExists;
    QComboBox *m_when;
    QDateTimeEdit *m_startAt;
    QPushButton *m_fromFile;
    QToolButton *m_moreButton;
    QScrollArea *m_more;
    RequestForm *m_form;
    QLabel *m_fault;
    QPushButton *m_start;
    QPushButton *m_startGood;
    QPushButton *m_recent;
    bool m_isWanted = false; ///< start as soon as all is read
};

} // namespace coroscope::ui
