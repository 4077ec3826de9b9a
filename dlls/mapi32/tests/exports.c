/*
 * Tests: the exports
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
#include "winuser.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "mapi.h"
#include "wine/test.h"

static HMODULE mapi32;

/* Name and ordinal of every export that mapi32.dll had before this subsystem. */
static const struct
{
    unsigned int ordinal;
    const char *name;
}
known[] =
{
    { 10, "MAPILogonEx" }, { 11, "MAPILogonEx@20" }, { 12, "MAPIAllocateBuffer" },
    { 13, "MAPIAllocateBuffer@8" }, { 14, "MAPIAllocateMore" }, { 15, "MAPIAllocateMore@12" },
    { 16, "MAPIFreeBuffer" }, { 17, "MAPIFreeBuffer@4" }, { 18, "MAPIAdminProfiles" },
    { 19, "MAPIAdminProfiles@8" }, { 20, "MAPIInitialize" }, { 21, "MAPIInitialize@4" },
    { 22, "MAPIUninitialize" }, { 23, "MAPIUninitialize@0" }, { 24, "PRProviderInit" },
    { 25, "LAUNCHWIZARD" }, { 26, "LaunchWizard@20" }, { 27, "DllGetClassObject" },
    { 28, "DllCanUnloadNow" }, { 29, "MAPIOpenFormMgr" }, { 30, "MAPIOpenFormMgr@8" },
    { 31, "MAPIOpenLocalFormContainer" }, { 32, "MAPIOpenLocalFormContainer@4" },
    { 33, "ScInitMapiUtil@4" }, { 34, "DeinitMapiUtil@0" }, { 35, "ScGenerateMuid@4" },
    { 36, "HrAllocAdviseSink@12" }, { 41, "WrapProgress@20" }, { 42, "HrThisThreadAdviseSink@8" },
    { 43, "ScBinFromHexBounded@12" }, { 44, "FBinFromHex@8" }, { 45, "HexFromBin@12" },
    { 46, "BuildDisplayTable@40" }, { 47, "SwapPlong@8" }, { 48, "SwapPword@8" },
    { 49, "MAPIInitIdle@4" }, { 50, "MAPIDeinitIdle@0" }, { 51, "InstallFilterHook@4" },
    { 52, "FtgRegisterIdleRoutine@20" }, { 53, "EnableIdleRoutine@8" },
    { 54, "DeregisterIdleRoutine@4" }, { 55, "ChangeIdleRoutine@28" },
    { 59, "MAPIGetDefaultMalloc@0" }, { 60, "CreateIProp@24" }, { 61, "CreateTable@36" },
    { 62, "MNLS_lstrlenW@4" }, { 63, "MNLS_lstrcmpW@8" }, { 64, "MNLS_lstrcpyW@8" },
    { 65, "MNLS_CompareStringW@24" }, { 66, "MNLS_MultiByteToWideChar@24" },
    { 67, "MNLS_WideCharToMultiByte@32" }, { 68, "MNLS_IsBadStringPtrW@8" },
    { 72, "FEqualNames@8" }, { 73, "WrapStoreEntryID@24" }, { 74, "IsBadBoundedStringPtr@8" },
    { 75, "HrQueryAllRows@24" }, { 76, "PropCopyMore@16" }, { 77, "UlPropSize@4" },
    { 78, "FPropContainsProp@12" }, { 79, "FPropCompareProp@12" }, { 80, "LPropCompareProp@8" },
    { 81, "HrAddColumns@16" }, { 82, "HrAddColumnsEx@20" }, { 121, "FtAddFt@16" },
    { 122, "FtAdcFt@20" }, { 123, "FtSubFt@16" }, { 124, "FtMulDw@12" }, { 125, "FtMulDwDw@8" },
    { 126, "FtNegFt@8" }, { 127, "FtDivFtBogus@20" }, { 128, "UlAddRef@4" },
    { 129, "UlRelease@4" }, { 130, "SzFindCh@8" }, { 131, "SzFindLastCh@8" },
    { 132, "SzFindSz@8" }, { 133, "UFromSz@4" }, { 135, "HrGetOneProp@12" },
    { 136, "HrSetOneProp@8" }, { 137, "FPropExists@8" }, { 138, "PpropFindProp@12" },
    { 139, "FreePadrlist@4" }, { 140, "FreeProws@4" }, { 141, "HrSzFromEntryID@12" },
    { 142, "HrEntryIDFromSz@12" }, { 143, "HrComposeEID@28" }, { 144, "HrDecomposeEID@28" },
    { 145, "HrComposeMsgID@24" }, { 146, "HrDecomposeMsgID@24" }, { 147, "OpenStreamOnFile@24" },
    { 148, "OpenStreamOnFile" }, { 149, "OpenTnefStream@28" }, { 150, "OpenTnefStream" },
    { 151, "OpenTnefStreamEx@32" }, { 152, "OpenTnefStreamEx" },
    { 153, "GetTnefStreamCodepage@12" }, { 154, "GetTnefStreamCodepage" },
    { 155, "UlFromSzHex@4" }, { 156, "UNKOBJ_ScAllocate@12" },
    { 157, "UNKOBJ_ScAllocateMore@16" }, { 158, "UNKOBJ_Free@8" }, { 159, "UNKOBJ_FreeRows@8" },
    { 160, "UNKOBJ_ScCOAllocate@12" }, { 161, "UNKOBJ_ScCOReallocate@12" },
    { 162, "UNKOBJ_COFree@8" }, { 163, "UNKOBJ_ScSzFromIdsAlloc@20" },
    { 164, "ScCountNotifications@12" }, { 165, "ScCopyNotifications@16" },
    { 166, "ScRelocNotifications@20" }, { 170, "ScCountProps@12" }, { 171, "ScCopyProps@16" },
    { 172, "ScRelocProps@20" }, { 173, "LpValFindProp@12" }, { 174, "ScDupPropset@16" },
    { 175, "FBadRglpszA@8" }, { 176, "FBadRglpszW@8" }, { 177, "FBadRowSet@4" },
    { 178, "FBadRglpNameID@8" }, { 179, "FBadPropTag@4" }, { 180, "FBadRow@4" },
    { 181, "FBadProp@4" }, { 182, "FBadColumnSet@4" }, { 183, "RTFSync@12" }, { 184, "RTFSync" },
    { 185, "WrapCompressedRTFStream@12" }, { 186, "WrapCompressedRTFStream" },
    { 187, "__ValidateParameters@8" }, { 188, "__CPPValidateParameters@8" },
    { 189, "FBadSortOrderSet@4" }, { 190, "FBadEntryList@4" }, { 191, "FBadRestriction@4" },
    { 192, "ScUNCFromLocalPath@12" }, { 193, "ScLocalPathFromUNC@12" },
    { 194, "HrIStorageFromStream@16" }, { 195, "HrValidateIPMSubtree@20" },
    { 196, "OpenIMsgSession@12" }, { 197, "CloseIMsgSession@4" }, { 198, "OpenIMsgOnIStg@44" },
    { 199, "SetAttribIMsgOnIStg@16" }, { 200, "GetAttribIMsgOnIStg@12" },
    { 201, "MapStorageSCode@4" }, { 202, "ScMAPIXFromCMC" }, { 203, "ScMAPIXFromSMAPI" },
    { 204, "EncodeID@12" }, { 205, "FDecodeID@12" }, { 206, "CchOfEncoding@4" },
    { 207, "CbOfEncoded@4" }, { 208, "MAPISendDocuments" }, { 209, "MAPILogon" },
    { 210, "MAPILogoff" }, { 211, "MAPISendMail" }, { 212, "MAPISaveMail" },
    { 213, "MAPIReadMail" }, { 214, "MAPIFindNext" }, { 215, "MAPIDeleteMail" },
    { 217, "MAPIAddress" }, { 218, "MAPIDetails" }, { 219, "MAPIResolveName" },
    { 220, "BMAPISendMail" }, { 221, "BMAPISaveMail" }, { 222, "BMAPIReadMail" },
    { 223, "BMAPIGetReadMail" }, { 224, "BMAPIFindNext" }, { 225, "BMAPIAddress" },
    { 226, "BMAPIGetAddress" }, { 227, "BMAPIDetails" }, { 228, "BMAPIResolveName" },
    { 229, "cmc_act_on" }, { 230, "cmc_free" }, { 231, "cmc_list" }, { 232, "cmc_logoff" },
    { 233, "cmc_logon" }, { 234, "cmc_look_up" }, { 235, "cmc_query_configuration" },
    { 236, "cmc_read" }, { 237, "cmc_send" }, { 238, "cmc_send_documents" },
    { 239, "HrDispatchNotifications@4" }, { 241, "HrValidateParameters@8" },
    { 244, "ScCreateConversationIndex@16" }, { 246, "HrGetOmiProvidersFlags" },
    { 247, "HrGetOmiProvidersFlags@8" }, { 248, "HrSetOmiProvidersFlagsInvalid" },
    { 249, "HrSetOmiProvidersFlagsInvalid@4" }, { 250, "GetOutlookVersion" },
    { 251, "GetOutlookVersion@0" }, { 252, "FixMAPI" }, { 253, "FixMAPI@0" },
    { 254, "FGetComponentPath" }, { 255, "FGetComponentPath@20" }, { 256, "MAPISendMailW" }
};

static void test_ordinals(void)
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(known); i++)
    {
        void *by_name = GetProcAddress(mapi32, known[i].name);
        void *by_ordinal = GetProcAddress(mapi32, (const char *)(ULONG_PTR)known[i].ordinal);

        ok(by_name != NULL, "%s is missing\n", known[i].name);
        ok(by_name == by_ordinal, "%s is not ordinal %u\n", known[i].name, known[i].ordinal);
    }
    ok(GetProcAddress(mapi32, (const char *)8) != NULL, "ordinal 8 is missing\n");
}

/* Name@N and Name lead to the same function, whichever of the two is found in the export table. */
static void test_both_names(void)
{
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)mapi32;
    const IMAGE_NT_HEADERS *nt = (const IMAGE_NT_HEADERS *)((const char *)mapi32 + dos->e_lfanew);
    const IMAGE_DATA_DIRECTORY *directory = &nt->OptionalHeader
                                                 .DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT];
    const IMAGE_EXPORT_DIRECTORY *exports =
        (const IMAGE_EXPORT_DIRECTORY *)((const char *)mapi32 + directory->VirtualAddress);
    const DWORD *names = (const DWORD *)((const char *)mapi32 + exports->AddressOfNames);
    unsigned int decorated = 0;
    DWORD i;

    for (i = 0; i < exports->NumberOfNames; i++)
    {
        const char *name = (const char *)mapi32 + names[i], *at = strchr(name, '@');
        char plain[128];

        if (!at) continue;
        decorated++;
        lstrcpynA(plain, name, at - name + 1);
        if (plain[0] == '_' && plain[1] != '_') memmove(plain, plain + 1, strlen(plain));
        ok(GetProcAddress(mapi32, plain) != NULL, "%s is there, %s is not\n", name, plain);
        ok(GetProcAddress(mapi32, plain) == GetProcAddress(mapi32, name), "%s is not %s\n", name,
           plain);
    }
    ok(decorated > 150, "only %u decorated names\n", decorated);
    ok(GetProcAddress(mapi32, "_HrDispatchNotifications@4")
       == GetProcAddress(mapi32, "HrDispatchNotifications@4"), "not the same\n");
    ok(GetProcAddress(mapi32, "_ScCreateConversationIndex@16")
       == GetProcAddress(mapi32, "ScCreateConversationIndex@16"), "not the same\n");
}

/* FILETIME goes in by value and comes back in registers. */
static void test_filetime(void)
{
    FILETIME (WINAPI *add)(FILETIME, FILETIME);
    FILETIME (WINAPI *subtract)(FILETIME, FILETIME);
    FILETIME (WINAPI *multiply)(DWORD, FILETIME);
    FILETIME (WINAPI *multiply_dw)(DWORD, DWORD);
    FILETIME (WINAPI *negate)(FILETIME);
    static const FILETIME a = { 0xfffffff0, 0x12345678 }, b = { 0x20, 1 };
    static const char *const forms[][5] =
    {
        { "FtAddFt", "FtSubFt", "FtMulDw", "FtMulDwDw", "FtNegFt" },
        { "FtAddFt@16", "FtSubFt@16", "FtMulDw@12", "FtMulDwDw@8", "FtNegFt@8" }
    };
    unsigned int i;
    FILETIME ft;

    for (i = 0; i < ARRAY_SIZE(forms); i++)
    {
        add = (void *)GetProcAddress(mapi32, forms[i][0]);
        subtract = (void *)GetProcAddress(mapi32, forms[i][1]);
        multiply = (void *)GetProcAddress(mapi32, forms[i][2]);
        multiply_dw = (void *)GetProcAddress(mapi32, forms[i][3]);
        negate = (void *)GetProcAddress(mapi32, forms[i][4]);

        ft = add(a, b);
        ok(ft.dwLowDateTime == 0x10 && ft.dwHighDateTime == 0x1234567a, "got %#lx:%#lx\n",
           ft.dwHighDateTime, ft.dwLowDateTime);
        ft = subtract(a, b);
        ok(ft.dwLowDateTime == 0xffffffd0 && ft.dwHighDateTime == 0x12345677, "got %#lx:%#lx\n",
           ft.dwHighDateTime, ft.dwLowDateTime);
        ft = multiply(3, b);
        ok(ft.dwLowDateTime == 0x60 && ft.dwHighDateTime == 3, "got %#lx:%#lx\n",
           ft.dwHighDateTime, ft.dwLowDateTime);
        ft = multiply_dw(0x80000000, 6);
        ok(ft.dwLowDateTime == 0 && ft.dwHighDateTime == 3, "got %#lx:%#lx\n",
           ft.dwHighDateTime, ft.dwLowDateTime);
        ft = negate(b);
        ok(ft.dwLowDateTime == 0xffffffe0 && ft.dwHighDateTime == 0xfffffffe, "got %#lx:%#lx\n",
           ft.dwHighDateTime, ft.dwLowDateTime);
    }
}

#define OUT_MARK ((void *)(ULONG_PTR)0xdeadbeef)

/*
 * Calls an export with twelve words on the stack at most and returns what it did. On i386 the stack
 * pointer tells how many bytes it took off, which must be those of its decorated name.
 */
static ULONG_PTR call(void *function, unsigned int count, ULONG_PTR *args, unsigned int *taken)
{
    ULONG_PTR ret;

#ifdef __i386__
    ULONG_PTR before, after;

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
        : "=a" (ret), "=c" (after), "=D" (before)
        : [function] "a" (function), [count] "c" (count), [args] "b" (args)
        : "edx", "memory", "cc");
    *taken = after - before;
#else
    ULONG_PTR(WINAPI * proc)
    (ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR,
     ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR) = function;
    ULONG_PTR all[12] = { 0 };

    memcpy(all, args, count * sizeof(*args));
    ret = proc(all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8], all[9],
               all[10], all[11]);
    *taken = count * sizeof(ULONG);
#endif
    return ret;
}

/* What nobody serves: its error, its out parameter cleared, its arguments taken off the stack. */
static void test_unserved(void)
{
    static const struct
    {
        const char *name;
        unsigned int arguments;
        int out;                        /* which argument is to be cleared; -1: none */
        ULONG error;
    }
    tests[] =
    {
        { "MAPIInitIdle@4", 1, -1, 0 },
        { "FtgRegisterIdleRoutine@20", 5, -1, 0 },
        { "InstallFilterHook@4", 1, -1, MAPI_E_NO_SUPPORT },
        { "WrapProgress@20", 5, -1, MAPI_E_NO_SUPPORT },
        { "UNKOBJ_ScAllocate@12", 3, 2, MAPI_E_NO_SUPPORT },
        { "UNKOBJ_ScAllocateMore@16", 4, 3, MAPI_E_NO_SUPPORT },
        { "UNKOBJ_ScCOAllocate@12", 3, 2, MAPI_E_NO_SUPPORT },
        { "UNKOBJ_ScCOReallocate@12", 3, -1, MAPI_E_NO_SUPPORT },
        { "UNKOBJ_ScSzFromIdsAlloc@20", 5, 4, MAPI_E_NO_SUPPORT },
        { "HrGetOmiProvidersFlags@8", 2, -1, MAPI_E_NO_SUPPORT },
        { "HrSetOmiProvidersFlagsInvalid@4", 1, -1, MAPI_E_NO_SUPPORT },
        { "HrGetGALFromEmsmdbUID@20", 5, 4, MAPI_E_INVALID_PARAMETER },
        { "HrGetAutoDiscoverXML@20", 5, 4, E_INVALIDARG },
        { "HrCreateNewWrappedObject@28", 7, 6, MAPI_E_NO_SUPPORT },
        { "HrOpenOfflineObj@20", 5, 4, MAPI_E_NOT_FOUND },
        { "HrCreateOfflineObj@12", 3, 2, MAPI_E_NO_SUPPORT },
        { "GetDefCachedMode@4", 1, -1, FALSE },
        { "ScMAPIXFromCMC", 4, 3, MAPI_E_INVALID_PARAMETER },
        { "ScMAPIXFromSMAPI", 4, 3, MAPI_E_INVALID_PARAMETER },
        { "BMAPISendMail", 7, -1, MAPI_E_FAILURE },
        { "BMAPISaveMail", 8, -1, MAPI_E_FAILURE },
        { "BMAPIReadMail", 8, -1, MAPI_E_FAILURE },
        { "BMAPIGetReadMail", 5, -1, MAPI_E_FAILURE },
        { "BMAPIFindNext", 7, -1, MAPI_E_FAILURE },
        { "BMAPIAddress", 10, -1, MAPI_E_FAILURE },
        { "BMAPIGetAddress", 3, -1, MAPI_E_FAILURE },
        { "BMAPIDetails", 5, -1, MAPI_E_FAILURE },
        { "BMAPIResolveName", 6, -1, MAPI_E_FAILURE },
    };
    static const char *const voids[] = { "MAPIDeinitIdle@0",        "EnableIdleRoutine@8",
                                         "DeregisterIdleRoutine@4", "ChangeIdleRoutine@28",
                                         "UNKOBJ_Free@8",
                                         "UNKOBJ_FreeRows@8",       "UNKOBJ_COFree@8",
                                         "MAPICrashRecovery@4" };
    ULONG_PTR args[12];
    unsigned int i, taken;
    void *out, *function;
    ULONG error;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        memset(args, 0, sizeof(args));
        out = OUT_MARK;
        if (tests[i].out >= 0) args[tests[i].out] = (ULONG_PTR)&out;
        if (!(function = GetProcAddress(mapi32, tests[i].name)))
        {
            ok(0, "%s is missing\n", tests[i].name);
            continue;
        }
        error = call(function, tests[i].arguments, args, &taken);
        ok(error == tests[i].error, "%s: got %#lx\n", tests[i].name, error);
        ok(taken == tests[i].arguments * sizeof(ULONG), "%s took %u bytes\n", tests[i].name, taken);
        if (tests[i].out >= 0) ok(!out, "%s: out parameter is %p\n", tests[i].name, out);
    }
    memset(args, 0, sizeof(args));
    for (i = 0; i < ARRAY_SIZE(voids); i++)
    {
        unsigned int bytes = atoi(strchr(voids[i], '@') + 1);

        function = GetProcAddress(mapi32, voids[i]);
        ok(function != NULL, "%s is missing\n", voids[i]);
        call(function, bytes / sizeof(ULONG), args, &taken);
        ok(taken == bytes, "%s took %u bytes\n", voids[i], taken);
    }
}

static void test_malloc(void)
{
    LPMALLOC(WINAPI * pMAPIGetDefaultMalloc)
    (void) = (void *)GetProcAddress(mapi32, "MAPIGetDefaultMalloc");
    IMalloc *malloc = pMAPIGetDefaultMalloc(), *same = NULL;
    void *block;

    ok(malloc != NULL, "no allocator\n");
    ok(pMAPIGetDefaultMalloc() == malloc, "two allocators\n");
    ok(IMalloc_QueryInterface(malloc, &IID_IMalloc, (void **)&same) == S_OK && same == malloc,
       "got %p\n", same);
    ok(IMalloc_QueryInterface(malloc, &IID_IStream, (void **)&same) == E_NOINTERFACE && !same,
       "got %p\n", same);
    block = IMalloc_Alloc(malloc, 100);
    ok(block != NULL, "no block\n");
    memset(block, 'x', 100);
    ok(IMalloc_GetSize(malloc, block) >= 100, "got %Iu\n", IMalloc_GetSize(malloc, block));
    block = IMalloc_Realloc(malloc, block, 100000);
    ok(block && ((char *)block)[99] == 'x', "realloc lost the block\n");
    ok(!IMalloc_Realloc(malloc, block, 0), "realloc to nothing gave a block\n");
    ok(IMalloc_Realloc(malloc, NULL, 10) != NULL, "realloc of nothing gave none\n");
    IMalloc_Free(malloc, NULL);
}

static void test_map_storage(void)
{
    SCODE (WINAPI *pMapStorageSCode)(SCODE) = (void *)GetProcAddress(mapi32, "MapStorageSCode@4");
    static const struct { SCODE storage, mapi; } tests[] =
    {
        { S_OK, S_OK },
        { STG_E_FILENOTFOUND, MAPI_E_NOT_FOUND },
        { STG_E_ACCESSDENIED, MAPI_E_NO_ACCESS },
        { STG_E_MEDIUMFULL, MAPI_E_NOT_ENOUGH_DISK },
        { STG_E_INSUFFICIENTMEMORY, MAPI_E_NOT_ENOUGH_MEMORY },
        { STG_E_DOCFILECORRUPT, MAPI_E_CORRUPT_DATA },
        { (SCODE)0x8003dead, MAPI_E_CALL_FAILED }
    };
    unsigned int i;
    SCODE ret;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        ret = pMapStorageSCode(tests[i].storage);
        ok(ret == tests[i].mapi, "%#lx: got %#lx\n", tests[i].storage, ret);
    }
}

static void test_generate_uid(void)
{
    SCODE (WINAPI *pScGenerateMuid)(void *) = (void *)GetProcAddress(mapi32, "ScGenerateMuid@4");
    BYTE a[16] = { 0 }, b[16] = { 0 };

    ok(pScGenerateMuid(NULL) == MAPI_E_INVALID_PARAMETER, "no error\n");
    ok(pScGenerateMuid(a) == S_OK, "failed\n");
    ok(pScGenerateMuid(b) == S_OK, "failed\n");
    ok(memcmp(a, b, 16), "the same twice\n");
}

static void test_component_path(void)
{
    FGETCOMPONENTPATH *pFGetComponentPath = (void *)GetProcAddress(mapi32, "FGetComponentPath");
    char path[MAX_PATH], component[] = "{12345678-0000-0000-0000-0000feedbeef}",
                         list[] = "Nowhere\\At All\0x\0";

    strcpy(path, "x");
    ok(!pFGetComponentPath(component, NULL, path, sizeof(path), FALSE), "found it\n");
    ok(!*path, "got %s\n", path);
    strcpy(path, "x");
    ok(!pFGetComponentPath(component, list, path, sizeof(path), FALSE), "found it\n");
    ok(!*path, "got %s\n", path);
    ok(!pFGetComponentPath(NULL, NULL, path, sizeof(path), FALSE), "found it\n");
    ok(!pFGetComponentPath(component, NULL, NULL, 0, FALSE), "found it\n");
}

/* Wine's mapistub.dll passes its calls on by name. */
static void test_stub(void)
{
    static const char *const names[] = { "MAPILogonEx",
                                         "MAPILogonEx@20",
                                         "MAPIInitialize",
                                         "MAPIInitialize@4",
                                         "MAPIUninitialize@0",
                                         "MAPIAllocateBuffer@8",
                                         "MAPIAllocateMore",
                                         "MAPIFreeBuffer",
                                         "MAPIAdminProfiles",
                                         "FreeProws@4",
                                         "ScInitMapiUtil@4",
                                         "DeinitMapiUtil@0",
                                         "HrThisThreadAdviseSink@8",
                                         "HrQueryAllRows@24",
                                         "MAPIGetDefaultMalloc@0",
                                         "OpenStreamOnFile",
                                         "PropCopyMore@16",
                                         "UlPropSize@4",
                                         "MAPISendMail",
                                         "MAPILogon",
                                         "MAPIResolveName" };
    HMODULE stub = LoadLibraryA("mapistub.dll");
    unsigned int i;

    if (!stub)
    {
        win_skip("no mapistub.dll\n");
        return;
    }
    for (i = 0; i < ARRAY_SIZE(names); i++)
        ok(GetProcAddress(stub, names[i]) == GetProcAddress(mapi32, names[i]), "%s is not ours\n",
           names[i]);
    FreeLibrary(stub);
}

START_TEST(exports)
{
    mapi32 = GetModuleHandleA("mapi32.dll");
    if (!mapi32) mapi32 = LoadLibraryA("mapi32.dll");

    test_ordinals();
    test_both_names();
    test_stub();
    test_filetime();
    test_unserved();
    test_malloc();
    test_map_storage();
    test_generate_uid();
    test_component_path();
}
