/*
 * Tests: helpers that no header declares
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

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "wine/test.h"

static HMODULE mapi32;

static void *find(const char *name)
{
    void *function = GetProcAddress(mapi32, name);

    ok(function != NULL, "%s is missing\n", name);
    return function;
}

static void test_encoding(void)
{
    SCODE(WINAPI *encode)(const BYTE *, ULONG, char *) = find("EncodeID@12");
    BOOL(WINAPI *decode)(const char *, BYTE *, ULONG *) = find("FDecodeID@12");
    ULONG(WINAPI *chars)(ULONG) = find("CchOfEncoding@4");
    ULONG(WINAPI *bytes)(const char *) = find("CbOfEncoded@4");
    static const BYTE id[] = { 0, 0, 0, 0, 1, 2, 3, 0xfe, 0xff, '?' };
    BYTE back[64];
    char text[64];
    ULONG size;

    ok(chars(sizeof(id)) == 15, "got %lu\n", chars(sizeof(id)));
    ok(encode(id, sizeof(id), text) == S_OK, "not encoded\n");
    ok(strlen(text) == 14, "got %s\n", text);
    ok(bytes(text) >= sizeof(id), "got %lu\n", bytes(text));
    ok(decode(text, back, &size), "not decoded\n");
    ok(size == sizeof(id) && !memcmp(back, id, size), "something else was decoded\n");
    text[3] = '.';
    ok(!decode(text, back, &size) && !size, "decoded\n");
}

static void test_division(void)
{
    FILETIME(WINAPI *divide)(FILETIME, FILETIME, CHAR) = find("FtDivFtBogus@20");
    FILETIME seconds, time = { 0xd53e8000, 0x019db1de }, reciprocal = { 0xe57a42bd, 0xd6bf94d5 };

    /* 1970 in seconds, by the reciprocal of ten million */
    seconds = divide(time, reciprocal, 23);
    ok(!seconds.dwHighDateTime || seconds.dwHighDateTime == 2, "got %lu\n", seconds.dwHighDateTime);
    ok(((ULONGLONG)seconds.dwHighDateTime << 32 | seconds.dwLowDateTime) == 11644473600ull,
       "got %lx:%lx\n", seconds.dwHighDateTime, seconds.dwLowDateTime);
}

static void test_outlook(void)
{
    ULONG(WINAPI *version)(void) = find("GetOutlookVersion");
    DWORD(WINAPI *fix)(void) = find("FixMAPI");
    void(WINAPI *recover)(ULONG) = find("MAPICrashRecovery");
    BOOL(WINAPI *cached)(BOOL *) = find("GetDefCachedMode");
    BOOL(WINAPI *favourites)(BOOL *) = find("GetDefCachedModeDownloadPubFoldFavs");
    HRESULT(WINAPI *discover)(const WCHAR *, const WCHAR *, HANDLE, ULONG, void **) =
        find("HrGetAutoDiscoverXML");
    HRESULT(WINAPI *open_offline)(ULONG, const WCHAR *, const GUID *, const GUID *, void **) =
        find("HrOpenOfflineObj");
    HRESULT(WINAPI *gal)(void *, void *, const MAPIUID *, ULONG *, void **) =
        find("HrGetGALFromEmsmdbUID");
    WCHAR path[MAX_PATH], system[MAX_PATH];
    BOOL policy = TRUE;
    void *out = (void *)1;
    ULONG size = 1;
    DWORD ret;
    HRESULT hr;

    ok(!version(), "got %lu\n", version());
    GetModuleFileNameW(mapi32, path, ARRAY_SIZE(path));
    GetSystemDirectoryW(system, ARRAY_SIZE(system));
    lstrcatW(system, L"\\mapi32.dll");
    SetLastError(0xdeadbeef);
    ret = fix();
    if (!lstrcmpiW(path, system)) ok(ret, "it is in its place, but %lu\n", GetLastError());
    else ok(!ret && GetLastError() != 0xdeadbeef, "got %lu, %lu\n", ret, GetLastError());
    recover(1);
    ok(!cached(&policy) && !policy, "cached\n");
    policy = TRUE;
    ok(!favourites(&policy) && !policy, "cached\n");
    ok(!cached(NULL) && !favourites(NULL), "cached\n");

    hr = discover(L"joe@example.org", NULL, NULL, 0, &out);
    ok(hr == MAPI_E_NOT_FOUND && !out, "got %#lx\n", hr);
    hr = discover(L"joe", NULL, NULL, 0, &out);
    ok(hr == E_INVALIDARG, "no address: got %#lx\n", hr);
    hr = discover(L"joe@example.org", NULL, NULL, 0, NULL);
    ok(hr == E_INVALIDARG, "no place for it: got %#lx\n", hr);
    out = (void *)1;
    hr = open_offline(0, L"profile", NULL, NULL, &out);
    ok(hr == MAPI_E_NOT_FOUND && !out, "got %#lx\n", hr);
    out = (void *)1;
    hr = gal((void *)path, (void *)path, NULL, &size, &out);
    ok(hr == MAPI_E_NOT_FOUND && !out && !size, "got %#lx\n", hr);
    hr = gal(NULL, (void *)path, NULL, &size, &out);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no session: got %#lx\n", hr);
}

START_TEST(helpers)
{
    mapi32 = GetModuleHandleA("mapi32.dll");
    test_encoding();
    test_division();
    test_outlook();
}
