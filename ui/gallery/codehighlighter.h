// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QSyntaxHighlighter>

namespace coroscope::ui {

enum class Language { Cpp, Python };

/// Colors a listing's comments, strings and keywords, in the theme's colors.
class CodeHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    CodeHighlighter(Language language, QTextDocument *document);

    /// Takes the colors of a light or a dark palette.
    void setPalette(const QPalette &palette);

protected:
    void highlightBlock(const QString &line) override;

private:
    qsizetype longStringEnd(QStringView line, qsizetype from, int state);
    qsizetype stringEnd(QStringView line, qsizetype from) const;

    Language m_language;
    QTextCharFormat m_comment;
    QTextCharFormat m_string;
    QTextCharFormat m_keyword;
};

} // namespace coroscope::ui
