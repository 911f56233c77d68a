// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/mysqldialog.h"

#include "ui/launch/linesedit.h"

#include <QLineEdit>

namespace coroscope::ui {

using namespace tasks;

MySqlDialog::MySqlDialog(LaunchHistory &history, QWidget *parent)
    : LaunchDialog(history, LaunchHistory::Kind::MySql, parent)
    , m_url(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_sql(new LinesEdit(LinesEdit::Drops::Text, 4, this))
{
    setWindowTitle(tr("MySQL"));
    m_url->setText(QStringLiteral("mysql://root@127.0.0.1:3306"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("none"));
    m_sql->setPlaceholderText(QStringLiteral("SELECT Host, User FROM mysql.user"));
    addField(tr("&Server"), m_url, "url",
             tr("mysql://user@host:port/database; add ?ssl-mode=required or verify-identity for TLS"));
    addField(tr("&Password"), m_password, "password", tr("Used for this task alone, never kept."));
    addField(tr("S&tatement"), m_sql, "sql",
             tr("One statement. Enter starts, Shift+Enter adds a line. Its rows come under Rows."));
    connect(m_url, &QLineEdit::textChanged, this, &MySqlDialog::validate);
    connect(m_password, &QLineEdit::textChanged, this, &MySqlDialog::validate);
    connect(m_sql, &LinesEdit::textChanged, this, &MySqlDialog::validate);
    connect(m_sql, &LinesEdit::submitted, this, &MySqlDialog::accept);
    finish();
    m_sql->setFocus();
}

QString MySqlDialog::fullUrl() const
{
    const QString typed = m_url->text().trimmed();
    if (m_password->text().isEmpty() || typed.isEmpty())
        return typed;
    QUrl url(typed.contains(QLatin1String("://")) ? typed : QStringLiteral("mysql://") + typed);
    url.setPassword(m_password->text(), QUrl::DecodedMode);
    return url.toString(QUrl::FullyEncoded);
}

std::variant<TaskSpec, FieldError> MySqlDialog::spec() const
{
    auto parsed = parseMySql(fullUrl(), m_sql->toPlainText());
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    return TaskSpec(std::get<MySqlSpec>(std::move(parsed)));
}

void MySqlDialog::fill(const TaskSpec &spec)
{
    const auto *mysql = std::get_if<MySqlSpec>(&spec);
    if (!mysql)
        return;
    m_url->setText(mysql->url.toString(QUrl::RemovePassword | QUrl::FullyEncoded));
    m_password->clear();
    m_sql->setPlainText(mysql->sql);
}

} // namespace coroscope::ui
