/*
 * Dialog templates, read and checked
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

/* What stands in a dialog resource, of either layout, that BuildDisplayTable wants to know. */

#ifndef MAPI32_DIALOGTEMPLATE_H
#define MAPI32_DIALOGTEMPLATE_H

#include "core/core.h"

struct template_item
{
    ULONG id;                   /* 0 for the dialog itself */
    LONG x, y;                  /* dialog units */
    LONG width, height;
    const WCHAR *text;          /* inside the template, not ended; NULL: a number or none */
    size_t length;
};

/* The dialog itself, and the first of its controls with that ID. size: of the whole resource.
 * MAPI_E_CORRUPT_DATA; MAPI_E_NOT_FOUND: there is no such control. */
HRESULT dialog_template_frame(const void *data, size_t size, struct template_item *ret);
HRESULT dialog_template_item(const void *data, size_t size, ULONG id, struct template_item *ret);

#endif /* MAPI32_DIALOGTEMPLATE_H */
