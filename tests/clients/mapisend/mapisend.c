/*
 * A program of the kind that finds mapi32.dll at run time and sends one message
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
 * mapisend [OPTION...]: prints "MAPISendMail: CODE" (or the function called), status 0 if that is 0.
 *
 *   --wide                 MAPISendMailW; MAPISendMail otherwise
 *   --documents            MAPISendDocuments with the attachments, and nothing else
 *   --flags NUMBER
 *   --to, --cc, --bcc ADDRESS      "NAME|ADDRESS" for both
 *   --subject TEXT, --body TEXT, --body-file FILE (UTF-8)
 *   --attach FILE          "FILE|NAME" for another name
 *   --many COUNT FILE      the same file so many times
 *   --delete               deletes the attached files as soon as the function has returned
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>
#include <shellapi.h>
#include <mapi.h>

#define PARTS_MAX 128

static MapiMessageW message;
static MapiRecipDescW recipients[PARTS_MAX];
static MapiFileDescW files[PARTS_MAX];

static char *ansi(const WCHAR *text)
{
    int size;
    char *ret;

    if (!text) return NULL;
    size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    ret = malloc(size);
    WideCharToMultiByte(CP_ACP, 0, text, -1, ret, size, NULL, NULL);
    return ret;
}

/* "FIRST|SECOND" */
static WCHAR *divide(WCHAR *text)
{
    WCHAR *p = wcschr(text, '|');

    if (!p) return NULL;
    *p = 0;
    return p + 1;
}

static void add_recipient(ULONG class, WCHAR *text)
{
    MapiRecipDescW *recipient = recipients + message.nRecipCount++;
    WCHAR *address = divide(text);

    recipient->ulRecipClass = class;
    recipient->lpszName = address ? text : NULL;
    recipient->lpszAddress = address ? address : text;
}

static void add_file(WCHAR *path, WCHAR *name)
{
    MapiFileDescW *file = files + message.nFileCount++;

    file->nPosition = ~0u;
    file->lpszPathName = path;
    file->lpszFileName = name;
}

static WCHAR *read_file(const WCHAR *path)
{
    FILE *file = _wfopen(path, L"rb");
    char *data = malloc(4 << 20);
    size_t size;
    WCHAR *ret;
    int length;

    if (!file) exit(2);
    size = fread(data, 1, 4 << 20, file);
    fclose(file);
    length = MultiByteToWideChar(CP_UTF8, 0, data, size, NULL, 0);
    ret = calloc(length + 1, sizeof(WCHAR));
    MultiByteToWideChar(CP_UTF8, 0, data, size, ret, length);
    free(data);
    return ret;
}

static ULONG send_ansi(HMODULE module, FLAGS flags)
{
    ULONG (WINAPI *function)(LHANDLE, ULONG_PTR, MapiMessage *, FLAGS, ULONG) =
        (void *)GetProcAddress(module, "MAPISendMail");
    MapiRecipDesc ansi_recipients[PARTS_MAX] = { { 0 } };
    MapiFileDesc ansi_files[PARTS_MAX] = { { 0 } };
    MapiMessage copy = { 0 };
    ULONG i;

    if (!function) exit(2);
    copy.lpszSubject = ansi(message.lpszSubject);
    copy.lpszNoteText = ansi(message.lpszNoteText);
    copy.nRecipCount = message.nRecipCount;
    copy.lpRecips = ansi_recipients;
    copy.nFileCount = message.nFileCount;
    copy.lpFiles = ansi_files;
    for (i = 0; i < message.nRecipCount; i++)
    {
        ansi_recipients[i].ulRecipClass = recipients[i].ulRecipClass;
        ansi_recipients[i].lpszName = ansi(recipients[i].lpszName);
        ansi_recipients[i].lpszAddress = ansi(recipients[i].lpszAddress);
    }
    for (i = 0; i < message.nFileCount; i++)
    {
        ansi_files[i].nPosition = ~0u;
        ansi_files[i].lpszPathName = ansi(files[i].lpszPathName);
        ansi_files[i].lpszFileName = ansi(files[i].lpszFileName);
    }
    return function(0, 0, &copy, flags, 0);
}

static ULONG send_wide(HMODULE module, FLAGS flags)
{
    ULONG (WINAPI *function)(LHANDLE, ULONG_PTR, MapiMessageW *, FLAGS, ULONG) =
        (void *)GetProcAddress(module, "MAPISendMailW");

    if (!function) exit(2);
    return function(0, 0, &message, flags, 0);
}

static ULONG send_documents(HMODULE module)
{
    ULONG (WINAPI *function)(ULONG_PTR, char *, char *, char *, ULONG) =
        (void *)GetProcAddress(module, "MAPISendDocuments");
    static char paths[PARTS_MAX * MAX_PATH], names[PARTS_MAX * MAX_PATH], delimiter[] = ";";
    ULONG i;

    if (!function) exit(2);
    for (i = 0; i < message.nFileCount; i++)
    {
        WCHAR *name = files[i].lpszFileName, *p;

        if (!name) for (name = p = files[i].lpszPathName; *p; p++) if (*p == '\\') name = p + 1;
        if (i) strcat(paths, delimiter);
        strcat(paths, ansi(files[i].lpszPathName));
        if (i) strcat(names, delimiter);
        strcat(names, ansi(name));
    }
    return function(0, delimiter, paths, names, 0);
}

int main(void)
{
    BOOL wide = FALSE, documents = FALSE, delete = FALSE;
    const char *name = "MAPISendMail";
    int i, argc, count;
    FLAGS flags = 0;
    HMODULE module;
    WCHAR **argv;
    ULONG ret, k;

    argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    for (i = 1; i < argc; i++)
    {
        if (!wcscmp(argv[i], L"--wide")) wide = TRUE;
        else if (!wcscmp(argv[i], L"--documents")) documents = TRUE;
        else if (!wcscmp(argv[i], L"--delete")) delete = TRUE;
        else if (i + 1 >= argc) return 2;
        else if (!wcscmp(argv[i], L"--flags")) flags = wcstoul(argv[++i], NULL, 0);
        else if (!wcscmp(argv[i], L"--to")) add_recipient(MAPI_TO, argv[++i]);
        else if (!wcscmp(argv[i], L"--cc")) add_recipient(MAPI_CC, argv[++i]);
        else if (!wcscmp(argv[i], L"--bcc")) add_recipient(MAPI_BCC, argv[++i]);
        else if (!wcscmp(argv[i], L"--subject")) message.lpszSubject = argv[++i];
        else if (!wcscmp(argv[i], L"--body")) message.lpszNoteText = argv[++i];
        else if (!wcscmp(argv[i], L"--body-file")) message.lpszNoteText = read_file(argv[++i]);
        else if (!wcscmp(argv[i], L"--attach"))
        {
            i++;
            add_file(argv[i], divide(argv[i]));
        }
        else if (!wcscmp(argv[i], L"--many") && i + 2 < argc)
        {
            for (count = _wtoi(argv[++i]), i++; count > 0; count--) add_file(argv[i], NULL);
        }
        else return 2;
    }
    message.lpRecips = recipients;
    message.lpFiles = files;

    if (!(module = LoadLibraryA("mapi32.dll"))) return 2;
    if (documents)
    {
        name = "MAPISendDocuments";
        ret = send_documents(module);
    }
    else if (wide)
    {
        name = "MAPISendMailW";
        ret = send_wide(module, flags);
    }
    else ret = send_ansi(module, flags);
    for (k = 0; delete && k < message.nFileCount; k++) DeleteFileW(files[k].lpszPathName);
    printf("%s: %lu\n", name, (unsigned long)ret);
    return ret != SUCCESS_SUCCESS;
}
