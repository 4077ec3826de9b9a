# shellcheck shell=bash disable=SC2034
#
# common.sh (sourced): what end-to-end scripts share: counting, a prefix of their own, and mapictl.
#
# What a program prints goes through a file: a pipe would end with the last process of the prefix, seconds later.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

passed=0
failed=0
skipped=0
own_prefix=
arch=${ARCHES%% *}
said=$(mktemp)
export WINEDEBUG=${WINEDEBUG--all}

good()
{
    passed=$((passed + 1))
}

bad()
{
    failed=$((failed + 1))
    printf 'not ok: %s: %s\n' "$arch" "$*"
}

# check WORDS COMMAND...
check()
{
    local words=$1

    shift
    if "$@"; then good; else bad "$words"; fi
}

# dos_path FILE
dos_path()
{
    printf 'Z:%s\n' "${1//\//\\}"
}

# program PATH ARGUMENT...: one of ours, of $arch; what it printed, and its status.
program()
{
    local path=$BUILD/$arch/$1 status=0

    shift
    timeout 150 "$WINE" "$path" "$@" >"$said" 2>&1 </dev/null || status=$?
    tr -d '\r' <"$said"
    return $status
}

mapictl()
{
    program programs/mapictl/mapictl.exe "$@"
}

# expect STATUS PATTERN COMMAND...: it must end with that status and print such a line.
expect()
{
    local wanted=$1 pattern=$2 output status=0

    shift 2
    output=$("$@") || status=$?
    if [ $status = "$wanted" ] && grep -q -E -e "$pattern" <<<"$output"
    then
        good
    else
        bad "$*: status $status (wanted $wanted), no line like '$pattern' in
$output"
    fi
}

# run STATUS PATTERN ARGUMENT...: mapictl must.
run()
{
    expect "$1" "$2" mapictl "${@:3}"
}

# make_prefix NAME: one of the script's own, with ours installed; to be removed at the end.
make_prefix()
{
    export WINEPREFIX=$BUILD/check/$1
    own_prefix=$WINEPREFIX
    rm -rf "$WINEPREFIX"
    mkdir -p "${WINEPREFIX%/*}"
    cp -a --reflink=auto "$TEMPLATE" "$WINEPREFIX" && "$TOP/tools/prefix" install
}

remove_prefix()
{
    [ -n "$own_prefix" ] || return 0
    timeout 60 wineserver -k || true
    rm -rf "$own_prefix"
}

# The last thing a script does.
finish()
{
    printf '%s passed, %s failed, %s skipped\n' $passed $failed $skipped
    [ $failed = 0 ]
}
