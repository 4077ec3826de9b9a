# shellcheck shell=bash disable=SC2034
# common.sh: what bootstrap and the scripts of tools/ share. Sourced, never run.
#
# Holds where things are, how progress and errors are shown, and how Wine is called. Every message goes to
# descriptor 3, so that a command whose output belongs to somebody else (bootstrap wine) can move it.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build
deps=$build/deps
log=$build/log
read -r -a architectures <<<"${MAPI_ARCHES-x86_64 i386}"

{ : >&3; } 2>/dev/null || exec 3>&1

say()
{
    printf '%s\n' "$*" >&3
}

# One line: what is wrong, and what mends it.
die()
{
    printf 'bootstrap: %s\n' "$*" >&2
    exit 1
}

# step NAME WORDS COMMAND...: show WORDS, run the command with its output in build/log/NAME.log, and on failure
# show the end of that, and $remedy if set.
step()
{
    local name=$1 words=$2 start=$SECONDS

    shift 2
    mkdir -p "$log"
    printf '  %s ... ' "$words" >&3
    if ! "$@" >"$log/$name.log" 2>&1 </dev/null
    then
        printf 'failed\n' >&3
        tail -n 15 "$log/$name.log" >&2
        die "$words: failed, the whole output is in build/log/$name.log${remedy:+; $remedy}"
    fi
    printf 'done (%d s)\n' $((SECONDS - start)) >&3
}

have()
{
    command -v "$1" >/dev/null 2>&1
}

# find_wine: set wine (tools/wine says why it is not Wine itself) and export what a 64-bit Wine needs to run 32-bit
# programs, too. Debian's wine script warns at each start when wine32 is not installed; its loader is called directly then.
find_wine()
{
    local dlls=$deps/i386/usr/lib/i386-linux-gnu/wine

    if [ -x /usr/lib/wine/wine64 ] && [ ! -x /usr/lib/wine/wine ]
    then
        export MAPI_WINE=/usr/lib/wine/wine64
        export WINELOADER=${WINELOADER-$MAPI_WINE}
        export WINEDEBUG=${WINEDEBUG-fixme-all}
    elif have wine
    then
        export MAPI_WINE=wine
    else
        die "Wine is missing: run ./bootstrap build as root, or apt-get install wine"
    fi
    wine=$top/tools/wine
    if [ -d "$dlls" ] && [[ :${WINEDLLPATH-}: != *:"$dlls":* ]]
    then
        export WINEDLLPATH=${WINEDLLPATH:+$WINEDLLPATH:}$dlls
    fi
    export WINEPREFIX=${WINEPREFIX:-$build/prefix}
    case $WINEPREFIX in
        /*) ;;
        *) WINEPREFIX=$PWD/$WINEPREFIX ;;
    esac
}

is_prefix()
{
    [ -f "$1/system.reg" ] && [ -d "$1/drive_c/windows" ]
}

# make_prefix DIR: a new prefix, without the dialogs that offer Mono and Gecko.
make_prefix()
{
    mkdir -p "$(dirname "$1")"
    step prefix "making the Wine prefix $1" \
        env WINEPREFIX="$1" WINEDLLOVERRIDES="mscoree,mshtml=;${WINEDLLOVERRIDES-}" WINEDEBUG=-all \
        timeout 300 "$wine" wineboot -i
    WINEPREFIX=$1 timeout 60 wineserver -w || true
    is_prefix "$1" || die "$1: wineboot made no prefix there, see build/log/prefix.log"
}

# The PE module of one architecture: built DIR FILE ARCH.
built()
{
    printf '%s\n' "$build/$3/$1/$2"
}

# A path as a Windows program names it.
dos_path()
{
    local path=Z:$1
    printf '%s\n' "${path//\//\\}"
}
