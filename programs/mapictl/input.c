/*
 * mapictl: reading files
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

/* A file, or standard input, read piece by piece: what is in memory is one piece, or what asks for
 * the rest. */

#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define PIECE    0x10000
#define REST_MAX 0x20000000

struct input
{
    HANDLE file;
    BOOL opened, ended;
    DWORD error;                /* that ended it early */
    size_t begin, end;          /* of what is read and not taken */
    BYTE data[PIECE];
};

struct input *input_open(const WCHAR *path)
{
    struct input *input = calloc(1, sizeof(*input));

    if (!input) exit(fail(L"out of memory"));
    input->opened = lstrcmpW(path, L"-") != 0;
    if (!input->opened) input->file = GetStdHandle(STD_INPUT_HANDLE);
    else
        input->file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                  OPEN_EXISTING, 0, NULL);
    if (input->file != INVALID_HANDLE_VALUE) return input;
    free(input);
    return NULL;
}

DWORD input_close(struct input *input)
{
    const DWORD error = input->error;

    if (input->opened) CloseHandle(input->file);
    free(input);
    return error;
}

/* One more read; FALSE: nothing came. */
static BOOL more(struct input *input)
{
    DWORD got = 0;

    if (input->begin)
    {
        memmove(input->data, input->data + input->begin, input->end - input->begin);
        input->end -= input->begin;
        input->begin = 0;
    }
    if (input->ended || input->end == PIECE) return FALSE;
    if (!ReadFile(input->file, input->data + input->end, PIECE - input->end, &got, NULL)
        && GetLastError() != ERROR_BROKEN_PIPE)
        input->error = GetLastError();
    input->ended = !got;
    input->end += got;
    return got != 0;
}

BOOL input_begins(struct input *input, const void *bytes, size_t size)
{
    while (input->end - input->begin < size && more(input)) {}
    return input->end - input->begin >= size && !memcmp(input->data + input->begin, bytes, size);
}

size_t input_line(struct input *input, const BYTE **line)
{
    const BYTE *end = NULL;
    size_t length;

    while (!(end = memchr(input->data + input->begin, '\n', input->end - input->begin)) && more(input)) {}
    *line = input->data + input->begin;
    length = end ? end + 1 - *line : input->end - input->begin;
    input->begin += length;
    return length;
}

BYTE *input_rest(struct input *input, size_t *size)
{
    BYTE *data = NULL, *larger;
    size_t room = 0, length;

    *size = 0;
    do
    {
        length = input->end - input->begin;
        if (room - *size < length + 1)
        {
            if (room > REST_MAX || !(larger = realloc(data, room += room / 2 + length + 1)))
            {
                input->error = ERROR_NOT_ENOUGH_MEMORY;
                break;
            }
            data = larger;
        }
        memcpy(data + *size, input->data + input->begin, length);
        *size += length;
        input->begin = input->end;
    } while (more(input));
    if (!input->error) return data;
    free(data);
    return NULL;
}

BYTE *read_whole_file(const WCHAR *path, size_t *size)
{
    struct input *input = input_open(path);
    DWORD error;
    BYTE *data;

    *size = 0;
    if (!input) return NULL;
    data = input_rest(input, size);
    if ((error = input_close(input))) SetLastError(error);
    return data;
}
