/*
 * Calls that go on to a registered MAPI client
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
 * Which of the exported calls a registered client answers, decided once a process, at the first
 * call that may be forwarded; docs/which-subsystem.md has the rules in words.
 *
 * Deciding reads the registry and loads the client's DLLs, whose DllMain may call MAPI in turn, and
 * other threads may call meanwhile: no lock is held. Each thread that comes too early decides for
 * itself, the first result is kept. A thread's own word says which forwarded calls it is in,
 * innermost first; a call that it is in already is not forwarded again, and none is while it
 * decides. So no client that calls back, or whose functions are forwards to ours, can make a
 * circle.
 *
 * The client's DLLs stay loaded for the life of the process: there is no moment to unload them in
 * which nobody could be inside.
 */

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "session/session.h"
#include "clients.h"
#include "forward.h"
#include "simple/simple.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define DECIDING FORWARD_COUNT  /* in a frame: this thread is finding out who answers */

struct decision
{
    BOOL extended;              /* a client answers the extended calls */
    BOOL previous;              /* the simple ones go to the client before us, when to any */
    BOOL simple_first;          /* a client answers those before we are asked */
    void *functions[FORWARD_COUNT];
};

/* The names a client may export a function under. */
static const struct
{
    const char *plain;
    const char *decorated;
}
names[FORWARD_COUNT] =
{
    { "MAPIInitialize", "MAPIInitialize@4" },
    { "MAPIUninitialize", "MAPIUninitialize@0" },
    { "MAPILogonEx", "MAPILogonEx@20" },
    { "MAPIAdminProfiles", "MAPIAdminProfiles@8" },
    { "MAPIAllocateBuffer", "MAPIAllocateBuffer@8" },
    { "MAPIAllocateMore", "MAPIAllocateMore@12" },
    { "MAPIFreeBuffer", "MAPIFreeBuffer@4" },
    { "MAPIReallocateBuffer", "MAPIReallocateBuffer@12" },
    { "MAPIGetDefaultMalloc", "MAPIGetDefaultMalloc@0" },
    { "ScInitMapiUtil", "ScInitMapiUtil@4" },
    { "DeinitMapiUtil", "DeinitMapiUtil@0" },
    { "HrThisThreadAdviseSink", "HrThisThreadAdviseSink@8" },
    { "HrDispatchNotifications", "HrDispatchNotifications@4" },
    { "HrQueryAllRows", "HrQueryAllRows@24" },
    { "OpenStreamOnFile", "OpenStreamOnFile@24" },
    { "WrapCompressedRTFStream", "WrapCompressedRTFStream@12" },
    { "MAPIOpenFormMgr", "MAPIOpenFormMgr@8" },
    { "MAPIOpenLocalFormContainer", "MAPIOpenLocalFormContainer@4" },
    { "FGetComponentPath", "FGetComponentPath@20" },
    { "DllGetClassObject", NULL },
    { "DllCanUnloadNow", NULL },
    { "MAPILogon", NULL },
    { "MAPILogoff", NULL },
    { "MAPISendMail", NULL },
    { "MAPISendMailW", NULL },
    { "MAPISendDocuments", NULL },
    { "MAPISaveMail", NULL },
    { "MAPIReadMail", NULL },
    { "MAPIFindNext", NULL },
    { "MAPIDeleteMail", NULL },
    { "MAPIAddress", NULL },
    { "MAPIDetails", NULL },
    { "MAPIResolveName", NULL }
};

static HINSTANCE own_module;
static DWORD thread_word = TLS_OUT_OF_INDEXES;
static struct decision *decided;

BOOL forward_process_attach(HINSTANCE instance)
{
    own_module = instance;
    return (thread_word = TlsAlloc()) != TLS_OUT_OF_INDEXES;
}

void forward_process_detach(void)
{
    TlsFree(thread_word);
    platform_free(decided);
}

static BOOL is_own_path(const WCHAR *path)
{
    WCHAR own[MAX_PATH], directory[MAX_PATH];
    const WCHAR *name = path, *p;

    for (p = path; *p; p++) if (*p == '\\' || *p == '/' || *p == ':') name = p + 1;
    if (GetModuleFileNameW(own_module, own, MAX_PATH) && !text_compare_nocase(path, own))
        return TRUE;
    if (text_compare_nocase(name, L"mapi32.dll")) return FALSE;
    if (name == path) return TRUE;
    /* A 32-bit program sees its system directory under two names. */
    if (lstrlenW(path) >= MAX_PATH) return FALSE;
    if (GetSystemDirectoryW(directory, MAX_PATH - 16))
    {
        lstrcatW(directory, L"\\mapi32.dll");
        if (!text_compare_nocase(path, directory)) return TRUE;
    }
    if (GetSystemWow64DirectoryW(directory, MAX_PATH - 16))
    {
        lstrcatW(directory, L"\\mapi32.dll");
        if (!text_compare_nocase(path, directory)) return TRUE;
    }
    return FALSE;
}

static BOOL is_absolute(const WCHAR *path)
{
    return (path[0] && path[1] == ':')
           || ((path[0] == '\\' || path[0] == '/') && path[1] == path[0]);
}

/* Wine's own stand-in for a client, which drops attachments and says that all is well: what it can
 * do, simple/ does. */
static BOOL is_stand_in(const WCHAR *path)
{
    const WCHAR *name = path, *p;

    for (p = path; *p; p++) if (*p == '\\' || *p == '/' || *p == ':') name = p + 1;
    return !text_compare_nocase(name, L"winemapi.dll") || !text_compare_nocase(name, L"winemapi");
}

/* NULL: it cannot be loaded, or leads to ourselves (*own). */
static HMODULE load_client(const WCHAR *path, BOOL *own)
{
    HMODULE module;

    *own = FALSE;
    if (is_own_path(path))
    {
        *own = TRUE;
        return NULL;
    }
    /* Never from the current directory. */
    module = LoadLibraryExW(path, NULL, is_absolute(path) ? LOAD_WITH_ALTERED_SEARCH_PATH
                            : LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (!module && GetLastError() == ERROR_BAD_EXE_FORMAT)
        WARN("client %s is for programs of the other width, this one has %u bits\n",
             debugstr_w(path), (unsigned int)sizeof(void *) * 8);
    else if (!module)
        WARN("client %s cannot be loaded: error %lu\n", debugstr_w(path), GetLastError());
    if (module == own_module)
    {
        *own = TRUE;
        FreeLibrary(module);
        module = NULL;
    }
    return module;
}

/* A function of the client's that is not one of ours which it only passes on. */
static void *find_function(HMODULE module, enum forward_function function)
{
    HMODULE owner;
    void *address;

    address = (void *)GetProcAddress(module, names[function].plain);
    if (!address && names[function].decorated)
        address = (void *)GetProcAddress(module, names[function].decorated);
    if (!address) return NULL;
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                               | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                           address, &owner)
        && owner == own_module)
        return NULL;
    return address;
}

static void find_functions(struct decision *decision, HMODULE module, unsigned int from,
                           unsigned int to)
{
    unsigned int i;

    for (i = from; i < to; i++)
        if (!decision->functions[i]) decision->functions[i] = find_function(module, i);
}

/* Memory that one side allocated must not reach the other. */
static void keep_memory_together(struct decision *decision)
{
    void **functions = decision->functions;

    if (functions[FORWARD_MAPIAllocateBuffer] && functions[FORWARD_MAPIAllocateMore]
        && functions[FORWARD_MAPIFreeBuffer]) return;
    functions[FORWARD_MAPIAllocateBuffer] = NULL;
    functions[FORWARD_MAPIAllocateMore] = NULL;
    functions[FORWARD_MAPIFreeBuffer] = NULL;
    functions[FORWARD_MAPIReallocateBuffer] = NULL;
}

static BOOL use_extended(struct decision *decision, HMODULE module)
{
    find_functions(decision, module, 0, FORWARD_FIRST_SIMPLE);
    decision->extended = decision->functions[FORWARD_MAPIInitialize]
                         || decision->functions[FORWARD_MAPILogonEx];
    if (decision->extended) keep_memory_together(decision);
    else memset(decision->functions, 0, FORWARD_FIRST_SIMPLE * sizeof(decision->functions[0]));
    return decision->extended;
}

/* What one client's registration gives. *own: it is ours. */
static void use_client(struct decision *decision, const struct mail_client *client, BOOL extended,
                       BOOL *own)
{
    WCHAR *component = component_path(client);
    HMODULE extended_module = NULL, simple_module = NULL;
    const WCHAR *extended_path = component ? component : client->extended;
    const WCHAR *simple_path = component ? component : client->simple;
    BOOL own_extended = FALSE, own_simple = FALSE;

    if (extended_path && extended && (extended_module = load_client(extended_path, &own_extended)))
    {
        if (use_extended(decision, extended_module))
            TRACE("extended calls go to %s\n", debugstr_w(extended_path));
        else
        {
            WARN("%s has no extended MAPI of its own\n", debugstr_w(extended_path));
            FreeLibrary(extended_module);
            extended_module = NULL;
        }
    }
    else if (extended_path) own_extended = is_own_path(extended_path);

    if (simple_path && is_stand_in(simple_path)) simple_path = NULL;
    if (simple_path && (simple_module = load_client(simple_path, &own_simple)))
    {
        TRACE("simple calls go to %s\n", debugstr_w(simple_path));
        find_functions(decision, simple_module, FORWARD_FIRST_SIMPLE, FORWARD_COUNT);
    }
    if (extended_module)
        find_functions(decision, extended_module, FORWARD_FIRST_SIMPLE, FORWARD_COUNT);
    *own = own_extended || (own_simple && !extended_path);
    platform_free(component);
}

static struct decision *decide(void)
{
    struct forward_frame frame = { TlsGetValue(thread_word), DECIDING };
    struct decision *decision, *first;
    enum subsystem_choice choice;
    enum send_way order[SEND_WAYS + 1];
    struct mail_client client;
    BOOL own = FALSE, chosen;

    if (!(decision = platform_alloc_zero(sizeof(*decision)))) return NULL;
    TlsSetValue(thread_word, &frame);

    chosen = send_order(order);
    decision->simple_first = order[0] == SEND_BY_CLIENT;
    choice = client_subsystem_choice();
    if (client_read_registered(&client))
        use_client(decision, &client, choice != SUBSYSTEM_OWN, &own);
    client_free(&client);
    /* We are the default client: what we leave to others is for the one before us. */
    if (own)
    {
        TRACE("this subsystem is the default client\n");
        if (client_read_previous(&client))
        {
            use_client(decision, &client, choice == SUBSYSTEM_REGISTERED, &own);
            decision->previous = choice != SUBSYSTEM_REGISTERED && !chosen;
        }
        client_free(&client);
    }
    if (!decision->extended) TRACE("extended calls are our own\n");

    TlsSetValue(thread_word, frame.outer);
    if ((first = InterlockedCompareExchangePointer((void **)&decided, decision, NULL)))
    {
        /* The DLLs stay loaded once more: it is the other thread's decision that leads into
         * them. */
        platform_free(decision);
        return first;
    }
    return decision;
}

BOOL forward_is_extended(void)
{
    return decided && decided->extended;
}

BOOL forward_to_previous(void)
{
    return decided && decided->previous;
}

BOOL forward_has_memory(void)
{
    return decided && decided->functions[FORWARD_MAPIAllocateBuffer];
}

/* The forwarded call this thread is in. A frame below the caller's own was left by an exception
 * that unwound through it, and is no more. */
static struct forward_frame *innermost(const struct forward_frame *caller)
{
    struct forward_frame *frame = TlsGetValue(thread_word);

    return (ULONG_PTR)frame < (ULONG_PTR)caller ? NULL : frame;
}

static void * __attribute__((noinline)) begin(enum forward_function function,
                                              struct forward_frame *frame, BOOL late)
{
    struct forward_frame *outer;
    struct decision *decision = decided;
    void *address;

    if (!decision)
    {
        for (outer = innermost(frame); outer; outer = outer->outer)
            if (outer->function == DECIDING) return NULL;
        if (!(decision = decide())) return NULL;
    }
    if (!late && function >= FORWARD_FIRST_SIMPLE && !decision->simple_first) return NULL;
    if (!(address = decision->functions[function])) return NULL;
    /* it was ours that went through fast shutdown: no other one takes its place in this process */
    if (shutdown_done()) return NULL;

    frame->outer = innermost(frame);
    for (outer = frame->outer; outer; outer = outer->outer)
        if (outer->function == function || outer->function == DECIDING) return NULL;
    frame->function = function;
    TlsSetValue(thread_word, frame);
    return address;
}

/* Short, as each allocation comes here: most find that nothing is forwarded. */
void *forward_begin(enum forward_function function, struct forward_frame *frame)
{
    const struct decision *decision = decided;

    return decision && !decision->functions[function] ? NULL : begin(function, frame, FALSE);
}

void *forward_begin_late(enum forward_function function, struct forward_frame *frame)
{
    return begin(function, frame, TRUE);
}

void forward_end(const struct forward_frame *frame)
{
    TlsSetValue(thread_word, frame->outer);
}
