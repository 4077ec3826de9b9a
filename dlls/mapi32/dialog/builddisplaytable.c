/*
 * Display tables made from dialog resources
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
 * BuildDisplayTable: a row for each control that the caller lists, with position and text from the
 * dialog resource and everything else from the caller's structures. The text stands right behind
 * the structure. A page that the caller does not list as a control of its own gets its row all the
 * same, since every table begins a page with one.
 *
 * Rows are numbered by PR_ROWID, the index column: labels need no PR_CONTROL_ID of their own.
 */

#include <stddef.h>

#include "core/dialogtemplate.h"
#include "dialog/sheet.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define NO_TEXT (~(size_t)0)

static const struct shape
{
    ULONG size;
    size_t text;                /* where the offset of its text stands */
    size_t flags;
    BOOL filter;                /* the text is a filter, not a label */
    BOOL bare;                  /* may come without a structure */
}
shapes[] =
{
    [DTCT_LABEL] = { sizeof(DTBLLABEL), offsetof(DTBLLABEL, ulbLpszLabelName),
                     offsetof(DTBLLABEL, ulFlags), FALSE, TRUE },
    [DTCT_EDIT] = { sizeof(DTBLEDIT), offsetof(DTBLEDIT, ulbLpszCharsAllowed),
                    offsetof(DTBLEDIT, ulFlags), TRUE },
    [DTCT_LBX] = { sizeof(DTBLLBX), NO_TEXT },
    [DTCT_COMBOBOX] = { sizeof(DTBLCOMBOBOX), offsetof(DTBLCOMBOBOX, ulbLpszCharsAllowed),
                        offsetof(DTBLCOMBOBOX, ulFlags), TRUE },
    [DTCT_DDLBX] = { sizeof(DTBLDDLBX), NO_TEXT },
    [DTCT_CHECKBOX] = { sizeof(DTBLCHECKBOX), offsetof(DTBLCHECKBOX, ulbLpszLabel),
                        offsetof(DTBLCHECKBOX, ulFlags) },
    [DTCT_GROUPBOX] = { sizeof(DTBLGROUPBOX), offsetof(DTBLGROUPBOX, ulbLpszLabel),
                        offsetof(DTBLGROUPBOX, ulFlags), FALSE, TRUE },
    [DTCT_BUTTON] = { sizeof(DTBLBUTTON), offsetof(DTBLBUTTON, ulbLpszLabel),
                      offsetof(DTBLBUTTON, ulFlags) },
    [DTCT_PAGE] = { sizeof(DTBLPAGE), offsetof(DTBLPAGE, ulbLpszLabel), offsetof(DTBLPAGE, ulFlags),
                    FALSE, TRUE },
    [DTCT_RADIOBUTTON] = { sizeof(DTBLRADIOBUTTON), offsetof(DTBLRADIOBUTTON, ulbLpszLabel),
                           offsetof(DTBLRADIOBUTTON, ulFlags) },
    [DTCT_MVLISTBOX] = { sizeof(DTBLMVLISTBOX), NO_TEXT },
    [DTCT_MVDDLBX] = { sizeof(DTBLMVDDLBX), NO_TEXT }
};

struct build
{
    HINSTANCE instance;
    ULONG flags;
    ITableData *data;
    LONG next_row;
    const void *template;       /* of the page at hand */
    ULONG template_size;
    const DTPAGE *page;
};

static HRESULT find_template(struct build *build)
{
    const WCHAR *name = (const WCHAR *)build->page->lpszResourceName;
    WCHAR *made = NULL;
    HRSRC resource;
    HGLOBAL loaded;
    HRESULT hr;

    if (!IS_INTRESOURCE(name))
    {
        if (FAILED(hr = text_from_tstr(name, build->flags, &made))) return hr;
        name = made;
    }
    resource = FindResourceW(build->instance, name, (const WCHAR *)RT_DIALOG);
    platform_free(made);
    if (!resource || !(loaded = LoadResource(build->instance, resource)))
    {
        WARN("there is no dialog %p in %p\n", build->page->lpszResourceName, build->instance);
        return MAPI_E_NOT_FOUND;
    }
    build->template = LockResource(loaded);
    build->template_size = SizeofResource(build->instance, resource);
    return build->template ? S_OK : MAPI_E_NOT_FOUND;
}

/* A string resource; *ret is NULL when there is none. */
static HRESULT load_text(HINSTANCE instance, ULONG id, WCHAR **ret)
{
    const WCHAR *text;
    int length = LoadStringW(instance, id, (WCHAR *)&text, 0);

    *ret = NULL;
    if (length <= 0) return S_OK;
    if (!(*ret = platform_alloc((length + 1) * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*ret, text, length * sizeof(WCHAR));
    (*ret)[length] = 0;
    return S_OK;
}

/* The component in the [Help File Mappings] of MapiSvc.inf. */
static HRESULT page_component(const struct build *build, const DTCTL *control, WCHAR **ret)
{
    const void *component = build->page->lpszComponent;

    *ret = NULL;
    if (control && control->ulItemID) return load_text(build->instance, control->ulItemID, ret);
    if (!component) return S_OK;
    if (IS_INTRESOURCE(component))
        return load_text(build->instance, (ULONG)(ULONG_PTR)component, ret);
    return text_from_tstr(component, build->flags, ret);
}

/* How many bytes text takes at the end of a structure, in the width of the table. */
static size_t text_room(const struct build *build, const WCHAR *text)
{
    if (build->flags & MAPI_UNICODE) return (text_length(text) + 1) * sizeof(WCHAR);
    return platform_wide_to_ansi(text, -1, NULL, 0);
}

static void put_text(const struct build *build, BYTE *to, size_t room, const WCHAR *text)
{
    if (build->flags & MAPI_UNICODE) memcpy(to, text, room);
    else platform_wide_to_ansi(text, -1, (char *)to, room);
}

/* The structure with its text, and for a page the component. */
static HRESULT make_structure(const struct build *build, const DTCTL *control, ULONG type,
                              const WCHAR *text, const WCHAR *component, SBinary *ret)
{
    const struct shape *shape = &shapes[type];
    size_t room = 0, more = 0;
    ULONG flags;
    BYTE *made;

    if (shape->text != NO_TEXT) room = text_room(build, text);
    if (component) more = text_room(build, component);
    /* a text of two bytes a character begins at an even address: all structures have even sizes */
    if (!(made = platform_alloc_zero(shape->size + room + more))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (control && control->ctl.lpv) memcpy(made, control->ctl.lpv, shape->size);
    if (shape->text != NO_TEXT)
    {
        memcpy(made + shape->text, &shape->size, sizeof(shape->size));
        memcpy(&flags, made + shape->flags, sizeof(flags));
        flags = (flags & ~MAPI_UNICODE) | (build->flags & MAPI_UNICODE);
        memcpy(made + shape->flags, &flags, sizeof(flags));
        put_text(build, made + shape->size, room, text);
    }
    if (type == DTCT_PAGE)
    {
        ((DTBLPAGE *)made)->ulbLpszComponent = component ? shape->size + room : 0;
        if (component) put_text(build, made + shape->size + room, more, component);
    }
    ret->cb = shape->size + room + more;
    ret->lpb = made;
    return S_OK;
}

static HRESULT add_row(struct build *build, const DTCTL *control, ULONG type,
                       const struct template_item *item, const SBinary *structure)
{
    SPropValue props[9];
    SRow row = { 0, ARRAY_SIZE(props), props };

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ROWID;
    props[0].Value.l = build->next_row++;
    props[1].ulPropTag = PR_XPOS;
    props[1].Value.l = type == DTCT_PAGE ? 0 : item->x;
    props[2].ulPropTag = PR_YPOS;
    props[2].Value.l = type == DTCT_PAGE ? 0 : item->y;
    props[3].ulPropTag = PR_DELTAX;
    props[3].Value.l = item->width;
    props[4].ulPropTag = PR_DELTAY;
    props[4].Value.l = item->height;
    props[5].ulPropTag = PR_CONTROL_TYPE;
    props[5].Value.l = type;
    props[6].ulPropTag = PR_CONTROL_FLAGS;
    props[6].Value.l = control ? control->ulCtlFlags : 0;
    props[7].ulPropTag = PR_CONTROL_STRUCTURE;
    props[7].Value.bin = *structure;
    props[8].ulPropTag = PR_CONTROL_ID;
    if (control && control->lpbNotif)
    {
        props[8].Value.bin.cb = control->cbNotif;
        props[8].Value.bin.lpb = control->lpbNotif;
    }
    return ITableData_HrModifyRow(build->data, &row);
}

static HRESULT item_text(const struct template_item *item, WCHAR **ret)
{
    if (!(*ret = platform_alloc((item->length + 1) * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (item->length) memcpy(*ret, item->text, item->length * sizeof(WCHAR));
    (*ret)[item->length] = 0;
    return S_OK;
}

/* control NULL: the page itself, which the caller did not list. */
static HRESULT add_control(struct build *build, const DTCTL *control)
{
    ULONG type = control ? control->ulCtlType : DTCT_PAGE;
    WCHAR *text = NULL, *component = NULL;
    struct template_item item;
    SBinary structure;
    HRESULT hr;

    if (type >= ARRAY_SIZE(shapes) || !shapes[type].size) return MAPI_E_INVALID_PARAMETER;
    if (control && !control->ctl.lpv && !shapes[type].bare) return MAPI_E_INVALID_PARAMETER;
    hr = type == DTCT_PAGE ? dialog_template_frame(build->template, build->template_size, &item)
         : dialog_template_item(build->template, build->template_size, control->ulItemID, &item);
    if (FAILED(hr))
    {
        WARN("control %lu of the dialog: %#lx\n", control ? (unsigned long)control->ulItemID : 0,
             hr);
        return hr;
    }
    if (!shapes[type].filter) hr = item_text(&item, &text);
    else if (control->lpszFilter) hr = text_from_tstr(control->lpszFilter, build->flags, &text);
    else if (!(text = text_dup(L"*"))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr) && type == DTCT_PAGE) hr = page_component(build, control, &component);
    if (SUCCEEDED(hr)) hr = make_structure(build, control, type, text, component, &structure);
    if (SUCCEEDED(hr))
    {
        hr = add_row(build, control, type, &item, &structure);
        platform_free(structure.lpb);
    }
    platform_free(text);
    platform_free(component);
    return hr;
}

static HRESULT add_page(struct build *build)
{
    const DTPAGE *page = build->page;
    HRESULT hr;
    ULONG i;

    if (!page->lpszResourceName || (page->cctl && !page->lpctl)) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = find_template(build))) return hr;
    if (!page->cctl || page->lpctl[0].ulCtlType != DTCT_PAGE) hr = add_control(build, NULL);
    for (i = 0; i < page->cctl && SUCCEEDED(hr); i++) hr = add_control(build, &page->lpctl[i]);
    return hr;
}

HRESULT WINAPI BuildDisplayTable(LPALLOCATEBUFFER allocate, LPALLOCATEMORE more, LPFREEBUFFER free,
                                 LPMALLOC malloc, HINSTANCE instance, UINT page_count,
                                 LPDTPAGE pages, ULONG flags, LPMAPITABLE *table, LPTABLEDATA *data)
{
    static const SizedSPropTagArray(9, columns) =
    {
        9, { PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY, PR_CONTROL_TYPE, PR_CONTROL_FLAGS,
             PR_CONTROL_STRUCTURE, PR_CONTROL_ID, PR_ROWID }
    };
    struct build build = { instance, flags };
    HRESULT hr;
    UINT i;

    TRACE("(%p, %p, %p, %p, %p, %u, %p, %#lx, %p, %p)\n", allocate, more, free, malloc, instance,
          page_count, pages, (unsigned long)flags, table, data);

    if (table) *table = NULL;
    if (data) *data = NULL;
    if (!allocate || !more || !free || !page_count || !pages
        || !table) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;

    hr = CreateTable(&IID_IMAPITableData, allocate, more, free, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                     (SPropTagArray *)&columns, &build.data);
    if (FAILED(hr)) return hr;
    for (i = 0; i < page_count && SUCCEEDED(hr); i++)
    {
        build.page = &pages[i];
        hr = add_page(&build);
    }
    if (SUCCEEDED(hr)) hr = ITableData_HrGetView(build.data, NULL, NULL, 0, table);
    if (SUCCEEDED(hr) && data) *data = build.data;
    else ITableData_Release(build.data);
    return hr;
}
