// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/launch.h"

#include <QCoroTask>

namespace coroscope::net {
struct Endpoints;
}

namespace coroscope::tasks {

/// True if the spec leaves it to the program to bring the servers that its example needs.
bool needsLocalServices(const ExampleSpec &spec);
/// True if a MySQL server is among them, which takes seconds to start.
bool needsMySql(const ExampleSpec &spec);
/// The spec with the addresses filled in that it left out. Why that can't be, if a server is missing.
std::variant<ExampleSpec, QString> withLocalServices(ExampleSpec spec, const net::Endpoints &endpoints);

/// Runs an example of the gallery. Its lines go to the console and to `context.print`.
QCoro::Task<> runExample(ExampleSpec spec, TaskContext context);

} // namespace coroscope::tasks
