/*
 * Mail transport: what must not happen twice
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
 * Two files for each transport section, below the user's local application data, of lines that are
 * only ever added and each flushed to the disk:
 *
 *   sent      B time key address-hash ...   all but the end of the data is handed over
 *             S key, N key                  the server has taken it, has not
 *   received  first a line with the account; then  state seen time id
 *
 * A B without S or N is a message that somebody may have. A file that ends in the middle of a line was
 * being written when the process died: that line does not count. Old lines go when a file is opened.
 * Keys and addresses are hashes: what one has sent to whom is not for others to read here.
 */

#include "transport.h"
#include <shlobj.h>

#define SENT_DAYS 14
#define HUNDRED_NS_A_DAY (24ull * 60 * 60 * 10000000)

static ULONGLONG now(void)
{
    FILETIME time;

    GetSystemTimeAsFileTime(&time);
    return (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

BOOL journal_path(const MAPIUID *section, const WCHAR *name, WCHAR path[MAX_PATH])
{
    WCHAR base[MAX_PATH];
    int i, length;

    if (FAILED(SHGetFolderPathW(NULL, CSIDL_LOCAL_APPDATA | CSIDL_FLAG_CREATE, NULL, 0, base)))
        return FALSE;
    if (lstrlenW(base) > MAX_PATH - 80) return FALSE;
    length = swprintf(path, MAX_PATH, L"%s\\wine-mapi", base);
    CreateDirectoryW(path, NULL);
    length += swprintf(path + length, MAX_PATH - length, L"\\mapixp");
    CreateDirectoryW(path, NULL);
    path[length++] = '\\';
    for (i = 0; i < 16; i++)
        length += swprintf(path + length, MAX_PATH - length, L"%02x", section->ab[i]);
    if (!CreateDirectoryW(path, NULL) && GetLastError() != ERROR_ALREADY_EXISTS) return FALSE;
    swprintf(path + length, MAX_PATH - length, L"\\%s", name);
    return TRUE;
}

static HANDLE open_append(const WCHAR *path)
{
    /* Not to be deleted: nobody may put another file in its place meanwhile. */
    HANDLE file = CreateFileW(path, FILE_APPEND_DATA | SYNCHRONIZE,
                              FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_ALWAYS, 0, NULL);

    return file == INVALID_HANDLE_VALUE ? NULL : file;
}

static BOOL append(HANDLE file, const char *line, size_t length)
{
    DWORD written;

    return WriteFile(file, line, length, &written, NULL) && written == length
           && FlushFileBuffers(file);
}

/* The whole file as one string, with an incomplete last line cut off; NULL: there is none. */
static char *read_file(const WCHAR *path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ,
                              FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    DWORD size, got = 0;
    char *text = NULL, *end;

    if (file == INVALID_HANDLE_VALUE) return NULL;
    size = GetFileSize(file, NULL);
    if (size < (256u << 20) && (text = malloc(size + 1)) && !ReadFile(file, text, size, &got, NULL))
        got = 0;
    CloseHandle(file);
    if (!text) return NULL;
    text[got] = 0;
    end = strrchr(text, '\n');
    if (end) end[1] = 0;
    else text[0] = 0;
    return text;
}

/* The next line, made a string; NULL at the end. */
static char *next_line(char **pos)
{
    char *line = *pos, *end;

    if (!*line) return NULL;
    end = strchr(line, '\n');
    *end = 0;
    *pos = end + 1;
    return line;
}

/* Whether somebody could not finish the last line. */
static BOOL is_ragged(const WCHAR *path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ,
                              FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    DWORD got = 0;
    BOOL ret;
    char last;

    if (file == INVALID_HANDLE_VALUE) return FALSE;
    ret = SetFilePointer(file, -1, NULL, FILE_END) != INVALID_SET_FILE_POINTER
          && ReadFile(file, &last, 1, &got, NULL) && got && last != '\n';
    CloseHandle(file);
    return ret;
}

static BOOL append_line(const WCHAR *path, const char *line)
{
    BOOL ragged = is_ragged(path), ret;
    HANDLE file = open_append(path);

    if (!file) return FALSE;
    ret = (!ragged || append(file, "\n", 1)) && append(file, line, strlen(line));
    CloseHandle(file);
    return ret;
}

static BOOL replace_file(const WCHAR *path, const struct bytes *text)
{
    WCHAR temporary[MAX_PATH];
    DWORD written = 0;
    HANDLE file;
    BOOL ret;

    if (lstrlenW(path) + 5 > MAX_PATH) return FALSE;
    swprintf(temporary, MAX_PATH, L"%s.new", path);
    file = CreateFileW(temporary, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return FALSE;
    ret = WriteFile(file, text->data, text->size, &written, NULL) && written == text->size
          && FlushFileBuffers(file);
    CloseHandle(file);
    ret = ret && MoveFileExW(temporary, path, MOVEFILE_REPLACE_EXISTING);
    if (!ret) DeleteFileW(temporary);
    return ret;
}

/* ---- sent ---- */

static BOOL address_hash(const char *address, char digest[65])
{
    char lower[330];
    const void *parts[1] = { lower };
    size_t sizes[1];

    lstrcpynA(lower, address, sizeof(lower));
    _strlwr(lower);
    sizes[0] = strlen(lower);
    if (!hash_text(parts, sizes, 1, digest)) return FALSE;
    digest[32] = 0;
    return TRUE;
}

/* Whether a line is about the key; *rest: what follows it. */
static BOOL is_about(const char *line, const char *key, const char **rest)
{
    const char *pos = line + 2;

    if (line[0] == 'B' && !(pos = strchr(pos, ' '))) return FALSE;
    if (line[0] == 'B') pos++;
    if (strncmp(pos, key, strlen(key))) return FALSE;
    *rest = pos + strlen(key);
    return !**rest || **rest == ' ';
}

enum sent_state sent_find(const WCHAR *path, const char *key, const char *address)
{
    enum sent_state state = SENT_UNKNOWN;
    char digest[65], *text, *pos, *line;
    const char *rest;
    BOOL ours = FALSE;

    if (!address_hash(address, digest) || !(text = read_file(path))) return SENT_UNKNOWN;
    for (pos = text; (line = next_line(&pos));)
    {
        if (strlen(line) < 3 || !is_about(line, key, &rest)) continue;
        if (line[0] == 'B')
        {
            ours = strstr(rest, digest) != NULL;
            if (ours) state = SENT_IN_DOUBT;
        }
        else if (ours && state == SENT_IN_DOUBT)
            state = line[0] == 'S' ? SENT_DONE : SENT_UNKNOWN;
    }
    free(text);
    return state;
}

BOOL sent_begin(const WCHAR *path, const char *key, const struct smtp_recipient *recipients,
                size_t count)
{
    struct bytes line = { 0 };
    char text[160], digest[65];
    BOOL ret;
    size_t i;

    snprintf(text, sizeof(text), "B %llu %s", (unsigned long long)now(), key);
    ret = bytes_add(&line, text, strlen(text));
    for (i = 0; i < count && ret; i++)
    {
        if (recipients[i].code / 100 != 2) continue;
        ret = address_hash(recipients[i].address, digest) && bytes_add(&line, " ", 1)
              && bytes_add(&line, digest, strlen(digest));
    }
    ret = ret && bytes_add(&line, "\n", 2) && append_line(path, line.data);
    bytes_free(&line);
    return ret;
}

BOOL sent_end(const WCHAR *path, const char *key, BOOL sent)
{
    char line[160];

    snprintf(line, sizeof(line), "%c %s\n", sent ? 'S' : 'N', key);
    return append_line(path, line);
}

void sent_compact(const WCHAR *path)
{
    ULONGLONG oldest = now() - SENT_DAYS * HUNDRED_NS_A_DAY;
    char *text = read_file(path), *pos, *line;
    struct bytes kept = { 0 };
    BOOL ok = TRUE, dropped = FALSE;

    if (!text) return;
    for (pos = text; (line = next_line(&pos)) && ok;)
    {
        /* An S or N whose B is gone says nothing any more; it goes with the next ones. */
        if (line[0] == 'B' && strtoull(line + 2, NULL, 10) < oldest) dropped = TRUE;
        else ok = bytes_add(&kept, line, strlen(line)) && bytes_add(&kept, "\n", 1);
    }
    free(text);
    if (ok && dropped) replace_file(path, &kept);
    bytes_free(&kept);
}

/* ---- received ---- */

static ULONG bucket_of(const char *id)
{
    ULONG hash = 2166136261u;

    for (; *id; id++) hash = (hash ^ (BYTE)*id) * 16777619u;
    return hash % RECEIVED_BUCKETS;
}

struct received_entry *received_find(struct received *received, const char *id)
{
    struct received_entry *entry;

    for (entry = received->buckets[bucket_of(id)]; entry; entry = entry->next)
        if (!strcmp(entry->id, id)) return entry;
    return NULL;
}

/* "imap.77." of "imap.77.5"; all of POP3 is one life. */
static void note_origin(struct received *received, const char *id)
{
    const char *dot = strrchr(id, '.');
    size_t length = dot && !strncmp(id, "imap.", 5) ? dot - id + 1 : 0;

    if (!length || length >= sizeof(received->origin)) return;
    if (!received->origin[0]) memcpy(received->origin, id, length);
    else if (strncmp(received->origin, id, length) || strlen(received->origin) != length)
        received->mixed = TRUE;
}

BOOL received_is_mixed(const struct received *received, const char *id)
{
    size_t length = strlen(received->origin);

    return received->mixed
           || (length && !strncmp(id, "imap.", 5) && strncmp(id, received->origin, length));
}

static struct received_entry *remember(struct received *received, const char *id,
                                       enum received_state state, BOOL seen, ULONGLONG time)
{
    struct received_entry *entry = received_find(received, id);

    if (!entry)
    {
        if (!(entry = calloc(1, sizeof(*entry)))) return NULL;
        lstrcpynA(entry->id, id, sizeof(entry->id));
        entry->next = received->buckets[bucket_of(id)];
        received->buckets[bucket_of(id)] = entry;
        received->count++;
        note_origin(received, id);
    }
    entry->state = state;
    entry->seen = seen;
    if (time) entry->time = time;
    return entry;
}

static size_t entry_line(const struct received_entry *entry, char line[192])
{
    snprintf(line, 192, "%d %d %llu %s\n", entry->state, entry->seen,
             (unsigned long long)entry->time, entry->id);
    return strlen(line);
}

static BOOL read_entries(struct received *received, char *text, size_t *lines)
{
    unsigned long long time;
    char *pos = text, *line, id[96];
    int state, seen;

    *lines = 0;
    while ((line = next_line(&pos)))
    {
        if (sscanf(line, "%d %d %llu %95s", &state, &seen, &time, id) != 4 || state < RECEIVED_NEVER
            || state > RECEIVED_ELSEWHERE)
            continue;
        if (!remember(received, id, state, seen != 0, time)) return FALSE;
        (*lines)++;
    }
    return TRUE;
}

static BOOL write_entries(struct received *received, const WCHAR *path, const char *head)
{
    struct received_entry *entry;
    struct bytes text = { 0 };
    char line[192];
    BOOL ret;
    ULONG i;

    ret = bytes_add(&text, head, strlen(head));
    for (i = 0; i < RECEIVED_BUCKETS; i++)
        for (entry = received->buckets[i]; entry && ret; entry = entry->next)
            if (entry->state != RECEIVED_NEVER && entry->state != RECEIVED_GONE)
                ret = bytes_add(&text, line, entry_line(entry, line));
    ret = ret && replace_file(path, &text);
    bytes_free(&text);
    return ret;
}

BOOL received_open(struct received *received, const WCHAR *path, const char *account)
{
    char *text = read_file(path), *pos, *line, head[128];
    size_t lines = 0, length;
    BOOL ok = TRUE, known;

    memset(received, 0, sizeof(*received));
    length = snprintf(head, sizeof(head), "wine-mapi received 1 %s\n", account) - 1;
    known = text && !strncmp(text, head, length) && text[length] == '\n';
    received->lost = !known;
    if (known)
    {
        pos = text;
        next_line(&pos);
        /* Only when what the store had was written down to the end. */
        line = strstr(pos, "complete\n");
        received->lost = !line || (line != pos && line[-1] != '\n');
        ok = read_entries(received, pos, &lines);
    }
    free(text);
    if (!ok) return FALSE;
    if (!known)
    {
        if (!write_entries(received, path, head)) return FALSE;
    }
    else if (!received->lost && lines > received->count * 2 + 64)
    {
        lstrcpynA(head + length, "\ncomplete\n", sizeof(head) - length);
        write_entries(received, path, head);
    }
    if (is_ragged(path) && !append_line(path, "")) return FALSE;
    lstrcpynW(received->path, path, MAX_PATH);
    if (!(received->file = open_append(path))) return FALSE;
    received->size = GetFileSize(received->file, NULL);
    return TRUE;
}

void received_close(struct received *received)
{
    struct received_entry *entry, *next;
    ULONG i;

    for (i = 0; i < RECEIVED_BUCKETS; i++)
        for (entry = received->buckets[i]; entry; entry = next)
        {
            next = entry->next;
            free(entry);
        }
    if (received->file) CloseHandle(received->file);
    memset(received, 0, sizeof(*received));
}

BOOL received_set(struct received *received, const char *id, enum received_state state, BOOL seen)
{
    struct received_entry *entry;
    char line[192];

    if (!(entry = remember(received, id, state, seen, state == RECEIVED_PERHAPS ? now() : 0)))
        return FALSE;
    if (!entry->time) entry->time = now();
    return !received->file || append(received->file, line, entry_line(entry, line));
}

BOOL received_rename(struct received *received, const char *from, const char *to)
{
    size_t length = strlen(from);
    struct received_entry *entry, *renamed, *list = NULL, *next;
    struct bytes text = { 0 };
    char line[192];
    BOOL ok = TRUE;
    ULONG i;

    /* The new ones go into the buckets when all have been walked through. */
    for (i = 0; i < RECEIVED_BUCKETS && ok; i++)
        for (entry = received->buckets[i]; entry && ok; entry = entry->next)
        {
            if (entry->state != RECEIVED_DONE || strncmp(entry->id, from, length)) continue;
            if (!(ok = (renamed = malloc(sizeof(*renamed))) != NULL)) break;
            *renamed = *entry;
            snprintf(renamed->id, sizeof(renamed->id), "%s%.60s", to, entry->id + length);
            renamed->next = list;
            list = renamed;
            entry->state = RECEIVED_NEVER;
            ok = bytes_add(&text, line, entry_line(renamed, line))
                 && bytes_add(&text, line, entry_line(entry, line));
        }
    for (entry = list; entry; entry = next)
    {
        next = entry->next;
        ok = ok && remember(received, entry->id, entry->state, entry->seen, entry->time);
        free(entry);
    }
    ok = ok && (!text.size || !received->file || append(received->file, text.data, text.size));
    bytes_free(&text);
    return ok;
}

/* Lines of ours are read again with the others: they say what is known. */
BOOL received_refresh(struct received *received)
{
    DWORD size = GetFileSize(received->file, NULL);
    char *text, *pos;
    size_t lines;
    BOOL ret;

    if (size == received->size || !(text = read_file(received->path))) return TRUE;
    if (strlen(text) < received->size)
    {
        free(text);
        return TRUE;
    }
    pos = text + received->size;
    if (received->lost && strstr(pos, "complete\n")) received->lost = FALSE;
    received->size = strlen(text);
    ret = read_entries(received, pos, &lines);
    free(text);
    return ret;
}

BOOL received_complete(struct received *received)
{
    if (!append(received->file, "complete\n", 9)) return FALSE;
    received->lost = FALSE;
    return TRUE;
}
