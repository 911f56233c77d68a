// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/launch/inputreader.h"

#include <QPointer>
#include <QThreadPool>

namespace coroscope::ui {

using namespace std::chrono_literals;

InputReader::InputReader(QObject *parent)
    : QObject(parent)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(120ms);
    connect(&m_rest, &QTimer::timeout, this, &InputReader::start);
}

void InputReader::read(const QString &text, const download::Request &defaults)
{
    if (text == m_text && defaults == m_defaults && m_generation > 0)
        return;
    m_text = text;
    m_defaults = defaults;
    ++m_generation;
    m_rest.start();
}

void InputReader::hurry()
{
    if (m_rest.isActive())
        start();
}

/// One reading at a time: a person who types on has no use for those between the first and the last.
void InputReader::start()
{
    m_rest.stop();
    if (m_isReading)
        return;
    m_isReading = true;
    const auto work = [to = QPointer(this), text = m_text, defaults = m_defaults, number = m_generation] {
        auto input = std::make_shared<const download::InputList>(download::parseInput(text, defaults));
        // The reader lives on the application's thread, where alone it is looked at.
        QMetaObject::invokeMethod(
            qApp,
            [to, number, input = std::move(input)]() mutable {
                if (to)
                    to->take(number, std::move(input));
            },
            Qt::QueuedConnection);
    };
    QThreadPool::globalInstance()->start(work);
}

void InputReader::take(quint64 generation, SharedInput input)
{
    m_isReading = false;
    if (generation != m_generation) {
        if (!m_rest.isActive())
            start();
        return;
    }
    m_doneGeneration = generation;
    m_input = std::move(input);
    emit done();
}

} // namespace coroscope::ui
