// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace coroscope::ui {

class Pulse;

/// One future at the pulse's moment: its result or exception in full, and the fields to set it by hand, which
/// the present alone allows.
class FutureDetail : public QWidget
{
    Q_OBJECT
public:
    FutureDetail(tasks::Session &session, const Pulse &pulse, QWidget *parent = nullptr);

    /// Shows `future`; none: an empty state.
    void show(FutureId future);
    /// Reads the shown future anew.
    void refresh();

private:
    void buildHands(QWidget *hands);
    void setResult();
    void setException();
    void cancel();
    void showRejection(const QString &message);
    bool isPending() const;

    tasks::Session &m_session;
    const Pulse &m_pulse;
    FutureId m_future;
    bool m_asked = false; ///< a value was posted, and what became of it isn't known yet
    QLabel *m_title;
    QLabel *m_subtitle;
    QPlainTextEdit *m_text;
    QWidget *m_hands;
    QLineEdit *m_value;
    QPushButton *m_setResult;
    QLineEdit *m_message;
    QPushButton *m_setException;
    QPushButton *m_cancel;
    QLabel *m_error;
};

} // namespace coroscope::ui
