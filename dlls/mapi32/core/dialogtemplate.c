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

/*
 * DLGTEMPLATE and its extended form, as resource compilers write them: words in sequence, controls
 * at addresses that divide by four. The data stands at such an address, as every resource does.
 */

#include "core/dialogtemplate.h"

#define HAS_FONT 0x40           /* DS_SETFONT */
#define ORDINAL  0xffff

struct cursor
{
    const BYTE *data;
    size_t size;
    size_t at;                  /* beyond size once something was not there */
};

static WORD take_word(struct cursor *cursor)
{
    WORD ret;

    cursor->at += sizeof(WORD);
    if (cursor->at > cursor->size)
    {
        cursor->at = cursor->size + 1;
        return 0;
    }
    memcpy(&ret, cursor->data + cursor->at - sizeof(WORD), sizeof(ret));
    return ret;
}

static ULONG take_long(struct cursor *cursor)
{
    ULONG low = take_word(cursor);

    return low | (ULONG)take_word(cursor) << 16;
}

static BOOL failed(const struct cursor *cursor)
{
    return cursor->at > cursor->size;
}

static void align(struct cursor *cursor)
{
    if (!failed(cursor)) cursor->at = (cursor->at + 3) & ~(size_t)3;
}

/* A class, menu or text: a string, or a number. */
static void take_text(struct cursor *cursor, struct template_item *item)
{
    size_t start = cursor->at;
    WORD word = take_word(cursor);

    if (item)
    {
        item->text = NULL;
        item->length = 0;
    }
    if (word == ORDINAL)
    {
        take_word(cursor);
        return;
    }
    while (word && !failed(cursor)) word = take_word(cursor);
    if (!item || failed(cursor)) return;
    item->text = (const WCHAR *)(cursor->data + start);
    item->length = (cursor->at - start) / sizeof(WCHAR) - 1;
}

static void take_place(struct cursor *cursor, struct template_item *item)
{
    item->x = (SHORT)take_word(cursor);
    item->y = (SHORT)take_word(cursor);
    item->width = (SHORT)take_word(cursor);
    item->height = (SHORT)take_word(cursor);
}

/* Leaves the cursor at the first control. */
static HRESULT take_frame(struct cursor *cursor, BOOL *extended, ULONG *count,
                          struct template_item *item)
{
    ULONG style = take_long(cursor);

    *extended = style >> 16 == ORDINAL;
    if (*extended)
    {
        if ((style & 0xffff) != 1) return MAPI_E_CORRUPT_DATA;
        take_long(cursor);                      /* help */
        take_long(cursor);                      /* extended style */
        style = take_long(cursor);
    }
    else take_long(cursor);
    *count = take_word(cursor);
    item->id = 0;
    take_place(cursor, item);
    take_text(cursor, NULL);                    /* menu */
    take_text(cursor, NULL);                    /* class */
    take_text(cursor, item);
    if (style & HAS_FONT)
    {
        take_word(cursor);                      /* size */
        if (*extended) take_long(cursor);       /* weight, italic, character set */
        take_text(cursor, NULL);
    }
    return failed(cursor) ? MAPI_E_CORRUPT_DATA : S_OK;
}

static HRESULT take_item(struct cursor *cursor, BOOL extended, struct template_item *item)
{
    WORD extra;

    align(cursor);
    if (extended) take_long(cursor);            /* help */
    take_long(cursor);                          /* style */
    take_long(cursor);                          /* extended style; the two trade places */
    take_place(cursor, item);
    item->id = extended ? take_long(cursor) : take_word(cursor);
    take_text(cursor, NULL);                    /* class */
    take_text(cursor, item);
    extra = take_word(cursor);
    if (failed(cursor)) return MAPI_E_CORRUPT_DATA;
    if (extra > cursor->size - cursor->at) cursor->at = cursor->size;   /* of the last one */
    else cursor->at += extra & ~1;
    return S_OK;
}

HRESULT dialog_template_frame(const void *data, size_t size, struct template_item *ret)
{
    struct cursor cursor = { data, size, 0 };
    BOOL extended;
    ULONG count;

    return take_frame(&cursor, &extended, &count, ret);
}

HRESULT dialog_template_item(const void *data, size_t size, ULONG id, struct template_item *ret)
{
    struct cursor cursor = { data, size, 0 };
    BOOL extended;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = take_frame(&cursor, &extended, &count, ret))) return hr;
    while (count--)
    {
        if (FAILED(hr = take_item(&cursor, extended, ret))) return hr;
        /* a WORD in one layout, a DWORD in the other; -1 is -1 in both */
        if (ret->id == id || (!extended && ret->id == (id & 0xffff)
                              && id >> 16 == 0xffff)) return S_OK;
    }
    return MAPI_E_NOT_FOUND;
}
