// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/notebox.h"

#include "ui/timeline/notemarks.h"
#include "ui/widgets/restyle.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace coroscope::ui {

constexpr int boxWidth = 320;
constexpr int mostRows = 12;
constexpr int idRole = Qt::UserRole;

NoteBox::NoteBox(NoteMarks &marks, QWidget *parent)
    : QFrame(parent)
    , m_marks(marks)
    , m_title(new QLabel(this))
    , m_list(new QListWidget(this))
{
    setProperty("floating", true);
    setRole(m_title, "dim");
    m_list->setObjectName(QStringLiteral("noteList"));
    m_list->setAccessibleName(tr("Marks"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_title);
    layout->addWidget(m_list);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &NoteBox::go);
    connect(&marks, &NoteMarks::changed, this, [this] {
        if (isVisible())
            fill();
    });
    hide();
}

static model::NoteId idOf(const QListWidgetItem *item)
{
    return model::NoteId {item ? item->data(idRole).toUInt() : 0};
}

void NoteBox::fill()
{
    const int row = std::max(0, m_list->currentRow());
    m_list->clear();
    for (const model::Note &note : m_marks.list().notes()) {
        const QString time = NoteMarks::timeText(note);
        auto *item = new QListWidgetItem(note.text.isEmpty() ? time : tr("%1 · %2").arg(time, note.text),
                                         m_list);
        item->setData(idRole, note.id.value);
        if (note.id == m_marks.selected())
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem())
        m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    m_title->setText(m_list->count() == 0 ? tr("No marks yet: M sets one")
                                          : tr("Enter: go there, F2: edit, Delete: remove"));
    m_list->setVisible(m_list->count() > 0);
}

void NoteBox::open(const QRect &room)
{
    fill();
    const int rowHeight = std::max(20, m_list->sizeHintForRow(0));
    const int rows = std::min(m_list->count(), mostRows);
    const int height = std::min(room.height() - 8,
                                m_title->sizeHint().height() + 18 + (rows > 0 ? rows * rowHeight + 6 : 0));
    const int width = std::min(boxWidth, room.width() - 8);
    setGeometry(room.right() - width - 4, room.top() + 4, width, height);
    show();
    raise();
    setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_list->count() > 0 ? m_list : nullptr);
    setFocus(Qt::ShortcutFocusReason);
    installEventFilter(this);
}

QStringList NoteBox::lines() const
{
    QStringList lines;
    for (int row = 0; row < m_list->count(); ++row)
        lines << m_list->item(row)->text();
    return lines;
}

void NoteBox::close()
{
    hide();
    parentWidget()->setFocus(Qt::OtherFocusReason);
}

void NoteBox::go()
{
    const model::NoteId id = idOf(m_list->currentItem());
    close();
    m_marks.goTo(id);
}

bool NoteBox::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && pressed(static_cast<QKeyEvent *>(event)->key()))
        return true;
    return QFrame::eventFilter(watched, event);
}

bool NoteBox::pressed(int key)
{
    const model::NoteId id = idOf(m_list->currentItem());
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        go();
        return true;
    case Qt::Key_Delete:
        m_marks.list().remove(id);
        return true;
    case Qt::Key_F2:
        close();
        emit m_marks.editRequested(id);
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

} // namespace coroscope::ui
