// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/replay/transportbar.h"

#include "ui/durations.h"
#include "ui/replay/playhead.h"
#include "ui/selection.h"
#include "ui/widgets/restyle.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace coroscope::ui {

using namespace std::chrono_literals;

/// Below this width the length of the session is left out.
static constexpr int narrow = 560;

QString playSpeedText(double speed) { return u'×' + QLocale().toString(speed, 'g', 3); }

std::optional<double> playSpeedOf(const QString &text)
{
    QString number = text.trimmed();
    if (number.startsWith(u'×') || number.startsWith(u'x', Qt::CaseInsensitive))
        number = number.mid(1).trimmed();
    bool isNumber = false;
    double speed = QLocale().toDouble(number, &isNumber);
    if (!isNumber)
        speed = number.toDouble(&isNumber); // a point is understood everywhere
    return isNumber && speed > 0 ? std::optional(speed) : std::nullopt;
}

TransportBar::TransportBar(Playhead &playhead, const Selection &selection, QWidget *parent)
    : QFrame(parent)
    , m_playhead(playhead)
    , m_selection(selection)
    , m_begin(button("replayBegin", QStringLiteral("|‹"), tr("To the session's begin")))
    , m_previous(button("replayPrevious", QStringLiteral("‹"),
                        tr("To the previous event, of the selected task or of all (Shift+,)")))
    , m_play(button("replayPlay", {}, {}))
    , m_next(button("replayNext", QStringLiteral("›"),
                    tr("To the next event, of the selected task or of all (Shift+.)")))
    , m_speed(new QComboBox(this))
    , m_time(new QLabel(this))
    , m_length(new QLabel(this))
    , m_leave(button("replayLeave", {}, {}))
{
    setProperty("notice", true);
    setAccessibleName(tr("Replay"));
    m_speed->setObjectName(QStringLiteral("replaySpeed"));
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("How fast the session is played, from ×0.01 to ×100"));
    m_speed->setEditable(true);
    m_speed->setInsertPolicy(QComboBox::NoInsert);
    m_speed->setCompleter(nullptr);
    m_speed->setFixedWidth(78);
    for (const double speed : Playhead::speeds)
        m_speed->addItem(playSpeedText(speed), speed);
    m_time->setObjectName(QStringLiteral("replayTime"));
    setRole(m_time, "heading");
    setRole(m_length, "dim");
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 6, 3);
    layout->setSpacing(4);
    for (QWidget *widget : std::initializer_list<QWidget *> {m_begin, m_previous, m_play, m_next, m_speed})
        layout->addWidget(widget);
    layout->addSpacing(8);
    layout->addWidget(m_time);
    layout->addWidget(m_length);
    layout->addStretch();
    layout->addWidget(m_leave);

    connect(m_begin, &QToolButton::clicked, this, [this] { m_playhead.moveTo(m_playhead.begin()); });
    connect(m_previous, &QToolButton::clicked, this, [this] { m_playhead.step(-1, m_selection.task()); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_playhead.step(1, m_selection.task()); });
    connect(m_play, &QToolButton::clicked, this,
            [this] { m_playhead.isPlaying() ? m_playhead.pause() : m_playhead.play(); });
    connect(m_leave, &QToolButton::clicked, &playhead, &Playhead::leave);
    connect(m_speed, &QComboBox::activated, this,
            [this](int index) { m_playhead.setSpeed(m_speed->itemData(index).toDouble()); });
    connect(m_speed->lineEdit(), &QLineEdit::editingFinished, this, &TransportBar::enterSpeed);
    connect(m_speed->lineEdit(), &QLineEdit::returnPressed, this,
            [this] { parentWidget()->setFocus(Qt::OtherFocusReason); }); // the keys are the lanes'
    connect(&playhead, &Playhead::moved, this, &TransportBar::showTime);
    connect(&playhead, &Playhead::changed, this, &TransportBar::showState);
    setLive(true);
    showState();
}

QToolButton *TransportBar::button(const char *name, const QString &text, const QString &tip)
{
    auto *made = new QToolButton(this);
    made->setObjectName(QLatin1String(name));
    made->setProperty("flat", true);
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

void TransportBar::setLive(bool live)
{
    m_leave->setText(live ? tr("Back to live") : tr("End replay"));
    m_leave->setToolTip(live ? tr("All views show the present again (Esc)")
                             : tr("All views show the end of the recording again (Esc)"));
    m_leave->setAccessibleName(m_leave->text());
}

QString TransportBar::timeText() const { return m_time->text(); }

void TransportBar::enterSpeed()
{
    if (const auto speed = playSpeedOf(m_speed->currentText()))
        m_playhead.setSpeed(*speed);
    showSpeed();
}

/// The keys ↑ and ↓ go on from the one of the list that is next.
void TransportBar::showSpeed()
{
    const auto next = std::ranges::upper_bound(Playhead::speeds, m_playhead.speed());
    m_speed->setCurrentIndex(std::max(0, int(next - Playhead::speeds.begin()) - 1));
    m_speed->setEditText(playSpeedText(m_playhead.speed()));
}

void TransportBar::showTime()
{
    if (!m_playhead.isOn())
        return;
    const QString text = formatMoment(m_playhead.time(), 1us);
    m_time->setText(text);
    // What changes sixty times a second doesn't push what stands beside it.
    m_time->setMinimumWidth(std::max(m_time->minimumWidth(), m_time->sizeHint().width()));
    m_length->setText(tr("of %1", "a time of how long").arg(formatDuration(m_playhead.end())));
}

void TransportBar::showState()
{
    const bool playing = m_playhead.isPlaying();
    m_play->setText(playing ? tr("❚❚ Pause") : tr("▶ Play"));
    m_play->setToolTip(playing ? tr("Pause (R, Space)") : tr("Play (R, Space)"));
    m_play->setAccessibleName(playing ? tr("Pause") : tr("Play"));
    if (!m_speed->lineEdit()->hasFocus() || playing)
        showSpeed();
    showTime();
    if (m_playhead.isOn() == isVisibleTo(parentWidget()))
        return;
    const bool focused = isAncestorOf(QApplication::focusWidget());
    setVisible(m_playhead.isOn());
    if (focused && !m_playhead.isOn() && parentWidget())
        parentWidget()->setFocus(Qt::OtherFocusReason);
    emit shown(m_playhead.isOn());
}

void TransportBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    m_length->setVisible(width() >= narrow);
}

void TransportBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        m_playhead.leave();
    else
        QFrame::keyPressEvent(event);
}

} // namespace coroscope::ui
