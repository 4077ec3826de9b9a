/*
 * Fuzzer of core/displaytable.c and core/dialogtemplate.c
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
 * The first byte says what the rest is: even, rows of a display table, one after another; odd, a
 * dialog template. A row: how many of its columns it has and in which order, control type and
 * flags, four coordinates, then the size of its structure and that many bytes. What comes out of
 * the parser has to keep what displaytable.h promises, and every text and filter is read to its
 * end.
 */

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/blocks.h"
#include "core/dialogtemplate.h"
#include "core/displaytable.h"

#define ROWS_MAX 1100

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

struct input
{
    const BYTE *data;
    size_t size;
};

static const ULONG tags[] =
{
    PR_CONTROL_STRUCTURE, PR_CONTROL_TYPE, PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY, PR_CONTROL_FLAGS,
    PR_CONTROL_ID, PR_ROWID
};

/* Nothing is kept for reuse, so that what is live afterwards leaked. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    blocks_keep(FALSE);
    return 0;
}

static ULONG take(struct input *input, unsigned int bytes)
{
    ULONG ret = 0;

    while (bytes-- && input->size)
    {
        ret = ret << 8 | *input->data++;
        input->size--;
    }
    return ret;
}

/* Small numbers are likely ones; the largest byte leads to any. */
static LONG take_place(struct input *input)
{
    ULONG byte = take(input, 1);

    return byte == 0xff ? (LONG)take(input, 4) : (LONG)byte * 20;
}

static void take_row(struct input *input, SRow *row)
{
    ULONG columns = take(input, 1), type = take(input, 1), size, i;
    SPropValue *props = calloc(ARRAY_SIZE(tags), sizeof(*props));
    BYTE *bytes;

    row->lpProps = props;
    for (i = 0; i < ARRAY_SIZE(tags); i++) props[i].ulPropTag = tags[i];
    props[1].Value.l = type == 0xff ? (LONG)take(input, 4) : (LONG)(type % 14);
    for (i = 2; i < 6; i++) props[i].Value.l = take_place(input);
    props[6].Value.l = take(input, 1);
    props[8].Value.l = take(input, 1);
    size = take(input, 1);
    if (size > input->size) size = input->size;
    /* a block of its own, at an odd address if the input says so: the sanitizer sees a byte too
     * many */
    bytes = malloc(size + 1);
    if (size) memcpy(bytes + (columns & 1), input->data, size);
    input->data += size;
    input->size -= size;
    props[0].Value.bin.cb = size;
    props[0].Value.bin.lpb = bytes + (columns & 1);
    props[7].Value.bin.cb = size < 4 ? size : 4;
    props[7].Value.bin.lpb = props[0].Value.bin.lpb;
    row->cValues = columns & 0xf0 ? ARRAY_SIZE(tags) : columns % (ARRAY_SIZE(tags) + 1);
    if (columns & 2) props[(columns >> 2) % ARRAY_SIZE(tags)].ulPropTag |= PT_ERROR;
}

static void require(BOOL condition)
{
    if (!condition) abort();
}

static void check_text(const WCHAR *text)
{
    size_t length = 0;

    while (text[length]) length++;
    require(length <= DISPLAY_MAX_TEXT);
}

static BOOL bounded(LONG value)
{
    return value >= 0 && value <= DISPLAY_MAX_UNITS;
}

static void check_control(const struct display_control *control)
{
    BYTE last = 0;
    WCHAR c;

    require(control->type <= DTCT_MVDDLBX);
    require(bounded(control->x) && bounded(control->y) && bounded(control->width)
            && bounded(control->height));
    check_text(control->text);
    if (control->component) check_text(control->component);
    if (control->filter)
    {
        check_text(control->filter);
        for (c = 0; c < 300; c++) display_filter_allows(control->filter, c);
    }
    if (control->id_size) last = control->id[control->id_size - 1];
    (void)last;
    require(control->table_tag == PR_NULL || PROP_TYPE(control->table_tag) == PT_OBJECT);
    switch (control->type)
    {
    case DTCT_CHECKBOX:
        require(control->tag == PR_NULL || PROP_TYPE(control->tag) == PT_BOOLEAN);
        break;
    case DTCT_RADIOBUTTON:
        require(control->tag == PR_NULL || PROP_TYPE(control->tag) == PT_LONG);
        break;
    case DTCT_LABEL:
    case DTCT_GROUPBOX:
    case DTCT_BUTTON:
    case DTCT_PAGE: require(control->tag == PR_NULL); break;
    }
}

static void fuzz_table(struct input *input)
{
    SRowSet *rows = calloc(1, CbNewSRowSet(ROWS_MAX));
    struct display_table *table;
    ULONG i, next = 0;
    HRESULT hr;

    while (input->size && rows->cRows < ROWS_MAX) take_row(input, &rows->aRow[rows->cRows++]);
    hr = display_table_parse(rows, &table);
    require(hr == S_OK || hr == MAPI_E_CORRUPT_DATA);
    require((hr == S_OK) == (table != NULL));
    if (table)
    {
        require(table->page_count && table->page_count <= DISPLAY_MAX_PAGES);
        require(table->control_count && table->control_count <= DISPLAY_MAX_CONTROLS);
        for (i = 0; i < table->page_count; i++)
        {
            check_control(&table->pages[i].page);
            require(table->pages[i].page.type == DTCT_PAGE && table->pages[i].first == next);
            next += table->pages[i].count;
        }
        require(next == table->control_count);
        for (i = 0; i < table->control_count; i++)
        {
            check_control(&table->controls[i]);
            require(table->controls[i].type != DTCT_PAGE);
        }
    }
    display_table_free(table);
    for (i = 0; i < rows->cRows; i++)
    {
        SPropValue *props = rows->aRow[i].lpProps;

        free((void *)((ULONG_PTR)props[0].Value.bin.lpb & ~(ULONG_PTR)1));
        free(props);
    }
    free(rows);
}

static void check_item(const struct template_item *item, const BYTE *data, size_t size)
{
    if (!item->text) return;
    require((const BYTE *)item->text >= data
            && (const BYTE *)(item->text + item->length) <= data + size);
}

static void fuzz_template(struct input *input)
{
    ULONG id = take(input, 2);
    struct template_item item;
    size_t size = input->size;
    BYTE *copy = malloc(size ? size : 1);

    memcpy(copy, input->data, size);
    if (dialog_template_frame(copy, size, &item) == S_OK) check_item(&item, copy, size);
    if (dialog_template_item(copy, size, id, &item) == S_OK) check_item(&item, copy, size);
    if (dialog_template_item(copy, size, 1000, &item) == S_OK) check_item(&item, copy, size);
    free(copy);
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    struct input input = { data, size };

    if (take(&input, 1) & 1) fuzz_template(&input);
    else fuzz_table(&input);
    if (unit_live_blocks()) abort();
    return 0;
}
