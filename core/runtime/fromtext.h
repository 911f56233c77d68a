// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <concepts>
#include <optional>
#include <string>

/// How a value typed by hand becomes a future's result. For a type of your own put
/// `std::optional<MyType> fromTraceText(const QString &, std::type_identity<MyType>)` into its namespace.
namespace coroscope {

template<class T>
std::optional<T> valueFromText(const QString &text)
{
    bool ok = true;
    if constexpr (std::same_as<T, QString>) {
        return text;
    } else if constexpr (std::same_as<T, QByteArray>) {
        return text.toUtf8();
    } else if constexpr (std::same_as<T, std::string>) {
        return text.toStdString();
    } else if constexpr (std::same_as<T, bool>) {
        const QString word = text.trimmed().toLower();
        if (word == u"true" || word == u"1")
            return true;
        if (word == u"false" || word == u"0")
            return false;
        return {};
    } else if constexpr (std::floating_point<T>) {
        const double value = text.trimmed().toDouble(&ok);
        return ok ? std::optional<T>(T(value)) : std::nullopt;
    } else if constexpr (std::signed_integral<T>) {
        const qlonglong value = text.trimmed().toLongLong(&ok);
        return ok && std::in_range<T>(value) ? std::optional<T>(T(value)) : std::nullopt;
    } else if constexpr (std::unsigned_integral<T>) {
        const qulonglong value = text.trimmed().toULongLong(&ok);
        return ok && std::in_range<T>(value) ? std::optional<T>(T(value)) : std::nullopt;
    } else {
        return {};
    }
}

/// A type's name for a person: "text", "whole number", "number", "yes or no".
template<class T>
QString typeInWords()
{
    const auto say = [](const char *words) {
        return QCoreApplication::translate("coroscope::Future", words);
    };
    if constexpr (std::same_as<T, QString> || std::same_as<T, std::string> || std::same_as<T, QByteArray>)
        return say(QT_TRANSLATE_NOOP("coroscope::Future", "text"));
    else if constexpr (std::same_as<T, bool>)
        return say(QT_TRANSLATE_NOOP("coroscope::Future", "true or false"));
    else if constexpr (std::integral<T>)
        return say(QT_TRANSLATE_NOOP("coroscope::Future", "whole number"));
    else if constexpr (std::floating_point<T>)
        return say(QT_TRANSLATE_NOOP("coroscope::Future", "number"));
    else
        return say(QT_TRANSLATE_NOOP("coroscope::Future", "value"));
}

} // namespace coroscope
