/*
 * mapictl: mbox files
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

/* Files of many messages, as they come (mboxrd and mboxo are read) and as they are written
 * (mboxrd). One message is in memory at a time. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define MESSAGE_MAX 0x20000000  /* bytes */

struct text
{
    BYTE *data;
    size_t size, room;
    BOOL too_large;
};

static void add(struct text *text, const BYTE *data, size_t size)
{
    BYTE *larger;

    if (text->size + size > text->room)
    {
        if (text->size + size > MESSAGE_MAX
            || !(larger = realloc(text->data, text->room + text->room / 2 + size)))
        {
            text->too_large = TRUE;
            return;
        }
        text->data = larger;
        text->room += text->room / 2 + size;
    }
    memcpy(text->data + text->size, data, size);
    text->size += size;
}

static BOOL begins(const BYTE *data, size_t size, const char *word)
{
    return size >= strlen(word) && !memcmp(data, word, strlen(word));
}

/* A header of mbox files alone: the state, in letters. TRUE if this line is one. */
static BOOL take_state(const BYTE *line, size_t length, ULONG *state)
{
    size_t i, at;

    if (length > 7 && !_strnicmp((const char *)line, "Status:", 7)) at = 7;
    else if (length > 9 && !_strnicmp((const char *)line, "X-Status:", 9)) at = 9;
    else return FALSE;
    for (i = at; i < length; i++)
    {
        if (line[i] == 'R') *state |= MESSAGE_READ;
        if (line[i] == 'F') *state |= MESSAGE_FLAGGED;
        if (line[i] == 'A') *state |= MESSAGE_REPLIED;
        if (line[i] == 'T') *state |= MESSAGE_DRAFT;
    }
    return TRUE;
}

/* Messages begin at a line "From " that follows an empty line; one ">" is taken off lines like
 * ">From ". What a line of more than the input's piece goes on with begins no line. */
void mbox_read(struct input *input, mbox_taker *take, void *context)
{
    BOOL header = TRUE, empty = FALSE, begun = TRUE;
    struct text text = {0};
    const BYTE *line;
    ULONG number = 0, state = 0;
    size_t length, quotes;

    input_line(input, &line);
    for (;;)
    {
        length = input_line(input, &line);
        if (!length || (begun && empty && begins(line, length, "From ")))
        {
            /* The empty line before the next "From " is not the message's. */
            if (empty && text.size > 1 && text.data[text.size - 1] == '\n')
            {
                text.size--;
                if (text.size && text.data[text.size - 1] == '\r') text.size--;
            }
            take(context, text.too_large ? NULL : text.data, text.size, state, ++number);
            if (!length) break;
            text.size = 0;
            text.too_large = FALSE;
            state = 0;
            header = TRUE;
            empty = FALSE;
            begun = line[length - 1] == '\n';
            continue;
        }
        if (begun)
        {
            empty = *line == '\n' || (*line == '\r' && length == 2);
            if (empty) header = FALSE;
        }
        if (!header && begun)
        {
            for (quotes = 0; quotes < length && line[quotes] == '>'; quotes++) {}
            if (quotes && begins(line + quotes, length - quotes, "From ")) line++, length--;
        }
        if (!header || !begun || !take_state(line, length, &state)) add(&text, line, length);
        begun = line[length - 1] == '\n';
    }
    free(text.data);
}

static HRESULT write_bytes(HANDLE file, const void *data, size_t size)
{
    DWORD written;

    if (WriteFile(file, data, size, &written, NULL) && written == size) return S_OK;
    return HRESULT_FROM_WIN32(GetLastError());
}

/* mboxrd: lines end with LF, and every ">...From " gets one more ">". */
static HRESULT write_quoted(HANDLE file, BYTE *data, size_t size)
{
    BYTE *p = data, *end = data + size, *next, *q;
    HRESULT hr = S_OK;
    size_t length;

    for (; p < end && SUCCEEDED(hr); p = next)
    {
        next = memchr(p, '\n', end - p);
        next = next ? next + 1 : end;
        length = next - p;
        for (q = p; q < next && *q == '>'; q++) {}
        if (next - q >= 5 && !memcmp(q, "From ", 5)) hr = write_bytes(file, ">", 1);
        if (length >= 2 && next[-1] == '\n' && next[-2] == '\r')
        {
            next[-2] = '\n';
            length--;
        }
        if (SUCCEEDED(hr)) hr = write_bytes(file, p, length);
    }
    if (SUCCEEDED(hr) && size && end[-1] != '\n') hr = write_bytes(file, "\n", 1);
    return SUCCEEDED(hr) ? write_bytes(file, "\n", 1) : hr;
}

HRESULT mbox_write(HANDLE file, BYTE *data, size_t size, ULONG state, const FILETIME *delivered)
{
    static const char days[] = "SunMonTueWedThuFriSat",
                      months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const ULONG others = state & ~(ULONG)(MESSAGE_READ | MESSAGE_FORWARDED);
    SYSTEMTIME time = {1970, 1, 4, 1};
    char head[256];
    HRESULT hr;

    if (delivered) FileTimeToSystemTime(delivered, &time);
    snprintf(head, sizeof(head),
             "From MAILER-DAEMON %.3s %.3s %2d %02d:%02d:%02d %04d\nStatus: %sO\n%s%s%s%s%s",
             days + 3 * time.wDayOfWeek, months + 3 * (time.wMonth - 1), time.wDay, time.wHour,
             time.wMinute, time.wSecond, time.wYear, state & MESSAGE_READ ? "R" : "",
             others ? "X-Status: " : "", state & MESSAGE_REPLIED ? "A" : "",
             state & MESSAGE_FLAGGED ? "F" : "", state & MESSAGE_DRAFT ? "T" : "",
             others ? "\n" : "");
    hr = write_bytes(file, head, strlen(head));
    return SUCCEEDED(hr) ? write_quoted(file, data, size) : hr;
}
