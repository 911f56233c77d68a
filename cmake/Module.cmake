# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT

include_guard(GLOBAL)
get_filename_component(COROSCOPE_ROOT "${CMAKE_CURRENT_LIST_DIR}" DIRECTORY)

# What every target of the project is compiled with.
add_library(coroscope_options INTERFACE)
target_include_directories(coroscope_options INTERFACE "${COROSCOPE_ROOT}")
target_compile_options(coroscope_options INTERFACE
    -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual
    -ffile-prefix-map=${COROSCOPE_ROOT}/=
    $<$<BOOL:${COROSCOPE_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # A precompiled header without time stamps is one that ccache can share.
    target_compile_options(coroscope_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()
if(COROSCOPE_SANITIZE)
    target_compile_options(coroscope_options INTERFACE
        -fsanitize=${COROSCOPE_SANITIZE} -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1
        $<$<CXX_COMPILER_ID:Clang>:-gline-tables-only>) # all that a report names, in a third less time to build
    target_link_options(coroscope_options INTERFACE -fsanitize=${COROSCOPE_SANITIZE})
endif()
if(COROSCOPE_FUZZ)
    target_compile_options(coroscope_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
find_program(COROSCOPE_CCACHE ccache)
if(COROSCOPE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${COROSCOPE_ROOT}
        CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${COROSCOPE_CCACHE})
endif()
include(CheckLinkerFlag)
check_linker_flag(CXX -fuse-ld=lld COROSCOPE_LLD)
if(COROSCOPE_LLD)
    target_link_options(coroscope_options INTERFACE -fuse-ld=lld)
endif()

# coroscope_module(NAME SOURCES … [LINK …] [PRIVATE_LINK …] [UNTRACED])
# One static library `coroscope_NAME`. Its coroutines are traced unless UNTRACED is given.
function(coroscope_module name)
    cmake_parse_arguments(M "UNTRACED" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(coroscope_${name} STATIC ${M_SOURCES})
    target_link_libraries(coroscope_${name} PRIVATE $<BUILD_INTERFACE:coroscope_options>)
    target_link_libraries(coroscope_${name} PUBLIC ${M_LINK} PRIVATE ${M_PRIVATE_LINK})
    target_include_directories(coroscope_${name} PUBLIC "$<BUILD_INTERFACE:${COROSCOPE_ROOT}>")
    if(NOT M_UNTRACED)
        target_link_libraries(coroscope_${name} PUBLIC Coroscope::Trace)
        target_precompile_headers(coroscope_${name} PRIVATE "${COROSCOPE_ROOT}/cmake/pch.h")
    endif()
endfunction()

# One precompiled header for all tests: made anew for each, it would cost more than it saves.
function(coroscope_test_header)
    if(TARGET coroscope_test_header)
        return()
    endif()
    file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/testheader.cpp" CONTENT "// All is in the precompiled header.\n")
    add_library(coroscope_test_header OBJECT "${PROJECT_BINARY_DIR}/testheader.cpp")
    target_link_libraries(coroscope_test_header PRIVATE coroscope_options Coroscope::Trace)
    target_precompile_headers(coroscope_test_header PRIVATE "${PROJECT_SOURCE_DIR}/cmake/pch.h")
    set_target_properties(coroscope_test_header PROPERTIES AUTOMOC OFF AUTORCC OFF)
endfunction()

# coroscope_test(SOURCE LINK … [SOURCES …] [LABELS …] [TIMEOUT s] [LOOPS …])
# One Qt Test program; the test's name is its path without tests/ and tst_. With LOOPS it runs on Qt's event loop
# and, as NAME.uv, once more on each named one that this build has.
function(coroscope_test source)
    cmake_parse_arguments(T "UNTRACED;SERIAL" "TIMEOUT" "LINK;SOURCES;LABELS;LOOPS" ${ARGN})
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}/${source}")
    string(REGEX REPLACE "\\.cpp$" "" name "${path}")
    string(REPLACE "/tst_" "." name "${name}")
    string(REPLACE "/" "." name "${name}")
    string(REPLACE "." "_" target "tst_${name}")
    add_executable(${target} ${source} ${T_SOURCES})
    target_link_libraries(${target} PRIVATE coroscope_options Qt6::Test ${T_LINK})
    if(NOT T_UNTRACED)
        target_link_libraries(${target} PRIVATE Coroscope::Trace)
        coroscope_test_header()
        target_precompile_headers(${target} REUSE_FROM coroscope_test_header)
    endif()
    add_test(NAME ${name} COMMAND ${target})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 120)
    endif()
    if(COROSCOPE_SANITIZE)
        math(EXPR T_TIMEOUT "3 * ${T_TIMEOUT}")
    endif()
    set(names ${name})
    if(T_LOOPS)
        target_link_libraries(${target} PRIVATE coroscope_looponmain)
        get_property(available GLOBAL PROPERTY COROSCOPE_LOOPS)
    endif()
    foreach(loop ${T_LOOPS})
        if(loop IN_LIST available)
            add_test(NAME ${name}.${loop} COMMAND ${target})
            set_tests_properties(${name}.${loop} PROPERTIES ENVIRONMENT COROSCOPE_LOOP=${loop})
            list(APPEND names ${name}.${loop})
        endif()
    endforeach()
    set_tests_properties(${names} PROPERTIES TIMEOUT ${T_TIMEOUT} LABELS "${T_LABELS}")
    if(COROSCOPE_SANITIZE MATCHES "thread")
        target_sources(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests/support/tsanclone.cpp")
        set_source_files_properties("${PROJECT_SOURCE_DIR}/tests/support/tsanclone.cpp"
            PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
        set(options "suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp")
        # Functions are suppressed by their names, which only a symbolizer finds.
        find_program(COROSCOPE_SYMBOLIZER NAMES llvm-symbolizer-19 llvm-symbolizer-20 llvm-symbolizer-21
            llvm-symbolizer-18 llvm-symbolizer-17 llvm-symbolizer)
        if(COROSCOPE_SYMBOLIZER)
            string(APPEND options ":external_symbolizer_path=${COROSCOPE_SYMBOLIZER}")
        else()
            message(STATUS "llvm-symbolizer is missing (llvm-19): ThreadSanitizer reports what is to be suppressed, too")
        endif()
        set_tests_properties(${names} PROPERTIES ENVIRONMENT_MODIFICATION "TSAN_OPTIONS=set:${options}")
    endif()
    if(T_SERIAL)
        set_tests_properties(${names} PROPERTIES RUN_SERIAL TRUE)
    endif()
endfunction()
