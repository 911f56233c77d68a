// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace coroscope::ui {

/// A text in full under its heading, with a button that copies it; high as its lines, up to a limit.
class TextBlock : public QWidget
{
    Q_OBJECT
public:
    explicit TextBlock(const QString &heading, QWidget *parent = nullptr);

    void setHeading(const QString &heading);
    QString text() const;
    /// An empty text hides the block.
    void setText(const QString &text);
    void append(const QString &lines);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QLabel *m_heading;
    QPlainTextEdit *m_text;
};

} // namespace coroscope::ui
