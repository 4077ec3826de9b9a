#!/bin/bash
#
# mapictl.sh: every command of mapictl, on both architectures, against a real prefix with the sample service.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"

cleanup()
{
    remove_prefix
    rm -f "$said"
}
trap cleanup EXIT

# services NAME: how many of the sample's a profile has.
services()
{
    mapictl service list "$1" | grep -c '^SAMPLE'
}

mail_client()
{
    timeout 60 "$WINE" reg "$@" /f >/dev/null 2>&1 </dev/null
}

make_prefix mapictl || exit 1
for arch in $ARCHES
do
    case $arch in
        x86_64) folder=$WINEPREFIX/drive_c/windows/system32 ;;
        *) folder=$WINEPREFIX/drive_c/windows/syswow64 ;;
    esac
    cp "$BUILD/$arch/tests/providers/sample/sample32.dll" "$folder/"
    cp "$TOP/tests/providers/sample/mapisvc.inf" "$folder/mapisvc.inf"
done

for arch in $ARCHES
do
    run 0 'mapictl doctor' --help
    run 2 'no such command' nonsense
    run 2 'usage: mapictl profile create' profile create
    run 2 'usage: mapictl profile create' profile create One Two
    run 2 'usage: mapictl profile create' profile create One --defualt
    run 2 'usage: mapictl profile create' profile create --nonsense One
    run 2 'usage: mapictl profile create' profile create One --service
    run 2 'usage: mapictl profile list' profile list --nonsense
    run 2 'usage: mapictl logon' logon --open

    run 1 'no default profile' profile default
    run 1 'WRONG .*none' doctor
    run 0 '' profile create Empty
    run 1 'there is a profile' profile create Empty
    run 1 'no profile name' profile create 'a\b'
    run 0 '' profile create 'Ünïcode'
    run 0 'Ünïcode' profile list
    run 0 '^Empty +no' profile list
    run 0 '"name": "Empty", "default": "no"' --json profile list
    run 0 '' profile copy Empty Copy
    run 1 'cannot copy' profile copy Nothing Elsewhere
    run 0 '' profile rename Copy Renamed
    run 0 '^Renamed ' profile list
    run 0 '' profile default Renamed
    run 0 '^Renamed$' profile default
    run 0 '^Renamed +yes' profile list
    run 0 '' profile default --none
    run 1 'no default profile' profile default
    run 0 '' profile delete Renamed
    run 1 'cannot delete' profile delete Renamed
    run 0 '' profile delete 'Ünïcode'

    run 1 'names no service' profile create Bad --service NOSUCH
    run 1 'cannot be opened' profile show Bad
    run 0 '' profile create --service SAMPLE --service SAMPLE Twice
    expect 0 '^2$' services Twice
    run 2 'is no setting' service add Twice SAMPLE 6601=7
    expect 0 '^2$' services Twice
    run 0 '' profile delete Twice
    run 0 '' profile create Mail --default --service SAMPLE
    run 0 'SAMPLE +Sample Transport +transport +sample.dll' profile show Mail
    run 0 '^SAMPLE +Sample Message Service +sample.dll +ServiceEntry' service list Mail
    run 0 '"service": "SAMPLE"' --json service list Mail
    run 1 'names no service' service add Mail NOSUCH
    run 0 '' service configure Mail SAMPLE 66010003=7 6604001e=here
    run 2 'is no setting' service configure Mail SAMPLE 6601=7
    run 1 'no service' service configure Mail NOSUCH 66010003=7
    run 0 '' service add Mail SAMPLE --name Second 66010003=9
    expect 0 '^2$' services Mail
    run 0 '' service remove Mail SAMPLE
    expect 0 '^1$' services Mail
    run 1 'cannot remove' service remove Mail NOSUCH

    run 0 'transport +Sample Transport.*available' logon
    run 0 'store +Sample Store.*available' logon Mail --open-all
    run 1 'cannot log on' logon Nothing
    run 0 'Fast shutdown: would go ahead' providers
    run 0 'address book provider +Sample Address Book +sample.dll +available' providers Mail
    run 0 'store +Sample Store +sample.dll +available +agrees' providers Mail
    run 0 '"fast shutdown": "agrees"' --json providers Mail
    SAMPLE_BEHAVIOR='xp=silent' run 0 'transport.* no interface' providers Mail
    SAMPLE_BEHAVIOR='ab.Query=veto' run 0 'Fast shutdown: is refused' providers Mail
    SAMPLE_BEHAVIOR='ab.Query=veto' run 0 'address book.* refuses: MAPI_E_NO_SUPPORT' providers Mail
    run 0 'address book +sample.dll .*MAPI_E_NO_SUPPORT' shutdown-report
    run 0 '"outcome": "answered", "result": "MAPI_E_NO_SUPPORT"' --json shutdown-report
    SAMPLE_BEHAVIOR='ms.Logon=crash' run 1 'store .*failed' providers Mail
    SAMPLE_BEHAVIOR='xp.Init=version' run 1 'transport .*failed' logon Mail
    run 0 'MAPIInitialize works' doctor
    mail_client add 'HKCU\Software\Clients\Mail' /ve /d Mine
    mail_client add 'HKCU\Software\Clients\Mail\Mine' /v DLLPath /d 'C:\mine.dll'
    run 1 "WRONG .*'Mine'.*has no DLLPathEx.*use c:.mine.dll +./bootstrap install --force" doctor
    mail_client add 'HKCU\Software\Clients\Mail\Mine' /v DLLPathEx /d 'C:\mine.dll'
    run 0 "note +'Mine' answers Extended MAPI" doctor
    mail_client delete 'HKCU\Software\Clients\Mail'

    run 0 '' profile delete Mail
    run 0 '' profile delete Empty
done
finish
