/*
 * A Simple MAPI message handed to the mail program of the Unix side
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
 * Without a profile: the user's own Linux mail program opens its compose window with the message in
 * it. A folder is filled with the message (outgoing.c), a script of ours is put beside it and run
 * by /bin/sh there (handover.sh, which knows the mail programs), and what it answers is waited for:
 * it does not wait for the mail program's end but notices when that fails at once. Wine gives no
 * handle of a Unix process, so the answer is a file.
 *
 * The user sends the message, or does not: success means that the program has it.
 *
 * Reference pages: mapisendmail.md, mapisendmailw.md, mapisenddocuments.md for the codes.
 */

#include "core/core.h"
#include "clients.h"
#include "simple/simple.h"
#include "simple/native.h"
#include "winuser.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define ANSWER_SIZE 1024
#define PATIENCE    20000       /* milliseconds; the script itself waits for a second */
#define INTERVAL    20

static const struct
{
    const char *word;
    ULONG code;
}
answers[] =
{
    { "started", SUCCESS_SUCCESS },
    { "none", MAPI_E_LOGON_FAILURE },
    { "attachments", MAPI_E_ATTACHMENT_OPEN_FAILURE },
    { "files", MAPI_E_TOO_MANY_FILES },
    { "people", MAPI_E_TOO_MANY_RECIPIENTS }
};

/* The address alone, without its type: a part of the text that begins at the return and has *length
 * characters. NULL: it cannot be one of a mail. */
static const WCHAR *plain_address(const WCHAR *text, size_t *length)
{
    const WCHAR *p, *end;

    for (p = text; *p && *p != ':' && *p != '@' && *p != '"' && *p != '<'; p++) {}
    if (*p == ':')
    {
        static const WCHAR *const types[] = { L"SMTP:", L"mailto:" };
        unsigned int i;

        for (i = 0; i < ARRAY_SIZE(types); i++)
        {
            int size = lstrlenW(types[i]);

            if (p - text + 1 == size
                && CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, text, size, types[i], size)
                       == CSTR_EQUAL)
                break;
        }
        if (i == ARRAY_SIZE(types)) return NULL;
        text = p + 1;
    }
    while (*text == ' ') text++;
    for (end = text + lstrlenW(text); end > text && end[-1] == ' '; end--) {}
    for (p = text; p < end; p++) if (*p < ' ' || *p == 0x7f) return NULL;
    *length = end - text;
    return *length ? text : NULL;
}

/* Appends a line. */
static ULONG add_line(WCHAR **lines, size_t *used, const WCHAR *text, size_t length)
{
    WCHAR *more = platform_realloc(*lines, (*used + length + 2) * sizeof(WCHAR));

    if (!more) return MAPI_E_INSUFFICIENT_MEMORY;
    *lines = more;
    memcpy(more + *used, text, length * sizeof(WCHAR));
    *used += length;
    more[(*used)++] = '\n';
    more[*used] = 0;
    return SUCCESS_SUCCESS;
}

/* The recipients of a class, a line each. */
static ULONG write_recipients(const struct outgoing_folder *out, const MapiMessageW *message,
                              ULONG class, const WCHAR *name)
{
    ULONG i, ret = SUCCESS_SUCCESS;
    WCHAR *lines = NULL;
    size_t used = 0;

    for (i = 0; i < message->nRecipCount && !ret; i++)
    {
        const MapiRecipDescW *recipient = message->lpRecips + i;
        const WCHAR *address = recipient->lpszAddress;
        size_t length;

        if (recipient->ulRecipClass < MAPI_TO || recipient->ulRecipClass > MAPI_BCC)
            ret = MAPI_E_BAD_RECIPTYPE;
        if (recipient->ulRecipClass != class) continue;
        if (!address || !*address) address = recipient->lpszName;
        if (!address || !(address = plain_address(address, &length))) ret = MAPI_E_INVALID_RECIPS;
        else ret = add_line(&lines, &used, address, length);
    }
    if (!ret) ret = outgoing_write_text(out, name, lines ? lines : L"");
    platform_free(lines);
    return ret;
}

/* text: with lines that end in LF; else one line. */
static ULONG write_words(const struct outgoing_folder *out, const WCHAR *name, const WCHAR *words,
                         BOOL text)
{
    WCHAR *copy = text_dup(words ? words : L""), *from, *to;
    ULONG ret;

    if (!copy) return MAPI_E_INSUFFICIENT_MEMORY;
    for (from = to = copy; *from; from++)
    {
        if (!text) *to++ = *from < ' ' ? ' ' : *from;
        else if (*from != '\r') *to++ = *from;
        else if (from[1] != '\n') *to++ = '\n';
    }
    *to = 0;
    ret = outgoing_write_text(out, name, copy);
    platform_free(copy);
    return ret;
}

static ULONG write_command(const struct outgoing_folder *out)
{
    WCHAR *command = client_setting(L"MailCommand");
    ULONG ret = command ? outgoing_write_text(out, L"command", command) : SUCCESS_SUCCESS;

    platform_free(command);
    return ret;
}

static ULONG write_script(const struct outgoing_folder *out)
{
    HMODULE module;
    HRSRC resource;
    const void *data;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                                | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            (const WCHAR *)answers, &module)
        || !(resource = FindResourceW(module, L"HANDOVER", (const WCHAR *)RT_RCDATA))
        || !(data = LockResource(LoadResource(module, resource))))
        return MAPI_E_FAILURE;
    return outgoing_write(out, L"handover", data, SizeofResource(module, resource));
}

/* SUCCESS_SUCCESS once the file is there. */
static ULONG read_answer(const struct outgoing_folder *out, char answer[ANSWER_SIZE])
{
    WCHAR path[MAX_PATH * 2];
    DWORD waited, size = 0;
    HANDLE file;

    if (lstrlenW(out->path) + 16 > (int)ARRAY_SIZE(path)) return MAPI_E_FAILURE;
    lstrcpyW(path, out->path);
    lstrcatW(path, L"\\answer");
    for (waited = 0; waited < PATIENCE; waited += INTERVAL)
    {
        file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                           OPEN_EXISTING, 0, NULL);
        if (file != INVALID_HANDLE_VALUE)
        {
            if (!ReadFile(file, answer, ANSWER_SIZE - 1, &size, NULL)) size = 0;
            answer[size] = 0;
            CloseHandle(file);
            return SUCCESS_SUCCESS;
        }
        Sleep(INTERVAL);
    }
    WARN("no answer in %s\n", debugstr_w(path));
    return MAPI_E_FAILURE;
}

static ULONG run_script(const struct outgoing_folder *out)
{
    WCHAR command[] = L"sh ./handover";
    PROCESS_INFORMATION process = { 0 };
    STARTUPINFOW startup = { 0 };
    char answer[ANSWER_SIZE];
    unsigned int i, length;
    ULONG ret;

    startup.cb = sizeof(startup);
    if (!CreateProcessW(L"\\\\?\\unix\\bin\\sh", command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL,
                        out->start, &startup, &process))
    {
        WARN("/bin/sh cannot be started: error %lu\n", GetLastError());
        return MAPI_E_LOGON_FAILURE;
    }
    if (process.hThread) CloseHandle(process.hThread);
    if (process.hProcess) CloseHandle(process.hProcess);

    if ((ret = read_answer(out, answer))) return ret;
    for (length = 0; answer[length] && answer[length] != ' ' && answer[length] != '\n'; length++) {}
    for (i = 0, ret = MAPI_E_FAILURE; i < ARRAY_SIZE(answers); i++)
        if (length == strlen(answers[i].word) && !memcmp(answer, answers[i].word, length))
            ret = answers[i].code;
    if (ret) WARN("the message was not handed over: %s\n", debugstr_a(answer));
    else TRACE("%s\n", debugstr_a(answer));
    return ret;
}

ULONG send_native(const MapiMessageW *message)
{
    struct outgoing_folder out;
    ULONG i, ret;

    if ((ret = outgoing_create(&out))) return ret;
    ret = write_recipients(&out, message, MAPI_TO, L"to");
    if (!ret) ret = write_recipients(&out, message, MAPI_CC, L"cc");
    if (!ret) ret = write_recipients(&out, message, MAPI_BCC, L"bcc");
    if (!ret) ret = write_words(&out, L"subject", message->lpszSubject, FALSE);
    if (!ret) ret = write_words(&out, L"body", message->lpszNoteText, TRUE);
    for (i = 0; i < message->nFileCount && !ret; i++)
        ret = outgoing_attach(&out, i, message->lpFiles + i);
    if (!ret) ret = outgoing_write_text(&out, L"files", out.list ? out.list : L"");
    if (!ret) ret = write_command(&out);
    if (!ret) ret = write_script(&out);
    if (!ret) ret = run_script(&out);
    if (ret) outgoing_delete(&out);
    else outgoing_free(&out);
    return ret;
}
