# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT

# Sets COROSCOPE_HAS_MYSQL. A build without libmariadb is whole but for the connections to MySQL servers.
set(COROSCOPE_HAS_MYSQL OFF)
if(COROSCOPE_MYSQL)
    find_package(PkgConfig REQUIRED)
    pkg_check_modules(MariaDb IMPORTED_TARGET GLOBAL libmariadb>=3.1)
    # Its TLS is OpenSSL's, whose queue of errors has to be cleared for it.
    pkg_check_modules(Crypto IMPORTED_TARGET GLOBAL libcrypto)
    if(MariaDb_FOUND AND Crypto_FOUND)
        set(COROSCOPE_HAS_MYSQL ON)
    else()
        message(WARNING "libmariadb or OpenSSL isn't installed (Debian: libmariadb-dev): built without MySQL")
    endif()
endif()
