/*
 * Inside of Common Messaging Calls
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
 * CMC is another face of what simple/ does: cmc.c has sessions, configuration and extensions,
 * cmcsend.c what goes in, cmcread.c what comes out, cmclookup.c recipients. Session identifiers are
 * the handles of Simple MAPI, message references its message identifiers. Text is in the system's
 * ANSI code page, with CR and LF. What is given out is a block of memory_exported, freed by
 * cmc_free with all in it.
 */

#ifndef MAPI32_CMC_H
#define MAPI32_CMC_H

#include "simple/simple.h"
#include <xcmc.h>
#include <xcmcext.h>
#include <xcmcmsxt.h>

#define CMC_EXTENSIONS_MAX 64

CMC_return_code cmc_error(ULONG code);          /* of a code of Simple MAPI */
CMC_return_code cmc_error_hr(HRESULT hr);

/* The extensions of a call, checked: those that it does not know are an error when they are
 * required. codes: what it knows, ended by 0. */
CMC_return_code cmc_extensions_check(const CMC_extension *extensions, const ULONG *codes);
CMC_return_code cmc_data_check(const CMC_extension *extensions, const ULONG *codes);
CMC_extension *cmc_extension(CMC_extension *extensions, ULONG code);    /* NULL when it is not there */
/* Data extensions that a client asks for at logon, in simple_session.extensions. */
#define CMC_WANTED(code) (1u << ((code) - CMC_X_COM_TIME_RECEIVED))

/* The window of a ui_id. */
static inline ULONG_PTR cmc_window(CMC_ui_id ui)
{
    return ui;
}

/* flags beyond those of the call, and ones that nothing here supports */
CMC_return_code cmc_flags_check(CMC_flags flags, CMC_flags known);

/* cmcread.c */
/* The identifier in a reference (platform_alloc), or NULL; it may be hostile. */
char *cmc_reference_text(const CMC_message_reference *reference);
HRESULT cmc_put_reference(void *chain, const char *id, CMC_message_reference **ret);
HRESULT cmc_put_string(void *chain, const char *text, CMC_string *ret);
/* One recipient; id: with CMC_X_COM_RECIP_ID */
HRESULT cmc_put_recipient(void *chain, const MapiRecipDesc *from, BOOL id, CMC_recipient *to);

/* cmcsend.c */
/* How many elements an array has that is ended by a flag; ~0: too many, or memory that cannot be
 * read. */
ULONG cmc_count(const void *array, size_t size, size_t flags_offset, CMC_flags last);
CMC_return_code cmc_to_simple(const CMC_message *from, MapiMessageW **ret, ULONG *priority);
CMC_return_code cmc_recipient_to_simple(const CMC_recipient *from, MapiRecipDesc *to);

#endif /* MAPI32_CMC_H */
