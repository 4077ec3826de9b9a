/*
 * Settings of the mail transport (message service MAPIXP)
 *
 * Copyright 2026 the wine-mapi authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

/*
 * Properties of the profile section of the transport provider in mapixp.dll. They are handed to the
 * service with IMsgServiceAdmin::ConfigureMsgService. What each means is in docs/transport.md.
 */

#ifndef MAPIXP_H
#define MAPIXP_H

#include <mapidefs.h>

#define PR_MAPIXP_ADDRESS          PROP_TAG(PT_UNICODE, 0x6640)
#define PR_MAPIXP_DISPLAY_NAME     PROP_TAG(PT_UNICODE, 0x6641)
#define PR_MAPIXP_SMTP_HOST        PROP_TAG(PT_UNICODE, 0x6642)
#define PR_MAPIXP_SMTP_PORT        PROP_TAG(PT_LONG, 0x6643)
#define PR_MAPIXP_SMTP_SECURITY    PROP_TAG(PT_LONG, 0x6644)    /* MAPIXP_SECURITY_ */
#define PR_MAPIXP_SMTP_LOGIN       PROP_TAG(PT_BOOLEAN, 0x6645) /* log on with user and password */
#define PR_MAPIXP_RECEIVE          PROP_TAG(PT_LONG, 0x6646)    /* MAPIXP_RECEIVE_ */
#define PR_MAPIXP_RECEIVE_HOST     PROP_TAG(PT_UNICODE, 0x6647)
#define PR_MAPIXP_RECEIVE_PORT     PROP_TAG(PT_LONG, 0x6648)
#define PR_MAPIXP_RECEIVE_SECURITY PROP_TAG(PT_LONG, 0x6649)    /* MAPIXP_SECURITY_ */
#define PR_MAPIXP_USER             PROP_TAG(PT_UNICODE, 0x664A)
#define PR_MAPIXP_AUTHENTICATION   PROP_TAG(PT_LONG, 0x664B)    /* MAPIXP_AUTH_ */
#define PR_MAPIXP_FOLDER           PROP_TAG(PT_UNICODE, 0x664C)
#define PR_MAPIXP_KEEP_DAYS        PROP_TAG(PT_LONG, 0x664D)
#define PR_MAPIXP_POLL_SECONDS     PROP_TAG(PT_LONG, 0x664E)
#define PR_MAPIXP_FOLLOW           PROP_TAG(PT_LONG, 0x664F)    /* MAPIXP_FOLLOW_ */
#define PR_MAPIXP_GIVE_UP_HOURS    PROP_TAG(PT_LONG, 0x6650)
#define PR_MAPIXP_TIMEOUT_SECONDS  PROP_TAG(PT_LONG, 0x6651)
#define PR_MAPIXP_JOURNAL          PROP_TAG(PT_BINARY, 0x6652)  /* the transport's own */
#define PR_MAPIXP_STORE            PROP_TAG(PT_BINARY, 0x6653)  /* the transport's own */
#define PR_MAPIXP_STORE_KEY        PROP_TAG(PT_BINARY, 0x6654)  /* the transport's own */
#define PR_MAPIXP_FOLDERS          PROP_TAG(PT_LONG, 0x6655)    /* MAPIXP_FOLDERS_ */
#define PR_MAPIXP_PASSWORD         PROP_TAG(PT_UNICODE, 0x67F1) /* among the secure properties */

/* On each message that the transport received: where it came from. */
#define PR_MAPIXP_SOURCE           PROP_TAG(PT_UNICODE, 0x4F80)

/* On each folder that goes with one of a server: which, and where it was here when both last
 * agreed. */
#define PR_MAPIXP_TIED             PROP_TAG(PT_UNICODE, 0x4F81)
#define PR_MAPIXP_TIED_NAME        PROP_TAG(PT_UNICODE, 0x4F82)

/* How a connection is secured. 0 is no value: the port decides. */
#define MAPIXP_SECURITY_NONE     1
#define MAPIXP_SECURITY_STARTTLS 2
#define MAPIXP_SECURITY_TLS      3

#define MAPIXP_RECEIVE_NOTHING 0
#define MAPIXP_RECEIVE_IMAP    1
#define MAPIXP_RECEIVE_POP3    2

#define MAPIXP_AUTH_BEST     0
#define MAPIXP_AUTH_PLAIN    1
#define MAPIXP_AUTH_LOGIN    2
#define MAPIXP_AUTH_CRAM_MD5 3
#define MAPIXP_AUTH_XOAUTH2  4  /* the password is the access token */

#define MAPIXP_FOLLOW_SEEN           0x1        /* read here is seen there, and the reverse */
#define MAPIXP_FOLLOW_DELETED_HERE   0x2        /* deleted here is deleted there */
#define MAPIXP_FOLLOW_DELETED_THERE  0x4        /* deleted there goes to the deleted items here */
#define MAPIXP_FOLLOW_UPLOADED       0x8        /* put into a folder here is there (with PR_MAPIXP_FOLDERS) */
#define MAPIXP_FOLLOW_FOLDERS        0x10       /* and so are folders made, renamed, moved, deleted */

/* Which folders of an IMAP account besides PR_MAPIXP_FOLDER. */
#define MAPIXP_FOLDERS_NONE       0
#define MAPIXP_FOLDERS_SUBSCRIBED 1
#define MAPIXP_FOLDERS_ALL        2

#endif /* MAPIXP_H */
