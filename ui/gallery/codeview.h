// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/gallery/codehighlighter.h"

#include <QMap>
#include <QPlainTextEdit>

namespace coroscope::ui {

/// A listing to read: colored, its lines numbered, some of them marked.
class CodeView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CodeView(Language language, QWidget *parent = nullptr);

    void setCode(const QString &code);
    /// Which lines (from 1 on) are marked, and what a tool tip says of each. The first mark comes into sight.
    void setMarks(const QMap<int, QString> &marks);
    QMap<int, QString> marks() const { return m_marks; }

protected:
    bool viewportEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    friend class CodeMargin;
    void fitMargin();
    void paintMargin(QPaintEvent *event);
    void colorMarks();
    void showFirstMark();

    CodeHighlighter *m_highlighter;
    QWidget *m_margin;
    QMap<int, QString> m_marks;
};

} // namespace coroscope::ui
