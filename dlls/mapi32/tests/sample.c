/*
 * Tests: the sample providers, called as a stranger would call them
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


/* Nothing here goes through a session: what the sample DLL does by itself must be right before
 * tests of the subsystem can rely on it. */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>

/* The interface IDs of all test files live in this one. */
#include <initguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>

#include "wine/test.h"
#include "sample.h"

typedef HRESULT(__cdecl *init_proc)(HINSTANCE, IMalloc *, LPALLOCATEBUFFER, LPALLOCATEMORE,
                                    LPFREEBUFFER, ULONG, ULONG, ULONG *, IUnknown **);

static HMODULE load_sample(void)
{
    char path[MAX_PATH];

    sprintf(path, "%s\\sample32.dll", sample_directory());
    return LoadLibraryA(path);
}

static HRESULT init(HMODULE module, const char *name, ULONG mapi_version, IUnknown **ret)
{
    init_proc proc = (init_proc)(void *)GetProcAddress(module, name);
    ULONG version = 0;
    HRESULT hr;

    *ret = (IUnknown *)0xdeadbeef;
    ok(!!proc, "no %s\n", name);
    if (!proc) return E_FAIL;
    hr = proc(module, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, 0, mapi_version,
              &version, ret);
    ok(version == CURRENT_SPI_VERSION, "%s says version %#lx\n", name, version);
    return hr;
}

static void test_provider(HMODULE module, const char *name, const char *kind, const IID *iid)
{
    IMAPIProviderShutdown *shutdown;
    IUnknown *provider, *unknown, *other;
    char words[64];
    HRESULT hr;

    winetest_push_context("%s", name);
    hr = init(module, name, CURRENT_SPI_VERSION - 1, &provider);
    ok(hr == MAPI_E_VERSION, "got %#lx\n", hr);
    ok(!provider, "got %p\n", provider);

    hr = init(module, name, CURRENT_SPI_VERSION, &provider);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IUnknown_QueryInterface(provider, iid, (void **)&unknown);
    ok(hr == S_OK, "got %#lx\n", hr);
    IUnknown_Release(unknown);

    /* The shutdown interface is part of the provider object: one identity. */
    hr = IUnknown_QueryInterface(provider, &IID_IMAPIProviderShutdown, (void **)&shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProviderShutdown_QueryInterface(shutdown, &IID_IUnknown, (void **)&unknown);
    IUnknown_QueryInterface(provider, &IID_IUnknown, (void **)&other);
    ok(unknown == other, "got %p and %p\n", unknown, other);
    IUnknown_Release(unknown);
    IUnknown_Release(other);
    hr = IMAPIProviderShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);

    sprintf(words, "%s.Query=veto", kind);
    sample_behave(words);
    hr = IMAPIProviderShutdown_QueryFastShutdown(shutdown);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    IMAPIProviderShutdown_Release(shutdown);

    sprintf(words, "%s=silent", kind);
    sample_behave(words);
    hr = IUnknown_QueryInterface(provider, &IID_IMAPIProviderShutdown, (void **)&shutdown);
    ok(hr == E_NOINTERFACE, "got %#lx\n", hr);
    ok(!shutdown, "got %p\n", shutdown);

    sprintf(words, "%s=2007", kind);
    sample_behave(words);
    hr = IUnknown_QueryInterface(provider, &IID_IMAPIProviderShutdown, (void **)&shutdown);
    ok(hr == E_NOINTERFACE, "got %#lx\n", hr);
    hr = IUnknown_QueryInterface(provider, &IID_IMAPIClientShutdown, (void **)&shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProviderShutdown_Release(shutdown);
    sample_behave(NULL);

    ok(!IUnknown_Release(provider), "the provider leaks\n");
    winetest_pop_context();
}

START_TEST(sample)
{
    HMODULE module;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    module = load_sample();
    ok(!!module, "sample32.dll does not load: %lu\n", GetLastError());
    if (module)
    {
        test_provider(module, "XPProviderInit", "xp", &IID_IXPProvider);
        test_provider(module, "ABProviderInit", "ab", &IID_IABProvider);
        test_provider(module, "MSProviderInit", "ms", &IID_IMSProvider);
        FreeLibrary(module);
    }
    sample_remove();
}
