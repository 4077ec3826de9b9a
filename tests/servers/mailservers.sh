# shellcheck shell=bash disable=SC2034
# mailservers.sh: Postfix and Dovecot with TLS and an authority of their own, on the loopback, in a folder that goes with them.
# Sourced, never run.
#
# servers_begin PORT makes the folder $servers and takes the ports from PORT on ($smtp, $smtps, $imap, $imaps, $pop3s; what is
# above is the caller's); make_certificates, start_dovecot and start_postfix bring them up; servers_end stops them, and the
# processes of pids, and removes the folder. servers_missing says what is not there that they need: both want root.
# Users are joe and jill@test.example, their password is secret; what goes to bounces@test.example is taken and comes back.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

servers=
pids=()

# The first thing that is missing; nothing when nothing is.
servers_missing()
{
    local tool

    for tool in postfix dovecot doveadm openssl
    do
        command -v $tool >/dev/null || { echo "there is no $tool"; return; }
    done
    [ "$(id -u)" = 0 ] || echo "Postfix and Dovecot want root"
}

servers_begin()
{
    servers=$(mktemp -d /tmp/wine-mapi-servers.XXXXXX)
    # Servers give up their rights before they come here.
    chmod 755 "$servers"
    smtp=$1
    smtps=$(($1 + 1))
    imap=$(($1 + 2))
    imaps=$(($1 + 3))
    pop3s=$(($1 + 4))
}

servers_end()
{
    [ -n "$servers" ] || return 0
    [ ! -e "$servers/postfix/main.cf" ] || postfix -c "$servers/postfix" stop >/dev/null 2>&1 || true
    [ ! -e "$servers/dovecot.conf" ] || doveadm -c "$servers/dovecot.conf" stop >/dev/null 2>&1 || true
    [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true
    rm -rf "$servers"
    servers=
    pids=()
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

# Whether a server says something.
answers()
{
    # shellcheck disable=SC2016
    timeout 2 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && head -c 1 <&3' "$1"
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
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \Sent
  }
  mailbox Trash {
    special_use = \Trash
  }
}
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
    dovecot -c "$servers/dovecot.conf" && soon listens "$imaps"
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
virtual_alias_maps = inline:{ { bounces@test.example = gone@test.example } }
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
proxymap unix - - n - - proxymap
scache unix - - n - 1 scache
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
    soon listens "$smtp" && soon answers "$smtp"
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
