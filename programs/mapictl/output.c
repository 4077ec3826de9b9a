/*
 * mapictl: text out, tables and JSON
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

/* Everything printed goes through here, as UTF-8 (or straight to a console). A list is collected
 * first, so that its columns can be as wide as they need to be. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

BOOL json_output;

struct list
{
    const WCHAR *const *columns;
    int column_count;
    WCHAR **cells;
    size_t row_count, room;
};

static void write_text(DWORD device, const WCHAR *text)
{
    HANDLE handle = GetStdHandle(device);
    DWORD mode, written;
    char *utf8;
    int size;

    if (GetConsoleMode(handle, &mode))
    {
        WriteConsoleW(handle, text, lstrlenW(text), &written, NULL);
        return;
    }
    size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    if (!(utf8 = malloc(size))) return;
    WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, size, NULL, NULL);
    WriteFile(handle, utf8, size - 1, &written, NULL);
    free(utf8);
}

static void write_format(DWORD device, const WCHAR *format, va_list args)
{
    WCHAR buffer[4096];

    _vsnwprintf(buffer, ARRAYSIZE(buffer) - 1, format, args);
    buffer[ARRAYSIZE(buffer) - 1] = 0;
    write_text(device, buffer);
}

void print(const WCHAR *format, ...)
{
    va_list args;

    va_start(args, format);
    write_format(STD_OUTPUT_HANDLE, format, args);
    va_end(args);
}

void print_text(const WCHAR *text)
{
    write_text(STD_OUTPUT_HANDLE, text);
}

int fail(const WCHAR *format, ...)
{
    va_list args;

    write_text(STD_ERROR_HANDLE, L"mapictl: ");
    va_start(args, format);
    write_format(STD_ERROR_HANDLE, format, args);
    va_end(args);
    write_text(STD_ERROR_HANDLE, L"\n");
    return EXIT_FAILED;
}

int fail_hr(HRESULT hr, const WCHAR *format, ...)
{
    WCHAR code[16];
    va_list args;

    write_text(STD_ERROR_HANDLE, L"mapictl: ");
    va_start(args, format);
    write_format(STD_ERROR_HANDLE, format, args);
    va_end(args);
    _snwprintf(code, ARRAYSIZE(code), L"0x%08lx", (unsigned long)hr);
    write_text(STD_ERROR_HANDLE, L" (");
    write_text(STD_ERROR_HANDLE, hresult_name(hr) ? hresult_name(hr) : code);
    write_text(STD_ERROR_HANDLE, L")\n");
    return EXIT_FAILED;
}

const WCHAR *hresult_name(HRESULT hr)
{
    static const struct
    {
        HRESULT hr;
        const WCHAR *name;
    } names[] =
    {
        {S_OK, L"S_OK"},
        {MAPI_E_CALL_FAILED, L"MAPI_E_CALL_FAILED"},
        {MAPI_E_NOT_ENOUGH_MEMORY, L"MAPI_E_NOT_ENOUGH_MEMORY"},
        {MAPI_E_INVALID_PARAMETER, L"MAPI_E_INVALID_PARAMETER"},
        {MAPI_E_INTERFACE_NOT_SUPPORTED, L"MAPI_E_INTERFACE_NOT_SUPPORTED"},
        {MAPI_E_NO_ACCESS, L"MAPI_E_NO_ACCESS"},
        {MAPI_E_NO_SUPPORT, L"MAPI_E_NO_SUPPORT"},
        {MAPI_E_BAD_CHARWIDTH, L"MAPI_E_BAD_CHARWIDTH"},
        {MAPI_E_UNKNOWN_FLAGS, L"MAPI_E_UNKNOWN_FLAGS"},
        {MAPI_E_INVALID_ENTRYID, L"MAPI_E_INVALID_ENTRYID"},
        {MAPI_E_INVALID_OBJECT, L"MAPI_E_INVALID_OBJECT"},
        {MAPI_E_BUSY, L"MAPI_E_BUSY"},
        {MAPI_E_NOT_FOUND, L"MAPI_E_NOT_FOUND"},
        {MAPI_E_VERSION, L"MAPI_E_VERSION"},
        {MAPI_E_LOGON_FAILED, L"MAPI_E_LOGON_FAILED"},
        {MAPI_E_SESSION_LIMIT, L"MAPI_E_SESSION_LIMIT"},
        {MAPI_E_USER_CANCEL, L"MAPI_E_USER_CANCEL"},
        {MAPI_E_UNCONFIGURED, L"MAPI_E_UNCONFIGURED"},
        {MAPI_E_FAILONEPROVIDER, L"MAPI_E_FAILONEPROVIDER"},
        {MAPI_E_EXTENDED_ERROR, L"MAPI_E_EXTENDED_ERROR"},
        {MAPI_E_TIMEOUT, L"MAPI_E_TIMEOUT"},
        {MAPI_E_NOT_INITIALIZED, L"MAPI_E_NOT_INITIALIZED"},
        {MAPI_E_UNKNOWN_ENTRYID, L"MAPI_E_UNKNOWN_ENTRYID"},
        {MAPI_E_END_OF_SESSION, L"MAPI_E_END_OF_SESSION"},
        {MAPI_E_COLLISION, L"MAPI_E_COLLISION"},
        {MAPI_E_NOT_ENOUGH_DISK, L"MAPI_E_NOT_ENOUGH_DISK"},
        {MAPI_E_CORRUPT_STORE, L"MAPI_E_CORRUPT_STORE"},
        {MAPI_E_NO_RECIPIENTS, L"MAPI_E_NO_RECIPIENTS"},
        {MAPI_E_SUBMITTED, L"MAPI_E_SUBMITTED"},
        {MAPI_E_CANCEL, L"MAPI_E_CANCEL"},
        {MAPI_E_TOO_COMPLEX, L"MAPI_E_TOO_COMPLEX"},
        {MAPI_E_NO_SUPPRESS, L"MAPI_E_NO_SUPPRESS"},
        {MAPI_E_TABLE_TOO_BIG, L"MAPI_E_TABLE_TOO_BIG"},
        {MAPI_E_CORRUPT_DATA, L"MAPI_E_CORRUPT_DATA"},
        {MAPI_E_COMPUTED, L"MAPI_E_COMPUTED"},
        {MAPI_E_OBJECT_CHANGED, L"MAPI_E_OBJECT_CHANGED"},
        {MAPI_E_OBJECT_DELETED, L"MAPI_E_OBJECT_DELETED"},
        {MAPI_E_NETWORK_ERROR, L"MAPI_E_NETWORK_ERROR"},
        {MAPI_E_DISK_ERROR, L"MAPI_E_DISK_ERROR"},
        {MAPI_E_NOT_IN_QUEUE, L"MAPI_E_NOT_IN_QUEUE"},
        {MAPI_E_FOLDER_CYCLE, L"MAPI_E_FOLDER_CYCLE"},
        {MAPI_W_ERRORS_RETURNED, L"MAPI_W_ERRORS_RETURNED"},
        {MAPI_W_NO_SERVICE, L"MAPI_W_NO_SERVICE"}
    };
    size_t i;

    for (i = 0; i < ARRAYSIZE(names); i++)
        if (names[i].hr == hr) return names[i].name;
    return NULL;
}

struct list *list_begin(const WCHAR *const *columns)
{
    struct list *list = calloc(1, sizeof(*list));

    if (!list) exit(fail(L"out of memory"));
    list->columns = columns;
    while (columns[list->column_count]) list->column_count++;
    return list;
}

void list_add(struct list *list, const WCHAR *const *values)
{
    int i;

    if (list->row_count == list->room)
    {
        list->room = list->room ? list->room * 2 : 16;
        list->cells = realloc(list->cells, list->room * list->column_count * sizeof(*list->cells));
        if (!list->cells) exit(fail(L"out of memory"));
    }
    for (i = 0; i < list->column_count; i++)
        list->cells[list->row_count * list->column_count + i] = dup_text(values[i] ? values[i]
                                                                                   : L"");
    list->row_count++;
}

static void print_json_text(const WCHAR *text)
{
    WCHAR escaped[8];

    print(L"\"");
    for (; *text; text++)
    {
        if (*text == '"' || *text == '\\') _snwprintf(escaped, ARRAYSIZE(escaped), L"\\%c", *text);
        else if (*text < 0x20) _snwprintf(escaped, ARRAYSIZE(escaped), L"\\u%04x", *text);
        else
        {
            /* A surrogate pair goes out as one, or it would not be UTF-8. */
            escaped[0] = *text;
            escaped[1] = 0;
            if (IS_HIGH_SURROGATE(*text) && IS_LOW_SURROGATE(text[1]))
            {
                escaped[1] = *++text;
                escaped[2] = 0;
            }
        }
        print(L"%s", escaped);
    }
    print(L"\"");
}

static void print_json(const struct list *list)
{
    size_t row;
    int i;

    print(L"[");
    for (row = 0; row < list->row_count; row++)
    {
        print(row ? L",\n {" : L"\n {");
        for (i = 0; i < list->column_count; i++)
        {
            if (i) print(L", ");
            print_json_text(list->columns[i]);
            print(L": ");
            print_json_text(list->cells[row * list->column_count + i]);
        }
        print(L"}");
    }
    print(list->row_count ? L"\n]\n" : L"]\n");
}

static void print_table(const struct list *list)
{
    int i, *widths = calloc(list->column_count, sizeof(*widths));
    const WCHAR *text;
    size_t row;

    if (!widths) exit(fail(L"out of memory"));
    for (i = 0; i < list->column_count; i++)
    {
        widths[i] = lstrlenW(list->columns[i]);
        for (row = 0; row < list->row_count; row++)
            widths[i] = max(widths[i], lstrlenW(list->cells[row * list->column_count + i]));
    }
    for (row = 0; row <= list->row_count; row++)
    {
        for (i = 0; i < list->column_count; i++)
        {
            text = row ? list->cells[(row - 1) * list->column_count + i] : list->columns[i];
            if (i + 1 == list->column_count) print(L"%s\n", text);
            else print(L"%-*s  ", widths[i], text);
        }
    }
    free(widths);
}

void list_end(struct list *list)
{
    size_t i;

    if (json_output) print_json(list);
    else if (list->row_count) print_table(list);
    for (i = 0; i < list->row_count * list->column_count; i++) free(list->cells[i]);
    free(list->cells);
    free(list);
}
