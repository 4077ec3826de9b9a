/*
 * Sample providers: switches for tests, and the log of calls
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
 * What a provider does when called can be changed from outside, so that a test can meet every kind
 * of provider there is: the environment variable SAMPLE_BEHAVIOR, or the property of the same name
 * in the provider's profile section, holds words such as "ms.Do=hang:2000 xp=silent". Every call is
 * written to the file that SAMPLE_LOG names, one line each, in one write, so that lines of several
 * processes do not mix.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static const char *const kind_names[] = {"xp", "ab", "ms", "sv", "hk"};

static CRITICAL_SECTION section_cs;
static INIT_ONCE section_once = INIT_ONCE_STATIC_INIT;
static char section_words[5][512];

static BOOL CALLBACK section_init(INIT_ONCE *once, void *param, void **context)
{
    InitializeCriticalSection(&section_cs);
    return TRUE;
}

static void section_enter(void)
{
    InitOnceExecuteOnce(&section_once, section_init, NULL, NULL);
    EnterCriticalSection(&section_cs);
}

/* Finds "key=value" or the bare word "key" among words separated by blanks or semicolons. */
static BOOL find_word(const char *words, const char *key, char *value, size_t size)
{
    size_t key_length = strlen(key), length;

    while (*words)
    {
        words += strspn(words, " ;");
        length = strcspn(words, " ;");
        if (length >= key_length && !_strnicmp(words, key, key_length) &&
            (length == key_length || words[key_length] == '='))
        {
            const char *start = words + key_length + (length > key_length);
            size_t rest = words + length - start;

            if (rest >= size) rest = size - 1;
            memcpy(value, start, rest);
            value[rest] = 0;
            return TRUE;
        }
        words += length;
    }
    return FALSE;
}

static char last_words[1024];           /* section_cs: what calls are counted for */

/* "word@3" holds for the third such call since the words became what they are. */
static BOOL is_turn(const char *words, char *value)
{
    static int calls;
    char *at = strchr(value, '@');
    BOOL turn;

    if (!at) return TRUE;
    section_enter();
    if (strcmp(last_words, words))
    {
        lstrcpynA(last_words, words, sizeof(last_words));
        calls = 0;
    }
    turn = ++calls == atoi(at + 1);
    LeaveCriticalSection(&section_cs);
    *at = 0;
    return turn;
}

static BOOL get_switch(enum kind kind, const char *key, char *value, size_t size)
{
    char words[1024];
    DWORD length;
    BOOL found;

    length = GetEnvironmentVariableA("SAMPLE_BEHAVIOR", words, sizeof(words));
    if (length && length < sizeof(words) && find_word(words, key, value, size))
        return is_turn(words, value);
    section_enter();
    if (!length) last_words[0] = 0;
    found = find_word(section_words[kind], key, value, size);
    LeaveCriticalSection(&section_cs);
    return found;
}

void behavior_from_section(enum kind kind, IMAPISupport *support)
{
    SizedSPropTagArray(1, tags) = {1, {PR_SAMPLE_BEHAVIOR}};
    SPropValue *prop;
    IProfSect *section;
    ULONG count;

    if (FAILED(IMAPISupport_OpenProfileSection(support, NULL, 0, &section))) return;
    if (SUCCEEDED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &prop)))
    {
        section_enter();
        if (prop->ulPropTag == PR_SAMPLE_BEHAVIOR)
            lstrcpynA(section_words[kind], prop->Value.lpszA, sizeof(section_words[kind]));
        else
            section_words[kind][0] = 0;
        LeaveCriticalSection(&section_cs);
        MAPIFreeBuffer(prop);
    }
    IProfSect_Release(section);
}

BOOL behavior_is(enum kind kind, const char *word)
{
    char value[64];

    return get_switch(kind, kind_names[kind], value, sizeof(value)) && !_stricmp(value, word);
}

BOOL behavior_get(enum kind kind, const char *method, char *value, size_t size)
{
    char key[64];

    snprintf(key, sizeof(key), "%s.%s", kind_names[kind], method);
    return get_switch(kind, key, value, size);
}

void sample_log(enum kind kind, const char *method)
{
    char path[MAX_PATH], line[160];
    HANDLE file, mutex;
    DWORD length, written;

    length = GetEnvironmentVariableA("SAMPLE_LOG", path, sizeof(path));
    if (!length || length >= sizeof(path)) return;
    /* Wine looks for the end of the file and then writes there: of two lines at once one would be
     * lost. */
    if ((mutex = CreateMutexA(NULL, FALSE, "wine-mapi sample log")))
        WaitForSingleObject(mutex, 10000);
    file = CreateFileA(path, FILE_APPEND_DATA,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    if (file != INVALID_HANDLE_VALUE)
    {
        length = snprintf(line, sizeof(line), "%lu %lu %s.%s\n", GetCurrentProcessId(),
                          GetTickCount(), kind_names[kind], method);
        WriteFile(file, line, length, &written, NULL);
        CloseHandle(file);
    }
    if (!mutex) return;
    ReleaseMutex(mutex);
    CloseHandle(mutex);
}

/* Uses the support object the way a provider that saves its state would. */
static HRESULT call_back(IMAPISupport *support)
{
    SPropValue prop;
    MAPIUID uid;
    LONG count = 0;
    HRESULT hr;

    if (!support) return S_OK;
    if (FAILED(hr = IMAPISupport_NewUID(support, &uid))) return hr;
    sample_section_get(support, PR_SAMPLE_UNSAVED, &count);
    if (FAILED(hr = sample_section_set(support, PR_SAMPLE_UNSAVED, count + 1))) return hr;
    prop.ulPropTag = PR_STATUS_STRING_W;
    prop.Value.lpszW = (WCHAR *)L"called back";
    return IMAPISupport_ModifyStatusRow(support, 1, &prop, STATUSROW_UPDATE);
}

/* Reads the hierarchy of the whole address book, of which the caller may be in the middle of giving
 * its part. */
static HRESULT read_book(IMAPISupport *support)
{
    IABContainer *root;
    IMAPITable *table;
    IAddrBook *book;
    ULONG type, count;
    HRESULT hr;

    if (!support) return S_OK;
    if (FAILED(hr = IMAPISupport_OpenAddressBook(support, NULL, 0, &book))) return hr;
    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    if (SUCCEEDED(hr))
    {
        if (SUCCEEDED(hr = IABContainer_GetHierarchyTable(root, CONVENIENT_DEPTH, &table)))
        {
            hr = IMAPITable_GetRowCount(table, 0, &count);
            IMAPITable_Release(table);
        }
        IABContainer_Release(root);
    }
    IAddrBook_Release(book);
    return hr;
}

static void crash(void)
{
    volatile int *nowhere = NULL;

    *nowhere = 1;
}

HRESULT behave(enum kind kind, const char *method, IMAPISupport *support)
{
    char key[64], value[64];
    HRESULT hr;

    sample_log(kind, method);
    snprintf(key, sizeof(key), "%s.%s", kind_names[kind], method);
    if (!get_switch(kind, key, value, sizeof(value))) return S_OK;
    if (!_stricmp(value, "veto")) return MAPI_E_NO_SUPPORT;
    if (!_stricmp(value, "fail")) return E_FAIL;
    if (!_stricmp(value, "failone")) return MAPI_E_FAILONEPROVIDER;
    if (!_stricmp(value, "unconfigured")) return MAPI_E_UNCONFIGURED;
    if (!_stricmp(value, "version")) return MAPI_E_VERSION;
    if (!_stricmp(value, "false")) return S_FALSE;
    if (!_stricmp(value, "busy")) return MAPI_E_BUSY;
    if (!_stricmp(value, "wait")) return MAPI_E_WAIT;
    if (!_stricmp(value, "network")) return MAPI_E_NETWORK_ERROR;
    if (!_stricmp(value, "notme")) return MAPI_E_NOT_ME;
    if (!_stricmp(value, "kill")) TerminateProcess(GetCurrentProcess(), 77);
    if (!_stricmp(value, "disk")) return MAPI_E_NOT_ENOUGH_DISK;
    if (!_stricmp(value, "access")) return MAPI_E_NO_ACCESS;
    if (!_stricmp(value, "cancel")) return MAPI_E_USER_CANCEL;
    if (!_stricmp(value, "computed")) return MAPI_E_COMPUTED;
    if (!_stricmp(value, "crash")) crash();
    if (!_stricmp(value, "raise")) RaiseException(0xe0001234, 0, 0, NULL);
    if (!_strnicmp(value, "hang:", 5))
    {
        Sleep(atoi(value + 5));
        sample_log(kind, "woke");
    }
    else if (!_strnicmp(value, "hang", 4)) Sleep(INFINITE);
    if (!_stricmp(value, "callback"))
    {
        hr = call_back(support);
        sample_log(kind, SUCCEEDED(hr) ? "callback-ok" : "callback-failed");
    }
    if (!_stricmp(value, "book"))
    {
        hr = read_book(support);
        sample_log(kind, SUCCEEDED(hr) ? "book-ok" : "book-failed");
    }
    return S_OK;
}
