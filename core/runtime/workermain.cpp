// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/workermain.h"

#include "core/runtime/processfunction.h"

#include <QByteArray>
#include <QtEndian>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <memory>
#include <string_view>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#    include <sys/prctl.h>
#endif

namespace coroscope {

namespace {

bool receiveAll(char *bytes, std::size_t count)
{
    while (count > 0) {
        const ssize_t got = ::recv(workerSocket, bytes, count, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        count -= std::size_t(got);
    }
    return true;
}

bool sendAll(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t sent = ::send(workerSocket, bytes.data(), std::size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        bytes = bytes.sliced(sent);
    }
    return true;
}

bool sendMessage(MessageKind kind, const QByteArray &body)
{
    QByteArray message(sizeof(quint32), Qt::Uninitialized);
    qToBigEndian(quint32(body.size() + 1), message.data());
    message += char(kind);
    message += body;
    return sendAll(message);
}

bool sendException(const char *typeName, QByteArray text)
{
    return sendMessage(MessageKind::Exception,
                       jobcodec::encode(std::tuple(QByteArray(typeName), std::move(text))));
}

/// Inside of a handler: the type's name as in the source.
QByteArray typeOfException()
{
    const std::type_info *const type = abi::__cxa_current_exception_type();
    if (!type)
        return "exception";
    int status = 0;
    const std::unique_ptr<char, void (*)(void *)> name(abi::__cxa_demangle(type->name(), nullptr, nullptr,
                                                                           &status),
                                                       &std::free);
    return status == 0 ? name.get() : type->name();
}

/// False: the parent is gone.
bool answer(const QByteArray &request)
{
    try {
        const auto [name, arguments, limit] = jobcodec::decode<WorkerRequest>(request);
        const ProcessFunctionBase *const function = ProcessFunctionBase::find(name);
        if (!function)
            return sendException("coroscope::UnknownFunction", "this program has no ProcessFunction " + name);
        const QByteArray result = function->call(arguments);
        std::fflush(stdout);
        if (result.size() >= qsizetype(limit))
            return sendException("std::length_error", "the result of " + name + " is over the limit of "
                                                          + QByteArray::number(limit) + " bytes");
        return sendMessage(MessageKind::Result, result);
    } catch (const std::exception &error) {
        return sendException(typeOfException(), QByteArray(error.what()).left(65'536));
    } catch (...) {
        return sendException(typeOfException(), {});
    }
}

/// Sees to it that no worker outlives its parent. False: that is gone already.
bool dieWithParent()
{
#ifdef __linux__
    ::prctl(PR_SET_NAME, "worker");
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ucred parent {}; // who made the socket
    socklen_t size = sizeof parent;
    if (::getsockopt(workerSocket, SOL_SOCKET, SO_PEERCRED, &parent, &size) != 0 || parent.pid != ::getppid())
        return false;
#endif
    return true;
}

int serve()
{
    // Ctrl+C is for the parent, which ends its workers.
    ::signal(SIGINT, SIG_IGN);
    ::fcntl(workerSocket, F_SETFD, FD_CLOEXEC);
    if (!dieWithParent() || !sendMessage(MessageKind::Ready, workerGreeting))
        return 1;
    for (;;) {
        char prefix[sizeof(quint32)];
        if (!receiveAll(prefix, sizeof prefix))
            return 0;
        QByteArray request(qFromBigEndian<quint32>(prefix), Qt::Uninitialized);
        if (!receiveAll(request.data(), std::size_t(request.size())) || !answer(request))
            return 0;
    }
}

} // namespace

std::optional<int> runAsWorker(int argc, char **argv)
{
    if (argc < 2 || std::string_view(argv[1]) != "--worker")
        return {};
    ::unsetenv(workerVariable);
    int type = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(workerSocket, SOL_SOCKET, SO_TYPE, &type, &size) != 0) {
        std::fputs("--worker is how a program starts its own worker processes; it is of no use by hand.\n",
                   stderr);
        return 2;
    }
    return serve();
}

} // namespace coroscope
