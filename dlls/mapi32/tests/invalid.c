/*
 * Tests: objects made invalid
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
 * The support object of a service entry makes objects invalid. The test program is the service's
 * DLL: its entry keeps what it is given while the service is created. Methods are then called with
 * the arguments of their interface, and on i386 the stack pointer tells whether each took off its
 * own.
 */

#define COBJMACROS

#include "profiles.h"
#include "wine/test.h"

#define NAME "wm invalid"

static const char inf[] =
    "[Services]\r\n"
    "INVALID=Invalid\r\n"
    "[INVALID]\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=invalid_service_entry\r\n";

struct object
{
    const void **vtbl;
    const IID *iid;                     /* the interface it has; NULL: none but IUnknown */
    LONG ref;
    BYTE rest[64];
};

static HRESULT WINAPI object_QueryInterface(struct object *object, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && (!object->iid || !IsEqualIID(iid, object->iid)))
        return E_NOINTERFACE;
    object->ref++;
    *ret = object;
    return S_OK;
}

static ULONG WINAPI object_AddRef(struct object *object)
{
    return ++object->ref;
}

static ULONG WINAPI object_Release(struct object *object)
{
    return --object->ref;
}

static HRESULT WINAPI object_crash(struct object *object, REFIID iid, void **ret)
{
    RaiseException(EXCEPTION_ACCESS_VIOLATION, 0, 0, NULL);
    return S_OK;
}

static const void *object_vtbl[40] = { object_QueryInterface, object_AddRef, object_Release };
static const void *crash_vtbl[40] = { object_crash, object_AddRef, object_Release };

/* Calls one method with its object and count - 1 words more; returns the bytes it took off the
 * stack. */
static unsigned int call(void *object, unsigned int method, unsigned int count, HRESULT *ret)
{
    void *function = (*(void ***)object)[method];
    ULONG_PTR args[16] = { (ULONG_PTR)object };

#ifdef __i386__
    ULONG_PTR before, after, result;

    __asm__ __volatile__(
        "pushl %%esi\n\t"
        "movl %%esp, %%esi\n\t"
        "movl %[count], %%ecx\n\t"
        "1: testl %%ecx, %%ecx\n\t"
        "jz 2f\n\t"
        "decl %%ecx\n\t"
        "pushl (%[args],%%ecx,4)\n\t"
        "jmp 1b\n\t"
        "2: movl %%esp, %%edi\n\t"
        "call *%[function]\n\t"
        "movl %%esp, %%ecx\n\t"
        "movl %%esi, %%esp\n\t"
        "popl %%esi\n\t"
        : "=a" (result), "=c" (after), "=D" (before)
        : [function] "a" (function), [count] "c" (count), [args] "b" (args)
        : "edx", "memory", "cc");
    *ret = result;
    return after - before;
#else
    HRESULT (WINAPI *proc)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR) = function;

    *ret = proc(args[0], args[1], args[2], args[3]);
    return count * sizeof(ULONG);
#endif
}

static struct object *make_object(const IID *iid)
{
    struct object *object;

    if (MAPIAllocateBuffer(sizeof(*object), (void **)&object)) return NULL;
    object->vtbl = object_vtbl;
    object->iid = iid;
    object->ref = 1;
    return object;
}

static void test_parameters(IMAPISupport *support)
{
    struct object *object = make_object(NULL), foreign;
    HRESULT hr;

    hr = IMAPISupport_MakeInvalid(support, 0, NULL, 1, 3);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISupport_MakeInvalid(support, 1, object, 1, 3);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISupport_MakeInvalid(support, 0, object, 1, 2);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISupport_MakeInvalid(support, 0, object, 1, 100000);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    ok(object->vtbl == object_vtbl && object->ref == 1, "the object has changed\n");
    memset(&foreign, 0, sizeof(foreign));
    foreign.vtbl = object_vtbl;
    hr = IMAPISupport_MakeInvalid(support, 0, &foreign, 1, 3);
    ok(hr == MAPI_E_INVALID_PARAMETER, "not MAPI's memory: got %#lx\n", hr);
    ok(foreign.vtbl == object_vtbl, "the object has changed\n");
    MAPIFreeBuffer(object);
}

static void test_interfaces(IMAPISupport *support)
{
    static const struct
    {
        const char *name;
        const IID *iid;
        unsigned int methods;
        struct { unsigned int method, arguments; } some[4];
    }
    tests[] =
    {
        /* GetLastError, OpenProperty, CopyTo, GetIDsFromNames */
        { "IMAPIProp", &IID_IMAPIProp, 14, { { 3, 4 }, { 7, 6 }, { 10, 10 }, { 13, 5 } } },
        /* CopyTo, GetRecipientTable, ModifyRecipients; and one of its own */
        { "IMessage", &IID_IMessage, 23, { { 10, 10 }, { 18, 3 }, { 19, 3 }, { 22, 1 } } },
        /* CopyTo, CopyMessages, CopyFolder, GetMessageStatus */
        { "IMAPIFolder", &IID_IMAPIFolder, 30, { { 10, 10 }, { 20, 7 }, { 23, 9 }, { 26, 5 } } },
        /* Advise, OpenEntry, SetReceiveFolder, StoreLogoff */
        { "IMsgStore", &IID_IMsgStore, 27, { { 14, 6 }, { 17, 7 }, { 18, 5 }, { 21, 2 } } },
        /* Advise, SetColumns, FindRow, QueryRows */
        { "IMAPITable", &IID_IMAPITable, 26, { { 4, 4 }, { 7, 3 }, { 13, 4 }, { 19, 4 } } },
        /* OpenEntry, CompareEntryIDs, Advise, Logoff */
        { "IABLogon", &IID_IABLogon, 13, { { 5, 7 }, { 6, 7 }, { 7, 6 }, { 4, 2 } } },
        /* the longest of all: Logon, SpoolerLogon */
        { "IMSProvider", &IID_IMSProvider, 7, { { 3, 2 }, { 4, 13 }, { 5, 13 }, { 6, 7 } } },
        /* 64-bit arguments: Seek, SetSize, CopyTo, LockRegion */
        { "IStream", &IID_IStream, 14, { { 5, 5 }, { 6, 3 }, { 7, 6 }, { 10, 6 } } },
        { "IUnknown", NULL, 5, { { 3, 1 }, { 4, 1 }, { 3, 1 }, { 4, 1 } } }
    };
    unsigned int i, k, taken;
    struct object *object;
    IUnknown *unknown;
    HRESULT hr;
    ULONG ref;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%s", tests[i].name);
        object = make_object(tests[i].iid);
        hr = IMAPISupport_MakeInvalid(support, 0, object, 2, tests[i].methods);
        ok(hr == S_OK, "got %#lx\n", hr);
        ok(object->vtbl != object_vtbl, "the object has its vtable still\n");
        unknown = (IUnknown *)0xdead;
        hr = IUnknown_QueryInterface((IUnknown *)object, &IID_IUnknown, (void **)&unknown);
        ok(hr == MAPI_E_INVALID_OBJECT && !unknown, "got %#lx, %p\n", hr, unknown);
        for (k = 0; k < ARRAY_SIZE(tests[i].some); k++)
        {
            taken = call(object, tests[i].some[k].method, tests[i].some[k].arguments, &hr);
            ok(hr == MAPI_E_INVALID_OBJECT, "method %u: got %#lx\n", tests[i].some[k].method, hr);
            ok(taken == tests[i].some[k].arguments * sizeof(ULONG), "method %u took %u bytes\n",
               tests[i].some[k].method, taken);
        }
        ref = IUnknown_AddRef((IUnknown *)object);
        ok(ref == 3, "got %lu\n", ref);
        ref = IUnknown_Release((IUnknown *)object);
        ok(ref == 2, "got %lu\n", ref);
        IUnknown_Release((IUnknown *)object);
        ref = IUnknown_Release((IUnknown *)object);     /* and with it the memory */
        ok(!ref, "got %lu\n", ref);
        winetest_pop_context();
    }
}

static void test_odd(IMAPISupport *support)
{
    struct object *object;
    HRESULT hr;

    /* nobody holds it: its memory goes at once */
    object = make_object(NULL);
    hr = IMAPISupport_MakeInvalid(support, 0, object, 0, 3);
    ok(hr == S_OK, "got %#lx\n", hr);

    /* one that crashes when it is asked what it is */
    object = make_object(NULL);
    object->vtbl = crash_vtbl;
    hr = IMAPISupport_MakeInvalid(support, 0, object, 1, 14);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!IUnknown_Release((IUnknown *)object), "still referenced\n");
}

__declspec(dllexport) HRESULT STDAPICALLTYPE
    invalid_service_entry(HINSTANCE instance, LPMALLOC allocator, LPMAPISUP support, ULONG_PTR ui,
                          ULONG flags, ULONG context, ULONG count, LPSPropValue props,
                          LPPROVIDERADMIN provider_admin, LPMAPIERROR *error)
{
    if (context != MSG_SERVICE_CREATE) return S_OK;
    test_parameters(support);
    test_interfaces(support);
    test_odd(support);
    return S_OK;
}

START_TEST(invalid)
{
    char program[MAX_PATH], text[sizeof(inf) + MAX_PATH];
    IMsgServiceAdmin *admin = NULL;
    IProfAdmin *profiles;
    HRESULT hr;

    GetModuleFileNameA(NULL, program, sizeof(program));
    sprintf(text, inf, program);
    write_inf(text);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = MAPIAdminProfiles(0, &profiles);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME, 0);
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR)NAME, NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR)"INVALID", NULL, 0, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMsgServiceAdmin_Release(admin);
    }
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME, 0);
    IProfAdmin_Release(profiles);
    MAPIUninitialize();
    remove_inf();
}
