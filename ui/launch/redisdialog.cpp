// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/redisdialog.h"

#include "core/net/rediscommand.h"
#include "ui/launch/linesedit.h"

#include <QCheckBox>
#include <QLineEdit>

namespace coroscope::ui {

using namespace tasks;

RedisDialog::RedisDialog(LaunchHistory &history, QWidget *parent)
    : LaunchDialog(history, LaunchHistory::Kind::Redis, parent)
    , m_url(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_commands(new LinesEdit(LinesEdit::Drops::Text, 4, this))
    , m_pipelined(new QCheckBox(tr("Send all &at once (pipelined)"), this))
    , m_insecure(new QCheckBox(tr("Accept any &TLS certificate (rediss)"), this))
{
    setWindowTitle(tr("Redis"));
    m_url->setText(QStringLiteral("redis://127.0.0.1:6379"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("none"));
    m_commands->setPlaceholderText(QStringLiteral("HGETALL car"));
    addField(tr("&Server"), m_url, "url", tr("redis://[user@]host:port/database, or rediss:// with TLS"));
    addField(tr("&Password"), m_password, "password", tr("Used for this task alone, never kept."));
    addField(tr("&Commands, one a line"), m_commands, "command",
             tr("As in redis-cli, with quotes and \\x escapes. Enter starts, Shift+Enter adds a line."));
    addRow(m_pipelined);
    addRow(m_insecure);
    connect(m_url, &QLineEdit::textChanged, this, &RedisDialog::validate);
    connect(m_password, &QLineEdit::textChanged, this, &RedisDialog::validate);
    connect(m_commands, &LinesEdit::textChanged, this, &RedisDialog::validate);
    connect(m_commands, &LinesEdit::submitted, this, &RedisDialog::accept);
    finish();
    m_commands->setFocus();
}

QString RedisDialog::fullUrl() const
{
    const QString typed = m_url->text().trimmed();
    if (m_password->text().isEmpty() || typed.isEmpty())
        return typed;
    QUrl url(typed.contains(QLatin1String("://")) ? typed : QStringLiteral("redis://") + typed);
    url.setPassword(m_password->text(), QUrl::DecodedMode);
    return url.toString(QUrl::FullyEncoded);
}

std::variant<TaskSpec, FieldError> RedisDialog::spec() const
{
    auto parsed = parseRedis(fullUrl(), m_commands->toPlainText());
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    auto &spec = std::get<RedisSpec>(parsed);
    spec.pipelined = m_pipelined->isChecked();
    spec.insecure = m_insecure->isChecked();
    return TaskSpec(std::move(spec));
}

void RedisDialog::fill(const TaskSpec &spec)
{
    const auto *redis = std::get_if<RedisSpec>(&spec);
    if (!redis)
        return;
    m_url->setText(redis->url.toString(QUrl::RemovePassword | QUrl::FullyEncoded));
    m_password->clear();
    QStringList lines;
    for (const net::RedisCommand &command : redis->commands)
        lines << QString::fromUtf8(net::joinCommandLine(command));
    m_commands->setPlainText(lines.join(QLatin1Char('\n')));
    m_pipelined->setChecked(redis->pipelined);
    m_insecure->setChecked(redis->insecure);
}

} // namespace coroscope::ui
