// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
//
// ThreadSanitizer's own clone() takes every call for a fork. QProcess's is like vfork(): the child shares the
// memory and is gone before the caller goes on, so the sanitizer, which prepares for two worlds, ends the
// program (a check in its ForkAfter). Here libc's clone() is called instead. For tests alone, in tsan builds
// alone.
#include <cstdarg>
#include <dlfcn.h>
#include <sys/types.h>

extern "C" __attribute__((no_sanitize("thread"))) int clone(int (*function)(void *), void *stack, int flags,
                                                            void *argument, ...)
{
    va_list more;
    va_start(more, argument);
    auto *const parent = va_arg(more, pid_t *);
    void *const tls = va_arg(more, void *);
    auto *const child = va_arg(more, pid_t *);
    va_end(more);
    using Clone = int (*)(int (*)(void *), void *, int, void *, pid_t *, void *, pid_t *);
    static const auto libc = reinterpret_cast<Clone>(dlsym(RTLD_NEXT, "clone"));
    return libc(function, stack, flags, argument, parent, tls, child);
}
