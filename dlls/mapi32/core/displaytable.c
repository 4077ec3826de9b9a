/*
 * Display tables, read and checked
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
 * The rows come from a provider. The property values were copied whole, so that sizes of PT_BINARY
 * are right; what is inside them is believed in nothing. Invariants of what comes out: texts end,
 * are no longer than DISPLAY_MAX_TEXT and never NULL; the controls of the pages follow one another
 * and are all that there are; a control with a property has one whose type it can show.
 */

#include "core/displaytable.h"

/* What of the table is in a row; NULL or 0 where it is not. */
struct source
{
    const BYTE *data;           /* PR_CONTROL_STRUCTURE */
    size_t size;
    BOOL unicode;
};

static BOOL read_long(const SRow *row, ULONG tag, LONG *value)
{
    const SPropValue *prop = props_find(row->lpProps, row->cValues, tag);

    if (prop) *value = prop->Value.l;
    return prop != NULL;
}

/* Text at an offset of the structure, which ends with the structure if not before. */
static HRESULT read_text(const struct source *source, ULONG offset, WCHAR **ret)
{
    size_t length = 0, room, i;
    const BYTE *text;
    WCHAR *wide;
    char *ansi;

    *ret = NULL;
    if (offset && offset < source->size)
    {
        text = source->data + offset;
        room = source->size - offset;
        if (source->unicode)
        {
            room /= sizeof(WCHAR);
            if (room > DISPLAY_MAX_TEXT) room = DISPLAY_MAX_TEXT;
            while (length < room && (text[2 * length] || text[2 * length + 1])) length++;
            if (!(wide = platform_alloc((length + 1) * sizeof(WCHAR))))
                return MAPI_E_NOT_ENOUGH_MEMORY;
            for (i = 0; i < length; i++) wide[i] = text[2 * i] | text[2 * i + 1] << 8;
            wide[length] = 0;
            *ret = wide;
            return S_OK;
        }
        if (room > DISPLAY_MAX_TEXT) room = DISPLAY_MAX_TEXT;
        while (length < room && text[length]) length++;
        if (!(ansi = platform_alloc(length + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(ansi, text, length);
        ansi[length] = 0;
        *ret = text_from_ansi(ansi);
        platform_free(ansi);
        return *ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (!(*ret = platform_alloc_zero(sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    return S_OK;
}

/* As read_text, but NULL for an empty one. */
static HRESULT read_optional(const struct source *source, ULONG offset, WCHAR **ret)
{
    HRESULT hr = read_text(source, offset, ret);

    if (hr == S_OK && !**ret)
    {
        platform_free(*ret);
        *ret = NULL;
    }
    return hr;
}

/* The tag with the type the control wants if it has none; PR_NULL when it has one it cannot
 * show. */
static ULONG check_tag(ULONG tag, ULONG wanted)
{
    ULONG type = PROP_TYPE(tag);

    if (!PROP_ID(tag) || tag == PR_NULL) return PR_NULL;
    if (type == PT_UNSPECIFIED) return PROP_TAG(wanted, PROP_ID(tag));
    return prop_types_bridge(type, wanted) ? tag : PR_NULL;
}

/* A property that is a column of a list's table, too: anything that can be compared and set. */
static ULONG check_value_tag(ULONG tag)
{
    ULONG type = PROP_TYPE(tag);

    if (!PROP_ID(tag) || type == PT_OBJECT || type == PT_NULL || type == PT_ERROR
        || (type & MVI_FLAG)
        || (type != PT_UNSPECIFIED && !prop_type_known(type)))
        return PR_NULL;
    return tag;
}

static HRESULT parse_edit(const struct source *source, struct display_control *control)
{
    const DTBLEDIT *edit = (const DTBLEDIT *)source->data;

    control->max_chars = edit->ulNumCharsAllowed;
    control->tag = PROP_TYPE(edit->ulPropTag) == PT_LONG && PROP_ID(edit->ulPropTag)
                       ? edit->ulPropTag
                       : check_tag(edit->ulPropTag, PT_UNICODE);
    return read_optional(source, edit->ulbLpszCharsAllowed, &control->filter);
}

static HRESULT parse_combobox(const struct source *source, struct display_control *control)
{
    const DTBLCOMBOBOX *combo = (const DTBLCOMBOBOX *)source->data;

    control->max_chars = combo->ulNumCharsAllowed;
    control->tag = check_tag(combo->ulPRPropertyName, PT_UNICODE);
    control->table_tag = check_tag(combo->ulPRTableName, PT_OBJECT);
    return read_optional(source, combo->ulbLpszCharsAllowed, &control->filter);
}

static HRESULT parse_listbox(const struct source *source, struct display_control *control)
{
    const DTBLLBX *list = (const DTBLLBX *)source->data;

    control->style = list->ulFlags & (MAPI_NO_HBAR | MAPI_NO_VBAR);
    control->tag = check_value_tag(list->ulPRSetProperty);
    control->table_tag = check_tag(list->ulPRTableName, PT_OBJECT);
    return S_OK;
}

static HRESULT parse_ddlbx(const struct source *source, struct display_control *control)
{
    const DTBLDDLBX *list = (const DTBLDDLBX *)source->data;

    control->show_tag = check_tag(list->ulPRDisplayProperty, PT_UNICODE);
    control->tag = check_value_tag(list->ulPRSetProperty);
    control->table_tag = check_tag(list->ulPRTableName, PT_OBJECT);
    return S_OK;
}

static HRESULT parse_checkbox(const struct source *source, struct display_control *control)
{
    const DTBLCHECKBOX *box = (const DTBLCHECKBOX *)source->data;

    control->tag = check_tag(box->ulPRPropertyName, PT_BOOLEAN);
    return read_text(source, box->ulbLpszLabel, &control->text);
}

static HRESULT parse_label(const struct source *source, struct display_control *control)
{
    return read_text(source, ((const DTBLLABEL *)source->data)->ulbLpszLabelName, &control->text);
}

static HRESULT parse_button(const struct source *source, struct display_control *control)
{
    const DTBLBUTTON *button = (const DTBLBUTTON *)source->data;

    control->table_tag = check_tag(button->ulPRControl, PT_OBJECT);
    return read_text(source, button->ulbLpszLabel, &control->text);
}

static HRESULT parse_page(const struct source *source, struct display_control *control)
{
    const DTBLPAGE *page = (const DTBLPAGE *)source->data;
    HRESULT hr;

    control->context = page->ulContext;
    if (FAILED(hr = read_text(source, page->ulbLpszLabel, &control->text))) return hr;
    return read_optional(source, page->ulbLpszComponent, &control->component);
}

/* In max_chars, until the groups are made: how many buttons the group has. */
static HRESULT parse_radiobutton(const struct source *source, struct display_control *control)
{
    const DTBLRADIOBUTTON *button = (const DTBLRADIOBUTTON *)source->data;

    control->max_chars = button->ulcButtons;
    control->tag = check_tag(button->ulPropTag, PT_LONG);
    control->value = button->lReturnValue;
    return read_text(source, button->ulbLpszLabel, &control->text);
}

static HRESULT parse_multivalue(const struct source *source, struct display_control *control)
{
    control->tag = check_tag(((const DTBLMVLISTBOX *)source->data)->ulMVPropTag, PT_MV_UNICODE);
    return S_OK;
}

C_ASSERT(sizeof(DTBLGROUPBOX) == sizeof(DTBLLABEL) && sizeof(DTBLMVDDLBX) == sizeof(DTBLMVLISTBOX));

static const struct kind
{
    size_t size;                /* of the structure */
    size_t flags_at;            /* its ulFlags */
    ULONG flags;                /* PR_CONTROL_FLAGS that mean something */
    HRESULT (*parse)(const struct source *source, struct display_control *control);
}
kinds[] =
{
    [DTCT_LABEL] = { sizeof(DTBLLABEL), FIELD_OFFSET(DTBLLABEL, ulFlags), 0, parse_label },
    [DTCT_EDIT] = { sizeof(DTBLEDIT), FIELD_OFFSET(DTBLEDIT, ulFlags),
                    DT_MULTILINE | DT_EDITABLE | DT_REQUIRED | DT_SET_IMMEDIATE | DT_PASSWORD_EDIT
                    | DT_ACCEPT_DBCS, parse_edit },
    [DTCT_LBX] = { sizeof(DTBLLBX), FIELD_OFFSET(DTBLLBX, ulFlags),
                   DT_EDITABLE | DT_SET_IMMEDIATE | DT_SET_SELECTION, parse_listbox },
    [DTCT_COMBOBOX] = { sizeof(DTBLCOMBOBOX), FIELD_OFFSET(DTBLCOMBOBOX, ulFlags),
                        DT_EDITABLE | DT_REQUIRED | DT_SET_IMMEDIATE, parse_combobox },
    [DTCT_DDLBX] = { sizeof(DTBLDDLBX), FIELD_OFFSET(DTBLDDLBX, ulFlags),
                     DT_EDITABLE | DT_REQUIRED | DT_SET_IMMEDIATE, parse_ddlbx },
    [DTCT_CHECKBOX] = { sizeof(DTBLCHECKBOX), FIELD_OFFSET(DTBLCHECKBOX, ulFlags),
                        DT_EDITABLE | DT_SET_IMMEDIATE, parse_checkbox },
    [DTCT_GROUPBOX] = { sizeof(DTBLGROUPBOX), FIELD_OFFSET(DTBLGROUPBOX, ulFlags), 0, parse_label },
    [DTCT_BUTTON] = { sizeof(DTBLBUTTON), FIELD_OFFSET(DTBLBUTTON, ulFlags), 0, parse_button },
    [DTCT_PAGE] = { sizeof(DTBLPAGE), FIELD_OFFSET(DTBLPAGE, ulFlags), 0, parse_page },
    [DTCT_RADIOBUTTON] = { sizeof(DTBLRADIOBUTTON), FIELD_OFFSET(DTBLRADIOBUTTON, ulFlags),
                           DT_EDITABLE | DT_SET_IMMEDIATE, parse_radiobutton },
    [DTCT_MVLISTBOX] = { sizeof(DTBLMVLISTBOX), FIELD_OFFSET(DTBLMVLISTBOX, ulFlags), 0,
                         parse_multivalue },
    [DTCT_MVDDLBX] = { sizeof(DTBLMVDDLBX), FIELD_OFFSET(DTBLMVDDLBX, ulFlags), 0,
                       parse_multivalue }
};

static void control_clear(struct display_control *control)
{
    platform_free(control->text);
    platform_free(control->filter);
    platform_free(control->component);
    platform_free(control->id);
}

static BOOL in_bounds(LONG value)
{
    return value >= 0 && value <= DISPLAY_MAX_UNITS;
}

/* S_FALSE: the row is none. */
static HRESULT parse_row(const SRow *row, struct display_control *control)
{
    const SPropValue *structure, *id;
    LONG type, flags = 0;
    struct source source;
    ULONG source_flags;
    HRESULT hr;
    void *copy;

    memset(control, 0, sizeof(*control));
    control->tag = control->show_tag = control->table_tag = PR_NULL;
    structure = props_find(row->lpProps, row->cValues, PR_CONTROL_STRUCTURE);
    if (!structure || !read_long(row, PR_CONTROL_TYPE, &type)) return S_FALSE;
    if (type < 0 || (ULONG)type >= ARRAY_SIZE(kinds) || !kinds[type].parse) return S_FALSE;
    if (structure->Value.bin.cb < kinds[type].size) return S_FALSE;
    if (!read_long(row, PR_XPOS, &control->x) || !read_long(row, PR_YPOS, &control->y)
        || !read_long(row, PR_DELTAX, &control->width) || !read_long(row, PR_DELTAY,
                                                                     &control->height))
    {
        if (type != DTCT_PAGE) return S_FALSE;
        control->x = control->y = control->width = control->height = 0;
    }
    if (!in_bounds(control->x) || !in_bounds(control->y) || !in_bounds(control->width)
        || !in_bounds(control->height))
        return S_FALSE;

    read_long(row, PR_CONTROL_FLAGS, &flags);
    control->type = type;
    control->flags = flags & kinds[type].flags;
    control->has_row = read_long(row, PR_ROWID, &control->row);
    id = props_find(row->lpProps, row->cValues, PR_CONTROL_ID);
    if (id && id->Value.bin.cb && id->Value.bin.cb <= DISPLAY_MAX_ID)
    {
        if (!(control->id = platform_alloc(id->Value.bin.cb))) return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(control->id, id->Value.bin.lpb, id->Value.bin.cb);
        control->id_size = id->Value.bin.cb;
    }

    /* the structure may stand at any address */
    if (!(copy = platform_alloc(structure->Value.bin.cb)))
    {
        control_clear(control);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memcpy(copy, structure->Value.bin.lpb, structure->Value.bin.cb);
    memcpy(&source_flags, (BYTE *)copy + kinds[type].flags_at, sizeof(source_flags));
    source.data = copy;
    source.size = structure->Value.bin.cb;
    source.unicode = (source_flags & MAPI_UNICODE) != 0;
    hr = kinds[type].parse(&source, control);
    platform_free(copy);
    if (hr == S_OK && !control->text && !(control->text = platform_alloc_zero(sizeof(WCHAR))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr)) control_clear(control);
    return hr;
}

/* Buttons of one property that follow one another, as many as the first of them says. */
static void make_groups(const struct display_page *page, struct display_control *controls)
{
    struct display_control *control, *last = NULL;
    ULONG i, left = 0;

    for (i = 0; i < page->count; i++, last = control)
    {
        control = &controls[page->first + i];
        if (control->type != DTCT_RADIOBUTTON) continue;
        control->starts_group = !left || last->type != DTCT_RADIOBUTTON
                                || last->tag != control->tag;
        if (control->starts_group) left = control->max_chars ? control->max_chars : 1;
        left--;
        control->max_chars = 0;
    }
}

static HRESULT add_page(struct display_table *table, const struct display_control *control)
{
    struct display_page *page = &table->pages[table->page_count];

    memset(page, 0, sizeof(*page));
    if (control) page->page = *control;
    else
    {
        page->page.type = DTCT_PAGE;
        page->page.tag = page->page.show_tag = page->page.table_tag = PR_NULL;
        if (!(page->page.text = platform_alloc_zero(sizeof(WCHAR))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    page->first = table->control_count;
    table->page_count++;
    return S_OK;
}

HRESULT display_table_parse(const SRowSet *rows, struct display_table **ret)
{
    struct display_control control;
    struct display_table *table;
    BOOL full = FALSE;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    if (!(table = platform_alloc_zero(sizeof(*table)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    table->pages = platform_alloc(DISPLAY_MAX_PAGES * sizeof(*table->pages));
    table->controls = platform_alloc(DISPLAY_MAX_CONTROLS * sizeof(*table->controls));
    hr = table->pages && table->controls ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        hr = parse_row(&rows->aRow[i], &control);
        if (hr == S_FALSE) table->skipped++;
        if (hr != S_OK) continue;
        if (control.type == DTCT_PAGE) full = table->page_count == DISPLAY_MAX_PAGES;
        if (full || (control.type != DTCT_PAGE && table->control_count == DISPLAY_MAX_CONTROLS))
        {
            control_clear(&control);
            table->skipped++;
            continue;
        }
        if (control.type == DTCT_PAGE) hr = add_page(table, &control);
        else if (!table->page_count) hr = add_page(table, NULL);
        if (FAILED(hr)) control_clear(&control);
        else if (control.type != DTCT_PAGE)
        {
            table->controls[table->control_count++] = control;
            table->pages[table->page_count - 1].count++;
        }
    }
    if (SUCCEEDED(hr) && !table->control_count) hr = MAPI_E_CORRUPT_DATA;
    if (FAILED(hr))
    {
        display_table_free(table);
        return hr;
    }
    for (i = 0; i < table->page_count; i++) make_groups(&table->pages[i], table->controls);
    *ret = table;
    return S_OK;
}

void display_table_free(struct display_table *table)
{
    ULONG i;

    if (!table) return;
    for (i = 0; i < table->page_count; i++) control_clear(&table->pages[i].page);
    for (i = 0; i < table->control_count; i++) control_clear(&table->controls[i]);
    platform_free(table->pages);
    platform_free(table->controls);
    platform_free(table);
}

/* One character of a filter, which a backslash may quote; the filter has one. */
static WCHAR filter_char(const WCHAR **filter)
{
    if (**filter == '\\' && (*filter)[1]) ++*filter;
    return *(*filter)++;
}

/* A set, behind its opening bracket. Returns what is behind the closing one. */
static const WCHAR *filter_set(const WCHAR *filter, WCHAR c, BOOL *allowed)
{
    BOOL without = *filter == '~', found = FALSE;
    WCHAR low, high;

    if (without) filter++;
    while (*filter && *filter != ']')
    {
        low = high = filter_char(&filter);
        if (filter[0] == '-' && filter[1] && filter[1] != ']')
        {
            filter++;
            high = filter_char(&filter);
        }
        if (low <= c && c <= high) found = TRUE;
    }
    if (found != without) *allowed = TRUE;
    return *filter ? filter + 1 : filter;
}

BOOL display_filter_allows(const WCHAR *filter, WCHAR c)
{
    BOOL allowed = FALSE;

    if (!filter || !*filter) return TRUE;
    while (*filter && !allowed)
    {
        if (*filter == '*') return TRUE;
        if (*filter == '[') filter = filter_set(filter + 1, c, &allowed);
        else allowed = filter_char(&filter) == c;
    }
    return allowed;
}
