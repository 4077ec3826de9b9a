/*
 * What the session says of failures, in words
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
 * Texts for GetLastError and the status table. Nothing here calls anybody; all text is UTF-16 in
 * platform_alloc blocks, NULL on no memory, which every user of it accepts.
 */

#ifndef MAPI32_SESSION_WORDS_H
#define MAPI32_SESSION_WORDS_H

#include "session/session.h"

extern const WCHAR words_service_disabled[];

/* The texts one after the other, up to NULL. */
WCHAR *words_join(const WCHAR *first, ...);
/* MAPI_E_LOGON_FAILED (0x80040111) */
WCHAR *words_result(HRESULT hr);
/* What a provider said through the error it left, else NULL. */
WCHAR *words_of_error(struct last_error *error, HRESULT hr);
/* "Transport "Name" (dll): " and why, or what hr is called when why is NULL. why is not taken
 * over. */
WCHAR *words_failure(struct logon *logon, HRESULT hr, const WCHAR *why);

/* Leaves text of any length for GetLastError; NULL is fine for both. Not taken over. */
void words_tell(struct last_error *error, HRESULT hr, const WCHAR *text);

#endif /* MAPI32_SESSION_WORDS_H */
