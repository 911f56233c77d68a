// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/requestform.h"

#include "core/tasks/download/checksum.h"
#include "core/tasks/download/headerline.h"
#include "ui/downloads/rate.h"
#include "ui/downloads/ratebox.h"
#include "ui/launch/fileedit.h"
#include "ui/widgets/restyle.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace coroscope::ui {

static constexpr int mostSegments = 16;
static constexpr int mostTries = 100;

RequestForm::RequestForm(QWidget *parent)
    : QWidget(parent)
    , m_segments(new QSpinBox(this))
    , m_rate(new RateBox(this))
    , m_retries(new QSpinBox(this))
    , m_checksum(new QLineEdit(this))
    , m_headers(new QPlainTextEdit(this))
    , m_referer(new QLineEdit(this))
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_netrc(new FileEdit(tr("A netrc file"), this))
    , m_cookies(new FileEdit(tr("A file of cookies"), this))
    , m_proxy(new QLineEdit(this))
    , m_caFile(new FileEdit(tr("A PEM file of authorities"), this))
    , m_insecure(new QCheckBox(tr("Accept any &TLS certificate"), this))
    , m_insecureWarning(new QLabel(tr("Anybody on the way can read and change what is fetched."), this))
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 8, 0);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_segments->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_retries->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_segments->setRange(1, mostSegments);
    m_segments->setToolTip(tr("For one big file, where the server can"));
    m_retries->setRange(1, mostTries);
    m_retries->setValue(download::Options {}.retries + 1);
    m_checksum->setPlaceholderText(QStringLiteral("sha-256=…"));
    m_headers->setPlaceholderText(QStringLiteral("Accept-Language: en"));
    m_headers->setTabChangesFocus(true);
    m_headers->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_headers->setFixedHeight(2 * m_headers->fontMetrics().lineSpacing() + 14);
    m_referer->setPlaceholderText(QStringLiteral("https://…"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("used this time, never kept"));
    m_netrc->field()->setPlaceholderText(tr("none; ~/.netrc is the usual one"));
    m_cookies->field()->setPlaceholderText(tr("none; Netscape's format"));
    m_proxy->setPlaceholderText(tr("the system's; or none, http://host:port, socks5://host:port"));
    m_caFile->field()->setPlaceholderText(tr("the system's authorities alone"));
    setRole(m_insecureWarning, "error");
    m_insecureWarning->setWordWrap(true);
    m_insecureWarning->hide();

    add(*form, tr("Connections for each file"), m_segments, "segments");
    add(*form, tr("Speed limit for each file"), m_rate, "fileRate");
    add(*form, tr("Tries"), m_retries, "tries");
    add(*form, tr("Checksum"), m_checksum, "checksum");
    add(*form, tr("Headers, one a line"), m_headers, "headers");
    add(*form, tr("Referer"), m_referer, "referer");
    add(*form, tr("User"), m_user, "user");
    add(*form, tr("Password"), m_password, "password");
    add(*form, tr("netrc file"), m_netrc, "netrc");
    add(*form, tr("Cookies file"), m_cookies, "cookies");
    add(*form, tr("Proxy"), m_proxy, "proxy");
    add(*form, tr("Authorities file"), m_caFile, "caFile");
    m_insecure->setObjectName(QStringLiteral("insecure"));
    form->addRow(QString(), m_insecure);
    form->addRow(QString(), m_insecureWarning);

    for (QSpinBox *box : {m_segments, m_retries})
        connect(box, &QSpinBox::valueChanged, this, &RequestForm::changed);
    for (QLineEdit *line : {m_checksum, m_referer, m_user, m_password, m_proxy})
        connect(line, &QLineEdit::textChanged, this, &RequestForm::changed);
    for (FileEdit *file : {m_netrc, m_cookies, m_caFile})
        connect(file, &FileEdit::changed, this, &RequestForm::changed);
    connect(m_rate, &QComboBox::currentTextChanged, this, &RequestForm::changed);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &RequestForm::changed);
    connect(m_insecure, &QCheckBox::toggled, this, [this](bool on) {
        m_insecureWarning->setVisible(on);
        emit changed();
    });
}

void RequestForm::add(QFormLayout &form, const QString &title, QWidget *field, const char *name)
{
    const auto *file = qobject_cast<FileEdit *>(field);
    QWidget *input = file ? file->field() : field;
    input->setObjectName(QLatin1String(name));
    input->setAccessibleName(title);
    form.addRow(title, field);
}

void RequestForm::setSingle(bool isSingle) { m_checksum->setEnabled(isSingle); }

bool RequestForm::isInsecure() const { return m_insecure->isChecked(); }

void RequestForm::setInsecure(bool insecure) { m_insecure->setChecked(insecure); }

void RequestForm::setCaFile(const QString &path) { m_caFile->setPath(path); }

QString RequestForm::caFile() const { return m_caFile->path(); }

QString RequestForm::apply(download::Request &request) const
{
    request.options.segments = m_segments->value();
    request.options.retries = m_retries->value() - 1;
    const TypedRate rate = parseRate(m_rate->currentText());
    if (std::holds_alternative<UnreadableRate>(rate))
        return tr("The speed limit is no speed: write 256 kB/s or 2M.");
    request.options.bytesPerSecond = std::get<std::optional<qint64>>(rate);
    if (const QString typed = m_checksum->text().trimmed(); m_checksum->isEnabled() && !typed.isEmpty()) {
        auto checksum = download::parseChecksum(typed);
        if (const auto *fault = std::get_if<QString>(&checksum))
            return *fault;
        request.checksum = std::get<download::Checksum>(std::move(checksum));
    }
    for (const QString &line : m_headers->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (const QString fault = download::addHeaderLine(line, request); !fault.isEmpty())
            return fault;
    }
    request.referer = QUrl(m_referer->text().trimmed())
                          .toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    if (const QString fault = applyLogin(request); !fault.isEmpty())
        return fault;
    return applyAccess(request.options.access);
}

QString RequestForm::applyLogin(download::Request &request) const
{
    if (m_user->text().isEmpty() && !m_password->text().isEmpty())
        return tr("A password needs a user.");
    if (!m_user->text().isEmpty()) {
        request.credentials.user = m_user->text();
        request.credentials.password = m_password->text();
    }
    return {};
}

QString RequestForm::applyAccess(net::HttpAccess &access) const
{
    for (const FileEdit *file : {m_netrc, m_cookies, m_caFile}) {
        if (!file->isFine())
            return tr("“%1” is no file that can be read.").arg(file->path());
    }
    access.netrcFile = m_netrc->path();
    access.cookiesFile = m_cookies->path();
    access.tls.caFile = m_caFile->path();
    access.tls.insecure = m_insecure->isChecked();
    access.proxy = m_proxy->text().trimmed();
    if (!access.proxy.isEmpty() && access.proxy != QLatin1String("none")) {
        const QUrl url(access.proxy);
        static const QStringList schemes {QStringLiteral("http"), QStringLiteral("socks5"),
                                          QStringLiteral("socks5h")};
        if (!schemes.contains(url.scheme()) || url.host().isEmpty())
            return tr("A proxy is http://host:port, socks5://host:port, or none.");
        if (!url.userInfo().isEmpty())
            return tr("Leave the login out of the proxy's address: it is asked for when it is needed.");
    }
    return {};
}

} // namespace coroscope::ui
