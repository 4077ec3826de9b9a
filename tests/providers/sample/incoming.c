/*
 * Sample providers: mail that arrives
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
 * A file *.msg in the folder "in" of the transport'"'"'s directory is a message: lines "Subject:
 * ...", "From: ..." and "Class: ...", an empty line, and the text. The file goes when the message
 * is saved; a process that dies in between finds it again and delivers it twice, as with most mail
 * systems.
 */

#include "transport.h"

static BOOL first_file(const struct xp_logon *logon, char path[MAX_PATH])
{
    WIN32_FIND_DATAA data;
    char pattern[MAX_PATH];
    HANDLE find;

    if (!logon->directory[0]) return FALSE;
    snprintf(pattern, sizeof(pattern), "%.200s\\in\\*.msg", logon->directory);
    if ((find = FindFirstFileA(pattern, &data)) == INVALID_HANDLE_VALUE) return FALSE;
    FindClose(find);
    snprintf(path, MAX_PATH, "%.200s\\in\\%.40s", logon->directory, data.cFileName);
    return TRUE;
}

BOOL incoming_waits(const struct xp_logon *logon)
{
    char path[MAX_PATH];

    return first_file(logon, path);
}

/* The rest of a header line, made a string; NULL if it has another name. */
static char *header(char *line, const char *name)
{
    size_t length = strlen(name);

    return strncmp(line, name, length) ? NULL : line + length;
}

static HRESULT set_text(IMessage *message, ULONG tag, char *text)
{
    SPropValue prop;

    prop.ulPropTag = tag;
    prop.dwAlignPad = 0;
    prop.Value.lpszA = text;
    return IMessage_SetProps(message, 1, &prop, NULL);
}

static HRESULT set_receipt(struct xp_logon *logon, IMessage *message, char *address)
{
    SPropValue prop;
    HRESULT hr;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_READ_RECEIPT_REQUESTED;
    prop.Value.b = TRUE;
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    if (SUCCEEDED(hr)) hr = set_text(message, PR_SENDER_EMAIL_ADDRESS_A, address);
    return SUCCEEDED(hr) ? set_text(message, PR_SENDER_ADDRTYPE_A, (char *)logon->types[0]) : hr;
}

static HRESULT fill(struct xp_logon *logon, IMessage *message, char *text)
{
    char *line, *end = text, *value, *class = (char *)"IPM.Note";
    HRESULT hr = S_OK;

    for (line = text; *line && SUCCEEDED(hr); line = end)
    {
        if (!(end = strchr(line, '\n'))) end = line + strlen(line);
        else *end++ = 0;
        if (strlen(line) && line[strlen(line) - 1] == '\r') line[strlen(line) - 1] = 0;
        if (!*line) break;
        if ((value = header(line, "Subject: "))) hr = set_text(message, PR_SUBJECT_A, value);
        else if ((value = header(line, "From: ")))
        {
            if (SUCCEEDED(hr = set_text(message, PR_SENDER_NAME_A, value)))
                hr = set_text(message, PR_SENT_REPRESENTING_NAME_A, value);
        }
        else if ((value = header(line, "Class: "))) class = value;
        else if ((value = header(line, "Receipt: "))) hr = set_receipt(logon, message, value);
    }
    if (SUCCEEDED(hr)) hr = set_text(message, PR_MESSAGE_CLASS_A, class);
    if (SUCCEEDED(hr)) hr = set_text(message, PR_BODY_A, end);
    return hr;
}

HRESULT incoming_receive(struct xp_logon *logon, IMessage *message)
{
    char path[MAX_PATH], *text;
    DWORD size, got = 0;
    HANDLE file;
    HRESULT hr;

    if (!first_file(logon, path)) return S_OK;
    file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return S_OK;
    size = GetFileSize(file, NULL);
    if ((text = calloc(1, size + 2))) ReadFile(file, text, size, &got, NULL);
    CloseHandle(file);
    if (!text) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = fill(logon, message, text);
    free(text);
    if (SUCCEEDED(hr)) hr = behave(KIND_TRANSPORT, "Fill", logon->support);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    if (SUCCEEDED(hr)) DeleteFileA(path);
    if (SUCCEEDED(hr)) sample_log(KIND_TRANSPORT, "Received");
    return hr;
}
