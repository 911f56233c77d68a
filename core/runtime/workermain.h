// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <tuple>

namespace coroscope {

/// What a worker's messages begin with.
enum class MessageKind : std::uint8_t {
    Ready = 1, ///< the text of workerGreeting: sent once, first
    Result, ///< the encoded result
    Exception, ///< type name and text of what the function threw (two QByteArrays of a QDataStream)
};
/// What is sent to it, encoded: the function's name, the encoded arguments, and how long a reply may be.
using WorkerRequest = std::tuple<QByteArray, QByteArray, quint32>;
/// Says which messages the worker understands.
inline constexpr char workerGreeting[] = "coroscope worker 1";
/// Set for a worker until it has called runAsWorker(): a program that doesn't must not start its own workers.
inline constexpr char workerVariable[] = "COROSCOPE_WORKER";
/// The worker's end of the socket to its parent.
inline constexpr int workerSocket = 3;

/// For main(), before anything else is set up: where the program was started as a worker of a ProcessExecutor
/// (`--worker`), runs the jobs that its parent sends until that closes the socket, and gives the exit code;
/// else nothing.
///
///     if (const auto code = coroscope::runAsWorker(argc, argv))
///         return *code;
///
/// There is no QCoreApplication in a worker. A job may print: standard output and error are the parent's;
/// standard input is empty.
std::optional<int> runAsWorker(int argc, char **argv);

} // namespace coroscope
