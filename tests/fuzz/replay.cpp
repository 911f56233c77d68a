// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTextStream>

// Stands in for libFuzzer in an ordinary build: feeds the kept corpus, a file at a time, so that every run of
// the suite has a fuzz target compiled and its known inputs tried.

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argumentCount, char **arguments)
{
    QTextStream out(stdout);
    if (argumentCount != 2) {
        out << "Say which folder's files to feed.\n";
        return 2;
    }
    int fed = 0;
    QDirIterator files(QString::fromLocal8Bit(arguments[1]), QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QFile::ReadOnly)) {
            out << "Can't read " << file.fileName() << ": " << file.errorString() << '\n';
            return 1;
        }
        const QByteArray input = file.readAll();
        LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(input.constData()), size_t(input.size()));
        ++fed;
    }
    out << fed << " inputs fed\n";
    return fed > 0 ? 0 : 1;
}
