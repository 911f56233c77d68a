// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/sleepdialog.h"

#include <QCheckBox>
#include <QLineEdit>

namespace coroscope::ui {

using namespace tasks;

SleepDialog::SleepDialog(LaunchHistory &history, QWidget *parent)
    : LaunchDialog(history, LaunchHistory::Kind::Sleep, parent)
    , m_duration(new QLineEdit(this))
    , m_block(new QCheckBox(tr("&Block the loop for that time, instead of yielding"), this))
{
    setWindowTitle(tr("Sleep"));
    m_block->setObjectName(QStringLiteral("block"));
    m_block->setToolTip(tr("Shows what a task does to all others that never yields. This window goes on."));
    m_duration->setText(QStringLiteral("2s"));
    addField(tr("&Duration"), m_duration, "duration", tr("0.5, 250ms, 2s or 1m30s; at most 24 hours"));
    addRow(m_block);
    connect(m_duration, &QLineEdit::textChanged, this, &SleepDialog::validate);
    finish();
    m_duration->setFocus();
    m_duration->selectAll();
}

std::variant<TaskSpec, FieldError> SleepDialog::spec() const
{
    const auto parsed = parseSleep(m_duration->text(), m_block->isChecked());
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    return TaskSpec(std::get<SleepSpec>(parsed));
}

void SleepDialog::fill(const TaskSpec &spec)
{
    const auto *sleep = std::get_if<SleepSpec>(&spec);
    if (!sleep)
        return;
    const double seconds = std::chrono::duration<double>(sleep->duration).count();
    m_duration->setText(QStringLiteral("%1s").arg(seconds, 0, 'f', QLocale::FloatingPointShortest));
    m_block->setChecked(sleep->block);
}

} // namespace coroscope::ui
