/*
 * Mail transport: what servers say
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
 * Parsers of single lines that a mail server sends: SMTP replies (RFC 5321), POP3 listings (RFC
 * 1939), IMAP responses (RFC 3501). Nothing here knows of connections or of Windows' calls, so that
 * it compiles natively as well, where it is tested under the sanitizers and fuzzed
 * (tests/core/check_answer.c, tests/fuzz/fuzz_answer.c).
 *
 * A line is a terminated string without its line end, and hostile: any bytes, any length, cut
 * anywhere. Time is linear in it, nothing is allocated, nothing recurses.
 */

#ifndef MAPIXP32_ANSWER_H
#define MAPIXP32_ANSWER_H

#include <stdarg.h>
#include <stddef.h>
#include <windef.h>

#include "../../mapimime32/mime/foldername.h"

/* ---- text.c ---- */

/* A decimal number at *pos, which then stands behind it. FALSE: there is none up to most. */
BOOL answer_number(const char **pos, ULONGLONG most, ULONGLONG *number);
/* A word at *pos in whatever case, which then stands behind it; what follows is not looked at. */
BOOL answer_word(const char **pos, const char *word);

/* ---- smtp.c ---- */

struct smtp_line
{
    int code;                           /* 200 to 599 */
    BOOL more;                          /* others of the same reply follow */
    const char *text;                   /* inside the line */
};

struct smtp_features                    /* what an answer to EHLO offers */
{
    BOOL size, eight_bit, utf8, dsn;
    ULONGLONG size_limit;               /* 0: none told */
};

BOOL smtp_parse_line(const char *line, struct smtp_line *ret);
/* text: of any line of the answer but the first, which is a greeting. */
void smtp_parse_feature(const char *text, struct smtp_features *features);
/* As xtext (RFC 3461, 4): what ORCPT= and ENVID= carry. FALSE: it does not fit. */
BOOL smtp_write_xtext(const char *text, char *to, size_t size);

/* ---- pop3.c ---- */

#define POP3_ID_MAX 71                  /* characters, with the closing 0 */

/* "12 unique-id". An id that is longer than allowed is shortened so that no two become alike. */
BOOL pop3_parse_uidl(const char *line, ULONG *number, char id[POP3_ID_MAX]);

/* ---- imap.c ---- */

enum imap_end
{
    IMAP_NOT_ENDED,                     /* not the answer that ends the command */
    IMAP_OK,
    IMAP_REFUSED
};

struct imap_message                     /* out of a FETCH response */
{
    ULONG uid;                          /* 0: none told */
    BOOL has_flags, seen, deleted;
    BOOL whole;                         /* the response was understood to its end */
};

/* "...{123}": the literal that follows; *length: of the line without what announces it. */
BOOL imap_parse_literal(const char *line, size_t *length, ULONGLONG *size);
/* Whether a line that ends where a literal was announced announces a message's own text. */
BOOL imap_announces_body(const char *line, size_t length);
/* *text: what the server says besides. */
enum imap_end imap_parse_end(const char *line, const char *tag, const char **text);
/* "* 12 WORD" */
BOOL imap_parse_count(const char *line, const char *word, ULONG *count);
BOOL imap_parse_validity(const char *line, ULONG *validity);
BOOL imap_parse_bye(const char *line, const char **text);
/* FALSE: it is no FETCH response. Quoted strings stand where literals were. */
BOOL imap_parse_fetch(const char *line, struct imap_message *message);
/* Whether it is a list of capabilities, however sent, that has this one. */
BOOL imap_has_capability(const char *line, const char *name);
/* A folder's name as IMAP wants it: modified UTF-7 (RFC 3501, 5.1.3) in quotes. FALSE: too long. */
BOOL imap_quote_folder(const WCHAR *folder, char *quoted, size_t size);

/* ---- place.c ---- */

#define IMAP_DATE_MAX 32

struct imap_placed
{
    ULONG validity;                     /* of the folder that it is in now */
    ULONG from, uid;                    /* from: 0 for what is new */
};

struct imap_date                        /* UTC */
{
    unsigned year, month, day, hour, minute, second;
};

/* APPENDUID, or COPYUID of one message, out of an untagged OK or what imap_parse_end left. */
BOOL imap_parse_placed(const char *text, struct imap_placed *placed);
BOOL imap_parse_next(const char *line, ULONG *next);    /* UIDNEXT */
/* *highest: 0 when nothing was found. FALSE: it is no whole answer to SEARCH. */
BOOL imap_parse_search(const char *line, ULONG *highest);
/* The server waits for a literal. */
BOOL imap_wants_more(const char *line);
/* For SEARCH. FALSE: it is empty, has characters that quotes cannot have, or does not fit. */
BOOL imap_quote_text(const char *text, char *quoted, size_t size);
/* For APPEND, in quotes. */
BOOL imap_write_date(const struct imap_date *date, char text[IMAP_DATE_MAX]);

/* ---- folder.c ---- */

#define IMAP_NAME_MAX   1000            /* bytes of a folder's name as the server writes it, with the 0 */

enum imap_use
{
    IMAP_USE_NONE, IMAP_USE_SENT, IMAP_USE_TRASH, IMAP_USE_DRAFTS, IMAP_USE_JUNK,
    IMAP_USE_VIEW                       /* what other folders have, once more */
};

struct imap_folder
{
    BOOL no_select;                     /* there is no mail in it */
    enum imap_use use;
    char separator;                     /* of levels; 0: it has none */
    char name[IMAP_NAME_MAX];           /* to ask for it by */
};

/* Whether a literal in this line is a folder's name. */
BOOL imap_announces_name(const char *line);
/* word: LIST or LSUB. FALSE: it is none, or of a folder that cannot be used. */
BOOL imap_parse_list(const char *line, const char *word, struct imap_folder *folder);
/* A name of imap_parse_list's, for a command. FALSE: it does not fit. */
BOOL imap_quote_name(const char *name, char *quoted, size_t size);
/* The levels of its name. FALSE: it is none that a folder here can have. */
BOOL imap_read_path(const struct imap_folder *folder, WCHAR path[IMAP_PATH_MAX]);
/* The name of a folder below another ("": below none). FALSE: it would not be read as that level
 * again. */
BOOL imap_join_name(const char *parent, char separator, const WCHAR *level,
                    char name[IMAP_NAME_MAX]);
BOOL imap_is_below(const char *name, const char *above, char separator);
/* What STATUS (MESSAGES) says. */
BOOL imap_parse_status(const char *line, ULONG *messages);

#endif /* MAPIXP32_ANSWER_H */
