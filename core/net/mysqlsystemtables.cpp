// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlsystemtables.h"

#include <QCryptographicHash>
#include <QFile>

namespace coroscope::net {

namespace {

std::optional<QByteArray> contentOf(const QString &name)
{
    for (const char *folder : {"/usr/share/mysql", "/usr/share/mariadb", "/usr/local/share/mysql"}) {
        QFile file(QStringLiteral("%1/%2").arg(QLatin1String(folder), name));
        if (file.open(QIODevice::ReadOnly))
            return file.readAll();
    }
    return {};
}

/// Accounts for this computer's name are left out.
QByteArray withoutHostName(const QByteArray &script)
{
    QByteArray kept;
    for (const QByteArray &line : script.split('\n')) {
        if (!line.contains("@current_hostname"))
            kept += line + '\n';
    }
    return kept;
}

} // namespace

QByteArray nativePasswordHash(const QByteArray &password)
{
    if (password.isEmpty())
        return {};
    const auto sha1 = [](const QByteArray &bytes) {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1);
    };
    return '*' + sha1(sha1(password)).toHex().toUpper();
}

std::optional<QByteArray> systemTablesScript(const QByteArray &rootPassword)
{
    QByteArray script = "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n";
    for (const char *name : {"mysql_system_tables.sql", "mysql_performance_tables.sql",
                             "mysql_system_tables_data.sql", "maria_add_gis_sp_bootstrap.sql"}) {
        const auto content = contentOf(QLatin1String(name));
        if (!content)
            return {};
        script += withoutHostName(*content) + '\n';
    }
    script += "DELETE FROM global_priv WHERE User = 'root' AND Host <> 'localhost';\n"
              "UPDATE global_priv SET Priv = '{\"access\":18446744073709551615,"
              "\"plugin\":\"mysql_native_password\",\"authentication_string\":\""
              + nativePasswordHash(rootPassword) + "\"}' WHERE User = 'root';\n";
    return script;
}

} // namespace coroscope::net
