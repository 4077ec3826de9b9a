#!/bin/bash
#
# transport.sh: the mail transport, on both architectures, against Postfix and Dovecot with TLS and an authority of their
# own, and against tests/servers/smtpd.py for the failures that those do not make on demand. All servers run on the
# loopback in a folder of the test's; Postfix and Dovecot want root.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

passed=0
failed=0
export WINEPREFIX=$BUILD/check/transport WINEDEBUG=${WINEDEBUG--all}
servers=$(mktemp -d /tmp/wine-mapi-transport.XXXXXX)
# Servers give up their rights before they come here.
chmod 755 "$servers"
base=$((20000 + $$ % 20000))
smtp=$base
smtps=$((base + 1))
imap=$((base + 2))
imaps=$((base + 3))
pop3s=$((base + 4))
plain=$((base + 5))
expired=$((base + 6))
stranger=$((base + 7))
pids=()

cleanup()
{
    [ ! -e "$servers/postfix/main.cf" ] || postfix -c "$servers/postfix" stop >/dev/null 2>&1 || true
    [ ! -e "$servers/dovecot.conf" ] || doveadm -c "$servers/dovecot.conf" stop >/dev/null 2>&1 || true
    [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true
    timeout 60 wineserver -k || true
    rm -rf "$servers" "$WINEPREFIX"
}
trap cleanup EXIT

for tool in postfix dovecot doveadm openssl python3
do
    command -v $tool >/dev/null || { echo "skipped: there is no $tool"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "skipped: Postfix and Dovecot want root"; exit 77; }
[ -e "$BUILD/x86_64/dlls/mapimime32/mapimime32.dll" ] || { echo "skipped: there is no mapimime32.dll"; exit 77; }

good()
{
    passed=$((passed + 1))
}

bad()
{
    failed=$((failed + 1))
    printf 'not ok: %s: %s\n' "${arch-}" "$*"
}

# check WORDS COMMAND...
check()
{
    local words=$1

    shift
    if "$@"; then good; else bad "$words"; fi
}

# run STATUS PATTERN PROGRAM ARGUMENT...: one of ours must end with that status and print such a line.
run()
{
    local wanted=$1 pattern=$2 program=$3 output status=0

    shift 3
    case $program in
        mapictl) program=$BUILD/$arch/programs/mapictl/mapictl.exe ;;
        mailer) program=$BUILD/$arch/tests/clients/mailer/mailer.exe ;;
    esac
    output=$(timeout 150 "$WINE" "$program" "$@" 2>&1 </dev/null | tr -d '\r'; exit "${PIPESTATUS[0]}") || status=$?
    if [ $status = "$wanted" ] && grep -q -E -e "$pattern" <<<"$output"
    then
        good
    else
        bad "$*: status $status (wanted $wanted), no line like '$pattern' in
$output"
    fi
}

# Until a command succeeds; ten seconds.
soon()
{
    local i

    for ((i = 0; i < 100; i++))
    do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    return 1
}

listens()
{
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# authority NAME: a key and a certificate that signs others.
authority()
{
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Test authority $1" -keyout "$servers/$1.key" \
        -out "$servers/$1.pem" -addext 'basicConstraints=critical,CA:true' -addext 'keyUsage=keyCertSign' 2>/dev/null
}

# certificate NAME AUTHORITY DAYS: for localhost, by that name only.
certificate()
{
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "$servers/$1.key" -out "$servers/$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:false\n' >"$servers/$1.ext"
    openssl x509 -req -in "$servers/$1.csr" -CA "$servers/$2.pem" -CAkey "$servers/$2.key" -CAcreateserial -days "$3" \
        -extfile "$servers/$1.ext" -out "$servers/$1.pem" 2>/dev/null
}

make_certificates()
{
    authority ours
    authority theirs
    certificate good ours 30
    certificate old ours -1
    certificate unknown theirs 30
}

# Mail for joe and jill@test.example, in Maildirs below $servers/mail; the password is secret.
start_dovecot()
{
    mkdir -p "$servers/mail" "$servers/dovecot" "$servers/state"
    chown -R dovecot:dovecot "$servers/mail"
    printf '%s\n' 'joe@test.example:{PLAIN}secret' 'jill@test.example:{PLAIN}secret' >"$servers/users"
    chmod 644 "$servers/users" "$servers/good.key"
    cat >"$servers/dovecot.conf" <<END
base_dir = $servers/dovecot
state_dir = $servers/state
log_path = $servers/dovecot.log
protocols = imap pop3
listen = 127.0.0.1
ssl = required
ssl_cert = <$servers/good.pem
ssl_key = <$servers/good.key
ssl_min_protocol = TLSv1.2
auth_mechanisms = plain login cram-md5 xoauth2
mail_location = maildir:~/Maildir
first_valid_uid = 1
mail_max_userip_connections = 50
mailbox_list_index = no
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u $servers/users
}
passdb {
  driver = static
  mechanisms = xoauth2
  args = nopassword
}
userdb {
  driver = static
  args = uid=dovecot gid=dovecot home=$servers/mail/%n
}
service imap-login {
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = 0
  }
  inet_listener pop3s {
    port = $pop3s
    ssl = yes
  }
}
service auth {
  unix_listener $servers/auth {
    mode = 0666
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
END
    dovecot -c "$servers/dovecot.conf" && soon listens $imaps
}

start_postfix()
{
    local mail_uid mail_gid

    mail_uid=$(id -u dovecot)
    mail_gid=$(id -g dovecot)
    mkdir -p "$servers/postfix" "$servers/queue" "$servers/lib"
    chown postfix "$servers/lib"
    cat >"$servers/postfix/main.cf" <<END
compatibility_level = 3.6
queue_directory = $servers/queue
data_directory = $servers/lib
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks =
virtual_mailbox_domains = test.example
virtual_mailbox_base = $servers/mail
virtual_transport = virtual
virtual_mailbox_maps = inline:{ { joe@test.example = joe/Maildir/ }, { jill@test.example = jill/Maildir/ } }
virtual_uid_maps = static:$mail_uid
virtual_gid_maps = static:$mail_gid
virtual_minimum_uid = 1
smtpd_tls_cert_file = $servers/good.pem
smtpd_tls_key_file = $servers/good.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $servers/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_reject_unlisted_recipient = yes
default_transport = error
alias_maps =
maillog_file = /dev/stdout
END
    cat >"$servers/postfix/master.cf" <<END
127.0.0.1:$smtp inet n - n - - smtpd
127.0.0.1:$smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
END
    postfix -c "$servers/postfix" start-fg >"$servers/postfix.log" 2>&1 &
    pids+=($!)
    soon listens $smtp
}

start_scripted()
{
    python3 "$TOP/tests/servers/smtpd.py" $plain "$servers/plain" >"$servers/plain.log" 2>&1 &
    pids+=($!)
    python3 "$TOP/tests/servers/smtpd.py" $expired "$servers/expired" "$servers/old.pem" "$servers/old.key" \
        >"$servers/expired.log" 2>&1 &
    pids+=($!)
    python3 "$TOP/tests/servers/smtpd.py" $stranger "$servers/stranger" "$servers/unknown.pem" "$servers/unknown.key" now \
        >"$servers/stranger.log" 2>&1 &
    pids+=($!)
    soon listens $plain && soon listens $expired && soon listens $stranger
}

# The sample's store, which keeps its messages in C:\store.
add_store_service()
{
    sed -i 's/^\[Services\]/[Services]\r\nTESTSTORE=Test Store\r/' "$1/mapisvc.inf"
    cat >>"$1/mapisvc.inf" <<'END'

[TESTSTORE]
PR_DISPLAY_NAME=Test Store
Providers=TEST_MS
PR_SERVICE_DLL_NAME=sample.dll
PR_SERVICE_ENTRY_NAME=ServiceEntry

[TEST_MS]
PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER
PR_PROVIDER_DLL_NAME=sample.dll
PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE
PR_DISPLAY_NAME=Test Store
PR_PROVIDER_DISPLAY=Test Store
34140102=2d8a13f651774c0bb82f5e09c4617d92
END
}

make_wine_prefix()
{
    local setting

    rm -rf "$WINEPREFIX"
    cp -a --reflink=auto "$TEMPLATE" "$WINEPREFIX"
    "$TOP/tools/prefix" install || return
    add_store_service "$WINEPREFIX/drive_c/windows/system32"
    add_store_service "$WINEPREFIX/drive_c/windows/syswow64"
    cp "$BUILD/x86_64/tests/providers/sample/sample32.dll" "$WINEPREFIX/drive_c/windows/system32/"
    cp "$BUILD/i386/tests/providers/sample/sample32.dll" "$WINEPREFIX/drive_c/windows/syswow64/"
    for setting in RetryMs:300 RetryMaxMs:1000 PollMs:200 IdleMs:300 QueueMs:500 LogoffMs:5000
    do
        timeout 60 "$WINE" reg add 'HKCU\Software\wine-mapi\Spooler' /v ${setting%:*} /t REG_DWORD \
            /d ${setting#*:} /f >/dev/null 2>&1 </dev/null
    done
}

# profile NAME OPTION...: a profile with an empty store.
profile()
{
    local name=$1

    shift
    rm -rf "$WINEPREFIX/drive_c/store"
    mkdir -p "$WINEPREFIX/drive_c/store"
    timeout 60 "$WINE" "$BUILD/$arch/programs/mapictl/mapictl.exe" profile delete "$name" >/dev/null 2>&1 </dev/null
    run 0 '' mapictl profile create "$name" --service TESTSTORE "$@"
    run 0 '' mapictl service configure "$name" TESTSTORE '6606001e=C:\store'
}

# Settings of the transport: TAG=VALUE...
configure()
{
    local name=$1

    shift
    run 0 '' mapictl service configure "$name" MAPIXP "$@"
}

# How many messages the scripted server took that have this in them.
taken()
{
    grep -l -s -e "$1" "$servers"/plain/*.eml | wc -l
}

took()
{
    [ "$(taken "$1")" = "$2" ]
}

# The user's mail on the server, as IMAP has it.
mail_of()
{
    doveadm -c "$servers/dovecot.conf" fetch -u "$1@test.example" "$2" mailbox INBOX all 2>/dev/null
}

has_mail()
{
    [ "$(mail_of "$1" uid | grep -c '^uid:')" = "$2" ]
}

has_flag()
{
    mail_of joe flags | grep -q -e "$1"
}

# put USER SUBJECT: a message that comes from elsewhere.
put()
{
    printf 'From: ann@elsewhere.example\r\nTo: %s@test.example\r\nSubject: %s\r\nMessage-ID: <%s@elsewhere.example>\r\n\r\nhello\r\n' \
        "$1" "$2" "${2// /-}" | doveadm -c "$servers/dovecot.conf" save -u "$1@test.example"
}

empty()
{
    doveadm -c "$servers/dovecot.conf" expunge -u "$1@test.example" mailbox INBOX all 2>/dev/null
}

# ---- what is tested ----

test_trust()
{
    profile Trust --smtp "localhost:$smtp" --user joe@test.example --password-file "$password"
    run 0 'authority that this system does not know' mailer Trust send trusted joe@test.example , words 'does not know'
    run 0 '' mailer trust "$servers/ours.pem"
    # What waited goes.
    run 0 '' mailer Trust queue 0
    check 'the message arrived' soon has_mail joe 1
    configure Trust "66430003=$expired" 66450003=0 6645000b=0
    run 0 'has expired' mailer Trust send expired joe@test.example , words 'has expired'
    configure Trust "66430003=$stranger" 66440003=3
    run 0 'does not know' mailer Trust words 'does not know'
    configure Trust "66430003=$smtp" 66440003=2 6642001f=127.0.0.1
    run 0 'server of another name' mailer Trust words 'another name'
    configure Trust "66430003=$plain" 6642001f=localhost
    run 0 'does not offer STARTTLS' mailer Trust words 'does not offer STARTTLS'
    check 'nothing went out unencrypted' took expired 0
    configure Trust "66430003=$smtp" 6645000b=1 67f1001f=wrong
    run 0 'does not accept the user name and password' mailer Trust words 'does not accept the user'
    check 'no password is in the registry' test -z "$(grep -r -l -e secret "$WINEPREFIX"/*.reg)"
    empty joe
}

# IMAP and SMTP as most have them, with every way of logging on.
test_round()
{
    local way

    profile Round --smtp "localhost:$smtp" --imap "localhost:$imaps" --user joe@test.example --password-file "$password"
    configure Round 664e0003=1
    for way in 1 2 3
    do
        configure Round 664b0003=$way
        run 0 "inbox: unread way $way" mailer Round send "way $way" joe@test.example , queue 0 , inbox $way
    done
    check 'the body is whole' sh -c 'grep -q "^\.a line that begins with a dot" '"'$servers'"'/mail/joe/Maildir/*/*'
    run 0 '^last line' mailer Round body 'way 1'
    configure Round 664b0003=4 6645000b=0 67f1001f=token
    put joe 'by token'
    run 0 'inbox: unread by token' mailer Round inbox 4
    configure Round "66430003=$smtps" "66490003=2" "66480003=$imap" 664b0003=0 6645000b=1 67f1001f=secret
    run 0 'inbox: unread other ports' mailer Round send 'other ports' joe@test.example,jill@test.example , queue 0 , inbox 5
    check 'jill has hers' soon has_mail jill 1
    run 0 'inbox: unread Undeliverable' mailer Round send nobody nobody@test.example,jill@test.example , queue 0 , inbox 6
    check 'jill has the other' soon has_mail jill 2
    empty jill
}

# What is read or deleted on one side is on the other.
test_follow()
{
    run 0 '' mailer Round read 'way 1' , sleep 4000
    check 'read here is seen there' soon has_flag Seen
    doveadm -c "$servers/dovecot.conf" flags add -u joe@test.example '\Seen' mailbox INBOX subject 'way 2'
    run 0 '' mailer Round isread 'way 2'
    doveadm -c "$servers/dovecot.conf" flags remove -u joe@test.example '\Seen' mailbox INBOX subject 'way 1'
    run 0 '' mailer Round isunread 'way 1'
    check 'five there' has_mail joe 5
    run 0 '' mailer Round delete 'way 3' , sleep 4000
    check 'deleted here is deleted there' soon has_mail joe 4
    doveadm -c "$servers/dovecot.conf" expunge -u joe@test.example mailbox INBOX subject 'way 2'
    run 0 'deleted: .* way 2' mailer Round deleted 1
}

# A journal that is lost, a store that is emptied, a mailbox that is numbered anew: no mail twice, none deleted there.
test_lost()
{
    find "$WINEPREFIX/drive_c/users" -path '*mapixp*' -name received -delete
    run 0 '' mailer Round sleep 4000 , inbox 4
    put joe 'after the loss'
    run 0 'inbox: unread after the loss' mailer Round inbox 5
    find "$servers/mail/joe/Maildir" -name 'dovecot*' -delete
    run 0 '' mailer Round sleep 4000 , inbox 5
    put joe 'after the numbers'
    run 0 'inbox: unread after the numbers' mailer Round inbox 6
    rm -rf "$WINEPREFIX/drive_c/store"
    mkdir "$WINEPREFIX/drive_c/store"
    run 0 '' mailer Round sleep 3000
    check 'an emptied store empties no mailbox' has_mail joe 5
    empty joe
}

test_pop3()
{
    local i

    for i in 1 2 3; do put jill "pop $i"; done
    profile Pop --pop3 "localhost:$pop3s" --user jill@test.example --password-file "$password"
    configure Pop 664e0003=1
    run 0 'inbox: unread pop 2' mailer Pop inbox 3
    put jill 'pop 4'
    run 0 'inbox: unread pop 4' mailer Pop inbox 4
    check 'left on the server' has_mail jill 4
    # As a crash between saving and noting it down leaves it.
    for i in "$WINEPREFIX"/drive_c/users/*/AppData/Local/wine-mapi/mapixp/*/received
    do
        sed -i 's/^2 \(. [0-9]* pop3\)/1 \1/' "$i"
    done
    run 0 '' mailer Pop sleep 3000 , inbox 4
    configure Pop 664d0003=0
    run 0 '' mailer Pop sleep 3000 , inbox 4
    check 'deleted from the server' soon has_mail jill 0
}

test_failures()
{
    rm -f "$servers"/plain/*.eml
    touch "$servers/plain/down"
    profile Fail --smtp "localhost:$plain" --security none --address joe@test.example
    configure Fail 66510003=5
    run 0 'closed' mailer Fail send later ann@x.example , words closed , queue 1
    check 'nothing while it is down' took later 0
    rm "$servers/plain/down"
    run 0 '' mailer Fail queue 0
    check 'sent when it is back' took later 1

    run 0 'inbox: unread Undeliverable: mixed' mailer Fail send mixed ann@x.example,gone@x.example,bob@x.example , queue 0 , inbox 1
    run 0 'body: .*550 5.1.1 nobody of that name|550 5.1.1' mailer Fail body 'Undeliverable: mixed'
    check 'the others have it' took 'TO ann@x.example bob@x.example' 1
    run 0 '' mailer Fail send greylisted ann@x.example,grey@x.example , queue 0 , inbox 1
    check 'once to ann' took 'TO ann@x.example$' 2
    check 'later to grey' took 'TO grey@x.example' 1
    run 0 '' mailer Fail send drop-data ann@x.example , queue 0
    check 'sent once after a drop in mid-message' took drop-data 1
    run 0 '' mailer Fail send at-rcpt drop-rcpt@x.example , queue 0
    check 'sent once after a drop at RCPT' took at-rcpt 1
    run 0 '' mailer Fail send temp-data ann@x.example , queue 0
    check 'sent once after 451' took temp-data 1
    run 0 'inbox: unread Undeliverable: bad-data' mailer Fail send bad-data ann@x.example , queue 0 , inbox 2
    check 'not sent after 554' took bad-data 0
    # All handed over, no answer: not again, and the sender hears of it.
    run 0 'inbox: unread Undeliverable: drop-dot' mailer Fail send drop-dot ann@x.example , queue 0 , inbox 3
    check 'handed over once' took drop-dot 1
    run 0 'may have arrived or not' mailer Fail body 'Undeliverable: drop-dot'
    # Slower than a submission waits: deferred, and settled when the answer comes.
    run 0 '' mailer Fail send slow1 ann@x.example , queue 0 , inbox 3
    check 'sent once by a slow server' took slow1 1
    # The process dies between the end of the data and the answer.
    run 3 '' mailer Fail send slow2 ann@x.example , sleep 3000 , die
    run 0 'inbox: unread Undeliverable: slow2' mailer Fail queue 0 , inbox 4
    check 'not sent again by the next process' soon took slow2 1
    # The process ends while a server that is slow makes up its mind.
    configure Fail 66500003=0
    run 0 'inbox: unread Undeliverable: too late' mailer Fail send 'too late' toomany@x.example , queue 0 , inbox 5
}

make_certificates
start_dovecot || { bad 'Dovecot does not start'; cat "$servers/dovecot.log"; }
start_postfix || { bad 'Postfix does not start'; cat "$servers/postfix.log"; }
start_scripted || bad 'the scripted servers do not start'
make_wine_prefix || exit 1
password=$servers/password
echo secret >"$password"
password="Z:${password//\//\\}"
for arch in $ARCHES
do
    for part in ${TRANSPORT_PARTS-trust round follow lost pop3 failures}
    do
        before=$SECONDS
        "test_$part"
        echo "$arch: $part: $((SECONDS - before)) s"
    done
    # The second architecture is to meet an unknown authority, too.
    timeout 60 "$WINE" reg delete 'HKCU\Software\Microsoft\SystemCertificates\Root' /f >/dev/null 2>&1 </dev/null
    rm -f "$servers"/*/*.eml
done
printf '%s passed, %s failed, 0 skipped\n' $passed $failed
[ $failed = 0 ]
