/*
 * Where profiles are kept
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
 * The registry below HKEY_CURRENT_USER, in the layout of Microsoft's MAPI: the keys that hold
 * profiles, the values of a section's key, and the named objects by which processes tell each other
 * what they do. Secure properties are sealed with CryptProtectData, so only this user's programs
 * can read them.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <wincrypt.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LOCK_TIMEOUT 30000      /* ms; a change takes some hundred microseconds */

#define MESSAGING L"Software\\Microsoft\\Windows NT\\CurrentVersion\\" \
                  L"Windows Messaging Subsystem\\Profiles"
#define MESSAGING_95 L"Software\\Microsoft\\Windows Messaging Subsystem\\Profiles"
#define OUTLOOK_16 L"Software\\Microsoft\\Office\\16.0\\Outlook"
#define OUTLOOK_15 L"Software\\Microsoft\\Office\\15.0\\Outlook"

const struct profile_root profile_roots[ROOT_COUNT] =
{
    { MESSAGING, MESSAGING },
    { OUTLOOK_16 L"\\Profiles", OUTLOOK_16 },
    { OUTLOOK_15 L"\\Profiles", OUTLOOK_15 },
    { MESSAGING_95, MESSAGING_95 },
};

HRESULT hresult_from_registry(LSTATUS status)
{
    switch (status)
    {
    case ERROR_SUCCESS:
        return S_OK;
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_KEY_DELETED:
        return MAPI_E_NOT_FOUND;
    case ERROR_ACCESS_DENIED:
        return MAPI_E_NO_ACCESS;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
    case ERROR_NO_SYSTEM_RESOURCES:
        return MAPI_E_NOT_ENOUGH_MEMORY;
    default:
        WARN("error %ld\n", status);
        return MAPI_E_CALL_FAILED;
    }
}

static HANDLE writer_mutex(void)
{
    static HANDLE mutex;
    HANDLE created, known = InterlockedCompareExchangePointer(&mutex, NULL, NULL);

    if (known) return known;
    if (!(created = CreateMutexW(NULL, FALSE, L"wine-mapi profiles"))) return NULL;
    if (!(known = InterlockedCompareExchangePointer(&mutex, created, NULL))) return created;
    CloseHandle(created);
    return known;
}

HRESULT profiles_lock(void)
{
    HANDLE mutex = writer_mutex();

    if (!mutex) return MAPI_E_CALL_FAILED;
    switch (WaitForSingleObject(mutex, LOCK_TIMEOUT))
    {
    case WAIT_OBJECT_0:
    case WAIT_ABANDONED:        /* its owner died; each single value is whole all the same */
        return S_OK;
    default:
        WARN("another process keeps the profiles locked\n");
        return MAPI_E_CALL_FAILED;
    }
}

void profiles_unlock(void)
{
    ReleaseMutex(writer_mutex());
}

static void put_text(WCHAR **p, const WCHAR *end, const WCHAR *text)
{
    while (*text && *p < end) *(*p)++ = *text++;
}

static ULONG hash_text(ULONG hash, const WCHAR *text)
{
    for (; *text; text++) hash = (hash ^ *text) * 16777619u;
    return hash;
}

/* Readable as far as there is room, and unique by the two hashes behind it. */
void object_name(WCHAR name[OBJECT_NAME_SIZE], const WCHAR *what, const struct profile_root *root,
                 const WCHAR *profile, const MAPIUID *section)
{
    WCHAR folded[256], uid[33] = { 0 }, *p = name, *end = name + OBJECT_NAME_SIZE - 1 - 32 - 16 - 8;
    ULONG hash[2] = { 2166136261u, 0x9e3779b9u }, i;

    lstrcpynW(folded, profile, ARRAY_SIZE(folded));
    CharLowerW(folded);
    if (section) profprop_uid_name(section, uid);
    for (i = 0; i < 2; i++)
    {
        hash[i] = hash_text(hash[i], root->profiles);
        hash[i] = hash_text(hash[i], folded);
    }
    put_text(&p, end, L"wine-mapi ");
    put_text(&p, end, what);
    put_text(&p, end, L" ");
    put_text(&p, end, folded);
    put_text(&p, name + OBJECT_NAME_SIZE - 1, uid);
    for (i = 0; i < 8; i++)
    {
        static const WCHAR digits[] = L"0123456789abcdef";

        p[i] = digits[hash[0] >> (4 * i) & 15];
        p[i + 8] = digits[hash[1] >> (4 * i) & 15];
    }
    p[16] = 0;
}

BOOL registry_get_dword(HKEY key, const WCHAR *name, DWORD *value)
{
    DWORD type, size = sizeof(*value);

    return !RegQueryValueExW(key, name, NULL, &type, (BYTE *)value, &size) && type == REG_DWORD
           && size == sizeof(*value);
}

WCHAR *registry_get_string(HKEY key, const WCHAR *name)
{
    DWORD type, size = 0;
    WCHAR *text;

    if (RegQueryValueExW(key, name, NULL, &type, NULL, &size)) return NULL;
    if ((type != REG_SZ && type != REG_EXPAND_SZ) || size > 65536) return NULL;
    if (!(text = platform_alloc_zero(size + sizeof(WCHAR)))) return NULL;
    if (!RegQueryValueExW(key, name, NULL, &type, (BYTE *)text, &size)) return text;
    platform_free(text);
    return NULL;
}

HRESULT registry_each_subkey(HKEY key, subkey_proc proc, void *context)
{
    WCHAR name[256];
    DWORD i, size;
    HRESULT hr = S_OK;
    LSTATUS status;

    for (i = 0; SUCCEEDED(hr); i++)
    {
        size = ARRAY_SIZE(name);
        status = RegEnumKeyExW(key, i, name, &size, NULL, NULL, NULL, NULL);
        if (status == ERROR_NO_MORE_ITEMS) return S_OK;
        if (status == ERROR_MORE_DATA) continue;        /* longer than a key name can be */
        if (status) return hresult_from_registry(status);
        hr = proc(context, name);
    }
    return hr;
}

typedef BOOL(WINAPI *crypt_proc)(DATA_BLOB *, const WCHAR *, DATA_BLOB *, void *, void *, DWORD,
                                 DATA_BLOB *);
typedef BOOL(WINAPI *uncrypt_proc)(DATA_BLOB *, WCHAR **, DATA_BLOB *, void *, void *, DWORD,
                                   DATA_BLOB *);

/* crypt32.dll is loaded at the first secure property only: most programs never see one. */
static void *crypt_function(const char *name)
{
    static HMODULE module;
    HMODULE loaded;

    if (!module && (loaded = LoadLibraryW(L"crypt32.dll"))
        && InterlockedCompareExchangePointer((void **)&module, loaded, NULL))
        FreeLibrary(loaded);
    return module ? GetProcAddress(module, name) : NULL;
}

/* *data is taken and another block given in its place. */
static HRESULT seal(BYTE **data, ULONG *size)
{
    crypt_proc protect = (crypt_proc)crypt_function("CryptProtectData");
    DATA_BLOB clear = { *size, *data }, sealed;
    BYTE *copy;

    if (!protect)
    {
        WARN("no crypt32.dll: a secure property cannot be kept\n");
        return MAPI_E_NO_SUPPORT;
    }
    if (!protect(&clear, L"MAPI", NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &sealed))
        return MAPI_E_CALL_FAILED;
    if ((copy = platform_alloc(sealed.cbData)))
    {
        memcpy(copy, sealed.pbData, sealed.cbData);
        SecureZeroMemory(*data, *size);
        platform_free(*data);
        *data = copy;
        *size = sealed.cbData;
    }
    LocalFree(sealed.pbData);
    return copy ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static HRESULT unseal(BYTE **data, ULONG *size)
{
    uncrypt_proc unprotect = (uncrypt_proc)crypt_function("CryptUnprotectData");
    DATA_BLOB sealed = { *size, *data }, clear;
    BYTE *copy;

    if (!unprotect
        || !unprotect(&sealed, NULL, NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &clear))
        return MAPI_E_NO_ACCESS;        /* another user's, or not sealed by us */
    if ((copy = platform_alloc(clear.cbData ? clear.cbData : 1)))
    {
        memcpy(copy, clear.pbData, clear.cbData);
        platform_free(*data);
        *data = copy;
        *size = clear.cbData;
    }
    SecureZeroMemory(clear.pbData, clear.cbData);
    LocalFree(clear.pbData);
    return copy ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT registry_read_prop(HKEY key, ULONG tag, void *base, SPropValue *prop)
{
    WCHAR name[PROFPROP_NAME_LENGTH + 1];
    DWORD type, size = 0;
    LSTATUS status;
    HRESULT hr = S_OK;
    BYTE *data;
    ULONG length;

    profprop_name(tag, name);
    if ((status = RegQueryValueExW(key, name, NULL, &type, NULL, &size)))
        return hresult_from_registry(status);
    if (!(data = platform_alloc(size ? size : 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if ((status = RegQueryValueExW(key, name, NULL, &type, data, &size)))
        hr = hresult_from_registry(status);
    length = size;
    if (SUCCEEDED(hr) && prop_is_secure(tag))
    {
        hr = unseal(&data, &length);
        if (PROP_TYPE(tag) == PT_STRING8) type = REG_SZ;
    }
    if (SUCCEEDED(hr))
        hr = profprop_decode(tag, type, data, length, memory_allocators.more, base, prop);
    if (prop_is_secure(tag)) SecureZeroMemory(data, length);
    platform_free(data);
    return hr;
}

HRESULT registry_write_prop(HKEY key, const SPropValue *prop)
{
    WCHAR name[PROFPROP_NAME_LENGTH + 1];
    ULONG type, size;
    BYTE *data;
    HRESULT hr;

    if (FAILED(hr = profprop_encode(prop, &type, &data, &size))) return hr;
    if (prop_is_secure(prop->ulPropTag))
    {
        hr = seal(&data, &size);
        type = REG_BINARY;
    }
    profprop_name(prop->ulPropTag, name);
    if (SUCCEEDED(hr)) hr = hresult_from_registry(RegSetValueExW(key, name, 0, type, data, size));
    platform_free(data);
    return hr;
}

LSTATUS registry_delete_prop(HKEY key, ULONG tag)
{
    WCHAR name[PROFPROP_NAME_LENGTH + 1];

    profprop_name(tag, name);
    return RegDeleteValueW(key, name);
}
