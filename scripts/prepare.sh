# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT
#
# Sourced by ./run, ./test and .ci/run: installs what is missing, builds what is out of date.
# Writes to standard error alone.

say() { printf '%s\n' "$*" >&2; }

# --- packages ---------------------------------------------------------------------------------------------

# Prints "package[>=version]|alternative…<TAB>why" for each package of the given sets, each once.
wanted_packages() {
    awk -v sets=" $* " '
        /^[a-z]/ && index(sets, " " $1 " ") {
            why = $0; sub(/^[^#]*# */, "", why)
            spec = $0; sub(/^[a-z]+ */, "", spec); sub(/ *#.*/, "", spec); gsub(/ /, "", spec)
            if (!seen[spec]++) print spec "\t" why
        }' scripts/packages
}

# version_of LISTING PACKAGE: LISTING holds "package version" lines.
version_of() { awk -v p="$2" '$1 == p { print $2; exit }' <<<"$1"; }

# satisfied_by SPEC LISTING: prints the first alternative that LISTING offers in a version that will do.
satisfied_by() {
    local alternative name version alternatives
    IFS='|' read -ra alternatives <<<"$1"
    for alternative in "${alternatives[@]}"; do
        name=${alternative%%>=*}
        version=$(version_of "$2" "$name")
        [ -n "$version" ] || continue
        if [ "$name" = "$alternative" ] || dpkg --compare-versions "${version#*:}" ge "${alternative#*>=}"; then
            printf '%s\n' "$name"
            return 0
        fi
    done
    return 1
}

installed_packages() {
    dpkg-query -W -f='${db:Status-Status} ${Package} ${Version}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true
}

offered_packages() {
    apt-cache policy "$@" 2>/dev/null | awk '/^[^ ]/ { sub(/:$/, ""); name = $0 }
                                             /^  Candidate:/ && $2 != "(none)" { print name, $2 }' || true
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# Installs what is missing of the given sets. A set COROSCOPE_NO_INSTALL leaves that to whoever set it.
prepare_packages() {
    [ -z "${COROSCOPE_NO_INSTALL:-}" ] || return 0
    if ! command -v apt-get >/dev/null; then
        command -v cmake >/dev/null && command -v ninja >/dev/null && return 0 # CMake names what else is missing
        say "This system has no apt. Install by its own means what scripts/packages lists, then try again."
        return 1
    fi

    local specs names installed offered missing=() chosen=() spec why name refreshed=
    specs=$(wanted_packages "$@")
    names=$(cut -f1 <<<"$specs" | tr '|' '\n' | sed 's/>=.*//')
    installed=$(installed_packages $names)
    while IFS=$'\t' read -r spec why; do
        satisfied_by "$spec" "$installed" >/dev/null || missing+=("$spec"$'\t'"$why")
    done <<<"$specs"
    [ ${#missing[@]} -gt 0 ] || return 0

    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        say "Coroscope needs packages that are not installed, and there is no sudo here. As root, run:"
        say "  apt-get install $(printf '%s\n' "${missing[@]}" | sed 's/[>|\t].*//' | tr '\n' ' ')"
        return 1
    fi

    while :; do
        offered=$(offered_packages $names)
        chosen=()
        for spec in "${missing[@]}"; do
            name=$(satisfied_by "${spec%%$'\t'*}" "$offered") && chosen+=("$name") && continue
            [ -z "$refreshed" ] || { explain_unavailable "$spec" "$offered"; return 1; }
            break
        done
        [ ${#chosen[@]} -lt ${#missing[@]} ] || break
        say "Coroscope: reading apt's package lists first (apt-get update)."
        as_root apt-get update -q >&2 || say "apt-get update failed; going on with the lists there are."
        refreshed=yes
    done

    local i
    say "Coroscope needs ${#chosen[@]} packages that are not installed:"
    for i in "${!chosen[@]}"; do
        printf '  %-20s %s\n' "${chosen[i]}" "${missing[i]#*$'\t'}" >&2
    done
    say "Installing them with apt-get$([ "$(id -u)" = 0 ] || echo ', through sudo')."
    if ! as_root bash scripts/install-packages "${chosen[@]}" >&2; then
        say "The packages could not be installed: apt's own words are above."
        return 1
    fi
}

# explain_unavailable "SPEC<TAB>why" OFFERED
explain_unavailable() {
    local spec=${1%%$'\t'*} release first offered
    release=$(. /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-this system}")
    first=${spec%%|*}
    offered=$(version_of "$2" "${first%%>=*}")
    if [[ $spec == *'|'* ]]; then
        say "Coroscope needs one of ${spec//|/, }; $release offers none of them."
    elif [[ $spec == *'>='* && -n $offered ]]; then
        say "Coroscope needs ${first%%>=*} ${first#*>=} or newer; $release offers $offered."
    else
        say "Coroscope needs the package ${first//>=/ }; $release does not offer it."
    fi
    say "It runs on Debian 12 and newer, on Ubuntu 24.04 and newer, and wherever there are Clang 17 or GCC 14,"
    say "Qt 6.4 and QCoro 0.8. Built those by hand? Set COROSCOPE_NO_INSTALL=1, and CMAKE_PREFIX_PATH to find them."
}

# --- building ---------------------------------------------------------------------------------------------

# As many compilers at once as there are processors and gigabytes of memory.
build_jobs() {
    local processors memory
    processors=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null)
    [ "${memory:-$processors}" -lt "$processors" ] && processors=$memory
    [ "$processors" -ge 1 ] && echo "$processors" || echo 1
}

# Turns ninja's lines into one a tenth of the way, for a log. Whatever else it says goes through.
progress_by_tenths() {
    local line tenth last=
    while IFS= read -r line; do
        if [[ $line =~ ^\[\ *([0-9]+)%\] ]]; then
            tenth=$((BASH_REMATCH[1] / 10))
            [ "$tenth" = "$last" ] || say "  ${BASH_REMATCH[1]} %"
            last=$tenth
        else
            say "$line"
        fi
    done
}

configure() {
    local preset=$1 folder=build/$1 home
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$folder/CMakeCache.txt" 2>/dev/null)
    if [ -n "$home" ] && [ "$home" != "$PWD" ]; then
        say "The source has moved from $home: configuring $folder anew."
        find "$folder" -mindepth 1 -maxdepth 1 ! -name .lock -exec rm -rf {} +
    fi
    [ ! -f "$folder/build.ninja" ] || return 0
    say "Configuring $folder."
    if ! cmake --preset "$preset" >"$folder/configure.log" 2>&1; then
        cat "$folder/configure.log" >&2
        rm -f "$folder/build.ninja"
        return 1
    fi
}

# build PRESET TARGET…: silent where nothing is out of date. Two at once wait for each other.
build() {
    local preset=$1 folder=build/$1 jobs
    shift
    mkdir -p "$folder"
    (
        flock 9
        configure "$preset" || exit 1
        cd "$folder"
        [[ $(ninja -n "$@" 2>&1) != *"no work to do"* ]] || exit 0
        say "Building $folder."
        jobs=$(build_jobs)
        if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
            NINJA_STATUS='  [%f of %t] ' ninja -j "$jobs" "$@" >&2
        else
            set -o pipefail
            NINJA_STATUS='[%p] ' ninja -j "$jobs" "$@" 2>&1 | progress_by_tenths
        fi
    ) 9>"$folder/.lock" && return 0
    say "Coroscope could not be built: the reason is above."
    return 1
}
