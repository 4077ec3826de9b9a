/*
 * Objects whose provider is through with them
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
 * IMAPISupport::MakeInvalid: the object keeps its memory, its vtable becomes one whose AddRef and
 * Release count and whose other methods return MAPI_E_INVALID_OBJECT; the last Release frees the
 * memory with MAPIFreeBuffer. The count stands behind the vtable pointer, in what was the object;
 * the vtable is linked to the object's memory and goes with it.
 *
 * A 32-bit method takes its arguments off the stack, so there a stub has to know how many its
 * method had. The object itself, which is still whole when it is made invalid, says which of MAPI's
 * interfaces it has; methods that belong to none of them take off only their object.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "object/object.h"
#include "wine/debug.h"
#include "wine/exception.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define OBJECT_MIN  16          /* bytes an object has at least */
#define METHODS_MAX 1024

struct invalid_object
{
    const void **vtbl;
    LONG ref;
};

C_ASSERT(sizeof(struct invalid_object) <= OBJECT_MIN);

static HRESULT WINAPI invalid_QueryInterface(struct invalid_object *object, REFIID iid, void **ret)
{
    if (ret) *ret = NULL;
    return MAPI_E_INVALID_OBJECT;
}

static ULONG WINAPI invalid_AddRef(struct invalid_object *object)
{
    return InterlockedIncrement(&object->ref);
}

static ULONG WINAPI invalid_Release(struct invalid_object *object)
{
    ULONG ref = InterlockedDecrement(&object->ref);

    TRACE("(%p) ref %lu\n", object, ref);

    if (!ref) memory_free_buffer(object);
    return ref;
}

#ifdef __i386__

static HRESULT WINAPI invalid_1(void *a)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_2(void *a, void *b)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_3(void *a, void *b, void *c)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_4(void *a, void *b, void *c, void *d)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_5(void *a, void *b, void *c, void *d, void *e)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_6(void *a, void *b, void *c, void *d, void *e, void *f)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_7(void *a, void *b, void *c, void *d, void *e, void *f, void *g)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_8(void *a, void *b, void *c, void *d, void *e, void *f, void *g,
                              void *h)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_9(void *a, void *b, void *c, void *d, void *e, void *f, void *g,
                              void *h, void *i)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_10(void *a, void *b, void *c, void *d, void *e, void *f, void *g,
                              void *h, void *i, void *j)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_11(void *a, void *b, void *c, void *d, void *e, void *f, void *g,
                              void *h, void *i, void *j, void *k)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_12(void *a, void *b, void *c, void *d, void *e, void *f, void *g,
                              void *h, void *i, void *j, void *k, void *l)
{
    return MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI invalid_13(void *a, void *b, void *c, void *d, void *e, void *f, void *g,
                              void *h, void *i, void *j, void *k, void *l, void *m)
{
    return MAPI_E_INVALID_OBJECT;
}

/* By number of arguments, the object among them. */
static const void *const stubs[] =
{
    NULL, invalid_1, invalid_2, invalid_3, invalid_4,
    invalid_5, invalid_6, invalid_7, invalid_8, invalid_9,
    invalid_10, invalid_11, invalid_12, invalid_13
};

/* The arguments of each method of an interface, one letter a method: 1 to 9, then a for 10 and
 * so on. An interface stands before those that are a beginning of it. */
static const struct
{
    const IID *iid;
    const char *arguments;
}
interfaces[] =
{
    { &IID_IMAPIFolder, "3114253643a8653374547579655634" },
    { &IID_IMsgStore, "3114253643a8656277563243342" },
    { &IID_IMAPITable, "31144233334344322324175465" },
    { &IID_IABContainer, "3114253643a865337455535" },
    { &IID_IDistList, "3114253643a865337455535" },
    { &IID_IMessage, "3114253643a86535553322" },
    { &IID_IMAPIContainer, "3114253643a86533745" },
    { &IID_IMAPIFormInfo, "3114253643a86533322" },
    { &IID_IMAPIStatus, "3114253643a8653345" },
    { &IID_IMAPIPropData, "3114253643a8652333" },
    { &IID_IMAPIMessageSite, "3114222227243122" },
    { &IID_IXPLogon, "311643225324535" },
    { &IID_IMAPIFormMgr, "3114c5546674445" },
    { &IID_IMAPIProp, "3114253643a865" },
    { &IID_IStream, "31144536216632" },
    { &IID_IABLogon, "3114277625834" },
    { &IID_IMAPITableData, "311522434334" },
    { &IID_IPersistMessage, "31142135321" },
    { &IID_IMSLogon, "3114277625" },
    { &IID_IMAPIForm, "3114222532" },
    { &IID_IMAPIFormContainer, "3114424433" },
    { &IID_IMAPIViewContext, "311423342" },
    { &IID_IMAPIProgress, "31142224" },
    { &IID_IMAPIViewAdviseSink, "31111311" },
    { &IID_IMSProvider, "3112dd7" },
    { &IID_IMAPIControl, "311433" },
    { &IID_IMAPIFormFactory, "311443" },
    { &IID_IABProvider, "31129" },
    { &IID_IXPProvider, "31127" },
    { &IID_ISpoolerHook, "31177" },
    { &IID_IMAPIFormAdviseSink, "31125" },
    { &IID_IMAPIAdviseSink, "3113" }
};

/* Whether the object's vtable is that of the interface. */
static BOOL has_interface(IUnknown *object, const IID *iid)
{
    IUnknown *same = NULL;
    BOOL ret = FALSE;

    __TRY
    {
        if (SUCCEEDED(IUnknown_QueryInterface(object, iid, (void **)&same)) && same)
        {
            ret = same == object;
            IUnknown_Release(same);
        }
    }
    __EXCEPT_ALL
    {
        WARN("object %p crashed in QueryInterface\n", object);
        ret = FALSE;
    }
    __ENDTRY
    return ret;
}

static const char *find_arguments(IUnknown *object, ULONG methods)
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        if (strlen(interfaces[i].arguments) > methods) continue;
        if (has_interface(object, interfaces[i].iid)) return interfaces[i].arguments;
    }
    return "311";
}

static const void *find_stub(const char *arguments, ULONG method)
{
    char c;

    if (method >= strlen(arguments)) return stubs[1];
    c = arguments[method];
    return stubs[c <= '9' ? c - '0' : c - 'a' + 10];
}

#else

static HRESULT WINAPI invalid_any(void *object)
{
    return MAPI_E_INVALID_OBJECT;
}

static const char *find_arguments(IUnknown *object, ULONG methods)
{
    return NULL;
}

static const void *find_stub(const char *arguments, ULONG method)
{
    return invalid_any;
}

#endif

HRESULT object_make_invalid(void *object, ULONG ref, ULONG methods)
{
    struct invalid_object *invalid = object;
    const char *arguments;
    const void **vtbl;
    ULONG i;

    TRACE("(%p, %lu, %lu)\n", object, ref, methods);

    if (!object || methods < 3 || methods > METHODS_MAX) return MAPI_E_INVALID_PARAMETER;
    if (ref > MAXLONG || IsBadWritePtr(object, OBJECT_MIN)) return MAPI_E_INVALID_PARAMETER;
    if (memory_allocate_more(methods * sizeof(*vtbl), object, (void **)&vtbl) != S_OK)
        return MAPI_E_INVALID_PARAMETER;        /* not MAPI's memory */

    arguments = find_arguments(object, methods);
    vtbl[0] = invalid_QueryInterface;
    vtbl[1] = invalid_AddRef;
    vtbl[2] = invalid_Release;
    for (i = 3; i < methods; i++) vtbl[i] = find_stub(arguments, i);

    invalid->ref = ref;
    invalid->vtbl = vtbl;
    if (!ref) memory_free_buffer(object);       /* nobody is left to release it */
    return S_OK;
}
