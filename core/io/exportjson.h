// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringView>

#include <concepts>
#include <cstdint>

namespace coroscope::io {

/// Appends a JSON object to a text, member by member, in UTF-8: what an exporter needs without building a
/// document first. Half a surrogate pair becomes U+FFFD, control characters become escapes.
class JsonObject
{
public:
    /// Opens an object; `out` outlives this one.
    explicit JsonObject(QByteArray &out);
    JsonObject(const JsonObject &) = delete;
    JsonObject &operator=(const JsonObject &) = delete;
    /// Closes it.
    ~JsonObject();

    void add(const char *key, QStringView text);
    void add(const char *key, std::uint64_t number);
    /// Not for a pointer, which turns into a bool as gladly as into a text.
    void add(const char *key, std::same_as<bool> auto value) { addRaw(key, value ? "true" : "false"); }
    /// `json` is a value as it is written: a number, an array.
    void addRaw(const char *key, QByteArrayView json);
    /// The text after a key, to which an object of its own is to be appended.
    QByteArray &open(const char *key);

private:
    QByteArray &m_out;
    bool m_isFirst = true;
};

void appendJsonText(QByteArray &out, QStringView text);

} // namespace coroscope::io
