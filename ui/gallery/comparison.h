// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/gallery/exampleruns.h"
#include "ui/timeline/timescale.h"

#include <QDialog>

#include <array>

class QLabel;

namespace coroscope::ui {

class ComboBox;
class RunPicture;

/// Two runs of examples, one above the other, at the same scale of time: how long each took, and how much of
/// that it was busy.
class Comparison : public QDialog
{
    Q_OBJECT
public:
    /// Begins with `run` and the newest run of another example, both of `ended`, the newest of which is
    /// first.
    Comparison(model::TraceStore &store, std::vector<ExampleRuns::Run> ended, TaskId run,
               QWidget *parent = nullptr);

private:
    struct Side
    {
        ComboBox *choice;
        QLabel *figures;
        RunPicture *picture;
    };
    Side addSide(QWidget *page, const char *name);
    void showRun(const Side &side);
    TaskId runOf(const Side &side) const;
    void fitScale();

    model::TraceStore &m_store;
    std::vector<ExampleRuns::Run> m_ended;
    std::array<Side, 2> m_sides;
};

} // namespace coroscope::ui
