/*
 * Controls of a property sheet
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
 * What each type of control does with its value: reads it, shows it, takes it from the window. Text
 * is PT_UNICODE here whatever width the property has.
 */

#include "dialog/sheet.h"

static BOOL is_text(const struct sheet_control *control)
{
    return control->what->type == DTCT_EDIT || control->what->type == DTCT_COMBOBOX;
}

BOOL control_editable(const struct sheet_control *control)
{
    if (control->sheet->flags & DISPLAY_READ_ONLY) return FALSE;
    switch (control->what->type)
    {
    case DTCT_EDIT:
    case DTCT_COMBOBOX:
    case DTCT_DDLBX:
    case DTCT_CHECKBOX:
        return (control->what->flags & DT_EDITABLE) && control->what->tag != PR_NULL;
    case DTCT_LBX:              /* these have no such flag */
    case DTCT_RADIOBUTTON:
        return control->what->tag != PR_NULL || (control->what->flags & DT_SET_SELECTION);
    }
    return FALSE;
}

BOOL control_immediate(const struct sheet_control *control)
{
    return control->what->flags & (DT_SET_IMMEDIATE
                                   | DT_SET_SELECTION) && control_editable(control);
}

BOOL control_has_property(const struct sheet_control *control)
{
    return control->what->tag != PR_NULL;
}

/* A copy with the type; NULL when it cannot be had. */
static SPropValue *value_copy(const SPropValue *from, ULONG type)
{
    SPropValue *ret;
    size_t size;

    if (!prop_types_bridge(PROP_TYPE(from->ulPropTag), type)) return NULL;
    size = prop_pack_size(from, type);
    if (size == PACK_FAILED || size > MAXLONG - sizeof(*ret)) return NULL;
    if (memory_allocate_buffer(sizeof(*ret) + size, (void **)&ret) != S_OK) return NULL;
    prop_pack(ret, PROP_TAG(type, PROP_ID(from->ulPropTag)), from, (BYTE *)(ret + 1));
    return ret;
}

SPropValue *control_value(const struct sheet_control *control, const SPropValue *from)
{
    ULONG type = PROP_TYPE(from->ulPropTag), wanted = type == PT_STRING8 ? PT_UNICODE : type;

    switch (control->what->type)
    {
    case DTCT_EDIT:
    case DTCT_COMBOBOX:
        wanted = PROP_TYPE(control->what->tag) == PT_LONG ? PT_LONG : PT_UNICODE;
        break;
    case DTCT_CHECKBOX:
        wanted = PT_BOOLEAN;
        break;
    case DTCT_RADIOBUTTON:
        wanted = PT_LONG;
        break;
    case DTCT_MVLISTBOX:
    case DTCT_MVDDLBX:
        wanted = PT_MV_UNICODE;
        break;
    default:
        if (type == PT_ERROR || type == PT_NULL || type == PT_OBJECT) return NULL;
    }
    return value_copy(from, wanted);
}

static SPropValue *make_long(ULONG tag, LONG value)
{
    SPropValue *ret;

    if (memory_allocate_buffer(sizeof(*ret), (void **)&ret) != S_OK) return NULL;
    memset(ret, 0, sizeof(*ret));
    ret->ulPropTag = tag;
    if (PROP_TYPE(tag) == PT_BOOLEAN) ret->Value.b = value;
    else ret->Value.l = value;
    return ret;
}

void control_load(struct sheet_control *control, const SPropValue *from)
{
    SPropValue *value = control_value(control, from);

    memory_free_buffer(control->value);
    control->value = value;
    control->touched = control->dirty = FALSE;
    control_show(control);
}

/* An edit control wants both characters of a line's end. */
static WCHAR *with_line_ends(const WCHAR *text)
{
    size_t size = 1;
    const WCHAR *from;
    WCHAR *ret, *to;

    for (from = text; *from; from++) size += *from == '\n' ? 2 : 1;
    if (!(ret = to = platform_alloc(size * sizeof(WCHAR)))) return NULL;
    for (from = text; *from; from++)
    {
        if (*from == '\n' && (from == text || from[-1] != '\r')) *to++ = '\r';
        *to++ = *from;
    }
    *to = 0;
    return ret;
}

static void show_text(struct sheet_control *control)
{
    WCHAR number[16];
    const WCHAR *text = L"";
    WCHAR *made = NULL;

    if (control->value && PROP_TYPE(control->value->ulPropTag) == PT_LONG)
    {
        wsprintfW(number, L"%ld", (long)control->value->Value.l);
        text = number;
    }
    else if (control->value)
    {
        text = control->value->Value.lpszW;
        if ((control->what->flags & DT_MULTILINE) && (made = with_line_ends(text))) text = made;
    }
    SetWindowTextW(control->window, text);
    platform_free(made);
}

void control_show(struct sheet_control *control)
{
    BOOL filling = control->sheet->filling, checked;

    if (!control->window) return;
    control->sheet->filling = TRUE;
    switch (control->what->type)
    {
    case DTCT_EDIT:
    case DTCT_COMBOBOX:
        show_text(control);
        break;
    case DTCT_CHECKBOX:
        checked = control->value && control->value->Value.b;
        SendMessageW(control->window, BM_SETCHECK, checked ? BST_CHECKED : BST_UNCHECKED, 0);
        break;
    case DTCT_RADIOBUTTON:
        checked = control->value && control->value->Value.l == control->what->value;
        SendMessageW(control->window, BM_SETCHECK, checked ? BST_CHECKED : BST_UNCHECKED, 0);
        break;
    case DTCT_MVLISTBOX:
    case DTCT_MVDDLBX:
        list_fill(control);
        /* fall through */
    case DTCT_LBX:
    case DTCT_DDLBX:
        list_select(control);
        break;
    }
    control->sheet->filling = filling;
}

/* Whether the button can be pressed; its object is asked for when there is none yet. */
static void show_button(struct sheet_control *control)
{
    struct sheet *sheet = control->sheet;
    ULONG state = MAPI_DISABLED;

    if (!control->control && control->what->table_tag != PR_NULL)
        object_OpenProperty(&sheet->party, sheet->data, control->what->table_tag, &IID_IMAPIControl,
                           (void **)&control->control);
    if (control->control) sheet_GetState(&sheet->party, control->control, &state);
    EnableWindow(control->window, state != MAPI_DISABLED);
}

void control_open(struct sheet_control *control, HWND window)
{
    const struct display_control *what = control->what;

    control->window = window;
    switch (what->type)
    {
    case DTCT_EDIT:
        SendMessageW(window, EM_SETLIMITTEXT, what->max_chars, 0);
        edit_filter(window, what->filter);
        break;
    case DTCT_COMBOBOX:
        if (what->max_chars) SendMessageW(window, CB_LIMITTEXT, what->max_chars, 0);
        edit_filter(GetWindow(window, GW_CHILD), what->filter);
        /* fall through */
    case DTCT_LBX:
    case DTCT_DDLBX:
        list_fill(control);
        break;
    case DTCT_BUTTON:
        show_button(control);
        break;
    }
    control_show(control);
}

void control_take(struct sheet_control *control)
{
    SPropValue from, *value;
    WCHAR *text;
    int length;

    if (!control->touched || !is_text(control)) return;
    control->touched = FALSE;
    length = GetWindowTextLengthW(control->window);
    if (!(text = platform_alloc((length + 1) * sizeof(WCHAR)))) return;
    text[GetWindowTextW(control->window, text, length + 1)] = 0;
    if (PROP_TYPE(control->what->tag) == PT_LONG)
        value = make_long(control->what->tag, wcstol(text, NULL, 10));
    else
    {
        from.ulPropTag = CHANGE_PROP_TYPE(control->what->tag, PT_UNICODE);
        from.dwAlignPad = 0;
        from.Value.lpszW = text;
        value = value_copy(&from, PT_UNICODE);
    }
    platform_free(text);
    if (!value) return;
    memory_free_buffer(control->value);
    control->value = value;
    sheet_changed(control);
}

void control_refresh(struct sheet_control *control)
{
    switch (control->what->type)
    {
    case DTCT_COMBOBOX:
    case DTCT_DDLBX:
        list_fill(control);
        break;
    case DTCT_LBX:
        if (control->what->tag == PR_NULL) list_fill(control);
        break;
    case DTCT_BUTTON:
        if (control->window) show_button(control);
        break;
    }
}

static void press_button(struct sheet_control *control)
{
    struct sheet *sheet = control->sheet;
    ULONG state;
    HRESULT hr;

    if (!control->control) return;
    /* what the button does may depend on what was typed */
    if (FAILED(sheet_write(sheet, TRUE))) return;
    if (FAILED(sheet_GetState(&sheet->party, control->control, &state)) || state == MAPI_DISABLED)
    {
        EnableWindow(control->window, FALSE);
        return;
    }
    hr = sheet_Activate(&sheet->party, control->control, (ULONG_PTR)sheet->window);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
        sheet_complain(sheet, NULL, (IUnknown *)control->control, IDS_SHEET_BUTTON, hr);
}

/* The text of the item that was chosen; the edit part has it only after the notification. */
static void choose_text(struct sheet_control *control)
{
    LRESULT index = SendMessageW(control->window, CB_GETCURSEL, 0, 0), length;
    SPropValue from, *value;
    WCHAR *text;

    if (index < 0 || (length = SendMessageW(control->window, CB_GETLBTEXTLEN, index,
                                            0)) < 0) return;
    if (!(text = platform_alloc((length + 1) * sizeof(WCHAR)))) return;
    if (SendMessageW(control->window, CB_GETLBTEXT, index, (LPARAM)text) < 0) text[0] = 0;
    from.ulPropTag = CHANGE_PROP_TYPE(control->what->tag, PT_UNICODE);
    from.dwAlignPad = 0;
    from.Value.lpszW = text;
    if ((value = value_copy(&from, PT_UNICODE)))
    {
        memory_free_buffer(control->value);
        control->value = value;
        control->touched = FALSE;
        sheet_changed(control);
    }
    platform_free(text);
}

static void click(struct sheet_control *control)
{
    BOOL radio = control->what->type == DTCT_RADIOBUTTON;
    LRESULT checked = SendMessageW(control->window, BM_GETCHECK, 0, 0);
    SPropValue *value;

    if (radio && checked != BST_CHECKED) return;
    if (radio && control->value && control->value->Value.l == control->what->value) return;
    value = make_long(CHANGE_PROP_TYPE(control->what->tag, radio ? PT_LONG : PT_BOOLEAN),
                      radio ? control->what->value : checked == BST_CHECKED);
    if (!value) return;
    memory_free_buffer(control->value);
    control->value = value;
    sheet_changed(control);
}

static void text_changed(struct sheet_control *control)
{
    if (control->sheet->filling || !control_editable(control)) return;
    control->touched = TRUE;
    SendMessageW(control->sheet->window, PSM_CHANGED, (WPARAM)GetParent(control->window), 0);
}

/* Typing went into the window only; leaving it is the moment to take that over. */
static void text_left(struct sheet_control *control)
{
    if (control->touched && control_immediate(control))
        PostMessageW(control->sheet->window, WM_SHEET_IMMEDIATE, 0, 0);
}

void control_command(struct sheet_control *control, UINT code)
{
    switch (control->what->type)
    {
    case DTCT_EDIT:
        if (code == EN_CHANGE) text_changed(control);
        else if (code == EN_KILLFOCUS) text_left(control);
        break;
    case DTCT_COMBOBOX:
        if (control->sheet->filling) break;
        if (code == CBN_EDITCHANGE) text_changed(control);
        else if (code == CBN_KILLFOCUS) text_left(control);
        else if (code == CBN_SELCHANGE && control_editable(control)) choose_text(control);
        break;
    case DTCT_LBX:
    case DTCT_DDLBX:
        if (code == (control->what->type == DTCT_LBX ? LBN_SELCHANGE : CBN_SELCHANGE)
            && !control->sheet->filling && control_editable(control))
            list_changed(control);
        break;
    case DTCT_CHECKBOX:
    case DTCT_RADIOBUTTON:
        if (code == BN_CLICKED && !control->sheet->filling
            && control_editable(control)) click(control);
        break;
    case DTCT_BUTTON:
        if (code == BN_CLICKED) press_button(control);
        break;
    }
}

BOOL control_empty(const struct sheet_control *control)
{
    if (!control->value) return TRUE;
    return PROP_TYPE(control->value->ulPropTag) == PT_UNICODE && !control->value->Value.lpszW[0];
}

SPropValue *control_output(const struct sheet_control *control)
{
    ULONG tag = control->what->tag, type;

    if (!control->value) return NULL;
    /* a choice among recipients has no tag but the row's */
    if (tag == PR_NULL) tag = control->value->ulPropTag;
    type = PROP_TYPE(tag) == PT_UNSPECIFIED ? PROP_TYPE(control->value->ulPropTag) : PROP_TYPE(tag);
    return value_copy(control->value, type);
}

void control_close(struct sheet_control *control)
{
    memory_free_buffer(control->value);
    control->value = NULL;
    rows_free(&memory_allocators, control->rows);
    control->rows = NULL;
    object_Release(&control->sheet->party, control->table);
    control->table = NULL;
    object_Release(&control->sheet->party, control->control);
    control->control = NULL;
}
