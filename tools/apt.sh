# shellcheck shell=bash disable=SC2154
# apt.sh: apt-get with lists, sources and cache of its own below build/deps/apt, so that neither the machine's
# architectures nor its package lists change. Sourced after common.sh; what it downloads, apt checks against the
# archive's signatures.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

private_apt()
{
    local apt=$deps/apt

    apt-get -q -o APT::Architectures::=amd64 -o APT::Architectures::=i386 \
        -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}

# One index that fails (a mirror in the midst of its update, say) may be one that is not needed: the downloads decide.
update_lists()
{
    private_apt update || echo "apt-get update: $?, going on"
}

# The archives this machine gets Debian from, for i386 and for source packages.
write_sources()
{
    local apt=$deps/apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg options='' codename archives

    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    # shellcheck disable=SC1091
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
    [ ! -f $keyring ] || options="[signed-by=$keyring] "
    # shellcheck disable=SC2016
    archives=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v codename="$codename" '$3 == "main" && index($2, codename) == 1 { print $1, $2, $3 }' | sort -u) || archives=
    [ -n "$archives" ] || die "apt knows no Debian archive: name one in /etc/apt/sources.list"
    while read -r archive
    do
        printf 'deb %s%s\ndeb-src %s%s\n' "$options" "$archive" "$options" "$archive"
    done <<<"$archives" >"$apt/sources.list"
}

# The lists are read once; what is fetched last takes them away again (forget_lists).
read_lists()
{
    [ -e "$deps/apt/sources.list" ] || {
        write_sources
        step deps-update "reading the lists of i386 and source packages" update_lists
    }
}

forget_lists()
{
    rm -rf "$deps/apt"
}

# unpack_source_package NAME=VERSION or NAME, FOLDER [TARBALL SHA256]: Debian's source with its patches as FOLDER; the
# upstream tarball is checked against the sum it is pinned to.
unpack_source_package()
{
    local package=$1 folder=$2 tarball=${3-} sum=${4-}

    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    (
        cd "$folder.new" && private_apt source --download-only "$package" || exit
        if [ -n "$tarball" ]
        then
            if [ ! -e "$tarball" ]
            then
                echo "the archive has another version of $package than the pinned $tarball: $(echo ./*.orig*)"
                exit 1
            fi
            echo "$sum  $tarball" | sha256sum -c || exit
        fi
        dpkg-source --no-check -x ./*.dsc tree
    ) || return
    rm -rf "$folder"
    mv "$folder.new/tree" "$folder" && rm -rf "$folder.new"
}
