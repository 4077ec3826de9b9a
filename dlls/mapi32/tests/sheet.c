/*
 * Tests of property sheets (IMAPISupport::DoConfigPropsheet)
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
 * The test program is a message service whose entry hands its support object out. The display
 * tables are made by hand and the object behind them is the test's, so that it can see and refuse
 * each call.
 */

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "profiles.h"
#include "sheetdrive.h"

#define NAME_TAG   PROP_TAG(PT_UNICODE, 0x6601)
#define NUMBER_TAG PROP_TAG(PT_STRING8, 0x6602)
#define FLAG_TAG   PROP_TAG(PT_BOOLEAN, 0x6603)
#define CHOICE_TAG PROP_TAG(PT_LONG, 0x6604)
#define LIST_TAG   PROP_TAG(PT_LONG, 0x6605)
#define MANY_TAG   PROP_TAG(PT_MV_UNICODE, 0x6606)
#define NOTE_TAG   PROP_TAG(PT_UNICODE, 0x6607)
#define SECRET_TAG PROP_TAG(PT_UNICODE, 0x6608)
#define COMBO_TAG  PROP_TAG(PT_UNICODE, 0x6609)
#define BOX_TAG    PROP_TAG(PT_LONG, 0x660a)
#define COUNT_TAG  PROP_TAG(PT_LONG, 0x660b)
#define TABLE_TAG  PROP_TAG(PT_OBJECT, 0x6610)
#define BUTTON_TAG PROP_TAG(PT_OBJECT, 0x6611)

static const char profile[] = "SheetTest";
static const WCHAR title[] = L"Sheet under test";
static IMAPISupport *support;

HRESULT WINAPI test_sheet_entry(HINSTANCE instance, IMalloc *allocator, IMAPISupport *object,
                                ULONG_PTR ui, ULONG flags, ULONG context, ULONG count,
                                SPropValue *props, IProviderAdmin *admin, MAPIERROR **error);

__declspec(dllexport) HRESULT WINAPI
    test_sheet_entry(HINSTANCE instance, IMalloc *allocator, IMAPISupport *object, ULONG_PTR ui,
                     ULONG flags, ULONG context, ULONG count, SPropValue *props,
                     IProviderAdmin *admin, MAPIERROR **error)
{
    *error = NULL;
    if (context == MSG_SERVICE_CREATE)
    {
        support = object;
        IMAPISupport_AddRef(support);
    }
    return S_OK;
}

/* ---- the object behind the sheet ---- */

static struct
{
    IPropData *props;
    ITableData *display;        /* of the sheet that is shown */
    LONG set_calls, saves, table_opens, activations, releases;
    ULONG last_count;           /* values of the last SetProps */
    HRESULT refuse;             /* what SetProps answers */
    ULONG problem;              /* a property with which SetProps has one */
    BOOL crash;                 /* in SetProps */
    BOOL follow;                /* a change of the flag changes the name, and is told */
    ULONG state;                /* of the button */
} data;

static HRESULT WINAPI data_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI data_AddRef(IMAPIProp *iface)
{
    InterlockedDecrement(&data.releases);
    return 2;
}

static ULONG WINAPI data_Release(IMAPIProp *iface)
{
    InterlockedIncrement(&data.releases);
    return 1;
}

static HRESULT WINAPI data_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, MAPIERROR **ret)
{
    *ret = NULL;
    if (hr == MAPI_E_DISK_ERROR && !(flags & MAPI_UNICODE))
    {
        static char words[] = "The disk says no.";

        MAPIAllocateBuffer(sizeof(**ret), (void **)ret);
        memset(*ret, 0, sizeof(**ret));
        (*ret)->lpszError = (LPTSTR)words;
        return S_OK;
    }
    return flags & MAPI_UNICODE ? MAPI_E_BAD_CHARWIDTH : S_OK;
}

static HRESULT WINAPI data_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    data.saves++;
    return S_OK;
}

static HRESULT WINAPI data_GetProps(IMAPIProp *iface, SPropTagArray *tags, ULONG flags,
                                    ULONG *count, SPropValue **props)
{
    return IPropData_GetProps(data.props, tags, flags, count, props);
}

static HRESULT WINAPI data_GetPropList(IMAPIProp *iface, ULONG flags, SPropTagArray **tags)
{
    return IPropData_GetPropList(data.props, flags, tags);
}

static void tell_control(const char *id)
{
    SPropValue prop;
    HRESULT hr;

    prop.ulPropTag = PR_CONTROL_ID;
    prop.Value.bin.cb = strlen(id);
    prop.Value.bin.lpb = (BYTE *)id;
    hr = ITableData_HrNotify(data.display, 0, 1, &prop);
    ok(hr == S_OK, "HrNotify returned %#lx\n", hr);
}

static void set_text(ULONG tag, const WCHAR *text)
{
    SPropValue prop;

    prop.ulPropTag = tag;
    prop.dwAlignPad = 0;
    prop.Value.lpszW = (WCHAR *)text;
    IPropData_SetProps(data.props, 1, &prop, NULL);
}

static void set_long(ULONG tag, LONG value)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    if (PROP_TYPE(tag) == PT_BOOLEAN) prop.Value.b = value;
    else prop.Value.l = value;
    IPropData_SetProps(data.props, 1, &prop, NULL);
}

static HRESULT WINAPI data_SetProps(IMAPIProp *iface, ULONG count, SPropValue *props,
                                    SPropProblemArray **problems)
{
    HRESULT hr;
    ULONG i;

    if (problems) *problems = NULL;
    InterlockedIncrement(&data.set_calls);
    data.last_count = count;
    if (data.crash) *(volatile int *)NULL = 1;
    if (FAILED(data.refuse)) return data.refuse;
    for (i = 0; i < count; i++)
    {
        if (props[i].ulPropTag != data.problem) continue;
        MAPIAllocateBuffer(sizeof(**problems), (void **)problems);
        (*problems)->cProblem = 1;
        (*problems)->aProblem[0].ulIndex = i;
        (*problems)->aProblem[0].ulPropTag = props[i].ulPropTag;
        (*problems)->aProblem[0].scode = MAPI_E_NO_ACCESS;
        return S_OK;
    }
    hr = IPropData_SetProps(data.props, count, props, problems);
    if (data.follow && props[0].ulPropTag == FLAG_TAG)
    {
        set_text(NAME_TAG, props[0].Value.b ? L"it is on" : L"it is off");
        tell_control("name");
    }
    return hr;
}

static HRESULT WINAPI data_DeleteProps(IMAPIProp *iface, SPropTagArray *tags,
                                       SPropProblemArray **problems)
{
    return MAPI_E_NO_ACCESS;
}

static HRESULT WINAPI control_QueryInterface(IMAPIControl *iface, REFIID iid, void **ret)
{
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI control_AddRef(IMAPIControl *iface)
{
    return 2;
}

static ULONG WINAPI control_Release(IMAPIControl *iface)
{
    InterlockedIncrement(&data.releases);
    return 1;
}

static HRESULT WINAPI control_GetLastError(IMAPIControl *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI control_Activate(IMAPIControl *iface, ULONG flags, ULONG_PTR ui)
{
    ok(!flags && IsWindow((HWND)ui), "flags %#lx, window %p\n", flags, (void *)ui);
    InterlockedIncrement(&data.activations);
    set_long(COUNT_TAG, data.activations);
    data.state = MAPI_DISABLED;
    tell_control("count");
    tell_control("button");
    return S_OK;
}

static HRESULT WINAPI control_GetState(IMAPIControl *iface, ULONG flags, ULONG *state)
{
    *state = data.state;
    return S_OK;
}

static IMAPIControlVtbl control_vtbl =
{
    control_QueryInterface, control_AddRef, control_Release, control_GetLastError, control_Activate,
    control_GetState
};
static IMAPIControl control = { &control_vtbl };

/* Five rows: a name, a number, a value of the list's property. */
static HRESULT open_rows(IMAPITable **ret)
{
    static const SizedSPropTagArray(4, tags) = { 4, { PR_DISPLAY_NAME_W, LIST_TAG, BOX_TAG, PR_INSTANCE_KEY }};
    SPropValue props[4];
    SRow row = { 0, 4, props };
    ITableData *rows;
    WCHAR name[20];
    HRESULT hr;
    LONG i;

    data.table_opens++;
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&tags, &rows);
    for (i = 0; i < 5 && SUCCEEDED(hr); i++)
    {
        memset(props, 0, sizeof(props));
        wsprintfW(name, L"Row %d", (int)i);
        props[0].ulPropTag = PR_DISPLAY_NAME_W;
        props[0].Value.lpszW = name;
        props[1].ulPropTag = LIST_TAG;
        props[1].Value.l = 10 * i;
        props[2].ulPropTag = BOX_TAG;
        props[2].Value.l = 100 * i;
        props[3].ulPropTag = PR_INSTANCE_KEY;
        props[3].Value.bin.cb = sizeof(i);
        props[3].Value.bin.lpb = (BYTE *)&i;
        hr = ITableData_HrModifyRow(rows, &row);
    }
    if (SUCCEEDED(hr)) hr = ITableData_HrGetView(rows, NULL, NULL, 0, ret);
    ITableData_Release(rows);
    return hr;
}

static HRESULT WINAPI data_OpenProperty(IMAPIProp *iface, ULONG tag, const IID *iid, ULONG options,
                                        ULONG flags, IUnknown **ret)
{
    *ret = NULL;
    if (tag == TABLE_TAG && IsEqualGUID(iid, &IID_IMAPITable)) return open_rows((IMAPITable **)ret);
    if (tag != BUTTON_TAG || !IsEqualGUID(iid, &IID_IMAPIControl)) return MAPI_E_NO_SUPPORT;
    *ret = (IUnknown *)&control;
    data.releases--;
    return S_OK;
}

static IMAPIPropVtbl data_vtbl =
{
    data_QueryInterface, data_AddRef, data_Release, data_GetLastError, data_SaveChanges, data_GetProps,
    data_GetPropList, data_OpenProperty, data_SetProps, data_DeleteProps
};
static IMAPIProp object = { &data_vtbl };

static void data_reset(void)
{
    static WCHAR *many[] = { (WCHAR *)L"one", (WCHAR *)L"two", (WCHAR *)L"three" };
    SPropValue prop;
    HRESULT hr;

    if (data.props) IPropData_Release(data.props);
    memset(&data, 0, sizeof(data));
    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &data.props);
    ok(hr == S_OK, "CreateIProp returned %#lx\n", hr);
    set_text(NAME_TAG, L"Gr\x00fc\x00df""e");
    prop.ulPropTag = NUMBER_TAG;
    prop.Value.lpszA = (char *)"42";
    IPropData_SetProps(data.props, 1, &prop, NULL);
    set_long(FLAG_TAG, TRUE);
    set_long(CHOICE_TAG, 7);
    set_long(LIST_TAG, 30);
    set_long(BOX_TAG, 100);
    set_text(NOTE_TAG, L"first\nsecond");
    set_text(SECRET_TAG, L"secret");
    set_text(COMBO_TAG, L"typed");
    prop.ulPropTag = MANY_TAG;
    prop.Value.MVszW.cValues = ARRAY_SIZE(many);
    prop.Value.MVszW.lppszW = many;
    IPropData_SetProps(data.props, 1, &prop, NULL);
}

/* The property as text, in the test's own memory. */
static const char *value_of(ULONG tag)
{
    SizedSPropTagArray(1, tags) = { 1, { tag }};
    static char text[4][100];
    static int next;
    SPropValue *prop;
    ULONG count;

    next = (next + 1) % 4;
    strcpy(text[next], "nothing");
    if (FAILED(IPropData_GetProps(data.props, (SPropTagArray *)&tags, 0, &count, &prop)))
        return text[next];
    if (prop->ulPropTag == tag)
    {
        switch (PROP_TYPE(tag))
        {
        case PT_UNICODE:
            WideCharToMultiByte(CP_ACP, 0, prop->Value.lpszW, -1, text[next], sizeof(text[next]),
                                NULL, NULL);
            break;
        case PT_STRING8: lstrcpynA(text[next], prop->Value.lpszA, sizeof(text[next])); break;
        case PT_BOOLEAN: sprintf(text[next], "%d", prop->Value.b); break;
        case PT_LONG: sprintf(text[next], "%ld", prop->Value.l); break;
        }
    }
    MAPIFreeBuffer(prop);
    return text[next];
}

/* ---- display tables by hand ---- */

struct row
{
    ULONG type, flags;
    LONG x, y, width, height;
    const char *id;
    ULONG size;
    struct
    {
        union
        {
            DTBLLABEL label;
            DTBLEDIT edit;
            DTBLLBX list;
            DTBLCOMBOBOX combo;
            DTBLDDLBX ddlist;
            DTBLCHECKBOX check;
            DTBLBUTTON button;
            DTBLPAGE page;
            DTBLRADIOBUTTON radio;
            DTBLMVLISTBOX many;
        } u;
        char text[24];          /* at offset 20 + ... : see TEXT_AT */
    } s;
};

#define TEXT_AT FIELD_OFFSET(struct row, s.text) - FIELD_OFFSET(struct row, s)
#define ROW(type, flags, x, y, w, h, id) type, flags, x, y, w, h, id, sizeof(((struct row *)0)->s)

static const struct row all_rows[] =
{
    { ROW(DTCT_PAGE, 0, 0, 0, 220, 160, NULL), {{ .page = { TEXT_AT, 0, 0, 0 }}, "First" }},
    { ROW(DTCT_LABEL, 0, 7, 9, 50, 8, NULL), {{ .label = { TEXT_AT, 0 }}, "&Name:" }},
    { ROW(DTCT_EDIT, DT_EDITABLE | DT_REQUIRED, 60, 7, 100, 13, "name"),
      {{ .edit = { 0, 0, 10, NAME_TAG }}, "" }},
    { ROW(DTCT_LABEL, 0, 7, 27, 50, 8, NULL), {{ .label = { TEXT_AT, 0 }}, "N&umber:" }},
    { ROW(DTCT_EDIT, DT_EDITABLE, 60, 25, 100, 13, "number"),
      {{ .edit = { TEXT_AT, 0, 0, NUMBER_TAG }}, "[0-9]" }},
    { ROW(DTCT_CHECKBOX, DT_EDITABLE, 7, 45, 100, 10, "flag"), {{ .check = { TEXT_AT, 0, FLAG_TAG }}, "&Flag" }},
    { ROW(DTCT_GROUPBOX, 0, 7, 60, 200, 30, NULL), {{ .label = { TEXT_AT, 0 }}, "Choice" }},
    { ROW(DTCT_RADIOBUTTON, DT_EDITABLE, 14, 72, 60, 10, "five"),
      {{ .radio = { TEXT_AT, 0, 2, CHOICE_TAG, 5 }}, "F&ive" }},
    { ROW(DTCT_RADIOBUTTON, DT_EDITABLE, 80, 72, 60, 10, "seven"),
      {{ .radio = { TEXT_AT, 0, 2, CHOICE_TAG, 7 }}, "&Seven" }},
    { ROW(DTCT_DDLBX, DT_EDITABLE, 7, 95, 100, 60, "list"),
      {{ .ddlist = { 0, PR_DISPLAY_NAME_W, LIST_TAG, TABLE_TAG }}, "" }},
    { ROW(DTCT_EDIT, 0, 110, 95, 40, 13, "count"), {{ .edit = { 0, 0, 0, COUNT_TAG }}, "" }},
    { ROW(DTCT_BUTTON, 0, 160, 95, 50, 14, "button"), {{ .button = { TEXT_AT, 0, BUTTON_TAG }}, "&Press" }},

    { ROW(DTCT_PAGE, 0, 0, 0, 220, 160, NULL), {{ .page = { TEXT_AT, 0, 0, 0 }}, "Second" }},
    { ROW(DTCT_EDIT, DT_EDITABLE | DT_MULTILINE, 7, 7, 100, 40, "note"), {{ .edit = { 0, 0, 0, NOTE_TAG }}, "" }},
    { ROW(DTCT_EDIT, DT_EDITABLE | DT_PASSWORD_EDIT, 110, 7, 100, 13, "secret"),
      {{ .edit = { 0, 0, 0, SECRET_TAG }}, "" }},
    { ROW(DTCT_COMBOBOX, DT_EDITABLE, 110, 25, 100, 60, "combo"),
      {{ .combo = { 0, 0, 0, COMBO_TAG, TABLE_TAG }}, "" }},
    { ROW(DTCT_LBX, 0, 7, 50, 100, 50, "box"), {{ .list = { 0, BOX_TAG, TABLE_TAG }}, "" }},
    { ROW(DTCT_LBX, 0, 110, 50, 100, 50, "people"), {{ .list = { 0, PR_NULL, TABLE_TAG }}, "" }},
    { ROW(DTCT_MVLISTBOX, 0, 7, 105, 100, 40, "many"), {{ .many = { 0, MANY_TAG }}, "" }},
    { ROW(DTCT_MVDDLBX, 0, 110, 105, 100, 40, "many2"), {{ .many = { 0, MANY_TAG }}, "" }},
    { ROW(DTCT_EDIT, DT_EDITABLE, 110, 125, 100, 13, "name2"), {{ .edit = { 0, 0, 0, NAME_TAG }}, "" }},
};

/* Numbers of the controls on their pages. */
enum { NAME = 1, NUMBER = 3, FLAG = 4, FIVE = 6, SEVEN = 7, LIST = 8, COUNT = 9, BUTTON = 10 };
enum { NOTE, SECRET, COMBO, BOX, PEOPLE, MANY, MANY2, NAME2 };

static IMAPITable *make_table(const struct row *from, ULONG count,
                              void (*change)(ULONG i, struct row *row))
{
    static const SizedSPropTagArray(9, tags) =
    {
        9, { PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY, PR_CONTROL_TYPE, PR_CONTROL_FLAGS, PR_CONTROL_STRUCTURE,
             PR_CONTROL_ID, PR_ROWID }
    };
    SPropValue props[9];
    SRow made = { 0, 9, props };
    IMAPITable *table = NULL;
    struct row row;
    HRESULT hr;
    ULONG i;

    if (data.display) ITableData_Release(data.display);
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&tags, &data.display);
    ok(hr == S_OK, "CreateTable returned %#lx\n", hr);
    for (i = 0; i < count; i++)
    {
        row = from[i];
        if (change) change(i, &row);
        memset(props, 0, sizeof(props));
        props[0].ulPropTag = PR_XPOS;
        props[0].Value.l = row.x;
        props[1].ulPropTag = PR_YPOS;
        props[1].Value.l = row.y;
        props[2].ulPropTag = PR_DELTAX;
        props[2].Value.l = row.width;
        props[3].ulPropTag = PR_DELTAY;
        props[3].Value.l = row.height;
        props[4].ulPropTag = PR_CONTROL_TYPE;
        props[4].Value.l = row.type;
        props[5].ulPropTag = PR_CONTROL_FLAGS;
        props[5].Value.l = row.flags;
        props[6].ulPropTag = PR_CONTROL_STRUCTURE;
        props[6].Value.bin.cb = row.size;
        props[6].Value.bin.lpb = (BYTE *)&row.s;
        props[7].ulPropTag = PR_CONTROL_ID;
        props[7].Value.bin.cb = row.id ? strlen(row.id) : 0;
        props[7].Value.bin.lpb = (BYTE *)row.id;
        props[8].ulPropTag = PR_ROWID;
        props[8].Value.l = i;
        hr = ITableData_HrModifyRow(data.display, &made);
        ok(hr == S_OK, "HrModifyRow returned %#lx\n", hr);
    }
    hr = ITableData_HrGetView(data.display, NULL, NULL, 0, &table);
    ok(hr == S_OK, "HrGetView returned %#lx\n", hr);
    return table;
}

static DWORD WINAPI driver_thread(void *driver)
{
    ((void (*)(void))driver)();
    return 0;
}

/* Shows the table while driver, on another thread, works it. */
static HRESULT show(IMAPITable *table, void (*driver)(void), ULONG top_page)
{
    LONG releases = data.releases;
    HANDLE thread;
    HRESULT hr;

    thread = CreateThread(NULL, 0, driver_thread, driver, 0, NULL);
    hr = IMAPISupport_DoConfigPropsheet(support, 0, 0, (LPTSTR) "Sheet under test", table, &object,
                                        top_page);
    sheet_join(thread);
    if (!data.crash)
        ok(data.releases == releases, "%ld references too few were released\n",
           releases - data.releases);
    return hr;
}

static HRESULT show_all(void (*driver)(void), void (*change)(ULONG i, struct row *row),
                        ULONG top_page)
{
    IMAPITable *table = make_table(all_rows, ARRAY_SIZE(all_rows), change);
    HRESULT hr = show(table, driver, top_page);
    ULONG refs = IMAPITable_Release(table);

    if (!data.crash) ok(!refs, "%lu references are left on the table\n", refs);
    return hr;
}

/* ---- tests ---- */

static void test_arguments(void)
{
    IMAPITable *table;
    HRESULT hr;

    data_reset();
    table = make_table(all_rows, ARRAY_SIZE(all_rows), NULL);
    hr = IMAPISupport_DoConfigPropsheet(support, 0, 0, (LPTSTR)"", NULL, &object, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISupport_DoConfigPropsheet(support, 0, 0, (LPTSTR)"", table, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISupport_DoConfigPropsheet(support, 0, 1, (LPTSTR)"", table, &object, 0);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    IMAPITable_Release(table);

    /* nothing in it */
    table = make_table(all_rows, 0, NULL);
    hr = IMAPISupport_DoConfigPropsheet(support, 0, 0, (LPTSTR)"", table, &object, 0);
    ok(hr == MAPI_E_CORRUPT_DATA, "got %#lx\n", hr);
    IMAPITable_Release(table);
    /* a page without a control */
    table = make_table(all_rows, 1, NULL);
    hr = IMAPISupport_DoConfigPropsheet(support, 0, 0, (LPTSTR)"", table, &object, 0);
    ok(hr == MAPI_E_CORRUPT_DATA, "got %#lx\n", hr);
    IMAPITable_Release(table);
    ok(!data.releases, "%ld references are left\n", -data.releases);
}

static void drive_look(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    ok(sheet_page_count(sheet) == 2, "%d pages\n", sheet_page_count(sheet));
    ok(!lstrcmpW(sheet_text(sheet, NAME), L"Gr\x00fc\x00df"
                                          "e"),
       "%s\n", wine_dbgstr_w(sheet_text(sheet, NAME)));
    ok(!lstrcmpW(sheet_text(sheet, NAME - 1), L"&Name:"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, NAME - 1)));
    ok(SendMessageW(sheet_control(sheet, NAME), EM_GETLIMITTEXT, 0, 0) == 10, "another limit\n");
    ok(!lstrcmpW(sheet_text(sheet, NUMBER), L"42"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, NUMBER)));
    ok(sheet_checked(sheet, FLAG), "the flag is off\n");
    ok(!sheet_checked(sheet, FIVE) && sheet_checked(sheet, SEVEN), "the wrong choice\n");
    ok(sheet_items(sheet, LIST, FALSE) == 5, "%d items\n", sheet_items(sheet, LIST, FALSE));
    ok(!lstrcmpW(sheet_text(sheet, LIST), L"Row 3"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, LIST)));
    ok(GetWindowLongW(sheet_control(sheet, COUNT), GWL_STYLE) & ES_READONLY, "can be edited\n");
    ok(IsWindowEnabled(sheet_control(sheet, BUTTON)), "the button is dimmed\n");

    sheet_go_to(sheet, 1);
    ok(!lstrcmpW(sheet_text(sheet, NOTE), L"first\r\nsecond"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, NOTE)));
    ok(GetWindowLongW(sheet_control(sheet, NOTE), GWL_STYLE) & ES_MULTILINE, "has one line\n");
    ok(SendMessageW(sheet_control(sheet, SECRET), EM_GETPASSWORDCHAR, 0, 0) != 0,
       "the secret shows\n");
    ok(!lstrcmpW(sheet_text(sheet, COMBO), L"typed"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, COMBO)));
    ok(sheet_items(sheet, COMBO, FALSE) == 5, "%d items\n", sheet_items(sheet, COMBO, FALSE));
    ok(sheet_chosen(sheet, BOX, TRUE) == 1, "row %d\n", sheet_chosen(sheet, BOX, TRUE));
    ok(sheet_items(sheet, PEOPLE, TRUE) == 5, "%d items\n", sheet_items(sheet, PEOPLE, TRUE));
    ok(GetWindowLongW(sheet_control(sheet, PEOPLE), GWL_STYLE) & LBS_EXTENDEDSEL,
       "only one can be chosen\n");
    ok(sheet_items(sheet, MANY, TRUE) == 3, "%d items\n", sheet_items(sheet, MANY, TRUE));
    ok(sheet_items(sheet, MANY2, FALSE) == 3, "%d items\n", sheet_items(sheet, MANY2, FALSE));
    ok(!lstrcmpW(sheet_text(sheet, MANY2), L"one"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, MANY2)));
    sheet_press(sheet, PSBTN_CANCEL);
}

static void test_values(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_look, NULL, 0);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    ok(!data.set_calls, "%ld calls of SetProps\n", data.set_calls);
}

static void drive_edit(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    ok(!lstrcmpW(sheet_text(sheet, NOTE), L"first\r\nsecond"), "not the second page\n");
    sheet_type(sheet, NOTE, L"other\r\nlines");
    sheet_type(sheet, SECRET, L"changed");
    sheet_choose(sheet, COMBO, 2, FALSE);
    sheet_choose(sheet, BOX, 4, TRUE);
    sheet_go_to(sheet, 0);
    sheet_type(sheet, NAME, L"a new one");
    sheet_type(sheet, NUMBER, L"43");
    sheet_click(sheet, FLAG);
    sheet_click(sheet, FIVE);
    ok(!sheet_checked(sheet, SEVEN), "both are chosen\n");
    sheet_choose(sheet, LIST, 1, FALSE);
    ok(!data.set_calls, "written before OK\n");
    sheet_press(sheet, PSBTN_OK);
}

static void test_edit(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_edit, NULL, 1);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(data.set_calls == 1 && data.last_count == 9, "%ld calls, %lu values\n", data.set_calls,
       data.last_count);
    ok(!data.saves, "SaveChanges is the caller's\n");
    ok(!strcmp(value_of(NAME_TAG), "a new one"), "got %s\n", value_of(NAME_TAG));
    ok(!strcmp(value_of(NUMBER_TAG), "43"), "got %s\n", value_of(NUMBER_TAG));
    ok(!strcmp(value_of(FLAG_TAG), "0"), "got %s\n", value_of(FLAG_TAG));
    ok(!strcmp(value_of(CHOICE_TAG), "5"), "got %s\n", value_of(CHOICE_TAG));
    ok(!strcmp(value_of(LIST_TAG), "10"), "got %s\n", value_of(LIST_TAG));
    ok(!strcmp(value_of(NOTE_TAG), "other\r\nlines"), "got %s\n", value_of(NOTE_TAG));
    ok(!strcmp(value_of(SECRET_TAG), "changed"), "got %s\n", value_of(SECRET_TAG));
    ok(!strcmp(value_of(COMBO_TAG), "Row 2"), "got %s\n", value_of(COMBO_TAG));
    ok(!strcmp(value_of(BOX_TAG), "400"), "got %s\n", value_of(BOX_TAG));
}

static void drive_required(void)
{
    HWND sheet = sheet_wait(title);
    const WCHAR *words;

    if (!sheet) return;
    sheet_type(sheet, NAME, L"");
    sheet_go_to(sheet, 1);
    sheet_press(sheet, PSBTN_OK);
    words = sheet_message(title);
    ok(wcsstr(words, L"\"Name\"") != NULL, "%s\n", wine_dbgstr_w(words));
    ok(!data.set_calls, "written all the same\n");
    ok(!lstrcmpW(sheet_text(sheet, NAME - 1), L"&Name:"), "not on its page\n");
    SHEET_WAIT(sheet_focus(sheet) == sheet_control(sheet, NAME));
    sheet_type(sheet, NAME, L"there");
    sheet_press(sheet, PSBTN_OK);
}

/* The second page has the name as well, which stays as it is. */
static void test_required(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_required, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(value_of(NAME_TAG), "there"), "got %s\n", value_of(NAME_TAG));
}

static void drive_same_property(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    sheet_type(sheet, NAME, L"shared");
    sheet_go_to(sheet, 1);
    sheet_press(sheet, PSBTN_APPLYNOW);
    SHEET_WAIT(data.set_calls == 1);
    ok(!lstrcmpW(sheet_text(sheet, NAME2), L"shared"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, NAME2)));
    sheet_press(sheet, PSBTN_CANCEL);
}

/* Cancel does not take back what Apply wrote. */
static void test_apply(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_same_property, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(data.set_calls == 1 && data.last_count == 1, "%ld calls, %lu values\n", data.set_calls,
       data.last_count);
}

static void make_immediate(ULONG i, struct row *row)
{
    if (row->type == DTCT_CHECKBOX || row->type == DTCT_DDLBX
        || (row->id && !strcmp(row->id, "number")))
        row->flags |= DT_SET_IMMEDIATE;
}

static void drive_immediate(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    sheet_click(sheet, FLAG);
    SHEET_WAIT(data.set_calls == 1);
    SHEET_WAIT(!lstrcmpW(sheet_text(sheet, NAME), L"it is off"));
    sheet_choose(sheet, LIST, 0, FALSE);
    SHEET_WAIT(data.set_calls == 2);
    ok(!strcmp(value_of(LIST_TAG), "0"), "got %s\n", value_of(LIST_TAG));

    /* text: when the user goes elsewhere */
    SendMessageW(sheet, WM_NEXTDLGCTL, (WPARAM)sheet_control(sheet, NUMBER), TRUE);
    PostMessageW(sheet_page(sheet), WM_NEXTDLGCTL, (WPARAM)sheet_control(sheet, NUMBER), TRUE);
    SHEET_WAIT(sheet_focus(sheet) == sheet_control(sheet, NUMBER));
    sheet_type(sheet, NUMBER, L"7");
    ok(data.set_calls == 2, "written while it was typed\n");
    PostMessageW(sheet_page(sheet), WM_NEXTDLGCTL, (WPARAM)sheet_control(sheet, NAME), TRUE);
    SHEET_WAIT(data.set_calls == 3);
    ok(!strcmp(value_of(NUMBER_TAG), "7"), "got %s\n", value_of(NUMBER_TAG));
    sheet_press(sheet, PSBTN_CANCEL);
}

static void test_immediate(void)
{
    HRESULT hr;

    data_reset();
    data.follow = TRUE;
    hr = show_all(drive_immediate, make_immediate, 0);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
}

static void drive_button(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    sheet_click(sheet, BUTTON);
    ok(data.activations == 1, "%ld times\n", data.activations);
    SHEET_WAIT(!lstrcmpW(sheet_text(sheet, COUNT), L"1"));
    SHEET_WAIT(!IsWindowEnabled(sheet_control(sheet, BUTTON)));
    data.state = MAPI_ENABLED;
    tell_control("button");
    SHEET_WAIT(IsWindowEnabled(sheet_control(sheet, BUTTON)));

    /* a list is opened again when it is said to have changed */
    data.table_opens = 0;
    set_long(LIST_TAG, 40);
    tell_control("list");
    SHEET_WAIT(!lstrcmpW(sheet_text(sheet, LIST), L"Row 4"));
    ok(data.table_opens == 1, "opened %ld times\n", data.table_opens);
    sheet_press(sheet, PSBTN_CANCEL);
}

static void test_button(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_button, NULL, 0);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
}

static void drive_keys(void)
{
    HWND sheet = sheet_wait(title), number;

    if (!sheet) return;
    number = sheet_control(sheet, NUMBER);
    PostMessageW(sheet_page(sheet), WM_NEXTDLGCTL, (WPARAM)sheet_control(sheet, NAME), TRUE);
    SHEET_WAIT(sheet_focus(sheet) == sheet_control(sheet, NAME));
    sheet_key(sheet, VK_TAB);
    SHEET_WAIT(sheet_focus(sheet) == number);
    /* letters are not numbers */
    SendMessageW(number, EM_SETSEL, 0, -1);
    SendMessageW(number, WM_CHAR, 'x', 0);
    ok(!lstrcmpW(sheet_text(sheet, NUMBER), L"42"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, NUMBER)));
    SendMessageW(number, WM_CHAR, '5', 0);
    ok(!lstrcmpW(sheet_text(sheet, NUMBER), L"5"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, NUMBER)));
    sheet_key(sheet, VK_TAB);
    SHEET_WAIT(sheet_focus(sheet) == sheet_control(sheet, FLAG));
    /* of a group, the one that is chosen */
    sheet_key(sheet, VK_TAB);
    SHEET_WAIT(sheet_focus(sheet) == sheet_control(sheet, SEVEN));
    sheet_key(sheet, VK_TAB);
    SHEET_WAIT(sheet_focus(sheet) == sheet_control(sheet, LIST));
    sheet_key(sheet, VK_RETURN);
}

static void drive_escape(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    SHEET_WAIT(sheet_focus(sheet));
    sheet_type(sheet, NAME, L"never");
    sheet_key(sheet, VK_ESCAPE);
}

static void test_keys(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_keys, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(value_of(NUMBER_TAG), "5"), "got %s\n", value_of(NUMBER_TAG));
    data_reset();
    hr = show_all(drive_escape, NULL, 0);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    ok(!data.set_calls, "written\n");
}

static void drive_refused(void)
{
    HWND sheet = sheet_wait(title);
    const WCHAR *words;

    if (!sheet) return;
    sheet_type(sheet, NUMBER, L"1");
    data.refuse = MAPI_E_DISK_ERROR;
    sheet_press(sheet, PSBTN_OK);
    words = sheet_message(title);
    ok(wcsstr(words, L"The disk says no.") != NULL, "%s\n", wine_dbgstr_w(words));
    data.refuse = S_OK;
    data.problem = NUMBER_TAG;
    sheet_press(sheet, PSBTN_OK);
    words = sheet_message(title);
    ok(wcsstr(words, L"\"Number\"") != NULL, "%s\n", wine_dbgstr_w(words));
    ok(data.set_calls == 2, "%ld calls\n", data.set_calls);
    data.problem = 0;
    sheet_press(sheet, PSBTN_OK);
}

static void test_refused(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_refused, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(value_of(NUMBER_TAG), "1"), "got %s\n", value_of(NUMBER_TAG));
}

static void drive_crash(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    sheet_type(sheet, NUMBER, L"1");
    sheet_press(sheet, PSBTN_OK);
    ok(sheet_message(title)[0], "nothing is said\n");
}

static void test_crash(void)
{
    HRESULT hr;

    data_reset();
    data.crash = TRUE;
    hr = show_all(drive_crash, NULL, 0);
    ok(hr == MAPI_E_CALL_FAILED, "got %#lx\n", hr);
    ok(data.set_calls == 1, "%ld calls\n", data.set_calls);
    data.crash = FALSE;
}

static void make_damage(ULONG i, struct row *row)
{
    switch (i)
    {
    case 3: row->type = 0x1234; break;
    case 4: row->size = sizeof(DTBLEDIT) - 1; break;
    case 5: row->s.u.check.ulbLpszLabel = 0x7fffffff; break;
    case 7: row->x = -5; break;
    case 9: row->s.u.ddlist.ulPRTableName = PROP_TAG(PT_LONG, 0x6604); break;
    case 12: memset(row->s.text, 'x', sizeof(row->s.text)); break;      /* a title that does not end */
    case 13: row->s.u.edit.ulPropTag = PROP_TAG(PT_BINARY, 0x6607); break;
    }
}

static void drive_damage(void)
{
    HWND sheet = sheet_wait(title);

    if (!sheet) return;
    /* label, edit and one of the radio buttons are left out */
    ok(sheet_page_count(sheet) == 2, "%d pages\n", sheet_page_count(sheet));
    ok(!lstrcmpW(sheet_text(sheet, 1), L"Gr\x00fc\x00df"
                                       "e"),
       "%s\n", wine_dbgstr_w(sheet_text(sheet, 1)));
    ok(!sheet_text(sheet, 2)[0], "%s\n", wine_dbgstr_w(sheet_text(sheet, 2)));
    ok(!sheet_items(sheet, 5, FALSE), "%d items\n", sheet_items(sheet, 5, FALSE));
    sheet_go_to(sheet, 1);
    ok(!sheet_text(sheet, NOTE)[0], "%s\n", wine_dbgstr_w(sheet_text(sheet, NOTE)));
    sheet_press(sheet, PSBTN_CANCEL);
}

static void test_damage(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_damage, make_damage, 99);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
}

static void make_large(ULONG i, struct row *row)
{
    if (i == 5) row->y = 2500;
    if (i == 9) row->x = 3000;
}

static void drive_large(void)
{
    HWND sheet = sheet_wait(title);
    SCROLLINFO info = { sizeof(info), SIF_ALL };
    RECT rect, work, page;
    int shown, end;

    if (!sheet) return;
    GetWindowRect(sheet, &rect);
    SystemParametersInfoW(SPI_GETWORKAREA, 0, &work, 0);
    ok(rect.right - rect.left <= work.right - work.left
           && rect.bottom - rect.top <= work.bottom - work.top,
       "%s on a screen of %s\n", wine_dbgstr_rect(&rect), wine_dbgstr_rect(&work));
    /* what gets the focus comes into view */
    PostMessageW(sheet_page(sheet), WM_NEXTDLGCTL, (WPARAM)sheet_control(sheet, FLAG), TRUE);
    SHEET_WAIT(sheet_focus(sheet) == sheet_control(sheet, FLAG));
    SendMessageW(sheet_page(sheet), WM_NULL, 0, 0);
    GetClientRect(sheet_page(sheet), &page);
    MapWindowPoints(sheet_page(sheet), NULL, (POINT *)&page, 2);
    GetWindowRect(sheet_control(sheet, FLAG), &rect);
    ok(rect.top >= page.top && rect.bottom <= page.bottom, "%s in %s\n", wine_dbgstr_rect(&rect),
       wine_dbgstr_rect(&page));
    /* a higher window shows more, down to the end */
    SendMessageW(sheet_page(sheet), WM_VSCROLL, SB_BOTTOM, 0);
    GetScrollInfo(sheet_page(sheet), SB_VERT, &info);
    shown = info.nPage;
    end = info.nPos;
    ok(end == info.nMax + 1 - shown, "at %d of %d\n", end, info.nMax);
    GetWindowRect(sheet, &rect);
    SetWindowPos(sheet, NULL, 0, 0, rect.right - rect.left, rect.bottom - rect.top + 16,
                 SWP_NOMOVE | SWP_NOZORDER);
    GetScrollInfo(sheet_page(sheet), SB_VERT, &info);
    ok(info.nPage == shown + 16 && info.nPos == end - 16, "%u at %d\n", info.nPage, info.nPos);
    SetWindowPos(sheet, NULL, 0, 0, rect.right - rect.left, rect.bottom - rect.top,
                 SWP_NOMOVE | SWP_NOZORDER);
    SendMessageW(sheet_page(sheet), WM_VSCROLL, SB_TOP, 0);
    GetWindowRect(sheet_control(sheet, NAME), &rect);
    ok(rect.top >= page.top && rect.bottom <= page.bottom, "%s in %s\n", wine_dbgstr_rect(&rect),
       wine_dbgstr_rect(&page));
    sheet_press(sheet, PSBTN_CANCEL);
}

static void test_large(void)
{
    HRESULT hr;

    data_reset();
    hr = show_all(drive_large, make_large, 0);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
}

static BOOL start(void)
{
    static const char inf[] =
        "[Services]\r\nSHEET=Sheet\r\n[SHEET]\r\nPR_DISPLAY_NAME=Sheet\r\nProviders=SHEET_XP\r\n"
        "PR_SERVICE_DLL_NAME=%s\r\nPR_SERVICE_ENTRY_NAME=test_sheet_entry\r\n"
        "[SHEET_XP]\r\nPR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\nPR_PROVIDER_DLL_NAME=sheetxp.dll\r\n"
        "PR_DISPLAY_NAME=Transport\r\n";
    char path[MAX_PATH], text[sizeof(inf) + MAX_PATH];
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    HRESULT hr;

    GetModuleFileNameA(NULL, path, MAX_PATH);
    sprintf(text, inf, path);
    write_inf(text);
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "MAPIAdminProfiles returned %#lx\n", hr);
    if (hr != S_OK) return FALSE;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, 0);
    if (SUCCEEDED(hr)) hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    IProfAdmin_Release(admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr != S_OK) return FALSE;
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"SHEET", NULL, 0, 0);
    ok(hr == S_OK, "CreateMsgService returned %#lx\n", hr);
    IMsgServiceAdmin_Release(services);
    return support != NULL;
}

START_TEST(sheet)
{
    HRESULT hr = MAPIInitialize(NULL);

    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (hr == S_OK && start()) test_arguments();
    if (!sheet_windows_work()) skip("this Wine cannot draw for a program of this width\n");
    else if (support)
    {
        test_values();
        test_edit();
        test_required();
        test_apply();
        test_immediate();
        test_button();
        test_keys();
        test_refused();
        test_damage();
        test_large();
        test_crash();
    }
    if (support)
    {
        if (data.display) ITableData_Release(data.display);
        IPropData_Release(data.props);
        ok(!IMAPISupport_Release(support), "references are left on the support object\n");
    }
    remove_inf();
    delete_profile_key(profile);
    MAPIUninitialize();
}
