/*
 * Sample providers: details of a mail user
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
 * PR_DETAILS_TABLE of a mail user: a display table with each type of control there is, made of a
 * dialog resource, and the other object properties that its controls open: the tables behind lists
 * and the control object behind a button. Controls of an object that is read-only cannot be edited;
 * the address can be while an entry is being made.
 *
 * The button counts in a property and says through the table data that the control which shows it
 * has changed. Who may do that is found in a list of the display tables that are open, an entry of
 * which lives as long as the table's view.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "sheets.h"

#define ARRAY_COUNT(a) (sizeof(a) / sizeof(*(a)))

/* What PR_CONTROL_ID is made of: a UID of ours, and the control's number. */
struct control_id
{
    MAPIUID uid;
    LONG number;
};

#define CONTROL_ID(number) \
    {{{ 0x6b, 0x1f, 0x50, 0x0e, 0x8d, 0x21, 0x4a, 0x33, 0x9e, 0x52, 0x2c, 0xa7, 0x10, 0x44, 0xd3, 0x02 }}, \
     number }

struct open_details
{
    struct open_details *next;
    const IPropData *props;             /* whose details; not counted, only compared */
    ITableData *display;                /* counted */
};

static struct open_details *all_details;
static CRITICAL_SECTION details_cs;
static LONG details_init;

static void enter(void)
{
    while (InterlockedCompareExchange(&details_init, 1, 0) == 1) SwitchToThread();
    if (details_init == 1)
    {
        InitializeCriticalSection(&details_cs);
        details_init = 2;
    }
    EnterCriticalSection(&details_cs);
}

static void leave(void)
{
    LeaveCriticalSection(&details_cs);
}

/* ---- the display table ---- */

static struct control_id looks_id = CONTROL_ID(IDC_LOOKS);
static struct control_id count_id = CONTROL_ID(IDC_COUNT);
static struct control_id name_id = CONTROL_ID(IDC_NAME);

static DTBLPAGE page = { 0, 0, 0, 1 };
static DTBLLABEL label;
static DTBLGROUPBOX group;
static DTBLEDIT name = { 0, 0, 60, PR_DISPLAY_NAME_W };
static DTBLCOMBOBOX title = { 0, 0, 30, PR_TITLE_W, PR_SAMPLE_TITLES };
static DTBLEDIT address = { 0, 0, 0, PR_EMAIL_ADDRESS_W };
static DTBLDDLBX language = { 0, PR_DISPLAY_NAME_W, PR_SAMPLE_LANGUAGE, PR_SAMPLE_LANGUAGES };
static DTBLCHECKBOX rich = { 0, 0, PR_SEND_RICH_INFO };
static DTBLRADIOBUTTON contact_mail = { 0, 0, 3, PR_SAMPLE_CONTACT, 0 };
static DTBLRADIOBUTTON contact_phone = { 0, 0, 3, PR_SAMPLE_CONTACT, 1 };
static DTBLRADIOBUTTON contact_none = { 0, 0, 3, PR_SAMPLE_CONTACT, 2 };
static DTBLEDIT comment = { 0, 0, 0, PR_SAMPLE_COMMENT };
static DTBLMVLISTBOX phones = { 0, PR_SAMPLE_PHONES };
static DTBLLBX office = { MAPI_NO_HBAR, PR_SAMPLE_OFFICE, PR_SAMPLE_OFFICES };
static DTBLLBX colleagues = { 0, PR_NULL, PR_SAMPLE_COLLEAGUES };
static DTBLMVDDLBX nicks = { 0, PR_SAMPLE_NICKS };
static DTBLEDIT looks = { 0, 0, 0, PR_SAMPLE_LOOKS };
static DTBLBUTTON count_button = { 0, 0, PR_SAMPLE_COUNT };

static const DTCTL general[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_GROUPBOX, 0, NULL, 0, NULL, IDC_NAME_BOX, { &group } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_NAME_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE | DT_REQUIRED, (BYTE *)&name_id, sizeof(name_id), (LPTSTR)"*", IDC_NAME,
      { &name } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_TITLE_LABEL, { &label } },
    { DTCT_COMBOBOX, DT_EDITABLE, NULL, 0, (LPTSTR)"*", IDC_TITLE, { &title } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_ADDRESS_LABEL, { &label } },
    { DTCT_EDIT, 0, NULL, 0, (LPTSTR)"*", IDC_ADDRESS, { &address } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_LANGUAGE_LABEL, { &label } },
    { DTCT_DDLBX, DT_EDITABLE, NULL, 0, NULL, IDC_LANGUAGE, { &language } },
    { DTCT_CHECKBOX, DT_EDITABLE, NULL, 0, NULL, IDC_RICH, { &rich } },
    { DTCT_GROUPBOX, 0, NULL, 0, NULL, IDC_CONTACT_BOX, { &group } },
    { DTCT_RADIOBUTTON, DT_EDITABLE, NULL, 0, NULL, IDC_CONTACT_MAIL, { &contact_mail } },
    { DTCT_RADIOBUTTON, DT_EDITABLE, NULL, 0, NULL, IDC_CONTACT_PHONE, { &contact_phone } },
    { DTCT_RADIOBUTTON, DT_EDITABLE, NULL, 0, NULL, IDC_CONTACT_NONE, { &contact_none } }
};

static const DTCTL more[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_COMMENT_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE | DT_MULTILINE, NULL, 0, (LPTSTR)"*", IDC_COMMENT, { &comment } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_PHONES_LABEL, { &label } },
    { DTCT_MVLISTBOX, 0, NULL, 0, NULL, IDC_PHONES, { &phones } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_OFFICE_LABEL, { &label } },
    { DTCT_LBX, 0, NULL, 0, NULL, IDC_OFFICE, { &office } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_COLLEAGUES_LABEL, { &label } },
    { DTCT_LBX, 0, NULL, 0, NULL, IDC_COLLEAGUES, { &colleagues } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_NICKS_LABEL, { &label } },
    { DTCT_MVDDLBX, 0, NULL, 0, NULL, IDC_NICKS, { &nicks } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_LOOKS_LABEL, { &label } },
    { DTCT_EDIT, 0, (BYTE *)&looks_id, sizeof(looks_id), (LPTSTR)"[0-9]", IDC_LOOKS, { &looks } },
    { DTCT_BUTTON, 0, (BYTE *)&count_id, sizeof(count_id), NULL, IDC_COUNT, { &count_button } }
};

static HINSTANCE own_module(void)
{
    HMODULE module = NULL;

    GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                           | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (const char *)own_module, &module);
    return module;
}

/* The view of a display table went: nobody looks at these details any more. */
static void STDAPICALLTYPE view_released(ULONG_PTR data, LPTABLEDATA display, LPMAPITABLE view)
{
    struct open_details *details = (struct open_details *)data, **at;

    enter();
    for (at = &all_details; *at && *at != details; at = &(*at)->next);
    if (*at) *at = details->next;
    leave();
    ITableData_Release(details->display);
    free(details);
}

static ITableData *find_display(const IPropData *props)
{
    ITableData *ret = NULL;
    struct open_details *details;

    enter();
    for (details = all_details; details && !ret; details = details->next)
        if (details->props == props) ret = details->display;
    if (ret) ITableData_AddRef(ret);
    leave();
    return ret;
}

/* An object that is read-only answers so to every change; the try leaves no trace. */
static BOOL read_only(IPropData *props)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_SAMPLE_TRY } };
    SPropValue try = { 0 };

    try.ulPropTag = PR_SAMPLE_TRY;
    if (FAILED(IPropData_SetProps(props, 1, &try, NULL))) return TRUE;
    IPropData_DeleteProps(props, (SPropTagArray *)&tags, NULL);
    return FALSE;
}

/* What a real directory would look up now: values for the properties that have none. */
static void add_values(IPropData *props, BOOL locked)
{
    static WCHAR *phone_list[] = { (WCHAR *)L"+44 20 7946 0001", (WCHAR *)L"+44 20 7946 0002" };
    static WCHAR *nick_list[] = { (WCHAR *)L"sample", (WCHAR *)L"example" };
    static const SizedSPropTagArray(9, tags) =
    {
        9, { PR_TITLE_W, PR_SAMPLE_LANGUAGE, PR_SEND_RICH_INFO, PR_SAMPLE_CONTACT, PR_SAMPLE_COMMENT,
             PR_SAMPLE_PHONES, PR_SAMPLE_OFFICE, PR_SAMPLE_NICKS, PR_SAMPLE_LOOKS }
    };
    SPropValue values[9], missing[9], *has;
    ULONG count, i, missing_count = 0;

    memset(values, 0, sizeof(values));
    values[0].Value.lpszW = (WCHAR *)L"Dr.";
    values[1].Value.l = 2;
    values[2].Value.b = TRUE;
    values[3].Value.l = 1;
    values[4].Value.lpszW = (WCHAR *)L"The first line of a comment,\nand the second one.";
    values[5].Value.MVszW.cValues = ARRAY_COUNT(phone_list);
    values[5].Value.MVszW.lppszW = phone_list;
    values[6].Value.l = 20;
    values[7].Value.MVszW.cValues = ARRAY_COUNT(nick_list);
    values[7].Value.MVszW.lppszW = nick_list;
    if (FAILED(IPropData_GetProps(props, (SPropTagArray *)&tags, 0, &count, &has))) return;
    for (i = 0; i < count; i++)
    {
        values[i].ulPropTag = tags.aulPropTag[i];
        if (PROP_TYPE(has[i].ulPropTag) == PT_ERROR) missing[missing_count++] = values[i];
    }
    MAPIFreeBuffer(has);
    if (!missing_count) return;
    if (locked) IPropData_HrSetObjAccess(props, IPROP_READWRITE);
    IPropData_SetProps(props, missing_count, missing, NULL);
    if (locked) IPropData_HrSetObjAccess(props, IPROP_READONLY);
}

/* An entry that is not in the book yet has no entry ID, and its address is still to be typed. */
static BOOL is_new(IPropData *props)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_ENTRYID } };
    SPropValue *prop;
    ULONG count;
    BOOL ret;

    if (FAILED(IPropData_GetProps(props, (SPropTagArray *)&tags, 0, &count, &prop))) return FALSE;
    ret = PROP_TYPE(prop->ulPropTag) == PT_ERROR;
    MAPIFreeBuffer(prop);
    return ret;
}

static HRESULT build(BOOL locked, BOOL fresh, ITableData **ret)
{
    DTCTL first[ARRAY_COUNT(general)], second[ARRAY_COUNT(more)];
    DTPAGE pages[2];
    IMAPITable *table;
    HRESULT hr;
    ULONG i;

    memcpy(first, general, sizeof(general));
    memcpy(second, more, sizeof(more));
    for (i = 0; locked && i < ARRAY_COUNT(first); i++)
        first[i].ulCtlFlags &= ~(DT_EDITABLE | DT_REQUIRED);
    for (i = 0; fresh && i < ARRAY_COUNT(first); i++)
        if (first[i].ulItemID == IDC_ADDRESS) first[i].ulCtlFlags |= DT_EDITABLE;
    for (i = 0; locked && i < ARRAY_COUNT(second); i++) second[i].ulCtlFlags &= ~DT_EDITABLE;
    memset(pages, 0, sizeof(pages));
    pages[0].cctl = ARRAY_COUNT(first);
    pages[0].lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(IDD_GENERAL);
    pages[0].ulItemID = IDS_COMPONENT;
    pages[0].lpctl = first;
    pages[1].cctl = ARRAY_COUNT(second);
    pages[1].lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(IDD_MORE);
    pages[1].lpctl = second;
    hr = BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, own_module(),
                           2, pages, 0, &table, ret);
    if (SUCCEEDED(hr)) IMAPITable_Release(table);
    return hr;
}

static HRESULT open_table(IPropData *props, IMAPITable **ret)
{
    struct open_details *details;
    BOOL locked = read_only(props);
    HRESULT hr;

    if (!(details = calloc(1, sizeof(*details)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    add_values(props, locked);
    details->props = props;
    if (FAILED(hr = build(locked, is_new(props), &details->display)))
    {
        free(details);
        return hr;
    }
    /* in the list first: the view may be released at once */
    enter();
    details->next = all_details;
    all_details = details;
    leave();
    hr = ITableData_HrGetView(details->display, NULL, view_released, (ULONG_PTR)details, ret);
    if (FAILED(hr)) view_released((ULONG_PTR)details, NULL, NULL);
    return hr;
}

/* ---- lists ---- */

struct item
{
    const WCHAR *text;
    LONG value;
};

static const struct item titles[] = {{ L"Mr." }, { L"Mrs." }, { L"Dr." }, { L"Prof." }};
static const struct item languages[] = {{ L"English", 1 }, { L"Français", 2 }, { L"Deutsch", 3 }};
static const struct item offices[] =
    {{ L"Cambridge", 10 }, { L"London", 20 }, { L"Manchester", 30 }, { L"New York", 40 }, { L"Oxford", 50 },
     { L"Princeton", 60 }};
static const struct item people[] = {{ L"Ada Lovelace" }, { L"Alan Turing" }, { L"Grace Hopper" }};

/* Name, number and key of each item; the number as the property that the list sets. */
static HRESULT open_list(const struct item *items, ULONG count, ULONG text_tag, ULONG value_tag,
                         IMAPITable **ret)
{
    SizedSPropTagArray(5, columns) =
        { 5, { text_tag, value_tag, PR_INSTANCE_KEY, PR_ENTRYID, PR_DISPLAY_TYPE } };
    SPropValue props[5];
    SRow row = { 0, 5, props };
    ITableData *data;
    HRESULT hr;
    LONG i;

    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &data);
    if (FAILED(hr)) return hr;
    for (i = 0; i < (LONG)count && SUCCEEDED(hr); i++)
    {
        memset(props, 0, sizeof(props));
        props[0].ulPropTag = text_tag;
        props[0].Value.lpszW = (WCHAR *)items[i].text;
        props[1].ulPropTag = value_tag;
        props[1].Value.l = items[i].value;
        props[2].ulPropTag = PR_INSTANCE_KEY;
        props[2].Value.bin.cb = sizeof(i);
        props[2].Value.bin.lpb = (BYTE *)&i;
        props[3].ulPropTag = PR_ENTRYID;
        props[3].Value.bin = props[2].Value.bin;
        props[4].ulPropTag = PR_DISPLAY_TYPE;
        props[4].Value.l = DT_MAILUSER;
        hr = ITableData_HrModifyRow(data, &row);
    }
    if (SUCCEEDED(hr)) hr = ITableData_HrGetView(data, NULL, NULL, 0, ret);
    ITableData_Release(data);
    return hr;
}

/* ---- the button ---- */

struct counter
{
    IMAPIControl IMAPIControl_iface;
    LONG ref;
    IPropData *props;                   /* counted */
};

static struct counter *impl_from_IMAPIControl(IMAPIControl *iface)
{
    return CONTAINING_RECORD(iface, struct counter, IMAPIControl_iface);
}

static HRESULT WINAPI counter_QueryInterface(IMAPIControl *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIControl))
        return E_NOINTERFACE;
    *ret = iface;
    IMAPIControl_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI counter_AddRef(IMAPIControl *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIControl(iface)->ref);
}

static ULONG WINAPI counter_Release(IMAPIControl *iface)
{
    struct counter *counter = impl_from_IMAPIControl(iface);
    LONG ref = InterlockedDecrement(&counter->ref);

    if (!ref)
    {
        IPropData_Release(counter->props);
        free(counter);
    }
    return ref;
}

static HRESULT WINAPI counter_GetLastError(IMAPIControl *iface, HRESULT hr, ULONG flags,
                                           LPMAPIERROR *ret)
{
    *ret = NULL;
    return S_OK;
}

static LONG counter_value(struct counter *counter)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_SAMPLE_LOOKS } };
    SPropValue *prop;
    ULONG count;
    LONG ret = 0;

    if (FAILED(IPropData_GetProps(counter->props, (SPropTagArray *)&tags, 0, &count, &prop)))
        return 0;
    if (prop->ulPropTag == PR_SAMPLE_LOOKS) ret = prop->Value.l;
    MAPIFreeBuffer(prop);
    return ret;
}

static void tell(ITableData *display, const struct control_id *id)
{
    SPropValue prop;

    prop.ulPropTag = PR_CONTROL_ID;
    prop.dwAlignPad = 0;
    prop.Value.bin.cb = sizeof(*id);
    prop.Value.bin.lpb = (BYTE *)id;
    ITableData_HrNotify(display, 0, 1, &prop);
}

/* Three times is enough: the button is dimmed then. */
static HRESULT WINAPI counter_Activate(IMAPIControl *iface, ULONG flags, ULONG_PTR ui)
{
    struct counter *counter = impl_from_IMAPIControl(iface);
    BOOL locked = read_only(counter->props);
    ITableData *display;
    SPropValue prop;
    HRESULT hr;

    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "Activate", NULL))) return hr;
    prop.ulPropTag = PR_SAMPLE_LOOKS;
    prop.dwAlignPad = 0;
    prop.Value.l = counter_value(counter) + 1;
    if (locked) IPropData_HrSetObjAccess(counter->props, IPROP_READWRITE);
    hr = IPropData_SetProps(counter->props, 1, &prop, NULL);
    if (locked) IPropData_HrSetObjAccess(counter->props, IPROP_READONLY);
    if (FAILED(hr) || !(display = find_display(counter->props))) return hr;
    tell(display, &looks_id);
    tell(display, &count_id);
    ITableData_Release(display);
    return S_OK;
}

static HRESULT WINAPI counter_GetState(IMAPIControl *iface, ULONG flags, ULONG *state)
{
    *state = counter_value(impl_from_IMAPIControl(iface)) < 3 ? MAPI_ENABLED : MAPI_DISABLED;
    return S_OK;
}

static const IMAPIControlVtbl counter_vtbl =
{
    counter_QueryInterface,
    counter_AddRef,
    counter_Release,
    counter_GetLastError,
    counter_Activate,
    counter_GetState
};

static HRESULT open_counter(IPropData *props, IMAPIControl **ret)
{
    struct counter *counter;

    if (!(counter = calloc(1, sizeof(*counter)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    counter->IMAPIControl_iface.lpVtbl = (IMAPIControlVtbl *)&counter_vtbl;
    counter->ref = 1;
    counter->props = props;
    IPropData_AddRef(props);
    *ret = &counter->IMAPIControl_iface;
    return S_OK;
}

/* ---- what mail users ask ---- */

static BOOL is_user(IPropData *props)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_OBJECT_TYPE } };
    SPropValue *prop;
    ULONG count;
    BOOL ret;

    if (FAILED(IPropData_GetProps(props, (SPropTagArray *)&tags, 0, &count, &prop))) return FALSE;
    ret = prop->ulPropTag == PR_OBJECT_TYPE && prop->Value.l == MAPI_MAILUSER;
    MAPIFreeBuffer(prop);
    return ret;
}

BOOL details_open_property(IPropData *props, ULONG tag, const IID *iid, IUnknown **ret,
                           HRESULT *result)
{
    const IID *wanted = tag == PR_SAMPLE_COUNT ? &IID_IMAPIControl : &IID_IMAPITable;

    switch (tag)
    {
    case PR_DETAILS_TABLE:
    case PR_SAMPLE_TITLES:
    case PR_SAMPLE_LANGUAGES:
    case PR_SAMPLE_OFFICES:
    case PR_SAMPLE_COLLEAGUES:
    case PR_SAMPLE_COUNT:
        break;
    default:
        return FALSE;
    }
    if (!is_user(props)) return FALSE;
    if (!iid || !IsEqualGUID(iid, wanted))
    {
        *result = MAPI_E_INTERFACE_NOT_SUPPORTED;
        return TRUE;
    }
    switch (tag)
    {
    case PR_DETAILS_TABLE:
        if (SUCCEEDED(*result = behave(KIND_ADDRESS_BOOK, "Details", NULL)))
            *result = open_table(props, (IMAPITable **)ret);
        break;
    case PR_SAMPLE_TITLES:
        *result = open_list(titles, ARRAY_COUNT(titles), PR_TITLE_W, PR_ROWID, (IMAPITable **)ret);
        break;
    case PR_SAMPLE_LANGUAGES:
        *result = open_list(languages, ARRAY_COUNT(languages), PR_DISPLAY_NAME_W, PR_SAMPLE_LANGUAGE,
                            (IMAPITable **)ret);
        break;
    case PR_SAMPLE_OFFICES:
        *result = open_list(offices, ARRAY_COUNT(offices), PR_DISPLAY_NAME_W, PR_SAMPLE_OFFICE,
                            (IMAPITable **)ret);
        break;
    case PR_SAMPLE_COLLEAGUES:
        *result = open_list(people, ARRAY_COUNT(people), PR_DISPLAY_NAME_W, PR_ROWID, (IMAPITable **)ret);
        break;
    case PR_SAMPLE_COUNT:
        *result = open_counter(props, (IMAPIControl **)ret);
        break;
    }
    return TRUE;
}
