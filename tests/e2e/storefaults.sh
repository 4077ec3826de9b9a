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
# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
work=$BUILD/check/storefaults

cleanup()
{
    timeout 60 wineserver -k
    timeout 60 wineserver -w
    [ "$mounts" = "" ] || umount "$work"/*/store.db "$work"/* 2>/dev/null
    chmod -R u+w "$work"
    rm -rf "$work" "$said"
}
trap cleanup EXIT

# faults WHAT FOLDER
faults()
{
    expect 0 ' 0 failures' program dlls/mapims32/tests/mapims32_test.exe faults "$1" "$(dos_path "$2")"
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
    faults make "$work/folder-$arch"
    forbid "$work/folder-$arch"
    faults readonly "$work/folder-$arch"
    faults make "$work/file-$arch"
    forbid "$work/file-$arch/store.db"
    faults readonly "$work/file-$arch"
    [ -n "$mounts" ] || continue
    mount -t tmpfs -o size=6m none "$work/full-$arch"
    faults make "$work/full-$arch"
    faults full "$work/full-$arch"
done
# The profile that they shared.
mapictl profile delete 'mapitest mapims faults' >/dev/null
finish
