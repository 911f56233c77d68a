# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT

# Prefers a compiler known to translate coroutines rightly, where nobody named one.
if(NOT CMAKE_CXX_COMPILER AND NOT DEFINED ENV{CXX})
    find_program(COROSCOPE_CLANG NAMES clang++-19 clang++-20 clang++-21 clang++-18 clang++-17
        g++-15 g++-14)
    if(COROSCOPE_CLANG)
        set(CMAKE_CXX_COMPILER "${COROSCOPE_CLANG}")
    endif()
endif()

function(coroscope_check_compiler)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        message(FATAL_ERROR
            "Coroscope can't be built with GCC ${CMAKE_CXX_COMPILER_VERSION}: it miscompiles coroutines "
            "(a co_await in an if or while condition, temporaries with destructors in an awaited call are "
            "copied bitwise and destroyed twice). Use Clang 17 or newer (on Debian 12: apt-get install "
            "clang-19, which the presets find by themselves) or GCC 14 or newer.")
    endif()
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 17)
        message(FATAL_ERROR "Coroscope needs Clang 17 or newer; this is ${CMAKE_CXX_COMPILER_VERSION}.")
    endif()
endfunction()
