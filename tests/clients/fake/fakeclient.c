/*
 * A mail client for the tests of forwarding
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
 * Every function notes that it was called and answers something of its own. Where the environment
 * variable FAKE_CLIENT is "circle", it first calls the same function of mapi32.dll, as a client
 * does that only passes calls on; DllMain allocates and frees a buffer of mapi32's then, while
 * mapi32 loads it.
 */

#include <stdarg.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <wtypes.h>
#include <mapicode.h>
#include <mapi.h>

static struct
{
    const char *name;
    LONG calls;
}
calls[32];

static char text[256];

static void note(const char *name)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(calls) && calls[i].name && strcmp(calls[i].name, name); i++) {}
    if (i == ARRAYSIZE(calls)) return;
    calls[i].name = name;
    InterlockedIncrement(&calls[i].calls);
}

/* The function of mapi32 when this client is to call back, else NULL. */
static void *back(const char *name)
{
    char word[16];

    if (!GetEnvironmentVariableA("FAKE_CLIENT", word, sizeof(word)) || strcmp(word, "circle"))
        return NULL;
    return (void *)GetProcAddress(GetModuleHandleA("mapi32.dll"), name);
}

LONG WINAPI FakeCalls(const char *name)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(calls) && calls[i].name; i++)
        if (!strcmp(calls[i].name, name)) return calls[i].calls;
    return 0;
}

/* What the last MAPISendMail was given: subject, recipient, file. */
const char *WINAPI FakeText(void)
{
    return text;
}

HRESULT WINAPI MAPIInitialize(void *init)
{
    HRESULT (WINAPI *proc)(void *) = back("MAPIInitialize");

    note("MAPIInitialize");
    if (proc) proc(init);
    return S_OK;
}

void WINAPI MAPIUninitialize(void)
{
    void (WINAPI *proc)(void) = back("MAPIUninitialize");

    note("MAPIUninitialize");
    if (proc) proc();
}

HRESULT WINAPI MAPILogonEx(ULONG_PTR ui, char *profile, char *password, ULONG flags, void **session)
{
    HRESULT (WINAPI *proc)(ULONG_PTR, char *, char *, ULONG, void **) = back("MAPILogonEx");

    note("MAPILogonEx");
    if (proc) return proc(ui, profile, password, flags, session);
    *session = NULL;
    return MAPI_E_TIMEOUT;
}

HRESULT WINAPI MAPIAdminProfiles(ULONG flags, void **admin)
{
    note("MAPIAdminProfiles");
    *admin = NULL;
    return MAPI_E_TIMEOUT;
}

SCODE WINAPI MAPIAllocateBuffer(ULONG size, void **buffer)
{
    SCODE (WINAPI *proc)(ULONG, void **) = back("MAPIAllocateBuffer");

    note("MAPIAllocateBuffer");
    if (proc) return proc(size, buffer);
    *buffer = HeapAlloc(GetProcessHeap(), 0, size);
    return *buffer ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

SCODE WINAPI MAPIAllocateMore(ULONG size, void *object, void **buffer)
{
    SCODE (WINAPI *proc)(ULONG, void *, void **) = back("MAPIAllocateMore");

    note("MAPIAllocateMore");
    if (proc) return proc(size, object, buffer);
    *buffer = NULL;
    return MAPI_E_NOT_ENOUGH_MEMORY;
}

ULONG WINAPI MAPIFreeBuffer(void *buffer)
{
    ULONG (WINAPI *proc)(void *) = back("MAPIFreeBuffer");

    note("MAPIFreeBuffer");
    if (proc) return proc(buffer);
    HeapFree(GetProcessHeap(), 0, buffer);
    return S_OK;
}

HRESULT WINAPI HrQueryAllRows(void *table, void *tags, void *restriction, void *sort, LONG max,
                              void **rows)
{
    note("HrQueryAllRows");
    if (rows) *rows = NULL;
    return MAPI_E_TIMEOUT;
}

ULONG WINAPI MAPILogon(ULONG_PTR ui, char *profile, char *password, FLAGS flags, ULONG reserved,
                       LHANDLE *session)
{
    ULONG (WINAPI *proc)(ULONG_PTR, char *, char *, FLAGS, ULONG, LHANDLE *) = back("MAPILogon");

    note("MAPILogon");
    if (proc) return proc(ui, profile, password, flags, reserved, session);
    *session = 0x1234;
    return SUCCESS_SUCCESS;
}

ULONG WINAPI MAPILogoff(LHANDLE session, ULONG_PTR ui, FLAGS flags, ULONG reserved)
{
    note("MAPILogoff");
    return session == 0x1234 ? SUCCESS_SUCCESS : MAPI_E_INVALID_SESSION;
}

static void add_text(const char *part)
{
    if (!part) part = "-";
    if (strlen(text) + strlen(part) + 2 > sizeof(text)) return;
    if (*text) strcat(text, "|");
    strcat(text, part);
}

ULONG WINAPI MAPISendMail(LHANDLE session, ULONG_PTR ui, lpMapiMessage message, FLAGS flags,
                          ULONG reserved)
{
    ULONG (WINAPI *proc)(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG) = back("MAPISendMail");

    note("MAPISendMail");
    if (proc) return proc(session, ui, message, flags, reserved);
    text[0] = 0;
    add_text(message->lpszSubject);
    add_text(message->lpszNoteText);
    add_text(message->nRecipCount ? message->lpRecips[0].lpszAddress : NULL);
    add_text(message->nFileCount ? message->lpFiles[0].lpszPathName : NULL);
    return SUCCESS_SUCCESS;
}

ULONG WINAPI MAPIReadMail(LHANDLE session, ULONG_PTR ui, char *id, FLAGS flags, ULONG reserved,
                          lpMapiMessage message)
{
    note("MAPIReadMail");
    return MAPI_E_NO_MESSAGES;
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    SCODE (WINAPI *allocate)(ULONG, void **);
    ULONG (WINAPI *release)(void *);
    void *buffer = NULL;

    if (reason == DLL_PROCESS_ATTACH)
    {
        DisableThreadLibraryCalls(instance);
        if ((allocate = back("MAPIAllocateBuffer")) && (release = back("MAPIFreeBuffer"))
            && allocate(16, &buffer) == S_OK) release(buffer);
    }
    return TRUE;
}
