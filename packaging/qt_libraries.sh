#!/bin/sh
# Look whether the shared libraries of the system that Qt needs are there, and help when they are not.
#
#     packaging/qt_libraries.sh [--strict]
#
# PySide6's wheel carries Qt itself but not the libraries below it. Where one is missing, Qt says "could not
# load the platform plugin" and stops, which tells a person nothing. This script is silent when all is well
# and on other systems than Linux. As root on Debian or Ubuntu it installs what is missing; elsewhere it
# prints one line that names it and the command that installs it. It ends with 0 in either case, so that
# `make run` goes on to try; with --strict it ends with 1 when something stays missing.
#
# The list is what `readelf -d` names as NEEDED in PySide6 6.12's QtCore, QtGui, QtWidgets, QtDBus, QtSvg,
# QtPrintSupport and WaylandClient, in the platform plugins offscreen, xcb and wayland, and in the Wayland
# buffer plugins, without what every system has.

set -eu

# One line a library: its name, the Debian package, the Fedora package.
LIBRARIES='
libEGL.so.1 libegl1 libglvnd-egl
libGL.so.1 libgl1 libglvnd-glx
libX11.so.6 libx11-6 libX11
libX11-xcb.so.1 libx11-xcb1 libX11-xcb
libdbus-1.so.3 libdbus-1-3 dbus-libs
libfontconfig.so.1 libfontconfig1 fontconfig
libfreetype.so.6 libfreetype6 freetype
libglib-2.0.so.0 libglib2.0-0 glib2
libgthread-2.0.so.0 libglib2.0-0 glib2
libstdc++.so.6 libstdc++6 libstdc++
libwayland-client.so.0 libwayland-client0 libwayland-client
libwayland-cursor.so.0 libwayland-cursor0 libwayland-cursor
libwayland-egl.so.1 libwayland-egl1 libwayland-egl
libxcb.so.1 libxcb1 libxcb
libxcb-cursor.so.0 libxcb-cursor0 xcb-util-cursor
libxcb-icccm.so.4 libxcb-icccm4 xcb-util-wm
libxcb-image.so.0 libxcb-image0 xcb-util-image
libxcb-keysyms.so.1 libxcb-keysyms1 xcb-util-keysyms
libxcb-randr.so.0 libxcb-randr0 libxcb
libxcb-render.so.0 libxcb-render0 libxcb
libxcb-render-util.so.0 libxcb-render-util0 xcb-util-renderutil
libxcb-shape.so.0 libxcb-shape0 libxcb
libxcb-shm.so.0 libxcb-shm0 libxcb
libxcb-sync.so.1 libxcb-sync1 libxcb
libxcb-util.so.1 libxcb-util1 xcb-util
libxcb-xfixes.so.0 libxcb-xfixes0 libxcb
libxcb-xkb.so.1 libxcb-xkb1 libxcb
libxkbcommon.so.0 libxkbcommon0 libxkbcommon
libxkbcommon-x11.so.0 libxkbcommon-x11-0 libxkbcommon-x11
libz.so.1 zlib1g zlib
libzstd.so.1 libzstd1 libzstd
'

# The linker's cache, one bare name a line. ldconfig stands in /sbin, which is not on everybody's PATH; a
# system without it (Alpine, NixOS) has no cache, and there the folders alone decide.
cached_names() {
    for tool in ldconfig /sbin/ldconfig /usr/sbin/ldconfig; do
        if command -v "$tool" >/dev/null 2>&1; then
            "$tool" -p 2>/dev/null | grep -F "$(cache_mark)" | awk '{ print $1 }'
            return 0
        fi
    done
}

# What the cache prints beside libraries of this machine's own kind: on a machine that also has 32-bit
# libraries a name alone would not prove anything.
cache_mark() {
    case $(uname -m) in
        x86_64) echo 'x86-64' ;;
        aarch64) echo 'AArch64' ;;
        *) echo '=>' ;;
    esac
}

# Whether a library stands in a folder that the linker searches, in or outside its cache.
in_a_folder() {
    old_ifs=$IFS
    IFS=:
    for folder in ${LD_LIBRARY_PATH:-} /lib /usr/lib /lib64 /usr/lib64 /usr/local/lib \
        "/lib/$(uname -m)-linux-gnu" "/usr/lib/$(uname -m)-linux-gnu"; do
        if [ -n "$folder" ] && [ -e "$folder/$1" ]; then
            IFS=$old_ifs
            return 0
        fi
    done
    IFS=$old_ifs
    return 1
}

# Print the lines of LIBRARIES that cannot be found.
missing_lines() {
    known=" $(cached_names | tr '\n' ' ') "
    printf '%s\n' "$LIBRARIES" | while read -r library debian fedora; do
        [ -n "$library" ] || continue
        case $known in
            *" $library "*) continue ;;
        esac
        in_a_folder "$library" || printf '%s %s %s\n' "$library" "$debian" "$fedora"
    done
}

# Print one column of the lines read, each word once, on one line.
column() {
    awk -v number="$1" '!seen[$number]++ { printf "%s%s", gap, $number; gap = " " }'
}

# Print the names under which this Debian or Ubuntu has the packages: Ubuntu 24.04 and Debian 13 renamed some
# when the time type grew to 64 bits (libglib2.0-0t64).
available_packages() {
    for package in "$@"; do
        for name in "$package" "${package}t64"; do
            # A renamed package may live on as a virtual name without a candidate: knowing it is not enough.
            if LC_ALL=C apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]'; then
                printf '%s ' "$name"
                break
            fi
        done
    done
}

# Install the Debian packages named, without a question and without a word unless it fails.
install_on_debian() {
    export DEBIAN_FRONTEND=noninteractive
    echo "diptych: installing the system libraries that Qt needs: $*" >&2
    # Without a network this must fail soon, not hold up the start of the program.
    apt-get -o Acquire::Retries=0 -o Acquire::http::Timeout=10 update -qq >/dev/null 2>&1 || true
    names=$(available_packages "$@")
    [ -n "$names" ] || return 1
    # apt and debconf talk on standard error even when all goes well.
    # shellcheck disable=SC2086 # the names are words of one list
    if ! said=$(apt-get install -y -qq --no-install-recommends $names 2>&1); then
        printf '%s\n' "$said" >&2
        return 1
    fi
}

# Say in one line what is missing and what to type.
explain() {
    libraries=$(printf '%s\n' "$1" | column 1)
    if command -v dnf >/dev/null 2>&1; then
        advice="run: sudo dnf install $(printf '%s\n' "$1" | column 3)"
    elif command -v apt-get >/dev/null 2>&1; then
        wanted=$(printf '%s\n' "$1" | column 2)
        # shellcheck disable=SC2086 # the names are words of one list
        names=$(available_packages $wanted)
        [ -n "$names" ] || names=$wanted
        advice="run: sudo apt-get install ${names% }"
    else
        advice='install them with the package manager of this system'
    fi
    echo "diptych: Qt needs system libraries that are missing ($libraries); $advice" >&2
}

main() {
    strict=no
    [ "${1:-}" != '--strict' ] || strict=yes
    [ "$(uname -s)" = Linux ] || return 0

    missing=$(missing_lines)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        # shellcheck disable=SC2046 # the names are words of one list
        install_on_debian $(printf '%s\n' "$missing" | column 2) || true
        missing=$(missing_lines)
        [ -n "$missing" ] || return 0
    fi
    explain "$missing"
    [ "$strict" = no ]
}

main "$@"
