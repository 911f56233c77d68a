// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDataStream>
#include <QIODevice>
#include <QList>
#include <QString>

#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// Values on their way to another process of the same program and back: numbers, enumerations, strings,
/// lists, pairs, tuples, optionals, and whatever has QDataStream's operators.
///
/// What is read may be anything: a count of elements is held against the bytes that are there before memory
/// is asked for. Operators of your own for QDataStream have to be as careful.
namespace coroscope::jobcodec {

/// The bytes are not a value of the wanted type.
class Unreadable : public std::runtime_error
{
public:
    Unreadable()
        : std::runtime_error("the bytes don't hold a value of that type")
    { }
};

namespace detail {

template<class T>
struct IsList : std::false_type
{ };
template<class T>
struct IsList<std::vector<T>> : std::true_type
{ };
template<class T>
struct IsList<QList<T>> : std::true_type
{ };
template<class T>
struct IsTuple : std::false_type
{ };
template<class... T>
struct IsTuple<std::tuple<T...>> : std::true_type
{ };
template<class A, class B>
struct IsTuple<std::pair<A, B>> : std::true_type
{ };
template<class T>
struct IsOptional : std::false_type
{ };
template<class T>
struct IsOptional<std::optional<T>> : std::true_type
{ };

} // namespace detail

template<class T>
void put(QDataStream &stream, const T &value)
{
    if constexpr (std::is_enum_v<T>) {
        put(stream, std::underlying_type_t<T>(value));
    } else if constexpr (std::is_integral_v<T>) {
        stream << qint64(value); // one width for all: long is not the same everywhere
    } else if constexpr (std::is_same_v<T, std::string>) {
        stream << QByteArray::fromStdString(value);
    } else if constexpr (detail::IsList<T>::value) {
        stream << qint64(value.size());
        for (const auto &element : value)
            put(stream, static_cast<const typename T::value_type &>(element));
    } else if constexpr (detail::IsTuple<T>::value) {
        std::apply([&stream](const auto &...elements) { (put(stream, elements), ...); }, value);
    } else if constexpr (detail::IsOptional<T>::value) {
        put(stream, value.has_value());
        if (value)
            put(stream, *value);
    } else {
        stream << value;
    }
}

template<class T>
void get(QDataStream &stream, T &value)
{
    if constexpr (std::is_enum_v<T>) {
        std::underlying_type_t<T> number {};
        get(stream, number);
        value = T(number);
    } else if constexpr (std::is_integral_v<T>) {
        qint64 number = 0;
        stream >> number;
        value = T(number);
        if (qint64(value) != number)
            throw Unreadable();
    } else if constexpr (std::is_same_v<T, std::string>) {
        QByteArray bytes;
        stream >> bytes;
        value = bytes.toStdString();
    } else if constexpr (detail::IsList<T>::value) {
        qint64 count = 0;
        stream >> count;
        if (count < 0 || count > stream.device()->bytesAvailable()) // each takes a byte at least
            throw Unreadable();
        for (qint64 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
            typename T::value_type element {};
            get(stream, element);
            value.push_back(std::move(element));
        }
    } else if constexpr (detail::IsTuple<T>::value) {
        std::apply([&stream](auto &...elements) { (get(stream, elements), ...); }, value);
    } else if constexpr (detail::IsOptional<T>::value) {
        bool isThere = false;
        get(stream, isThere);
        if (isThere)
            get(stream, value.emplace());
    } else {
        stream >> value;
    }
    if (stream.status() != QDataStream::Ok)
        throw Unreadable();
}

template<class T>
QByteArray encode(const T &value)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    put(stream, value);
    return bytes;
}

/// Throws Unreadable, also if bytes are left over.
template<class T>
T decode(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    T value {};
    get(stream, value);
    if (!stream.atEnd())
        throw Unreadable();
    return value;
}

} // namespace coroscope::jobcodec
