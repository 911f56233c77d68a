// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace coroscope::ui {

/// A few lines of text. Enter submits, Shift+Enter starts a new line.
class LinesEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    enum class Drops { Text, Urls };

    LinesEdit(Drops drops, int visibleLines, QWidget *parent = nullptr);

    /// Adds `lines` below what is there.
    void addLines(const QString &lines);
    QSize sizeHint() const override { return {320, minimumHeight()}; }

signals:
    void submitted();
    void dropFailed(const QString &message);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    Drops m_drops;
};

} // namespace coroscope::ui
