/*
 * Loading the DLLs of providers and message services
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
 * A DLL is named in the profile without "32" and loaded with it: "32" goes in before the first
 * period of the string. Bare names come from the system directory, absolute paths from where they
 * say; anything relative is refused, so that nothing is ever loaded from a current directory. When
 * the documented file is not there, "32" before the first period of the file's own name is tried
 * (a path may well have a period in a folder), then the name as it stands.
 *
 * There is one struct host_dll a file. Each successful host_dll_open is one LoadLibrary, undone by
 * host_unload_all, never earlier: providers leave threads and objects behind. A DLL whose code
 * crashed is never unmapped. Why a load failed is told in words, from the file's own headers.
 */

#include <stdlib.h>

#include "host/calls.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct host_dll
{
    struct host_dll *next;
    LONG ref;                   /* users: provider objects, service entry calls */
    LONG loads;                 /* LoadLibrary calls not undone yet */
    LONG keep;                  /* never unmap */
    HMODULE module;
    WCHAR path[1];
};

static struct host_dll *dlls;   /* dlls_cs */

static CRITICAL_SECTION dlls_cs;
static CRITICAL_SECTION_DEBUG dlls_cs_debug =
{
    0, 0, &dlls_cs,
    { &dlls_cs_debug.ProcessLocksList, &dlls_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": dlls_cs") }
};
static CRITICAL_SECTION dlls_cs = { &dlls_cs_debug, -1, 0, 0, 0, 0 };

/* ---- words ---- */

/* Strings put into a format that has %1, %2 and %3; NULL on no memory. */
static WCHAR *words(const WCHAR *format, const WCHAR *first, const WCHAR *second,
                    const WCHAR *third)
{
    const WCHAR *inserts[3] = { first, second, third };
    const WCHAR *from, *insert;
    size_t size = 1;
    WCHAR *ret, *to;

    for (from = format; *from; from++)
    {
        if (from[0] == '%' && from[1] >= '1' && from[1] <= '3')
            size += lstrlenW(inserts[*++from - '1']);
        else
            size++;
    }
    if (!(ret = platform_alloc(size * sizeof(WCHAR))))
        return NULL;
    for (from = format, to = ret; *from; from++)
    {
        if (from[0] == '%' && from[1] >= '1' && from[1] <= '3')
        {
            for (insert = inserts[*++from - '1']; *insert; insert++)
                *to++ = *insert;
        }
        else
            *to++ = *from;
    }
    *to = 0;
    return ret;
}

/* ---- names ---- */

static BOOL is_separator(WCHAR ch)
{
    return ch == '\\' || ch == '/';
}

static BOOL is_absolute(const WCHAR *name)
{
    if (is_separator(name[0]) && is_separator(name[1]))
        return TRUE;
    return ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'))
           && name[1] == ':' && is_separator(name[2]);
}

/* The part after the last separator. */
static const WCHAR *file_part(const WCHAR *name)
{
    const WCHAR *ret = name;

    for (; *name; name++)
    {
        if (is_separator(*name) || *name == ':')
            ret = name + 1;
    }
    return ret;
}

/* "32" before the first period at or after start; without a period "32.dll" at the end. */
static WCHAR *name_with_32(const WCHAR *folder, const WCHAR *name, const WCHAR *start)
{
    const WCHAR *period = start;
    size_t folder_length = lstrlenW(folder), length = lstrlenW(name), head;
    WCHAR *ret, *pos;

    while (*period && *period != '.')
        period++;
    head = period - name;
    if (!(ret = platform_alloc((folder_length + length + 7) * sizeof(WCHAR))))
        return NULL;
    memcpy(ret, folder, folder_length * sizeof(WCHAR));
    pos = ret + folder_length;
    memcpy(pos, name, head * sizeof(WCHAR));
    pos += head;
    *pos++ = '3';
    *pos++ = '2';
    if (*period)
        memcpy(pos, period, (length - head + 1) * sizeof(WCHAR));
    else
        memcpy(pos, L".dll", sizeof(L".dll"));
    return ret;
}

static BOOL file_exists(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* The file that a name stands for. MAPI_E_NOT_FOUND with *path the file that was expected. */
static HRESULT find_file(const WCHAR *name, WCHAR **path, WCHAR **why)
{
    WCHAR folder[MAX_PATH + 1], *second;
    const WCHAR *file;
    UINT length = 0;

    *path = *why = NULL;
    if (!name || !*name)
    {
        *why = words(L"No DLL is named for this provider.", NULL, NULL, NULL);
        return MAPI_E_NOT_FOUND;
    }
    file = file_part(name);
    folder[0] = 0;
    if (!is_absolute(name))
    {
        if (file != name)
        {
            *why = words(L"%1 is neither a file name nor a full path; a DLL is not loaded from a"
                         L" relative path.", name, NULL, NULL);
            return MAPI_E_NOT_FOUND;
        }
        length = GetSystemDirectoryW(folder, MAX_PATH);
        if (!length || length >= MAX_PATH)
            return MAPI_E_CALL_FAILED;
        folder[length++] = '\\';
        folder[length] = 0;
    }

    if (!(*path = name_with_32(folder, name, name)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (file_exists(*path))
        return S_OK;
    if (!(second = name_with_32(folder, name, file)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (file_exists(second))
    {
        platform_free(*path);
        *path = second;
        return S_OK;
    }
    platform_free(second);
    if (!(second = words(L"%1%2", folder, name, NULL)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (file_exists(second))
    {
        platform_free(*path);
        *path = second;
        return S_OK;
    }
    platform_free(second);
    *why = words(L"%1 does not exist.", *path, NULL, NULL);
    return MAPI_E_NOT_FOUND;
}

/* ---- what stands in a file's headers ---- */

struct image
{
    const BYTE *data;           /* the file as it is on disk, mapped */
    size_t size;
    const IMAGE_FILE_HEADER *header;
    const IMAGE_SECTION_HEADER *sections;
    DWORD imports;              /* RVA; 0 for none */
};

static BOOL image_holds(const struct image *image, size_t offset, size_t size)
{
    return offset <= image->size && size <= image->size - offset;
}

static const void *image_at(const struct image *image, DWORD rva, size_t size)
{
    const IMAGE_SECTION_HEADER *section = image->sections;
    size_t offset;
    WORD i;

    for (i = 0; i < image->header->NumberOfSections; i++, section++)
    {
        if (rva < section->VirtualAddress
            || rva - section->VirtualAddress >= section->SizeOfRawData)
            continue;
        offset = (size_t)section->PointerToRawData + (rva - section->VirtualAddress);
        return image_holds(image, offset, size) ? image->data + offset : NULL;
    }
    return NULL;
}

static BOOL image_parse(struct image *image)
{
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)image->data;
    const IMAGE_DATA_DIRECTORY *directory;
    size_t offset, optional;
    DWORD count;
    WORD magic;

    image->header = NULL;
    image->imports = 0;
    if (!image_holds(image, 0, sizeof(*dos)) || dos->e_magic != IMAGE_DOS_SIGNATURE)
        return FALSE;
    offset = (DWORD)dos->e_lfanew;
    if (!image_holds(image, offset, sizeof(DWORD) + sizeof(IMAGE_FILE_HEADER))
        || memcmp(image->data + offset, "PE\0", 4))
        return FALSE;
    offset += sizeof(DWORD);
    image->header = (const IMAGE_FILE_HEADER *)(image->data + offset);
    offset += sizeof(IMAGE_FILE_HEADER);
    optional = image->header->SizeOfOptionalHeader;
    if (!image_holds(image, offset, optional + image->header->NumberOfSections
                                               * sizeof(IMAGE_SECTION_HEADER)) || optional < 2)
        return FALSE;
    image->sections = (const IMAGE_SECTION_HEADER *)(image->data + offset + optional);
    magic = *(const WORD *)(image->data + offset);
    if (magic == IMAGE_NT_OPTIONAL_HDR64_MAGIC && optional >= sizeof(IMAGE_OPTIONAL_HEADER64))
    {
        const IMAGE_OPTIONAL_HEADER64 *header = (const void *)(image->data + offset);
        count = header->NumberOfRvaAndSizes;
        directory = header->DataDirectory;
    }
    else if (magic == IMAGE_NT_OPTIONAL_HDR32_MAGIC && optional >= sizeof(IMAGE_OPTIONAL_HEADER32))
    {
        const IMAGE_OPTIONAL_HEADER32 *header = (const void *)(image->data + offset);
        count = header->NumberOfRvaAndSizes;
        directory = header->DataDirectory;
    }
    else
        return FALSE;
    if (count > IMAGE_DIRECTORY_ENTRY_IMPORT)
        image->imports = directory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    return TRUE;
}

/* Whether a DLL that another one imports can be had, without running its code. folder is that of
 * the importing file, with the separator. */
static BOOL import_exists(const WCHAR *name, const WCHAR *folder)
{
    WCHAR *path;
    HMODULE module;
    BOOL ret;

    /* API sets are no files */
    if (!text_compare_nocase(name, L"ntdll.dll") || !wcsnicmp(name, L"api-", 4)
        || !wcsnicmp(name, L"ext-", 4) || GetModuleHandleW(name))
        return TRUE;
    if ((path = words(L"%1%2", folder, name, NULL)))
    {
        ret = file_exists(path);
        platform_free(path);
        if (ret)
            return TRUE;
    }
    module = LoadLibraryExW(name, NULL, LOAD_LIBRARY_AS_DATAFILE);
    if (module)
        FreeLibrary(module);
    return module != NULL;
}

/* The first DLL in the import table that cannot be had, as words. */
static WCHAR *missing_import(const struct image *image, const WCHAR *path)
{
    const IMAGE_IMPORT_DESCRIPTOR *import;
    const char *name;
    WCHAR *folder, *wide, *ret = NULL;
    DWORD rva = image->imports;
    size_t length;

    if (!rva || !(folder = text_dup(path)))
        return NULL;
    folder[file_part(folder) - folder] = 0;
    while ((import = image_at(image, rva, sizeof(*import))) && import->Name && !ret)
    {
        name = image_at(image, import->Name, 1);
        for (length = 0; name && length < MAX_PATH; length++)
        {
            if (!image_at(image, import->Name + length, 1))
                name = NULL;
            else if (!name[length])
                break;
        }
        if (!name || length == MAX_PATH)
            break;
        if ((wide = text_from_ansi(name)))
        {
            if (!import_exists(wide, folder))
                ret = words(L"%1 needs %2, which is not there.", path, wide, NULL);
            platform_free(wide);
        }
        rva += sizeof(*import);
    }
    platform_free(folder);
    return ret;
}

static const WCHAR *machine_name(WORD machine)
{
    switch (machine)
    {
        case IMAGE_FILE_MACHINE_I386: return L"a 32-bit (x86) DLL";
        case IMAGE_FILE_MACHINE_AMD64: return L"a 64-bit (x64) DLL";
        case IMAGE_FILE_MACHINE_ARM64: return L"an ARM64 DLL";
        case IMAGE_FILE_MACHINE_ARMNT: return L"an ARM DLL";
    }
    return L"for another kind of processor";
}

/* S_OK when the headers speak against nothing; else MAPI_E_CALL_FAILED with *why. */
static HRESULT inspect_file(const WCHAR *path, WCHAR **why)
{
#ifdef __x86_64__
    static const WORD ours = IMAGE_FILE_MACHINE_AMD64;
    static const WCHAR process[] = L"64-bit";
#elif defined(__i386__)
    static const WORD ours = IMAGE_FILE_MACHINE_I386;
    static const WCHAR process[] = L"32-bit";
#elif defined(__aarch64__)
    static const WORD ours = IMAGE_FILE_MACHINE_ARM64;
    static const WCHAR process[] = L"64-bit ARM";
#else
    static const WORD ours = IMAGE_FILE_MACHINE_ARMNT;
    static const WCHAR process[] = L"32-bit ARM";
#endif
    LARGE_INTEGER size;
    struct image image;
    HANDLE file, mapping;

    *why = NULL;
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
    {
        *why = words(L"%1 cannot be read.", path, NULL, NULL);
        return MAPI_E_CALL_FAILED;
    }
    mapping = NULL;
    image.data = NULL;
    if (GetFileSizeEx(file, &size) && size.QuadPart && size.QuadPart <= 0x7fffffff
        && (mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL)))
        image.data = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    image.size = (size_t)size.QuadPart;
    if (!image.data || !image_parse(&image))
        *why = words(L"%1 is no DLL: its headers are damaged.", path, NULL, NULL);
    else if (image.header->Machine != ours)
    {
        *why = words(L"%1 is %2, and this is a %3 program.", path,
                     machine_name(image.header->Machine), process);
    }
    else
        *why = missing_import(&image, path);
    if (image.data)
        UnmapViewOfFile(image.data);
    if (mapping)
        CloseHandle(mapping);
    CloseHandle(file);
    return *why ? MAPI_E_CALL_FAILED : S_OK;
}

/* ---- the list ---- */

HRESULT host_dll_find(const WCHAR *name, WCHAR **path, WCHAR **why)
{
    HRESULT hr;

    TRACE("%s\n", debugstr_w(name));
    if (FAILED(hr = find_file(name, path, why)))
        return hr;
    return inspect_file(*path, why);
}

/* Under dlls_cs. */
static struct host_dll *dll_by_module(HMODULE module)
{
    struct host_dll *dll;

    for (dll = dlls; dll; dll = dll->next)
    {
        if (dll->module == module)
            break;
    }
    return dll;
}

HRESULT host_dll_open(const WCHAR *name, struct host_dll **ret, WCHAR **why)
{
    struct host_dll *dll = NULL, *created = NULL;
    WCHAR *path, *text, number[12];
    HMODULE module;
    DWORD error;
    HRESULT hr;

    *ret = NULL;
    if (why)
        *why = NULL;
    hr = find_file(name, &path, &text);
    if (SUCCEEDED(hr))
    {
        /* its own imports are looked for beside it first */
        module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
        error = GetLastError();
        if (!module)
        {
            hr = error == ERROR_NOT_ENOUGH_MEMORY ? MAPI_E_NOT_ENOUGH_MEMORY : MAPI_E_CALL_FAILED;
            if (inspect_file(path, &text) == S_OK)
            {
                wsprintfW(number, L"%lu", error);
                text = words(error == ERROR_DLL_INIT_FAILED
                             ? L"%1 refused to be loaded: its DllMain failed."
                             : L"%1 could not be loaded (error %2).", path, number, NULL);
            }
        }
        else if (!(created = platform_alloc_zero(FIELD_OFFSET(struct host_dll,
                                                              path[lstrlenW(path) + 1]))))
        {
            FreeLibrary(module);
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    if (FAILED(hr))
    {
        WARN("%s: %s\n", debugstr_w(name), debugstr_w(text));
        if (why)
            *why = text;
        else
            platform_free(text);
        platform_free(path);
        return hr;
    }

    EnterCriticalSection(&dlls_cs);
    if (!(dll = dll_by_module(module)))
    {
        dll = created;
        created = NULL;
        dll->module = module;
        lstrcpyW(dll->path, path);
        dll->next = dlls;
        dlls = dll;
    }
    dll->ref++;
    dll->loads++;
    LeaveCriticalSection(&dlls_cs);

    TRACE("%s is %s at %p\n", debugstr_w(name), debugstr_w(path), module);
    platform_free(created);
    platform_free(path);
    *ret = dll;
    return S_OK;
}

void host_dll_release(struct host_dll *dll)
{
    if (!dll)
        return;
    EnterCriticalSection(&dlls_cs);
    dll->ref--;
    LeaveCriticalSection(&dlls_cs);
}

void host_dll_keep(struct host_dll *dll)
{
    InterlockedExchange(&dll->keep, 1);
}

HMODULE host_dll_module(const struct host_dll *dll)
{
    return dll->module;
}

const WCHAR *host_dll_path(const struct host_dll *dll)
{
    return dll->path;
}

void host_unload_all(void)
{
    struct host_dll **link, *dll, *gone = NULL;

    if (host_frozen())
        return;
    EnterCriticalSection(&dlls_cs);
    for (link = &dlls; (dll = *link); )
    {
        if (dll->ref || dll->keep)
        {
            link = &dll->next;
            continue;
        }
        *link = dll->next;
        dll->next = gone;
        gone = dll;
    }
    LeaveCriticalSection(&dlls_cs);

    /* DllMain is a stranger's code as well: no lock is held here */
    while ((dll = gone))
    {
        gone = dll->next;
        TRACE("%s, loaded %ld times\n", debugstr_w(dll->path), dll->loads);
        while (dll->loads--)
            FreeLibrary(dll->module);
        platform_free(dll);
    }
}
