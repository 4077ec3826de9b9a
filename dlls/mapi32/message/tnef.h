/*
 * TNEF: inside of the object
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
 * tnef.c has ITnef, tnefdecode.c and tnefencode.c the two directions. An attachment that is a
 * message is a TNEF stream of its own in the property of its attachment.
 */

#ifndef MAPI32_TNEF_PRIVATE_H
#define MAPI32_TNEF_PRIVATE_H

#include <objbase.h>

#include "message/message.h"
#include <tnef.h>

#define TNEF_DEPTH 32           /* messages in messages */

/* What AddProps and SetProps asked for; it stays the caller's. */
struct tnef_request
{
    struct tnef_request *next;
    ULONG flags;
    ULONG element;
    const SPropTagArray *tags;
    IStream *data;              /* counted; contents of an attachment */
    ULONG count;
    const SPropValue *props;
};

struct tnef_problems
{
    STnefProblemArray *array;
    ULONG component;
};

struct tnef_source
{
    IMessage *message;
    ULONG flags;                /* of OpenTnefStream */
    WORD key;
    struct tnef_request *requests;
    IMAPITable *recipients;     /* counted; of EncodeRecips */
    BOOL encode_recipients;
    ULONG depth;
};

HRESULT tnef_problem(struct tnef_problems *problems, ULONG attribute, ULONG tag, SCODE code);

/* tnefdecode.c. flags: TNEF_PROP_INCLUDE or TNEF_PROP_EXCLUDE of list, 0: everything. */
HRESULT tnef_decode(IStream *stream, IMessage *message, ULONG flags, const SPropTagArray *list,
                    BOOL children, ULONG depth, struct tnef_problems *problems);
/* What Microsoft Mail calls a message class, which is what attMessageClass has; NULL: the same. */
const char *tnef_down_level_class(const WCHAR *name);
HRESULT tnef_codepage(IStream *stream, ULONG *codepage, ULONG *sub_codepage);

/* tnefencode.c */
HRESULT tnef_encode(const struct tnef_source *source, IStream *stream,
                    struct tnef_problems *problems);
/* Parts, for FinishComponent: the head with the message's own, one attachment. */
HRESULT tnef_encode_message(const struct tnef_source *source, IStream *stream,
                            struct tnef_problems *problems);
HRESULT tnef_encode_attachment(const struct tnef_source *source, IStream *stream, ULONG number,
                               struct tnef_problems *problems);

#endif /* MAPI32_TNEF_PRIVATE_H */
