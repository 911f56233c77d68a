// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/itemdialogs.h"

#include "ui/downloads/downloadwords.h"
#include "ui/downloads/rate.h"
#include "ui/downloads/ratebox.h"
#include "ui/widgets/dropdown.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QCoreApplication>
#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::ItemDialogs)
};

/// A few fields, a message beneath them, OK and Cancel.
class Ask : public QDialog
{
public:
    Ask(const char *name, const QString &title, const QString &intro, QWidget *window)
        : QDialog(window)
        , form(new QFormLayout)
        , message(new QLabel(this))
        , buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
    {
        setObjectName(QLatin1String(name));
        setWindowTitle(title);
        setAttribute(Qt::WA_DeleteOnClose);
        setMinimumWidth(420);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(18, 16, 18, 16);
        layout->setSpacing(8);
        auto *about = new QLabel(intro, this);
        about->setTextFormat(Qt::PlainText);
        about->setWordWrap(true);
        layout->addWidget(about);
        layout->addLayout(form);
        message->setObjectName(QStringLiteral("message"));
        message->setTextFormat(Qt::PlainText);
        message->setWordWrap(true);
        message->setMinimumHeight(message->fontMetrics().lineSpacing());
        setRole(message, "dim");
        layout->addWidget(message);
        layout->addStretch();
        layout->addWidget(buttons);
        connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
        connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    }

    void say(const QString &error, const QString &hint, bool isShown = true)
    {
        message->setText(error.isEmpty() || !isShown ? hint : error);
        setRole(message, error.isEmpty() || !isShown ? "dim" : "error");
        buttons->button(QDialogButtonBox::Ok)->setEnabled(error.isEmpty());
    }

    QFormLayout *form;
    QLabel *message;
    QDialogButtonBox *buttons;
};

QString about(int items)
{
    return items == 1 ? Words::tr("For the selected download.")
                      : Words::tr("For %n selected downloads.", nullptr, items);
}

} // namespace

QString whyNoUrl(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid())
        return Words::tr("This is no address: %1.").arg(url.errorString());
    const QString scheme = url.scheme().toLower();
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        return Words::tr("An address begins with http:// or https://.");
    if (url.host().isEmpty())
        return Words::tr("The address names no host.");
    return {};
}

void askUrl(const download::Item &item, QWidget *window, std::function<void(const QUrl &)> then)
{
    auto *ask = new Ask("replaceUrlDialog", Words::tr("Replace the URL"),
                        Words::tr("Where “%1” is to be had instead. What has come is kept if the new address "
                                  "has the same file.")
                            .arg(item.name),
                        window);
    ask->setMinimumWidth(560);
    auto *field = new QLineEdit(item.request.url().toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo), ask);
    field->setObjectName(QStringLiteral("newUrl"));
    ask->form->addRow(Words::tr("&URL"), field);
    const auto check = [ask, field, before = item.request.url()] {
        QString error = whyNoUrl(field->text());
        const bool isSame = error.isEmpty() && QUrl(field->text().trimmed()) == before;
        if (isSame)
            error = Words::tr("This is the address that it has.");
        ask->say(error, Words::tr("http:// or https://"), !isSame);
    };
    QObject::connect(field, &QLineEdit::textChanged, ask, check);
    QObject::connect(ask, &QDialog::accepted, ask, [field, then = std::move(then)] {
        then(QUrl(field->text().trimmed()).adjusted(QUrl::RemoveUserInfo));
    });
    check();
    field->selectAll();
    ask->open();
    field->setFocus();
}

void askRate(std::optional<qint64> current, int items, QWidget *window,
             std::function<void(std::optional<qint64>)> then)
{
    auto *ask = new Ask("rateDialog", Words::tr("Limit the speed"), about(items), window);
    auto *box = new RateBox(ask);
    box->setObjectName(QStringLiteral("rate"));
    box->setRate(current);
    ask->form->addRow(Words::tr("At &most"), box);
    const auto check = [ask, box] {
        const bool isWrong = std::holds_alternative<UnreadableRate>(parseRate(box->currentText()));
        ask->say(isWrong ? Words::tr("This is no speed. Write 256 kB/s or 2M.") : QString(),
                 Words::tr("256 kB/s, 2M; empty: no limit. The limit of all downloads holds, too."));
    };
    QObject::connect(box, &QComboBox::currentTextChanged, ask, check);
    QObject::connect(ask, &QDialog::accepted, ask, [box, then = std::move(then)] {
        const TypedRate rate = parseRate(box->currentText());
        if (const auto *read = std::get_if<std::optional<qint64>>(&rate))
            then(*read);
    });
    check();
    ask->open();
    box->setFocus();
}

void askStart(const QDateTime &current, int items, QWidget *window,
              std::function<void(const QDateTime &)> then)
{
    auto *ask = new Ask("startDialog", Words::tr("Start at a time"), about(items), window);
    auto *now = new QCheckBox(Words::tr("&Now, when there is a place"), ask);
    now->setObjectName(QStringLiteral("startNow"));
    const QDateTime soon = QDateTime::currentDateTime().addSecs(3600);
    auto *at = new DateTimeEdit(current.isValid() ? current.toLocalTime() : soon, ask);
    at->setObjectName(QStringLiteral("startTime"));
    at->setCalendarPopup(true);
    at->setMinimumDateTime(QDateTime::currentDateTime());
    ask->form->addRow(Words::tr("&At"), at);
    ask->form->addRow(QString(), now);
    const auto check = [ask, now, at] {
        at->setEnabled(!now->isChecked());
        const bool isPast = !now->isChecked() && at->dateTime() <= QDateTime::currentDateTime();
        ask->say(isPast ? Words::tr("This time has passed.") : QString(),
                 Words::tr("Coroscope must be running then."));
    };
    QObject::connect(now, &QCheckBox::toggled, ask, check);
    QObject::connect(at, &QDateTimeEdit::dateTimeChanged, ask, check);
    QObject::connect(ask, &QDialog::accepted, ask, [now, at, then = std::move(then)] {
        then(now->isChecked() ? QDateTime() : at->dateTime().toUTC());
    });
    check();
    ask->open();
    at->setFocus();
}

QString whoWantsLogin(const download::Item &item)
{
    return item.httpStatus == 407 ? Words::tr("the proxy") : hostText(item);
}

void askLogin(const download::Item &item, QWidget *window, std::function<void(const net::Credentials &)> then)
{
    auto *ask = new Ask("loginDialog", Words::tr("Login"),
                        Words::tr(
                            "“%1” needs a login at %2. All downloads that wait for the same go on then.")
                            .arg(item.name, whoWantsLogin(item)),
                        window);
    auto *user = new QLineEdit(ask);
    auto *password = new QLineEdit(ask);
    user->setObjectName(QStringLiteral("loginUser"));
    password->setObjectName(QStringLiteral("loginPassword"));
    password->setEchoMode(QLineEdit::Password);
    ask->form->addRow(Words::tr("&User"), user);
    ask->form->addRow(Words::tr("&Password"), password);
    const auto check = [ask, user] {
        ask->say(user->text().isEmpty() ? Words::tr("A login has a user.") : QString(),
                 Words::tr("Used until the program ends, never kept."), false);
    };
    QObject::connect(user, &QLineEdit::textChanged, ask, check);
    QObject::connect(ask, &QDialog::accepted, ask, [user, password, then = std::move(then)] {
        then(net::Credentials {.user = user->text(), .password = password->text()});
    });
    check();
    ask->open();
    user->setFocus();
}

} // namespace coroscope::ui
