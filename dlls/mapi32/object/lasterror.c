/*
 * What an object remembers for its GetLastError
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
 * One error an object: the latest that had more to say than its HRESULT. The words are kept as
 * UTF-16 and handed out in the width the caller asks for. Formats are wide, so %s in them is a
 * WCHAR string.
 */

#include <stdarg.h>
#include <stdio.h>

#include "windef.h"
#include "winbase.h"
#include "object/object.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define MESSAGE_MAX 1024        /* longer messages are cut */

void last_error_init(struct last_error *error)
{
    InitializeCriticalSection(&error->cs);
    error->hr = S_OK;
    error->low_level = 0;
    error->text = NULL;
    error->component = NULL;
}

void last_error_destroy(struct last_error *error)
{
    DeleteCriticalSection(&error->cs);
    platform_free(error->text);
    platform_free(error->component);
}

/* Takes over text and component. */
static void set(struct last_error *error, HRESULT hr, ULONG low_level, WCHAR *text,
                WCHAR *component)
{
    WCHAR *old_text, *old_component;

    EnterCriticalSection(&error->cs);
    old_text = error->text;
    old_component = error->component;
    error->hr = hr;
    error->low_level = low_level;
    error->text = text;
    error->component = component;
    LeaveCriticalSection(&error->cs);
    platform_free(old_text);
    platform_free(old_component);
}

void last_error_set(struct last_error *error, HRESULT hr, const WCHAR *component,
                    const WCHAR *format, ...)
{
    WCHAR message[MESSAGE_MAX];
    va_list args;

    message[0] = 0;
    if (format)
    {
        va_start(args, format);
        _vsnwprintf(message, MESSAGE_MAX, format, args);
        va_end(args);
        message[MESSAGE_MAX - 1] = 0;
    }
    WARN("%#lx: %s\n", hr, debugstr_w(message));
    set(error, hr, 0, message[0] ? text_dup(message) : NULL, text_dup(component));
}

void last_error_take(struct last_error *error, HRESULT hr, const MAPIERROR *from, ULONG flags)
{
    WCHAR *text = NULL, *component = NULL;

    if (!from) return;
    /* Half of it is better than nothing: what cannot be converted stays away. */
    text_from_tstr(from->lpszError, flags, &text);
    text_from_tstr(from->lpszComponent, flags, &component);
    WARN("%#lx: %s\n", hr, debugstr_w(text));
    set(error, hr, from->ulLowLevelError, text, component);
}

HRESULT last_error_get(struct last_error *error, HRESULT hr, ULONG flags, MAPIERROR **ret)
{
    WCHAR *text, *component;
    ULONG low_level;
    BOOL known;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;

    EnterCriticalSection(&error->cs);
    known = hr != S_OK && error->hr == hr && (error->text || error->component);
    text = known ? text_dup(error->text) : NULL;
    component = known ? text_dup(error->component) : NULL;
    low_level = error->low_level;
    LeaveCriticalSection(&error->cs);

    if (known) hr = mapierror_create(flags, text, component, low_level, ret);
    else hr = S_OK;
    platform_free(text);
    platform_free(component);
    return hr;
}
