/*
 * Unit tests of forms: libraries, manager, and what a session shows
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

/* A form server of the test's own, registered with COM in this process, and configuration files
 * written for the purpose. Libraries are in a folder of the test's (LOCALAPPDATA) and in the sample
 * store. */

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapiform.h>
#include <mapiguid.h>

#include "wine/test.h"
#include "stores.h"
#include "drive.h"
#include "formfiles.h"

static const char profile[] = "mapitest forms";
static const WCHAR window_title[] = L"mapitest forms";

/* {6f1d7a80-3c52-4b1e-9d0a-f00dfeed0001} */
static const CLSID clsid_form =
    { 0x6f1d7a80, 0x3c52, 0x4b1e, { 0x9d, 0x0a, 0xf0, 0x0d, 0xfe, 0xed, 0, 1 } };
#define CLSID_FORM "{6F1D7A80-3C52-4B1E-9D0A-F00DFEED0001}"
#define CLSID_DOWNLOADED "{6F1D7A80-3C52-4B1E-9D0A-F00DFEED0002}"

static const char cfg_ticket[] =
    "[Description]\r\n"
    "MessageClass = IPM.Note.Ticket\r\n"
    "Clsid = " CLSID_FORM "\r\n"
    "DisplayName = Ticket\r\n"
    "Category = Help\r\n"
    "Subcategory = New\r\n"
    "Comment = first line\r\n"
    "Comment1 = second line\r\n"
    "Owner = Desk\r\n"
    "Version = 1.5\r\n"
    "SmallIcon = ticket.ico\r\n"
    "LargeIcon = ticket.ico\r\n"
    "ComposeInFolder = 1\r\n"
    "[Platforms]\r\n"
    "Platform.1 = NTx86\r\n"
    "[Platform.NTx86]\r\n"
    "CPU = ix86\r\n"
    "OSVersion = WinNT4.0\r\n"
    "File = \\ticket.dll\r\n"
    "Registry = InprocServer32 = %d\\ticket.dll\r\n"
    "Registry2 = \\.txt = evil\r\n"
    "[Properties]\r\n"
    "Property.1 = Hazard\r\n"
    "Property.2 = Place\r\n"
    "[Property.Hazard]\r\n"
    "Type = 30\r\n"
    "NmidString = Hazard\r\n"
    "DisplayName = Fire Hazard\r\n"
    "SpecialType = 1\r\n"
    "Enum1 = HazardEnum\r\n"
    "[Enum1.HazardEnum]\r\n"
    "NmidInteger = 0x8010\r\n"
    "EnumCount = 2\r\n"
    "Val.1.Display = Low\r\n"
    "Val.1.Index = 1\r\n"
    "Val.2.Display = High\r\n"
    "Val.2.Index = 7\r\n"
    "[Property.Place]\r\n"
    "Type = 3\r\n"
    "NmidPropset = {00020D0C-0000-0000-C000-000000000046}\r\n"
    "NmidInteger = 5\r\n"
    "[Verbs]\r\n"
    "Verb1 = b\r\n"
    "Verb2 = a\r\n"
    "[Verb.b]\r\n"
    "DisplayName = Reply\r\n"
    "Code = 2\r\n"
    "Attribs = 2\r\n"
    "[Verb.a]\r\n"
    "DisplayName = Open\r\n"
    "Code = 0\r\n"
    "Flags = 4\r\n"
    "[Extensions]\r\n"
    "Extension.A = 1\r\n"
    "[Extension.1]\r\n"
    "Type = 3\r\n"
    "NmidPropset = {00020D0C-0000-0000-C000-000000000046}\r\n"
    "NmidInteger = 1\r\n"
    "Value = 11220000\r\n";

static const char cfg_other[] =
    "[Description]\r\n"
    "MessageClass = IPM.Other\r\n"
    "Clsid = " CLSID_DOWNLOADED "\r\n"
    "DisplayName = Other\r\n"
    "Hidden = 1\r\n"
    "[Platforms]\r\n"
    "Platform.1 = NTx86\r\n"
    "[Platform.NTx86]\r\n"
    "CPU = ix86\r\n"
    "OSVersion = WinNT4.0\r\n"
    "File = ticket.dll\r\n"
    "Registry = InprocServer32 = %d\\ticket.dll\r\n"
    "[Properties]\r\n"
    "Property.2 = Place\r\n"
    "[Property.Place]\r\n"
    "Type = 3\r\n"
    "NmidPropset = {00020D0C-0000-0000-C000-000000000046}\r\n"
    "NmidInteger = 5\r\n";

/* one picture, 16 by 16, one bit a pixel */
static BYTE icon_file[22 + 40 + 8 + 64 + 64] =
{
    0, 0, 1, 0, 1, 0,
    16, 16, 2, 0, 1, 0, 1, 0, 176, 0, 0, 0, 22, 0, 0, 0,
    40, 0, 0, 0, 16, 0, 0, 0, 32, 0, 0, 0, 1, 0, 1, 0
};

static void start(void)
{
    make_base();
    write_text("ticket.cfg", cfg_ticket);
    write_text("other.cfg", cfg_other);
    write_file("ticket.ico", icon_file, sizeof(icon_file));
    write_text("ticket.dll", "no DLL at all");
}

/* ---- the form server ---- */

enum action
{
    DO_NOTHING,
    DO_SAVE,
    DO_SUBMIT,
    DO_DELETE,
    DO_LATER            /* the window closes after DoVerb */
};

static struct form
{
    IMAPIForm IMAPIForm_iface;
    IPersistMessage IPersistMessage_iface;
    LONG refs;
    enum action action;
    HRESULT done;
    int loads, inits, saves, completed, hands_off, verbs, shutdowns, views;
    ULONG status, flags, view_status, site_status;
    IMAPIMessageSite *site;
    IMessage *message;
    IMAPIViewContext *view;
    IMAPIViewAdviseSink *sink;
} form;

static HRESULT form_query(REFIID iid, void **ret)
{
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMAPIForm))
        *ret = &form.IMAPIForm_iface;
    else if (IsEqualGUID(iid, &IID_IPersistMessage)) *ret = &form.IPersistMessage_iface;
    else
    {
        *ret = NULL;
        return E_NOINTERFACE;
    }
    form.refs++;
    return S_OK;
}

static void form_let_go(void)
{
    if (form.message) IMessage_Release(form.message);
    form.message = NULL;
}

static HRESULT WINAPI form_QueryInterface(IMAPIForm *iface, REFIID iid, void **ret)
{
    return form_query(iid, ret);
}

static ULONG WINAPI form_AddRef(IMAPIForm *iface)
{
    return ++form.refs;
}

static ULONG WINAPI form_Release(IMAPIForm *iface)
{
    return --form.refs;
}

static HRESULT WINAPI form_GetLastError(IMAPIForm *iface, HRESULT hr, ULONG flags, MAPIERROR **ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI form_SetViewContext(IMAPIForm *iface, IMAPIViewContext *view)
{
    if (view) IMAPIViewContext_AddRef(view);
    if (form.view) IMAPIViewContext_Release(form.view);
    form.view = view;
    form.views++;
    return S_OK;
}

static HRESULT WINAPI form_GetViewContext(IMAPIForm *iface, IMAPIViewContext **ret)
{
    if (!(*ret = form.view)) return S_FALSE;
    IMAPIViewContext_AddRef(*ret);
    return S_OK;
}

static void form_end(void)
{
    IMAPIViewAdviseSink *sink = form.sink;

    form.shutdowns++;
    form_let_go();
    if (form.view) IMAPIViewContext_Release(form.view);
    if (form.site) IMAPIMessageSite_Release(form.site);
    form.view = NULL;
    form.site = NULL;
    if (sink) IMAPIViewAdviseSink_OnShutdown(sink);
}

static HRESULT WINAPI form_ShutdownForm(IMAPIForm *iface, ULONG options)
{
    form_end();
    return S_OK;
}

static void CALLBACK form_later(HWND window, UINT message, UINT_PTR id, DWORD time)
{
    KillTimer(window, id);
    form_end();
}

static HRESULT WINAPI form_DoVerb(IMAPIForm *iface, LONG verb, IMAPIViewContext *view,
                                  ULONG_PTR parent, LPCRECT position)
{
    ok(!verb, "got verb %ld\n", verb);
    form.verbs++;
    IMAPIViewContext_GetViewStatus(form.view, &form.view_status);
    IMAPIMessageSite_GetSiteStatus(form.site, &form.site_status);
    switch (form.action)
    {
    case DO_NOTHING:
        break;
    case DO_SAVE:
        form.done = IMAPIMessageSite_SaveMessage(form.site);
        break;
    case DO_SUBMIT:
        form.done = IMAPIMessageSite_SubmitMessage(form.site, 0);
        break;
    case DO_DELETE:
        form.done = IMAPIMessageSite_DeleteMessage(form.site, form.view, NULL);
        break;
    case DO_LATER:
        SetTimer(NULL, 0, 50, form_later);
        return S_OK;
    }
    form_end();
    return S_OK;
}

static HRESULT WINAPI form_Advise(IMAPIForm *iface, IMAPIViewAdviseSink *sink,
                                  ULONG_PTR *connection)
{
    form.sink = sink;
    IMAPIViewAdviseSink_AddRef(sink);
    *connection = 5;
    return S_OK;
}

static HRESULT WINAPI form_Unadvise(IMAPIForm *iface, ULONG_PTR connection)
{
    ok(connection == 5, "got connection %Iu\n", connection);
    if (form.sink) IMAPIViewAdviseSink_Release(form.sink);
    form.sink = NULL;
    return S_OK;
}

static const IMAPIFormVtbl form_vtbl =
{
    form_QueryInterface,
    form_AddRef,
    form_Release,
    form_GetLastError,
    form_SetViewContext,
    form_GetViewContext,
    form_ShutdownForm,
    form_DoVerb,
    form_Advise,
    form_Unadvise
};

static HRESULT WINAPI persist_QueryInterface(IPersistMessage *iface, REFIID iid, void **ret)
{
    return form_query(iid, ret);
}

static ULONG WINAPI persist_AddRef(IPersistMessage *iface)
{
    return ++form.refs;
}

static ULONG WINAPI persist_Release(IPersistMessage *iface)
{
    return --form.refs;
}

static HRESULT WINAPI persist_GetLastError(IPersistMessage *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI persist_GetClassID(IPersistMessage *iface, CLSID *clsid)
{
    *clsid = clsid_form;
    return S_OK;
}

static HRESULT WINAPI persist_IsDirty(IPersistMessage *iface)
{
    return S_FALSE;
}

static void form_take(IMAPIMessageSite *site, IMessage *message)
{
    form_let_go();
    if (form.site) IMAPIMessageSite_Release(form.site);
    IMAPIMessageSite_AddRef(form.site = site);
    IMessage_AddRef(form.message = message);
}

static HRESULT WINAPI persist_InitNew(IPersistMessage *iface, IMAPIMessageSite *site,
                                      IMessage *message)
{
    form.inits++;
    form_take(site, message);
    return S_OK;
}

static HRESULT WINAPI persist_Load(IPersistMessage *iface, IMAPIMessageSite *site,
                                   IMessage *message, ULONG status, ULONG flags)
{
    form.loads++;
    form.status = status;
    form.flags = flags;
    form_take(site, message);
    return S_OK;
}

static HRESULT WINAPI persist_Save(IPersistMessage *iface, IMessage *message, ULONG same)
{
    form.saves++;
    set_text(message, PR_SUBJECT_A, same ? "of the form" : "copied by the form");
    return S_OK;
}

static HRESULT WINAPI persist_SaveCompleted(IPersistMessage *iface, IMessage *message)
{
    form.completed++;
    return S_OK;
}

static HRESULT WINAPI persist_HandsOffMessage(IPersistMessage *iface)
{
    form.hands_off++;
    form_let_go();
    return S_OK;
}

static const IPersistMessageVtbl persist_vtbl =
{
    persist_QueryInterface,
    persist_AddRef,
    persist_Release,
    persist_GetLastError,
    persist_GetClassID,
    persist_IsDirty,
    persist_InitNew,
    persist_Load,
    persist_Save,
    persist_SaveCompleted,
    persist_HandsOffMessage
};

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IClassFactory))
        return E_NOINTERFACE;
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI factory_AddRef(IClassFactory *iface)
{
    return 2;
}

static ULONG WINAPI factory_Release(IClassFactory *iface)
{
    return 1;
}

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                             void **ret)
{
    return form_query(iid, ret);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    return S_OK;
}

static const IClassFactoryVtbl factory_vtbl =
{
    factory_QueryInterface,
    factory_AddRef,
    factory_Release,
    factory_CreateInstance,
    factory_LockServer
};

static IClassFactory factory = { (IClassFactoryVtbl *)&factory_vtbl };

static void form_reset(enum action action)
{
    ok(!form.refs && !form.message && !form.site && !form.view && !form.sink,
       "the form is still held: %ld %p %p %p %p\n", form.refs, form.message, form.site, form.view,
       form.sink);
    memset(&form, 0, sizeof(form));
    form.IMAPIForm_iface.lpVtbl = (IMAPIFormVtbl *)&form_vtbl;
    form.IPersistMessage_iface.lpVtbl = (IPersistMessageVtbl *)&persist_vtbl;
    form.action = action;
    form.done = 0xdeadbeef;
}

/* ---- libraries ---- */

static void check_error(IMAPIFormContainer *container, HRESULT hr, const char *word)
{
    MAPIERROR *error = NULL;
    HRESULT ret;

    ok(hr == MAPI_E_EXTENDED_ERROR, "got %#lx\n", hr);
    ret = IMAPIFormContainer_GetLastError(container, hr, 0, &error);
    ok(ret == S_OK && error && strstr((char *)error->lpszError, word), "got %#lx, %s\n", ret,
       error ? (char *)error->lpszError : "-");
    MAPIFreeBuffer(error);
}

static IMAPIFormInfo *resolve(IMAPIFormContainer *container, const char *message_class, ULONG flags)
{
    IMAPIFormInfo *info = (IMAPIFormInfo *)0xdeadbeef;
    HRESULT hr;

    hr = IMAPIFormContainer_ResolveMessageClass(container, message_class, flags, &info);
    ok(hr == (info ? S_OK : MAPI_E_NOT_FOUND), "%s: got %#lx\n", message_class, hr);
    return info;
}

static void check_info(IMAPIFormInfo *info, BOOL platforms)
{
    static const GUID set = { 0x00020d0c, 0, 0, { 0xc0, 0, 0, 0, 0, 0, 0, 0x46 } };
    MAPINAMEID name = { (GUID *)&set, MNID_ID, { 1 } }, *names = &name;
    SMAPIFormPropArray *props;
    SMAPIVerbArray *verbs;
    SPropTagArray *tags;
    SPropValue *prop;
    HICON icon = NULL;
    HRESULT hr;

    check_text(info, PR_MESSAGE_CLASS_A, "IPM.Note.Ticket");
    check_text(info, PR_DISPLAY_NAME_A, "Ticket");
    check_text(info, PR_FORM_CATEGORY_A, "Help");
    check_text(info, PR_FORM_CATEGORY_SUB_A, "New");
    check_text(info, PR_FORM_CONTACT_NAME_A, "Desk");
    check_text(info, PR_FORM_VERSION_A, "1.5");
    check_text(info, PR_COMMENT_A, "first line\r\nsecond line");
    ok(get_long(info, PR_FORM_MESSAGE_BEHAVIOR) == MAPI_MESSAGE_BEHAVIOR_FOLDER, "not in folder\n");
    prop = get_prop(info, PR_FORM_CLSID);
    ok(prop && IsEqualGUID(prop->Value.lpguid, &clsid_form), "wrong class\n");
    MAPIFreeBuffer(prop);
    prop = get_prop(info, PR_FORM_HIDDEN);
    ok(prop && prop->ulPropTag == PR_FORM_HIDDEN && !prop->Value.b, "hidden\n");
    MAPIFreeBuffer(prop);
    prop = get_prop(info, PR_FORM_HOST_MAP);
    ok(prop && prop->ulPropTag == PR_FORM_HOST_MAP && prop->Value.MVl.cValues == 1
       && prop->Value.MVl.lpl[0] == MAPIFORM_PLATFORM(MAPIFORM_CPU_X86, MAPIFORM_OS_WINNT_40),
       "wrong platforms\n");
    MAPIFreeBuffer(prop);
    prop = get_prop(info, PR_ICON);
    ok(prop && prop->ulPropTag == PR_ICON && prop->Value.bin.cb == sizeof(icon_file)
       && !memcmp(prop->Value.bin.lpb, icon_file, sizeof(icon_file)), "wrong icon\n");
    MAPIFreeBuffer(prop);

    hr = IMAPIFormInfo_GetIDsFromNames(info, 1, &names, 0, &tags);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        ok(tags->aulPropTag[0] & 0x80000000, "got tag %#lx\n", tags->aulPropTag[0]);
        ok(get_long(info, CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_LONG)) == 11220000,
           "wrong extension\n");
        MAPIFreeBuffer(tags);
    }
    prop = get_prop(info, PR_DISPLAY_NAME_A);
    hr = IMAPIFormInfo_SetProps(info, 1, prop, NULL);
    ok(FAILED(hr), "a form information object can be changed\n");
    MAPIFreeBuffer(prop);

    hr = IMAPIFormInfo_CalcFormPropSet(info, MAPI_UNICODE, &props);
    ok(hr == S_OK && props->cProps == 2, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        const SMAPIFormProp *hazard = props->aFormProp, *place = props->aFormProp + 1;

        ok(hazard->ulFlags == MAPI_UNICODE && hazard->nPropType == PT_STRING8, "got %#lx, %lu\n",
           hazard->ulFlags, hazard->nPropType);
        ok(hazard->nmid.ulKind == MNID_STRING && !lstrcmpW(hazard->nmid.Kind.lpwstrName, L"Hazard")
           && IsEqualGUID(hazard->nmid.lpguid, &PS_PUBLIC_STRINGS), "wrong name\n");
        ok(!lstrcmpW((WCHAR *)hazard->pszDisplayName, L"Fire Hazard"), "wrong display name\n");
        ok(hazard->nSpecialType == FPST_ENUM_PROP && hazard->u.s1.cfpevAvailable == 2,
           "no enumeration\n");
        ok(hazard->u.s1.nmidIdx.Kind.lID == 0x8010, "got %#lx\n", hazard->u.s1.nmidIdx.Kind.lID);
        ok(hazard->u.s1.pfpevAvailable[1].nVal == 7
           && !lstrcmpW((WCHAR *)hazard->u.s1.pfpevAvailable[1].pszDisplayName, L"High"),
           "wrong value\n");
        ok(place->nSpecialType == FPST_VANILLA && place->nmid.ulKind == MNID_ID
           && place->nmid.Kind.lID == 5 && IsEqualGUID(place->nmid.lpguid, &set), "wrong second\n");
        ok(!lstrcmpW((WCHAR *)place->pszDisplayName, L"Place"), "wrong display name\n");
        MAPIFreeBuffer(props);
    }
    hr = IMAPIFormInfo_CalcFormPropSet(info, 0x100, &props);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !props, "got %#lx\n", hr);

    hr = IMAPIFormInfo_CalcVerbSet(info, 0, &verbs);
    ok(hr == S_OK && verbs->cMAPIVerb == 2, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        ok(!verbs->aMAPIVerb[0].lVerb && !strcmp((char *)verbs->aMAPIVerb[0].szVerbname, "Open")
           && verbs->aMAPIVerb[0].fuFlags == 4, "wrong first verb\n");
        ok(verbs->aMAPIVerb[1].lVerb == 2 && verbs->aMAPIVerb[1].grfAttribs == 2
           && !verbs->aMAPIVerb[1].ulFlags, "wrong second verb\n");
        MAPIFreeBuffer(verbs);
    }
    hr = IMAPIFormInfo_MakeIconFromBinary(info, PROP_ID(PR_SUBJECT), &icon);
    ok(hr == MAPI_E_INVALID_PARAMETER && !icon, "got %#lx\n", hr);
    if (drive_has_gdi())
    {
        hr = IMAPIFormInfo_MakeIconFromBinary(info, PROP_ID(PR_MINI_ICON), &icon);
        ok(hr == S_OK && icon, "got %#lx\n", hr);
        DestroyIcon(icon);
    }
    hr = IMAPIFormInfo_SaveForm(info, (LPCTSTR)path_of("saved\\ticket.cfg"));
    ok(hr == (platforms ? S_OK : MAPI_E_NO_SUPPORT), "got %#lx\n", hr);
}

static void test_install_errors(IMAPIFormContainer *container)
{
    static const struct
    {
        const char *text;
        const char *word;
    }
    tests[] =
    {
        { "", "Description" },
        { "[Description]\r\nMessageClass = IPM.X\r\n", "line 1" },
        { "[Description]\r\nMessageClass = IPM..X\r\nClsid = " CLSID_FORM "\r\nDisplayName = x\r\n",
          "MessageClass" },
        { "[Description]\r\nMessageClass = IPM.X\r\nClsid = {1}\r\nDisplayName = x\r\n", "Clsid" },
        { "[Description]\r\nMessageClass = IPM.X\r\nClsid = " CLSID_FORM "\r\nDisplayName = x\r\n"
          "SmallIcon = nowhere.ico\r\n", "nowhere.ico" },
        { "[Description]\r\nMessageClass = IPM.X\r\nClsid = " CLSID_FORM "\r\nDisplayName = x\r\n"
          "SmallIcon = ticket.dll\r\n", "icon" },
    };
    static const char outside[] =
        "[Description]\r\nMessageClass = IPM.X\r\nClsid = " CLSID_FORM "\r\nDisplayName = x\r\n"
        "[Platforms]\r\nPlatform.1 = a\r\n[Platform.a]\r\nCPU = ix86\r\nOSVersion = WinNT4.0\r\n"
        "File = ..\\x.dll\r\n";
    unsigned int i;
    HRESULT hr;

    hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("nowhere.cfg"));
    check_error(container, hr, "nowhere.cfg");
    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%u", i);
        write_text("bad.cfg", tests[i].text);
        hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("bad.cfg"));
        check_error(container, hr, tests[i].word);
        winetest_pop_context();
    }
    write_text("bad.cfg", outside);
    hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("bad.cfg"));
    if (hr != S_OK) check_error(container, hr, "..\\x.dll");
    else IMAPIFormContainer_RemoveForm(container, "IPM.X");     /* the local library has no files */
    hr = IMAPIFormContainer_InstallForm(container, 0, 0x400, (LPCTSTR)path_of("ticket.cfg"));
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPIFormContainer_InstallForm(container, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
}

static void test_container(IMAPIFormContainer *container, BOOL platforms, const char *display)
{
    struct
    {
        ULONG count;
        LPCSTR names[3];
    }
    classes = { 3, { "IPM.Note.Ticket.Special", "IPM.Nowhere", "IPM.Other" } };
    SMAPIFormInfoArray *array;
    SMAPIFormPropArray *props;
    IMAPIFormContainer *back;
    IMAPIFormInfo *info;
    WCHAR path[MAX_PATH];
    char *text;
    HRESULT hr;
    ULONG i;

    hr = IMAPIFormContainer_GetDisplay(container, 0, (LPTSTR *)&text);
    ok(hr == S_OK && !strcmp(text, display), "got %#lx, %s\n", hr, text);
    MAPIFreeBuffer(text);
    test_install_errors(container);

    ok(!resolve(container, "IPM.Note.Ticket", 0), "there is a form already\n");
    hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("ticket.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    MultiByteToWideChar(CP_ACP, 0, path_of("other.cfg"), -1, path, MAX_PATH);
    hr = IMAPIFormContainer_InstallForm(container, 0, MAPI_UNICODE, (LPCTSTR)path);
    ok(hr == S_OK, "got %#lx\n", hr);

    ok(!resolve(container, "IPM.Note", 0), "a form for what it derives from\n");
    ok(!resolve(container, "IPM.Note.Ticket.Special", MAPIFORM_EXACTMATCH), "not exact\n");
    ok(!resolve(container, "IPM.Note.Tickets", 0), "not a part of its own\n");
    ok(!resolve(container, "", 0), "no class at all\n");
    info = resolve(container, "ipm.note.ticket.special", 0);
    if (info) IMAPIFormInfo_Release(info);
    info = resolve(container, "IPM.Note.Ticket", MAPIFORM_EXACTMATCH);
    if (info)
    {
        check_info(info, platforms);
        hr = IMAPIFormInfo_OpenFormContainer(info, &back);
        ok(hr == S_OK && back == container, "got %#lx\n", hr);
        IMAPIFormContainer_Release(back);
        IMAPIFormInfo_Release(info);
    }

    hr = IMAPIFormContainer_ResolveMultipleMessageClasses(container, (SMessageClassArray *)&classes,
                                                          0, &array);
    ok(hr == S_OK && array->cForms == 3, "got %#lx\n", hr);
    ok(array->aFormInfo[0] && !array->aFormInfo[1] && array->aFormInfo[2], "got %p %p %p\n",
       array->aFormInfo[0], array->aFormInfo[1], array->aFormInfo[2]);
    for (i = 0; i < array->cForms; i++)
        if (array->aFormInfo[i]) IMAPIFormInfo_Release(array->aFormInfo[i]);
    MAPIFreeBuffer(array);
    hr = IMAPIFormContainer_ResolveMultipleMessageClasses(container, NULL, 0, &array);
    ok(hr == S_OK && array->cForms == 2, "got %#lx\n", hr);
    for (i = 0; i < array->cForms; i++) IMAPIFormInfo_Release(array->aFormInfo[i]);
    MAPIFreeBuffer(array);

    hr = IMAPIFormContainer_CalcFormPropSet(container, FORMPROPSET_UNION, &props);
    ok(hr == S_OK && props->cProps == 2, "got %#lx, %lu\n", hr, props ? props->cProps : 0);
    MAPIFreeBuffer(props);
    hr = IMAPIFormContainer_CalcFormPropSet(container, FORMPROPSET_INTERSECTION, &props);
    ok(hr == S_OK && props->cProps == 1 && props->aFormProp[0].nmid.Kind.lID == 5,
       "got %#lx, %lu\n", hr, props ? props->cProps : 0);
    MAPIFreeBuffer(props);

    hr = IMAPIFormContainer_RemoveForm(container, "IPM.Note");
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IMAPIFormContainer_RemoveForm(container, "IPM.Note.Ticket");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormContainer_RemoveForm(container, "IPM.Note.Ticket");
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    ok(!resolve(container, "IPM.Note.Ticket", 0), "still there\n");
    hr = IMAPIFormContainer_RemoveForm(container, "IPM.Other");
    ok(hr == S_OK, "got %#lx\n", hr);
}

/* Without a flag an installed form stays as it is, but for new platforms; with it, it is another
 * one. */
static void test_merge(IMAPIFormContainer *container)
{
    char changed[sizeof(cfg_ticket) + 300];
    IMAPIFormInfo *info;
    SPropValue *prop;
    HRESULT hr;

    hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("ticket.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    strcpy(changed, cfg_ticket);
    memcpy(strstr(changed, "DisplayName = Ticket"), "DisplayName = Tucket", 20);
    strcat(
        changed,
        "[Platforms]\r\nPlatform.x = Amd\r\n[Platform.Amd]\r\nCPU = x64\r\nOSVersion = WinNT6.0\r\n"
        "File = more\\ticket64.dll\r\nRegistry = InprocServer32 = %d\\more\\ticket64.dll\r\n");
    write_text("changed.cfg", changed);
    hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("changed.cfg"));
    check_error(container, hr, "ticket64.dll");
    CreateDirectoryA(path_of("more"), NULL);
    write_text("more\\ticket64.dll", "64 bits of it");
    hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("changed.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((info = resolve(container, "IPM.Note.Ticket", 0)))
    {
        check_text(info, PR_DISPLAY_NAME_A, "Ticket");
        prop = get_prop(info, PR_FORM_HOST_MAP);
        ok(prop->Value.MVl.cValues == 2
           && prop->Value.MVl.lpl[1] == MAPIFORM_PLATFORM(MAPIFORM_CPU_X64, MAPIFORM_OS_WINNT_60),
           "got %lu\n", prop->Value.MVl.cValues);
        MAPIFreeBuffer(prop);
        ok(has_prop(info, PR_ICON), "the icon is gone\n");
        hr = IMAPIFormInfo_SaveForm(info, (LPCTSTR)path_of("saved\\all.cfg"));
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPIFormInfo_Release(info);
    }
    hr = IMAPIFormContainer_InstallForm(container, 0, MAPIFORM_INSTALL_OVERWRITEONCONFLICT,
                                        (LPCTSTR)path_of("changed.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((info = resolve(container, "IPM.Note.Ticket", 0)))
    {
        check_text(info, PR_DISPLAY_NAME_A, "Tucket");
        IMAPIFormInfo_Release(info);
    }
    /* what was saved can be installed again, with all of its files */
    hr = IMAPIFormContainer_RemoveForm(container, "IPM.Note.Ticket");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("saved\\all.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((info = resolve(container, "IPM.Note.Ticket", 0)))
    {
        check_text(info, PR_DISPLAY_NAME_A, "Ticket");
        prop = get_prop(info, PR_FORM_HOST_MAP);
        ok(prop->Value.MVl.cValues == 2, "got %lu\n", prop->Value.MVl.cValues);
        MAPIFreeBuffer(prop);
        IMAPIFormInfo_Release(info);
    }
    hr = IMAPIFormContainer_RemoveForm(container, "IPM.Note.Ticket");
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void test_local(void)
{
    IMAPIFormContainer *container;
    HRESULT hr;

    hr = MAPIOpenLocalFormContainer(NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = MAPIOpenLocalFormContainer(&container);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    test_container(container, FALSE, "Forms of this computer");
    ok(!IMAPIFormContainer_Release(container), "the container is still held\n");
}

/* ---- the manager ---- */

static void set_policy(DWORD policy)
{
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key)) return;
    if (policy == ~0u) RegDeleteValueA(key, "FormPrograms");
    else RegSetValueExA(key, "FormPrograms", 0, REG_DWORD, (BYTE *)&policy, sizeof(policy));
    RegCloseKey(key);
}

static void test_download(IMAPIFormMgr *manager, IMAPIFormContainer *personal)
{
    static const char class_key[] = "Software\\Classes\\CLSID\\" CLSID_DOWNLOADED;
    char value[MAX_PATH] = "", expected[MAX_PATH];
    IMAPIFormInfo *info;
    IUnknown *object;
    DWORD size = sizeof(value);
    HRESULT hr;
    HKEY key;

    hr = IMAPIFormContainer_InstallForm(personal, 0, 0, (LPCTSTR)path_of("other.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(info = resolve(personal, "IPM.Other", 0))) return;
    /* no window, and nobody said that programs may be put here */
    hr = IMAPIFormMgr_PrepareForm(manager, 0, 0, info);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    set_policy(0);
    hr = IMAPIFormMgr_PrepareForm(manager, 0, MAPI_DIALOG, info);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    ok(RegOpenKeyA(HKEY_CURRENT_USER, class_key, &key) != 0, "registered all the same\n");
    set_policy(2);
    hr = IMAPIFormMgr_PrepareForm(manager, 0, 0, info);
    ok(hr == S_OK, "got %#lx\n", hr);
    snprintf(expected, sizeof(expected),
             "%s\\Microsoft\\FORMS\\Cache\\" CLSID_DOWNLOADED "\\ticket.dll", base);
    ok(GetFileAttributesA(expected) != INVALID_FILE_ATTRIBUTES, "%s is not there\n", expected);
    ok(!RegOpenKeyA(HKEY_CURRENT_USER, class_key, &key), "not registered\n");
    ok(!RegGetValueA(key, "InprocServer32", NULL, RRF_RT_REG_SZ, NULL, value, &size), "no value\n");
    ok(!lstrcmpiA(value, expected), "got %s\n", value);
    RegCloseKey(key);
    /* it is no DLL */
    hr = IMAPIFormMgr_CreateForm(manager, 0, 0, info, &IID_IUnknown, (void **)&object);
    ok((hr == MAPI_E_CALL_FAILED || hr == MAPI_E_NOT_FOUND) && !object, "got %#lx\n", hr);
    set_policy(~0u);
    RegDeleteTreeA(HKEY_CURRENT_USER, class_key);
    RegDeleteTreeA(HKEY_CLASSES_ROOT, "CLSID\\" CLSID_DOWNLOADED);
    IMAPIFormInfo_Release(info);
    hr = IMAPIFormContainer_RemoveForm(personal, "IPM.Other");
    ok(hr == S_OK, "got %#lx\n", hr);
}

static const WCHAR *select_title;
static int select_item;

static DWORD WINAPI select_driver(void *data)
{
    HWND dialog = drive_wait(select_title);

    if (!dialog) return 0;
    if (select_item >= 0) SendMessageW(GetDlgItem(dialog, 2001), LB_SETCURSEL, select_item, 0);
    drive_click(dialog, select_item == -1 ? IDCANCEL : IDOK);
    return 0;
}

static HANDLE select_drive(const WCHAR *title, int item)
{
    select_title = title;
    select_item = item;
    return drive_start(select_driver, NULL);
}

static void test_select(IMAPIFormMgr *manager, IMAPIFormContainer *local)
{
    IMAPIFormContainer *container;
    SMAPIFormInfoArray *chosen, preselected = { 1 };
    IMAPIFormInfo *info;
    HANDLE thread;
    char *text;
    HRESULT hr;

    if (!drive_has_gdi())
    {
        skip("no windows\n");
        return;
    }
    hr = IMAPIFormContainer_InstallForm(local, 0, 0, (LPCTSTR)path_of("other.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);

    thread = select_drive(window_title, 0);
    hr = IMAPIFormMgr_SelectForm(manager, 0, MAPI_UNICODE, (LPCTSTR)window_title, NULL, &info);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (SUCCEEDED(hr))
    {
        check_text(info, PR_MESSAGE_CLASS_A, "IPM.Note.Ticket");
        IMAPIFormInfo_Release(info);
    }
    thread = select_drive(L"Select Form", -1);
    hr = IMAPIFormMgr_SelectForm(manager, 0, 0, NULL, NULL, &info);
    ok(hr == MAPI_E_USER_CANCEL && !info, "got %#lx\n", hr);
    drive_join(thread);

    /* the hidden one too, and what is chosen already is shown so */
    preselected.aFormInfo[0] = resolve(local, "IPM.Other", 0);
    thread = select_drive(L"Select Forms", -2);
    hr = IMAPIFormMgr_SelectMultipleForms(manager, 0, 0, NULL, NULL, &preselected, &chosen);
    ok(hr == S_OK && chosen->cForms == 1, "got %#lx\n", hr);
    drive_join(thread);
    if (SUCCEEDED(hr))
    {
        check_text(chosen->aFormInfo[0], PR_MESSAGE_CLASS_A, "IPM.Other");
        IMAPIFormInfo_Release(chosen->aFormInfo[0]);
        MAPIFreeBuffer(chosen);
    }
    IMAPIFormInfo_Release(preselected.aFormInfo[0]);

    thread = select_drive(L"Select Forms Library", 0);
    hr = IMAPIFormMgr_SelectFormContainer(manager, 0, MAPIFORM_SELECT_ALL_REGISTRIES, &container);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (SUCCEEDED(hr))
    {
        IMAPIFormContainer_GetDisplay(container, 0, (LPTSTR *)&text);
        ok(!strcmp(text, "Personal forms"), "got %s\n", text);
        MAPIFreeBuffer(text);
        IMAPIFormContainer_Release(container);
    }
    thread = select_drive(L"Select Forms Library", 1);
    hr = IMAPIFormMgr_SelectFormContainer(manager, 0, MAPIFORM_SELECT_ALL_REGISTRIES, &container);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (SUCCEEDED(hr))
    {
        IMAPIFormContainer_GetDisplay(container, 0, (LPTSTR *)&text);
        ok(!strncmp(text, "Forms of the folder ", 20), "got %s\n", text);
        MAPIFreeBuffer(text);
        IMAPIFormContainer_Release(container);
    }
    hr = IMAPIFormContainer_RemoveForm(local, "IPM.Other");
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void test_manager(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder)
{
    IMAPIFormContainer *local, *personal, *of_folder;
    SMAPIFormInfoArray *all;
    SMAPIFormPropArray *props;
    IMAPIFormMgr *manager;
    IMAPIFormInfo *info;
    IUnknown *object;
    HRESULT hr;
    ULONG i;

    hr = MAPIOpenFormMgr(NULL, &manager);
    ok(hr == MAPI_E_INVALID_PARAMETER && !manager, "got %#lx\n", hr);
    hr = MAPIOpenFormMgr(session, &manager);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;

    hr = IMAPIFormMgr_OpenFormContainer(manager, HFRMREG_LOCAL, NULL, &local);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormMgr_OpenFormContainer(manager, HFRMREG_PERSONAL, NULL, &personal);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormMgr_OpenFormContainer(manager, HFRMREG_FOLDER, (IUnknown *)folder, &of_folder);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormMgr_OpenFormContainer(manager, HFRMREG_FOLDER, (IUnknown *)store,
                                        (IMAPIFormContainer **)&all);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = IMAPIFormMgr_OpenFormContainer(manager, 77, NULL, (IMAPIFormContainer **)&all);
    ok(hr == MAPI_E_INVALID_PARAMETER && !all, "got %#lx\n", hr);

    winetest_push_context("personal");
    test_container(personal, TRUE, "Personal forms");
    winetest_pop_context();
    winetest_push_context("folder");
    test_container(of_folder, TRUE, "Forms of the folder forms");
    test_merge(of_folder);
    winetest_pop_context();
    test_download(manager, personal);

    /* the nearest class, wherever it is; of libraries that have it the local one first */
    hr = IMAPIFormMgr_ResolveMessageClass(manager, "IPM.Note.Ticket", 0, folder, &info);
    ok(hr == MAPI_E_NOT_FOUND && !info, "got %#lx\n", hr);
    hr = IMAPIFormContainer_InstallForm(of_folder, 0, 0, (LPCTSTR)path_of("ticket.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormMgr_ResolveMessageClass(manager, "IPM.Note.Ticket.A", 0, NULL, &info);
    ok(hr == MAPI_E_NOT_FOUND && !info, "got %#lx\n", hr);
    hr = IMAPIFormMgr_ResolveMessageClass(manager, "IPM.Note.Ticket.A", 0, folder, &info);
    ok(hr == S_OK && info, "got %#lx\n", hr);
    if (info) IMAPIFormInfo_Release(info);
    hr = IMAPIFormContainer_InstallForm(local, 0, 0, (LPCTSTR)path_of("ticket.cfg"));
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormMgr_ResolveMessageClass(manager, "IPM.Note.Ticket", 0, folder, &info);
    ok(hr == S_OK && info, "got %#lx\n", hr);
    if (info)
    {
        hr = IMAPIFormInfo_SaveForm(info, (LPCTSTR)path_of("x.cfg"));
        ok(hr == MAPI_E_NO_SUPPORT, "not the local one: %#lx\n", hr);
    }
    hr = IMAPIFormMgr_ResolveMultipleMessageClasses(manager, NULL, 0, folder, &all);
    ok(hr == S_OK && all->cForms == 1, "got %#lx\n", hr);
    hr = IMAPIFormMgr_CalcFormPropSet(manager, all, FORMPROPSET_UNION, &props);
    ok(hr == S_OK && props->cProps == 2, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    for (i = 0; i < all->cForms; i++) IMAPIFormInfo_Release(all->aFormInfo[i]);
    MAPIFreeBuffer(all);

    hr = IMAPIFormMgr_IsInConflict(manager, 0, 0, "IPM.Note.Ticket", folder);
    ok(hr == S_FALSE, "got %#lx\n", hr);
    hr = IMAPIFormMgr_IsInConflict(manager, 0, 0x800, "IPM.Note.Ticket", folder);
    ok(hr == S_OK, "got %#lx\n", hr);

    form_reset(DO_NOTHING);
    hr = IMAPIFormMgr_CreateForm(manager, 0, 0, info, &IID_IMAPISession, (void **)&object);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !object, "got %#lx\n", hr);
    hr = IMAPIFormMgr_CreateForm(manager, 0, 0, info, &IID_IMAPIForm, (void **)&object);
    ok(hr == S_OK && object == (IUnknown *)&form.IMAPIForm_iface, "got %#lx\n", hr);
    if (SUCCEEDED(hr)) IUnknown_Release(object);
    if (info) IMAPIFormInfo_Release(info);
    test_select(manager, local);

    IMAPIFormContainer_RemoveForm(of_folder, "IPM.Note.Ticket");
    ok(!IMAPIFormContainer_Release(of_folder), "the container is still held\n");
    ok(!IMAPIFormContainer_Release(personal), "the container is still held\n");
    ok(!IMAPIFormContainer_Release(local), "the container is still held\n");
    ok(!IMAPIFormMgr_Release(manager), "the manager is still held\n");
}

/* ---- what a session shows; the form is in the local library by now ---- */

static HRESULT show(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder, IMessage *message,
                    ULONG flags, ULONG access, const char *message_class, enum action action)
{
    ULONG_PTR token = 0;
    HRESULT hr;

    form_reset(action);
    hr = IMAPISession_PrepareForm(session, NULL, message, &token);
    ok(hr == S_OK && token, "got %#lx\n", hr);
    IMessage_Release(message);
    hr = IMAPISession_ShowForm(session, 0, store, folder, NULL, token, NULL, flags, 3, 5, access,
                               (LPSTR)message_class);
    ok(IMAPISession_ShowForm(session, 0, store, folder, NULL, token, NULL, flags, 3, 5, access,
                             (LPSTR)message_class) == MAPI_E_INVALID_PARAMETER,
       "a token that was used\n");
    return hr;
}

static void test_show(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder)
{
    static const char ticket[] = "IPM.Note.Ticket";
    IMessage *message;
    ULONG_PTR token;
    HRESULT hr;

    message = new_message(folder, "new");
    set_text(message, PR_MESSAGE_CLASS_A, ticket);
    hr = IMAPISession_PrepareForm(session, &IID_IMAPIFolder, message, &token);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !token, "got %#lx\n", hr);
    hr = IMAPISession_PrepareForm(session, NULL, NULL, &token);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_ShowForm(session, 0, store, folder, NULL, 12345, NULL, 0, 0, 0, 0,
                               (LPSTR)ticket);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    /* nothing was done to it */
    hr = show(session, store, folder, message, MAPI_NEW_MESSAGE, 0, ticket, DO_NOTHING);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    ok(form.inits == 1 && !form.loads && form.verbs == 1 && form.shutdowns == 1 && form.views == 1,
       "got %d %d %d %d %d\n", form.inits, form.loads, form.verbs, form.shutdowns, form.views);
    check_contents(folder, "");

    message = new_message(folder, "new");
    hr = show(session, store, folder, message, MAPI_NEW_MESSAGE | MAPI_POST_MESSAGE, 0, ticket,
              DO_SUBMIT);
    ok(hr == S_OK && form.done == S_OK, "got %#lx, %#lx\n", hr, form.done);
    ok(form.saves == 1 && form.completed == 1 && form.hands_off == 1, "got %d %d %d\n", form.saves,
       form.completed, form.hands_off);
    ok(form.view_status == (VCSTATUS_INTERACTIVE | VCSTATUS_MODAL | VCSTATUS_DELETE), "got %#lx\n",
       form.view_status);
    ok(form.site_status & VCSTATUS_SUBMIT, "got %#lx\n", form.site_status);
    check_contents(folder, "of the form");

    message = open_row_message(folder, 0, 0);
    hr = show(session, store, folder, message, 0, MAPI_ACCESS_READ, ticket, DO_LATER);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(form.loads == 1 && !form.inits && form.status == 3 && form.flags == 5 && form.shutdowns == 1,
       "got %d %d %lu %lu %d\n", form.loads, form.inits, form.status, form.flags, form.shutdowns);
    ok(form.view_status & VCSTATUS_READONLY, "got %#lx\n", form.view_status);
    ok(!(form.site_status & VCSTATUS_SAVE), "got %#lx\n", form.site_status);

    message = open_row_message(folder, 0, MAPI_MODIFY);
    hr = show(session, store, folder, message, 0, MAPI_ACCESS_MODIFY, ticket, DO_SAVE);
    ok(hr == S_OK && form.done == S_OK, "got %#lx, %#lx\n", hr, form.done);
    check_contents(folder, "of the form");

    message = open_row_message(folder, 0, MAPI_MODIFY);
    hr = show(session, store, folder, message, 0, MAPI_ACCESS_MODIFY, ticket, DO_DELETE);
    ok(hr == S_OK && form.done == S_OK, "got %#lx, %#lx\n", hr, form.done);
    ok(form.hands_off == 1, "got %d\n", form.hands_off);
    check_contents(folder, "");

    message = new_message(folder, "new");
    hr = show(session, store, folder, message, MAPI_NEW_MESSAGE, 0, "IPM.Nowhere", DO_NOTHING);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);

    /* one that is never shown goes with the session */
    message = new_message(folder, "new");
    hr = IMAPISession_PrepareForm(session, &IID_IMessage, message, &token);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
}

START_TEST(forms)
{
    IMAPISession *session;
    IMAPIFolder *top, *folder;
    IMsgStore *store;
    DWORD cookie = 0;
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    start();
    OleInitialize(NULL);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = CoRegisterClassObject(&clsid_form, (IUnknown *)&factory, CLSCTX_INPROC_SERVER,
                               REGCLS_MULTIPLEUSE, &cookie);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(&form, 0, sizeof(form));
    test_local();
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (SUCCEEDED(hr) && (session = store_session(profile)))
    {
        store = open_store(session, 0);
        top = open_folder(store, 0);
        folder = create_folder(top, "forms");
        /* The personal and local libraries know the form without being asked for the program: it is
         * registered. */
        test_manager(session, store, folder);
        test_show(session, store, folder);
        IMAPIFolder_Release(folder);
        IMAPIFolder_Release(top);
        IMsgStore_Release(store);
        store_session_end(session);
    }
    CoRevokeClassObject(cookie);
    sample_delete_profile(profile);
    MAPIUninitialize();
    OleUninitialize();
    remove_tree(base);
    sample_remove();
}
