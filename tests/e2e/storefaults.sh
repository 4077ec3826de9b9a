#!/bin/bash
#
# storefaults.sh: a message store whose file or folder cannot be written, and one on a disk that is full. As root in a
# mount namespace of its own; without that the disk is left out, and permissions do for the rest.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

if [ "${1-}" != mounts ] && [ "$(id -u)" = 0 ]
then
    if ! unshare -m true 2>/dev/null
    then
        echo 'root may write anywhere, and cannot mount here'
        exit 77
    fi
    # Files are opened by the server, so it has to see what is mounted here.
    timeout 60 wineserver -k
    timeout 60 wineserver -w
    exec unshare -m "$0" mounts
fi
mounts=${1-}
passed=0
failed=0
work=$BUILD/check/storefaults
export WINEDEBUG=${WINEDEBUG--all}

cleanup()
{
    timeout 60 wineserver -k
    timeout 60 wineserver -w
    [ "$mounts" = "" ] || umount "$work"/*/store.db "$work"/* 2>/dev/null
    chmod -R u+w "$work"
    rm -rf "$work"
}
trap cleanup EXIT

# faults ARCH WHAT FOLDER. Not through a pipe: the server would keep it open.
faults()
{
    if timeout 120 "$WINE" "$BUILD/$1/dlls/mapims32/tests/mapims32_test.exe" faults "$2" "Z:${3//\//\\}" \
        </dev/null >"$work/output" 2>&1 && grep -q ' 0 failures' "$work/output"
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s: %s\n' "$1" "$2"
        cat "$work/output"
    fi
}

forbid()
{
    if [ -n "$mounts" ]
    then
        mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
    else
        chmod a-w "$1"
    fi
}

rm -rf "$work"
for arch in $ARCHES
do
    mkdir -p "$work/folder-$arch" "$work/file-$arch" "$work/full-$arch"
    faults "$arch" make "$work/folder-$arch"
    forbid "$work/folder-$arch"
    faults "$arch" readonly "$work/folder-$arch"
    faults "$arch" make "$work/file-$arch"
    forbid "$work/file-$arch/store.db"
    faults "$arch" readonly "$work/file-$arch"
    [ -n "$mounts" ] || continue
    mount -t tmpfs -o size=6m none "$work/full-$arch"
    faults "$arch" make "$work/full-$arch"
    faults "$arch" full "$work/full-$arch"
done
# The profile that they shared.
timeout 60 "$WINE" "$BUILD/x86_64/programs/mapictl/mapictl.exe" profile delete 'mapitest mapims faults' </dev/null >/dev/null 2>&1
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
