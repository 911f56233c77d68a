// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/codeview.h"

#include "ui/contrast.h"
#include "ui/theme.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

namespace coroscope::ui {

/// The numbers beside the lines.
class CodeMargin : public QWidget
{
public:
    explicit CodeMargin(CodeView *view)
        : QWidget(view)
        , m_view(view)
    { }

protected:
    void paintEvent(QPaintEvent *event) override { m_view->paintMargin(event); }

private:
    CodeView *m_view;
};

namespace {

QColor markGround(const Theme &theme) { return mixed(theme.accent, theme.base, theme.dark ? 0.18 : 0.1); }

} // namespace

CodeView::CodeView(Language language, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new CodeHighlighter(language, document()))
    , m_margin(new CodeMargin(this))
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    setFont(fixed);
    m_margin->setFont(fixed);
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setLineWrapMode(NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(this, &QPlainTextEdit::updateRequest, m_margin, [this](const QRect &rect, int scrolled) {
        if (scrolled != 0)
            m_margin->scroll(0, scrolled);
        else
            m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeView::fitMargin);
    m_highlighter->setPalette(palette());
    fitMargin();
}

void CodeView::setCode(const QString &code)
{
    m_marks.clear();
    setExtraSelections({});
    setPlainText(code);
}

void CodeView::setMarks(const QMap<int, QString> &marks)
{
    if (marks == m_marks)
        return;
    const bool isFirst = m_marks.isEmpty();
    m_marks = marks;
    colorMarks();
    m_margin->update();
    if (isFirst)
        showFirstMark();
}

/// Sets the text's place, not the cursor: what a reader has selected stays.
void CodeView::showFirstMark()
{
    const QTextBlock block = m_marks.isEmpty() ? QTextBlock()
                                               : document()->findBlockByNumber(m_marks.firstKey() - 1);
    if (!block.isValid())
        return;
    const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    if (place.top() < 0 || place.bottom() > viewport()->height())
        verticalScrollBar()->setValue(std::max(0, block.blockNumber() - 4));
}

void CodeView::colorMarks()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (auto mark = m_marks.keyBegin(); mark != m_marks.keyEnd(); ++mark) {
        const QTextBlock block = document()->findBlockByNumber(*mark - 1);
        if (!block.isValid())
            continue;
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(block);
        line.format.setBackground(markGround(Theme::of(palette())));
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections << line;
    }
    setExtraSelections(selections);
}

void CodeView::fitMargin()
{
    const auto digits = std::max<qsizetype>(2, QString::number(blockCount()).size());
    const int width = int(digits) * fontMetrics().horizontalAdvance(u'9') + 16;
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), width, inside.height());
}

void CodeView::paintMargin(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(m_margin);
    painter.fillRect(event->rect(), theme.base);
    const int height = fontMetrics().height();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        const int line = block.blockNumber() + 1;
        const int top = viewport()->y() - m_margin->y() + int(place.top());
        const bool isMarked = m_marks.contains(line);
        if (isMarked) {
            const QRect row(0, top, m_margin->width(), int(place.height()));
            painter.fillRect(row, markGround(theme));
            painter.fillRect(QRect(row.topLeft(), QSize(3, row.height())), theme.accent);
        }
        painter.setPen(isMarked ? theme.text : theme.dimText);
        painter.drawText(QRect(0, top, m_margin->width() - 8, height), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(line));
    }
}

bool CodeView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString tip = m_marks.value(cursorForPosition(help->pos()).blockNumber() + 1);
    QToolTip::showText(help->globalPos(), tip, viewport());
    return true;
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitMargin();
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange)
        return;
    m_highlighter->setPalette(palette());
    colorMarks();
    m_margin->update();
}

} // namespace coroscope::ui
