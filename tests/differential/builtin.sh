# shellcheck shell=bash
# Where Wine's own mapi32.dll is. BUILD is the build folder.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

dos_path()
{
    local path=Z:$1
    printf '%s\n' "${path//\//\\}"
}

# Wine's own DLL, as its packages have it.
builtin()
{
    local folder

    for folder in $(tr : " " <<<"${WINEDLLPATH-}") "$BUILD"/deps/*/usr/lib/*/wine /usr/lib/*/wine /usr/lib32/wine /usr/lib/wine /opt/wine*/lib*/wine
    do
        if [ -f "$folder/$1-windows/mapi32.dll" ]
        then
            realpath "$folder/$1-windows/mapi32.dll"
            return
        fi
    done
}
