/*
 * Sample providers: what the files of the transport share
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
 * transport.c      the provider object, its logons, and what the spooler tells them
 * outgoing.c       a message becomes a file in the transport's directory
 * incoming.c       a file in the folder "in" of that directory becomes a message
 * transportstatus.c    the status object
 * coupled.c        the transport and the store without the spooler between them
 */

#ifndef SAMPLE_TRANSPORT_H
#define SAMPLE_TRANSPORT_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

#define TYPES_MAX 8

struct xp_provider
{
    IXPProvider IXPProvider_iface;
    struct shutdown shutdown;
    LONG ref;
    struct environment environment;
};

struct xp_logon
{
    IXPLogon IXPLogon_iface;
    LONG ref;
    struct xp_provider *provider;       /* counted */
    IMAPISupport *support;              /* until TransportLogoff */
    char directory[MAX_PATH];           /* empty: the transport takes no mail */
    char type_text[128];                /* its address types, each ended by 0 */
    LPTSTR types[TYPES_MAX];            /* into type_text */
    ULONG type_count;
    LONG enabled;                       /* STATUS_INBOUND_ENABLED, STATUS_OUTBOUND_ENABLED */
    LONG reference;                     /* of the last message */
    LONG restarted;                     /* the last one was to be sent again at once */
    ULONG end_flags;                    /* what EndMessage has to say of it */
    CRITICAL_SECTION cs;                /* of deferred */
    SBinary deferred;                   /* the message that waits for us; lpb NULL: none */
    BOOL coupled;                       /* with a store, see coupled.c */
    MAPIUID service;                    /* whose transport it is, when coupled */
    struct xp_logon *next_coupled;
};

/* Whether the transport delivers to a recipient that nobody has taken yet. */
BOOL transport_takes(const struct xp_logon *logon, const SRow *row);
/* MAPI_E_NOT_ME: none of the recipients is ours. */
HRESULT outgoing_send(struct xp_logon *logon, IMessage *message);
BOOL incoming_waits(const struct xp_logon *logon);
HRESULT incoming_receive(struct xp_logon *logon, IMessage *message);
/* Has the spooler call again for the message that was deferred. */
void transport_resume(struct xp_logon *logon);
HRESULT transport_show_status(struct xp_logon *logon, ULONG more);
HRESULT transport_status_create(struct xp_logon *logon, IMAPIStatus **ret);

/* coupled.c */
void coupled_add_transport(struct xp_logon *logon);     /* when the switches say so */
void coupled_remove_transport(struct xp_logon *logon);
void coupled_receive(struct xp_logon *logon);

#endif /* SAMPLE_TRANSPORT_H */
