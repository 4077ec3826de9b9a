/*
 * Fuzzer of dlls/mapixp32/answer
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
 * Any bytes as lines of a server, each read by every parser. What is given back has to lie inside
 * the line and to keep to its limits; a response to FETCH without an end is not whole.
 */

#include <stdlib.h>
#include <string.h>

#include "../../dlls/mapixp32/answer/folder.c"
#include "../../dlls/mapixp32/answer/foldername.c"
#include "../../dlls/mapixp32/answer/imap.c"
#include "../../dlls/mapixp32/answer/place.c"
#include "../../dlls/mapixp32/answer/pop3.c"
#include "../../dlls/mapixp32/answer/smtp.c"
#include "../../dlls/mapixp32/answer/text.c"

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

static void check(BOOL condition)
{
    if (!condition) abort();
}

static void read_line(char *line, size_t size)
{
    struct smtp_features features = { 0 };
    struct imap_message message;
    struct imap_folder folder;
    struct imap_placed placed;
    WCHAR path[IMAP_PATH_MAX];
    char id[POP3_ID_MAX], text[64], quoted[64];
    struct smtp_line reply;
    const char *inside;
    ULONGLONG number;
    size_t length, i;
    WCHAR wide[32];
    ULONG count;

    if (smtp_parse_line(line, &reply))
    {
        check(reply.code >= 200 && reply.code <= 599 && reply.text >= line
              && reply.text <= line + size);
        smtp_parse_feature(reply.text, &features);
    }
    smtp_parse_feature(line, &features);
    check(features.size || !features.size_limit);
    if (smtp_write_xtext(line, text, sizeof(text)))
        for (i = 0; text[i]; i++) check(text[i] > ' ' && text[i] < 0x7f && text[i] != '=');
    if (pop3_parse_uidl(line, &count, id)) check(count && id[0] && strlen(id) < sizeof(id));
    if (imap_parse_literal(line, &length, &number))
    {
        check(length < size && line[length] == '{' && number <= 0xffffffff);
        imap_announces_body(line, length);
    }
    if (imap_parse_end(line, "M1", &inside) != IMAP_NOT_ENDED) check(inside == line + 3);
    if (imap_parse_bye(line, &inside)) check(inside == line + 5);
    imap_parse_count(line, "EXISTS", &count);
    imap_parse_validity(line, &count);
    imap_has_capability(line, "IDLE");
    if (imap_parse_placed(line, &placed)) check(placed.validity && placed.uid);
    if (imap_parse_next(line, &count)) check(count);
    imap_parse_search(line, &count);
    imap_wants_more(line);
    imap_announces_name(line);
    if (imap_quote_text(line, quoted, sizeof(quoted)))
        check(strlen(quoted) >= 3 && quoted[0] == '"' && quoted[strlen(quoted) - 1] == '"');
    if (imap_parse_fetch(line, &message) && message.whole)
    {
        length = strlen(line);
        while (length && line[length - 1] != ')') length--;
        check(length);
    }
    if (imap_parse_list(line, "LIST", &folder))
    {
        check(folder.name[0] && strlen(folder.name) < IMAP_NAME_MAX);
        if (imap_read_path(&folder, path))
            for (i = 0; path[i]; i++)
                check(i < IMAP_PATH_MAX - 1 && (path[i] >= ' ' || path[i] == 1));
    }
    for (i = 0; i < 31 && i < size; i++) wide[i] = (unsigned char)line[i] << 8 | (i ^ 0x41);
    wide[i] = 0;
    if (imap_quote_folder(wide, quoted, sizeof(quoted))) check(strlen(quoted) < sizeof(quoted));
    imap_parse_status(line, &count);
    if (size && imap_join_name("above", line[0], wide, folder.name))
        check(strlen(folder.name) < IMAP_NAME_MAX && imap_is_below(folder.name, "above", line[0]));
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    const BYTE *end = data + size, *stop;
    size_t length;
    char *line;

    while (data < end)
    {
        if (!(stop = memchr(data, '\n', end - data))) stop = end;
        /* In memory of its own, so that a byte too far is seen. */
        length = stop - data;
        line = malloc(length + 1);
        memcpy(line, data, length);
        line[length] = 0;
        read_line(line, strlen(line));
        free(line);
        data = stop + (stop < end);
    }
    return 0;
}
