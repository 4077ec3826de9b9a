/*
 * Test client: a program that only knows how to send
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
 * sender ansi|wide|utf8|documents|dialog SUBJECT ADDRESS TEXT [FILE...]
 *
 * As programs do that have "Send to mail recipient" in a menu: mapi32.dll is loaded when it is
 * needed, the function found by its name, one call made, and every FILE deleted as soon as that is
 * over. ansi and documents pass what the system's code page can say; utf8 passes subject and text
 * in UTF-8, and says so. dialog lets the user finish the message.
 *
 * Prints the function's result, which is the exit status, too; 99: there is no such function.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>
#include <shellapi.h>
#include <mapi.h>

#define FILES_MAX 16
#define TEXT_MAX  4096

static char *ansi(const WCHAR *text, UINT codepage)
{
    char *ret = malloc(TEXT_MAX);

    ret[0] = 0;
    WideCharToMultiByte(codepage, 0, text, -1, ret, TEXT_MAX, NULL, NULL);
    return ret;
}

static ULONG send_wide(HMODULE mapi, WCHAR **words, int files, FLAGS flags)
{
    MAPISENDMAILW *send = (void *)GetProcAddress(mapi, "MAPISendMailW");
    MapiRecipDescW recipient = { 0, MAPI_TO, words[1], words[1], 0, NULL };
    MapiFileDescW list[FILES_MAX];
    MapiMessageW message = { 0, words[0], words[2], NULL, NULL, NULL, 0, NULL, 1, &recipient, files, list };
    int i;

    if (!send) return 99;
    memset(list, 0, sizeof(list));
    for (i = 0; i < files; i++)
    {
        list[i].nPosition = ~0u;
        list[i].lpszPathName = words[3 + i];
    }
    return send(0, 0, &message, flags, 0);
}

static ULONG send_ansi(HMODULE mapi, WCHAR **words, int files, ULONG codepage)
{
    MAPISENDMAIL *send = (void *)GetProcAddress(mapi, "MAPISendMail");
    MapiRecipDesc recipient = { 0, MAPI_TO, ansi(words[1], CP_ACP), ansi(words[1], CP_ACP), 0, NULL };
    MapiFileDesc list[FILES_MAX];
    MapiMessage message = { codepage, ansi(words[0], codepage), ansi(words[2], codepage), NULL, NULL, NULL, 0,
                            NULL, 1, &recipient, files, list };
    int i;

    if (!send) return 99;
    memset(list, 0, sizeof(list));
    for (i = 0; i < files; i++)
    {
        list[i].nPosition = ~0u;
        list[i].lpszPathName = ansi(words[3 + i], CP_ACP);
    }
    return send(0, 0, &message, 0, 0);
}

static ULONG send_documents(HMODULE mapi, WCHAR **words, int files)
{
    MAPISENDDOCUMENTS *send = (void *)GetProcAddress(mapi, "MAPISendDocuments");
    char *paths = malloc(FILES_MAX * TEXT_MAX), semicolon[] = ";";
    int i;

    if (!send) return 99;
    for (i = 0, paths[0] = 0; i < files; i++)
    {
        if (i) strcat(paths, semicolon);
        strcat(paths, ansi(words[3 + i], CP_ACP));
    }
    return send(0, semicolon, paths, NULL, 0);
}

int main(void)
{
    WCHAR **words;
    int count, files, i;
    HMODULE mapi;
    ULONG ret;

    words = CommandLineToArgvW(GetCommandLineW(), &count);
    if (count < 5 || (files = count - 5) > FILES_MAX) return 98;
    if (!(mapi = LoadLibraryA("mapi32")))
    {
        printf("sender: no mapi32: %lu\n", GetLastError());
        return 97;
    }
    if (!lstrcmpW(words[1], L"wide")) ret = send_wide(mapi, words + 2, files, 0);
    else if (!lstrcmpW(words[1], L"dialog"))
        ret = send_wide(mapi, words + 2, files, MAPI_DIALOG | MAPI_LOGON_UI);
    else if (!lstrcmpW(words[1], L"ansi")) ret = send_ansi(mapi, words + 2, files, CP_ACP);
    else if (!lstrcmpW(words[1], L"utf8")) ret = send_ansi(mapi, words + 2, files, CP_UTF8);
    else if (!lstrcmpW(words[1], L"documents")) ret = send_documents(mapi, words + 2, files);
    else return 98;
    for (i = 0; i < files; i++)
        if (!DeleteFileW(words[5 + i])) printf("sender: error %lu\n", GetLastError());
    FreeLibrary(mapi);
    printf("sender: %lu\n", (unsigned long)ret);
    return ret;
}
