// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// A plain QCoro program that knows nothing of tracing, and below it a check of what its tracing wrote down.
// Neither uses what g++ 12 is known to miscompile: each awaited result has a name.
#include "core/trace/names.h"
#include "core/trace/recorder.h"

#include <QCoreApplication>
#include <QCoroTimer>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <source_location>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace coroscope;

// --- the program ------------------------------------------------------------------------------------------

QCoro::Task<int> half(int number)
{
    co_await QCoro::sleepFor(2ms);
    co_return number / 2;
}

QCoro::Task<QString> answer()
{
    const int first = co_await half(80);
    const int second = co_await half(4);
    co_return QStringLiteral("%1").arg(first + second);
}

struct Office
{
    int visits = 0;

    QCoro::Task<> refuse(std::string reason)
    {
        ++visits;
        co_await QCoro::sleepFor(1ms);
        throw std::runtime_error(reason);
    }
};

QCoro::Task<bool> isRefused(Office *office)
{
    bool refused = false;
    try {
        co_await office->refuse("closed on Mondays");
    } catch (const std::runtime_error &) {
        refused = true;
    }
    co_return refused;
}

// --- the check --------------------------------------------------------------------------------------------

struct Life
{
    QString function;
    std::uint32_t creator = 0;
    int resumed = 0;
    int suspended = 0;
    int finished = 0;
    bool inOrder = true; ///< created, then resumed and suspended by turns, finished at the end
    bool running = false;
    trace::Outcome outcome = trace::Outcome::Cancelled;
    std::string result;
    std::string error;
};

class Lives : public trace::Sink
{
public:
    std::map<std::uint32_t, Life> byTask;
    std::uint64_t lostEvents = 0;

    void event(std::uint32_t, const trace::Event &event, QByteArrayView text) override
    {
        Life &life = byTask[event.task];
        switch (event.type) {
        case trace::EventType::Created: {
            std::source_location location;
            std::memcpy(&location, &event.b, sizeof location);
            life.function = trace::cleanFunctionName(location.function_name());
            life.creator = std::uint32_t(event.a);
            break;
        }
        case trace::EventType::Resumed:
            life.inOrder = life.inOrder && !life.running && life.finished == 0;
            life.running = true;
            ++life.resumed;
            break;
        case trace::EventType::Suspended:
            life.inOrder = life.inOrder && life.running;
            life.running = false;
            ++life.suspended;
            break;
        case trace::EventType::Finished:
            life.inOrder = life.inOrder && life.running;
            life.running = false;
            life.outcome = trace::Outcome(event.kind);
            ++life.finished;
            break;
        case trace::EventType::Text:
            if (trace::TextKind(event.kind) == trace::TextKind::Result)
                life.result = text.toByteArray().toStdString();
            else if (trace::TextKind(event.kind) == trace::TextKind::Error)
                life.error = text.toByteArray().toStdString();
            break;
        default:
            break;
        }
    }
    void lost(std::uint32_t, std::uint64_t, std::uint64_t events) override { lostEvents += events; }
    void lostTexts(std::uint32_t, std::uint64_t texts) override { lostEvents += texts; }

    std::vector<const Life *> of(const QString &function) const
    {
        std::vector<const Life *> lives;
        for (const auto &[task, life] : byTask) {
            if (life.function.startsWith(function + u'('))
                lives.push_back(&life);
        }
        return lives;
    }
};

int failures = 0;

void check(bool isTrue, const char *what)
{
    std::printf("%s  %s\n", isTrue ? "pass" : "FAIL", what);
    failures += isTrue ? 0 : 1;
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    trace::startRecording();
    const QString text = QCoro::waitFor(answer());
    Office office;
    const bool refused = QCoro::waitFor(isRefused(&office));
    trace::stopRecording();

    Lives lives;
    while (!trace::drain(lives)) { }

    check(text == QLatin1String("42") && refused && office.visits == 1,
          "the program does what it did untraced");
    check(lives.lostEvents == 0, "no event is lost");
    bool allInOrder = true;
    for (const auto &[task, life] : lives.byTask)
        allInOrder = allInOrder && life.inOrder && life.resumed == life.suspended + life.finished;
    check(allInOrder, "every task is resumed and suspended by turns, and ends once");

    const auto answers = lives.of(QStringLiteral("answer"));
    const auto halves = lives.of(QStringLiteral("half"));
    const auto refusals = lives.of(QStringLiteral("Office::refuse"));
    check(answers.size() == 1 && answers[0]->result == "42", "a result is seen as text");
    check(answers.size() == 1 && answers[0]->suspended == 2,
          "a coroutine that awaits twice is suspended twice");
    check(halves.size() == 2 && halves[0]->result == "40" && halves[1]->result == "2",
          "each call of a function is a task of its own");
    check(halves.size() == 2 && halves[0]->creator != 0 && halves[0]->creator == halves[1]->creator,
          "a called coroutine knows its creator");
    check(refusals.size() == 1 && refusals[0]->outcome == trace::Outcome::Failed
              && refusals[0]->error.find("closed on Mondays") != std::string::npos,
          "an exception is seen with its text, in a member function too");
    return failures == 0 ? 0 : 1;
}
