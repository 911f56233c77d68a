// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/futures/futuredetail.h"

#include "ui/futures/futuremodel.h"
#include "ui/pulse.h"
#include "ui/widgets/restyle.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace coroscope::ui {

using model::Future;

FutureDetail::FutureDetail(tasks::Session &session, const Pulse &pulse, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_pulse(pulse)
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_text(new QPlainTextEdit(this))
    , m_hands(new QWidget(this))
    , m_value(new QLineEdit(m_hands))
    , m_setResult(new QPushButton(tr("Set Result"), m_hands))
    , m_message(new QLineEdit(m_hands))
    , m_setException(new QPushButton(tr("Set Exception"), m_hands))
    , m_cancel(new QPushButton(tr("Cancel Future"), m_hands))
    , m_error(new QLabel(m_hands))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setRole(m_title, "title");
    setRole(m_subtitle, "dim");
    m_title->setObjectName(QStringLiteral("futureTitle"));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_subtitle->setObjectName(QStringLiteral("futureSubtitle"));
    m_subtitle->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("futureText"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Result or exception"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 10);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_hands);
    layout->addStretch(0);
    buildHands(m_hands);
    connect(&session, &tasks::Session::rejected, this, &FutureDetail::showRejection);
    refresh();
}

void FutureDetail::buildHands(QWidget *hands)
{
    auto *grid = new QGridLayout(hands);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    grid->addWidget(m_value, 0, 0);
    grid->addWidget(m_setResult, 0, 1);
    grid->addWidget(m_error, 1, 0, 1, 2);
    grid->addWidget(m_message, 2, 0);
    grid->addWidget(m_setException, 2, 1);
    grid->addWidget(m_cancel, 3, 1);
    m_value->setObjectName(QStringLiteral("futureValue"));
    m_value->setAccessibleName(tr("Result to set"));
    m_setResult->setObjectName(QStringLiteral("setResult"));
    m_message->setObjectName(QStringLiteral("futureMessage"));
    m_message->setAccessibleName(tr("Exception to set"));
    m_message->setPlaceholderText(tr("what() of the exception"));
    m_setException->setObjectName(QStringLiteral("setException"));
    m_cancel->setObjectName(QStringLiteral("cancelFuture"));
    m_error->setObjectName(QStringLiteral("futureError"));
    m_error->setWordWrap(true);
    m_error->hide();
    setRole(m_error, "error");
    for (QPushButton *button : {m_setResult, m_setException, m_cancel})
        button->setAutoDefault(false);
    connect(m_value, &QLineEdit::returnPressed, this, &FutureDetail::setResult);
    connect(m_setResult, &QPushButton::clicked, this, &FutureDetail::setResult);
    connect(m_message, &QLineEdit::returnPressed, this, &FutureDetail::setException);
    connect(m_setException, &QPushButton::clicked, this, &FutureDetail::setException);
    connect(m_cancel, &QPushButton::clicked, this, &FutureDetail::cancel);
    const auto forgetError = [this] {
        m_error->hide();
        setError(m_value, false);
    };
    connect(m_value, &QLineEdit::textEdited, this, forgetError);
    connect(m_message, &QLineEdit::textEdited, this, forgetError);
}

void FutureDetail::show(FutureId future)
{
    if (future != m_future) {
        m_future = future;
        m_asked = false;
        m_value->clear();
        m_message->clear();
        m_error->hide();
        setError(m_value, false);
    }
    refresh();
}

void FutureDetail::refresh()
{
    const auto future = m_pulse.moment().future(m_future);
    const bool pending = isPending();
    const bool byHand = pending && future->settable && m_session.takesCommands();
    if (!pending)
        m_asked = false;
    m_hands->setVisible(byHand);
    const bool past = m_pulse.moment().isPast();
    m_hands->setEnabled(!past);
    m_hands->setToolTip(past ? tr("A past moment is shown: go back to the present to set the future.")
                             : QString());
    m_text->setVisible(future && !pending);
    m_subtitle->setVisible(true);
    if (!future) {
        m_title->setText(tr("No future selected"));
        m_subtitle->setText(tr("Select one to see its result or exception in full, or to set it by hand."));
        return;
    }
    m_title->setText(future->name);
    const QString type = future->type.isEmpty() ? tr("future") : tr("future of %1").arg(future->type);
    QString subtitle = QStringLiteral("%1 · %2").arg(type, stateText(future->state));
    if (const model::Task *creator = m_session.store().task(future->creator))
        subtitle += tr(" · created by %1").arg(creator->name);
    if (const model::Task *setter = m_session.store().task(future->resolvedBy); setter && !pending)
        subtitle += tr(" · set by %1").arg(setter->name);
    if (pending && !byHand)
        subtitle += QLatin1Char('\n')
                    + tr("It is set by a task of the program; there is nothing to do by hand.");
    m_subtitle->setText(subtitle);
    m_value->setPlaceholderText(future->type.isEmpty() ? tr("result") : tr("result, a %1").arg(future->type));
    const QString text = future->state == Future::State::Done     ? future->result
                         : future->state == Future::State::Failed ? future->error
                                                                  : outcomeText(*future);
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    m_text->setPlaceholderText(tr("an empty result"));
}

void FutureDetail::setResult()
{
    m_asked = true;
    m_session.post(tasks::SetFutureResult {m_future, m_value->text()});
}

void FutureDetail::setException()
{
    m_asked = true;
    const QString message = m_message->text().isEmpty() ? tr("set by hand") : m_message->text();
    m_session.post(tasks::SetFutureException {m_future, message});
}

void FutureDetail::cancel()
{
    m_asked = true;
    m_session.post(tasks::CancelFuture {m_future});
}

void FutureDetail::showRejection(const QString &message)
{
    if (!m_asked)
        return;
    m_asked = false;
    m_error->setText(message);
    m_error->show();
    setError(m_value, true);
    m_value->setFocus();
    m_value->selectAll();
}

bool FutureDetail::isPending() const
{
    const auto future = m_pulse.moment().future(m_future);
    return future && future->state == Future::State::Pending;
}

} // namespace coroscope::ui
