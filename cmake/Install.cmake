# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT

# What another program needs to be watched: find_package(Coroscope), Coroscope::Trace.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(COROSCOPE_HEADERS "${CMAKE_INSTALL_INCLUDEDIR}/coroscope")
set(COROSCOPE_PACKAGE "${CMAKE_INSTALL_LIBDIR}/cmake/Coroscope")

install(TARGETS coroscope_trace coroscope_model coroscope_io coroscope_record EXPORT CoroscopeTargets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    INCLUDES DESTINATION "${COROSCOPE_HEADERS}")
install(EXPORT CoroscopeTargets NAMESPACE Coroscope:: DESTINATION "${COROSCOPE_PACKAGE}")
install(DIRECTORY core/trace DESTINATION "${COROSCOPE_HEADERS}/core" FILES_MATCHING PATTERN "*.h")
configure_package_config_file(cmake/CoroscopeConfig.cmake.in "${PROJECT_BINARY_DIR}/CoroscopeConfig.cmake"
    INSTALL_DESTINATION "${COROSCOPE_PACKAGE}" PATH_VARS COROSCOPE_HEADERS)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/CoroscopeConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/CoroscopeConfig.cmake" "${PROJECT_BINARY_DIR}/CoroscopeConfigVersion.cmake"
    DESTINATION "${COROSCOPE_PACKAGE}")
