// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/launchdialog.h"

#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace coroscope::ui {

LaunchDialog::LaunchDialog(LaunchHistory &history, LaunchHistory::Kind kind, QWidget *parent)
    : QDialog(parent)
    , m_history(history)
    , m_kind(kind)
    , m_layout(new QVBoxLayout(this))
    , m_start(new QPushButton(tr("Start"), this))
    , m_recent(new QPushButton(tr("Recent"), this))
{
    m_layout->setContentsMargins(18, 16, 18, 16);
    m_layout->setSpacing(4);
    setMinimumWidth(480);
}

void LaunchDialog::addField(const QString &title, QWidget *field, const char *key, const QString &hint)
{
    auto *label = new QLabel(title, this);
    setRole(label, "heading");
    label->setBuddy(field);
    const QString name = QLatin1String(key);
    QWidget *input = field->focusProxy() ? field->focusProxy() : field;
    input->setObjectName(name);
    input->setAccessibleName(QString(title).remove(QLatin1Char('&')));
    auto *message = new QLabel(hint, this);
    message->setObjectName(name + QStringLiteral("Message"));
    message->setWordWrap(true);
    message->setTextFormat(Qt::PlainText);
    message->setMinimumHeight(message->fontMetrics().lineSpacing());
    setRole(message, "dim");
    m_layout->addWidget(label);
    m_layout->addWidget(field);
    m_layout->addWidget(message);
    m_layout->addSpacing(6);
    m_fields[name] = {input, message, hint};
}

void LaunchDialog::addRow(QWidget *row)
{
    m_layout->addWidget(row);
    m_layout->addSpacing(2);
}

void LaunchDialog::finish()
{
    m_layout->addSpacing(6);
    m_layout->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_start, QDialogButtonBox::AcceptRole);
    // A hidden first button would stop the tab key: the box hands its focus on to that.
    fillRecent();
    if (!m_recent->isHidden())
        buttons->addButton(m_recent, QDialogButtonBox::ResetRole);
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setDefault(true);
    m_recent->setAutoDefault(false);
    m_layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &LaunchDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &LaunchDialog::reject);
    m_filling = false;
    validate();
    m_touched = true;
}

void LaunchDialog::fillRecent()
{
    auto *menu = new QMenu(m_recent);
    for (const tasks::TaskSpec &spec : m_history.entries(m_kind)) {
        menu->addAction(summary(spec).replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, spec] {
            m_filling = true;
            fill(spec);
            m_filling = false;
            validate();
        });
    }
    m_recent->setMenu(menu);
    m_recent->setVisible(!menu->isEmpty());
    m_recent->setToolTip(tr("What was started lately; passwords are never kept"));
}

void LaunchDialog::validate()
{
    if (m_filling)
        return;
    const auto read = spec();
    const auto *error = std::get_if<tasks::FieldError>(&read);
    m_start->setEnabled(!error);
    for (auto &[key, field] : m_fields) {
        const bool wrong = error && error->field == key;
        setRole(field.message, wrong && m_touched ? "error" : "dim");
        setError(field.widget, wrong && m_touched);
        setMessage(field, wrong ? error->message : field.hint);
    }
}

void LaunchDialog::showMessage(const char *key, const QString &message)
{
    const Field &field = m_fields.at(QLatin1String(key));
    setRole(field.message, "error");
    setMessage(field, message);
}

/// A sentence of several lines makes room for itself: the dialog grows rather than drawing it over the field.
void LaunchDialog::setMessage(const Field &field, const QString &text)
{
    QLabel *const label = field.message;
    label->setText(text);
    const int width = std::max(label->width(), minimumWidth() - 2 * m_layout->contentsMargins().left());
    label->setMinimumHeight(std::max(label->fontMetrics().lineSpacing(), label->heightForWidth(width)));
    m_layout->activate();
    if (isVisible())
        resize(size().expandedTo(m_layout->totalMinimumSize()));
}

void LaunchDialog::accept()
{
    const auto read = spec();
    const auto *made = std::get_if<tasks::TaskSpec>(&read);
    if (!made) {
        validate();
        return;
    }
    m_history.add(m_kind, *made);
    QDialog::accept();
    emit submitted(*made);
}

} // namespace coroscope::ui
