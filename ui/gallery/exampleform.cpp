// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/exampleform.h"

#include "ui/widgets/restyle.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace coroscope::ui {

namespace {

QStringList wordsOf(const QLineEdit *edit)
{
    return edit->text().simplified().split(u' ', Qt::SkipEmptyParts);
}

} // namespace

ExampleForm::ExampleForm(QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    m_speed = addField(tr("Speed"), "speed");
    m_urls = addField(tr("URLs"), "url");
    m_redis = addField(tr("Redis"), "redis");
    m_mysql = addField(tr("MySQL"), "mysql");
    m_speed->setPlaceholderText(QStringLiteral("1"));
    m_speed->setToolTip(tr("Every sleep is divided by it: 2 is twice as fast, 0.5 half as fast."));
    m_asText = new QCheckBox(tr("Replies as text (decode_responses)"), this);
    m_asText->setObjectName(QStringLiteral("exampleAsText"));
    m_asText->setChecked(true);
    grid->addWidget(m_asText, grid->rowCount(), 1);
    m_message = new QLabel(this);
    m_message->setObjectName(QStringLiteral("exampleMessage"));
    m_message->setWordWrap(true);
    setRole(m_message, "error");
    grid->addWidget(m_message, grid->rowCount(), 1);
    validate();
}

QLineEdit *ExampleForm::addField(const QString &title, const char *key)
{
    auto *grid = static_cast<QGridLayout *>(layout());
    const int row = grid->rowCount();
    auto *label = new QLabel(title, this);
    auto *edit = new QLineEdit(this);
    edit->setObjectName(QLatin1String("example-") + QLatin1String(key));
    edit->setAccessibleName(title);
    label->setBuddy(edit);
    grid->addWidget(label, row, 0);
    grid->addWidget(edit, row, 1);
    connect(edit, &QLineEdit::textChanged, this, &ExampleForm::validate);
    connect(edit, &QLineEdit::returnPressed, this, &ExampleForm::submitted);
    m_fields << Field {key, label, edit};
    return edit;
}

void ExampleForm::offer(QLineEdit *edit, int needed, const QString &tip)
{
    edit->clear();
    edit->setPlaceholderText(needed == 1 ? tr("local service") : tr("%n local services", nullptr, needed));
    edit->setToolTip(tip);
    for (const Field &field : m_fields) {
        if (field.edit == edit) {
            field.label->setVisible(needed > 0);
            field.edit->setVisible(needed > 0);
        }
    }
}

void ExampleForm::setExample(const gallery::Example &example)
{
    m_id = example.id;
    offer(m_urls, example.needs.urls,
          tr("Addresses to fetch, with blanks between them. Empty: sample files on this computer."));
    offer(m_redis, example.needs.redis,
          tr("redis://[user:password@]host[:port], with blanks between several. Empty: servers of this "
             "program's own."));
    offer(m_mysql, example.needs.mysql,
          tr("mysql://user:password@host[:port], with blanks between several. Empty: servers of this "
             "program's own."));
    m_asText->setVisible(example.needs.redis > 0);
    validate();
}

std::variant<tasks::ExampleSpec, tasks::FieldError> ExampleForm::spec() const
{
    auto parsed = tasks::parseExample(m_id, m_speed->text().trimmed(), wordsOf(m_urls), wordsOf(m_redis),
                                      wordsOf(m_mysql));
    if (auto *spec = std::get_if<tasks::ExampleSpec>(&parsed))
        spec->decodeResponses = m_asText->isChecked();
    return parsed;
}

bool ExampleForm::isValid() const { return std::holds_alternative<tasks::ExampleSpec>(spec()); }

void ExampleForm::validate()
{
    if (m_id.isEmpty())
        return;
    const auto read = spec();
    const auto *error = std::get_if<tasks::FieldError>(&read);
    for (const Field &field : m_fields)
        setError(field.edit, error && error->field == QLatin1String(field.key));
    m_message->setText(error ? error->message : QString());
    m_message->setVisible(error);
    emit changed();
}

} // namespace coroscope::ui
