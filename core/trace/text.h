// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <concepts>
#include <exception>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// How results become texts. For a type of your own, put `QString toTraceText(const MyType &)` into the
/// type's namespace. A type without one leaves no text. Called only while a recording runs.
namespace coroscope::trace {

/// A container's text stops after so many elements, and says how many there are.
inline constexpr int maxTextElements = 100;

inline QString toTraceText(const QString &text) { return text; }
inline QString toTraceText(QStringView text) { return text.toString(); }
inline QString toTraceText(const QByteArray &bytes) { return QString::fromUtf8(bytes); }
inline QString toTraceText(const std::string &text) { return QString::fromStdString(text); }
inline QString toTraceText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}
inline QString toTraceText(const char *text) { return QString::fromUtf8(text); }
inline QString toTraceText(bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); }
inline QString toTraceText(char value) { return QString(QLatin1Char(value)); }

template<class T>
    requires(std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>)
QString toTraceText(T value)
{
    if constexpr (std::is_signed_v<T>)
        return QString::number(qlonglong(value));
    else
        return QString::number(qulonglong(value));
}
template<std::floating_point T>
QString toTraceText(T value)
{
    return QString::number(double(value), 'g', 10);
}

namespace detail {

template<class T>
concept Text = std::convertible_to<const T &, QStringView> || std::convertible_to<const T &, std::string_view>
               || std::same_as<T, QByteArray>;
template<class T>
concept Associative = requires(const T &t) {
    typename T::key_type;
    typename T::mapped_type;
    t.begin();
    t.end();
};

} // namespace detail

template<class T>
QString toTraceText(const std::optional<T> &value);
template<class A, class B>
QString toTraceText(const std::pair<A, B> &value);
template<class T>
    requires(std::ranges::input_range<const T> && !detail::Text<T> && !detail::Associative<T>)
QString toTraceText(const T &range);
template<detail::Associative T>
QString toTraceText(const T &map);

template<class T>
concept HasTraceText = requires(const T &value) {
    { toTraceText(value) } -> std::convertible_to<QString>;
};

template<class T>
QString textOf(const T &value)
{
    if constexpr (HasTraceText<T>)
        return toTraceText(value);
    else
        return QStringLiteral("…");
}

template<class T>
QString toTraceText(const std::optional<T> &value)
{
    return value ? textOf(*value) : QStringLiteral("–");
}

template<class A, class B>
QString toTraceText(const std::pair<A, B> &value)
{
    return QStringLiteral("(%1, %2)").arg(textOf(value.first), textOf(value.second));
}

namespace detail {

inline QString keyed(const QString &key, const QString &value)
{
    return QStringLiteral("%1: %2").arg(key, value);
}

inline QString joined(const QStringList &parts, qsizetype total, QChar open, QChar close)
{
    QString text = open + parts.join(u", ");
    if (total > parts.size())
        text += QStringLiteral(", … (%1 in all)").arg(total);
    return text + close;
}

} // namespace detail

template<class T>
    requires(std::ranges::input_range<const T> && !detail::Text<T> && !detail::Associative<T>)
QString toTraceText(const T &range)
{
    QStringList parts;
    qsizetype total = 0;
    for (const auto &element : range)
        if (++total <= maxTextElements)
            parts.append(textOf(element));
    return detail::joined(parts, total, u'[', u']');
}

template<detail::Associative T>
QString toTraceText(const T &map)
{
    QStringList parts;
    qsizetype total = 0;
    for (auto it = map.begin(); it != map.end() && ++total <= maxTextElements; ++it) {
        if constexpr (requires {
                          it.key();
                          it.value();
                      })
            parts.append(detail::keyed(textOf(it.key()), textOf(it.value())));
        else
            parts.append(detail::keyed(textOf(it->first), textOf(it->second)));
    }
    return detail::joined(parts, qsizetype(map.size()), u'{', u'}');
}

/// The current exception in words: its what(), or its type.
QString currentExceptionText();

} // namespace coroscope::trace
