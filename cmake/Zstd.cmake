# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT

# Sets COROSCOPE_HAS_ZSTD. A build without zstd writes recordings uncompressed, and can't read compressed ones.
set(COROSCOPE_HAS_ZSTD OFF)
if(COROSCOPE_ZSTD)
    find_package(PkgConfig REQUIRED)
    pkg_check_modules(Zstd IMPORTED_TARGET GLOBAL libzstd)
    if(Zstd_FOUND)
        set(COROSCOPE_HAS_ZSTD ON)
    else()
        message(WARNING "zstd isn't installed (Debian: libzstd-dev): recordings won't be compressed")
    endif()
endif()
