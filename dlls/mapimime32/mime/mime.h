/*
 * What the MIME layer offers
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
 * The MIME layer: bytes of a message in, its entities out, and the pieces a message is written
 * from. It knows nothing of MAPI, COM or Windows' calls, so that it compiles natively as well,
 * where it is tested under the sanitizers and fuzzed (tests/core/check_mime.c,
 * tests/fuzz/fuzz_mime.c).
 *
 * What it reads comes from strangers. Nothing is refused: what breaks the rules is read as text, as
 * every mail program does, and no byte of a body is dropped. Time is linear in the size of a
 * message; memory is bounded by the limits below, not by the message; nothing recurses.
 *
 * Memory comes from malloc. A buffer that could not grow remembers it (failed), so that many calls
 * need one check at the end.
 */

#ifndef MAPIMIME_MIME_H
#define MAPIMIME_MIME_H

#include <stdarg.h>
#include <stddef.h>
#include <windef.h>
#include <winbase.h>

#define MIME_MAX_HEADER   (4u << 20)    /* bytes of one header; what is beyond is left out */
#define MIME_MAX_FIELDS   20000u        /* fields of one header */
#define MIME_MAX_DEPTH    64u           /* entities in one another; deeper ones are not taken apart */
#define MIME_MAX_PARTS    10000u        /* entities of a message; the rest of it is one more */
#define MIME_MAX_ASIDE    (256u << 10)  /* text outside all parts that is held back */
#define MIME_MAX_MAILBOX  50000u        /* addresses of one field */
#define MIME_MAX_SEGMENTS 256u          /* pieces of one parameter, RFC 2231 */

/* ---------------------------------------------------------------------------------- buffer.c */

struct mime_bytes
{
    char *data;                 /* NULL or closed by a 0 that size does not count */
    size_t size, room;
    BOOL failed;
};

struct mime_text
{
    WCHAR *data;                /* NULL or closed by a 0 that length does not count */
    size_t length, room;
    BOOL failed;
};

void mime_put(struct mime_bytes *bytes, const void *data, size_t size);
void mime_put_byte(struct mime_bytes *bytes, char byte);
void mime_put_string(struct mime_bytes *bytes, const char *string);
void mime_bytes_free(struct mime_bytes *bytes);
void mime_text_put(struct mime_text *text, const WCHAR *data, size_t length);
void mime_text_put_char(struct mime_text *text, WCHAR c);
void mime_text_free(struct mime_text *text);

BOOL mime_is_space(char c);                             /* blank, tab, CR, LF */
char mime_lower(char c);                                /* ASCII */
BOOL mime_equal(const char *a, size_t size, const char *b);     /* a of that size, b lower case */

/* --------------------------------------------------------------------------------- charset.c */

#define MIME_CP_UNKNOWN 0
#define MIME_CP_ASCII   20127
#define MIME_CP_LATIN   1252
#define MIME_CP_UTF8    65001

/* The code page of a charset's name, MIME_CP_UNKNOWN for one that nobody knows. */
UINT mime_codepage(const char *name, size_t size);
/* The preferred name of a code page, NULL if it has none. */
const char *mime_charset(UINT codepage);

/* Appends text. What is no text in that code page is taken for UTF-8 if it is such, else for
 * windows-1252: every byte that is not there for decoding becomes a character. */
void mime_decode(UINT codepage, const char *data, size_t size, struct mime_text *text);
BOOL mime_is_utf8(const char *data, size_t size);
void mime_encode_utf8(const WCHAR *data, size_t length, struct mime_bytes *bytes);

/* The seam to the system's tables (charset_win32.c; tests have their own). FALSE, and nothing was
 * appended, if the code page is not there or, unless lenient, the data is not valid in it. */
BOOL mime_system_decode(UINT codepage, const char *data, size_t size, BOOL lenient,
                        struct mime_text *text);
/* FALSE, and nothing was appended, if a character is not in the code page. */
BOOL mime_system_encode(UINT codepage, const WCHAR *data, size_t length, struct mime_bytes *bytes);

/* ---------------------------------------------------------------------------------- coding.c */

enum mime_encoding
{
    MIME_IDENTITY,              /* 7bit, 8bit, binary, and what nobody knows */
    MIME_BASE64,
    MIME_QP,
    MIME_UUENCODE
};

/* The decoder of a Content-Transfer-Encoding; all zero but for the encoding is the beginning. */
struct mime_decoder
{
    enum mime_encoding encoding;
    ULONG bits;                 /* base64 */
    unsigned count;             /* base64: characters of the quantum; QP: bytes of held */
    char held[4];               /* QP: what waits for its next byte */
    struct mime_bytes line;     /* QP: blanks at the end of a line; uuencode: the line */
    unsigned state;             /* uuencode: before, in, after */
};

enum mime_encoding mime_encoding_from_name(const char *name, size_t size);
void mime_decoder_put(struct mime_decoder *decoder, const char *data, size_t size,
                      struct mime_bytes *out);
void mime_decoder_end(struct mime_decoder *decoder, struct mime_bytes *out);
void mime_decoder_free(struct mime_decoder *decoder);

/* Base64 in lines of 76; column is where the line is. size must be a multiple of 3 but at the
 * end. */
void mime_put_base64(struct mime_bytes *out, const void *data, size_t size, unsigned *column);
/* Quoted-printable of text whose lines end with CRLF. */
void mime_put_qp(struct mime_bytes *out, const char *data, size_t size);
/* uuencode of up to 45 bytes: one line. */
void mime_put_uu(struct mime_bytes *out, const void *data, size_t size);

/* ---------------------------------------------------------------------------------- header.c */

struct mime_field
{
    const char *name;           /* as written; not closed */
    size_t name_size;
    const char *value;          /* unfolded, without blanks around it; not closed */
    size_t value_size;
};

struct mime_header
{
    struct mime_bytes raw;      /* as it came */
    struct mime_bytes unfolded; /* what the fields point into */
    struct mime_field *fields;
    size_t count;
};

/* Finds the fields in raw, once. FALSE: no memory. */
BOOL mime_header_parse(struct mime_header *header);
void mime_header_free(struct mime_header *header);
/* The first field of that name (lower case), NULL if there is none. */
const struct mime_field *mime_header_field(const struct mime_header *header, const char *name);
/* Whether a line can be one of a header: a name and a colon, or more of the last. */
BOOL mime_is_header_line(const char *line, size_t size, BOOL first);

/* The value before the parameters, in lower case, without comments: "text/plain". Cut to size -
 * 1. */
void mime_value_token(const char *value, size_t value_size, char *token, size_t size);
/* A parameter of a Content-Type or a Content-Disposition; its name is lower case. RFC 2231 and
 * RFC 2047 are both read. FALSE if it is not there. */
BOOL mime_value_parameter(const char *value, size_t size, const char *name, struct mime_text *text);

/* Fields of text: encoded words, and raw bytes in the code page given. */
void mime_decode_words(const char *value, size_t size, UINT codepage, struct mime_text *text);

/* --------------------------------------------------------------------------------- address.c */

struct mime_mailbox
{
    const WCHAR *name;          /* may be empty */
    size_t name_length;
    const WCHAR *address;       /* may be empty */
    size_t address_length;
};

/* Calls found for each address of a list, those in groups among them; a BOOL FALSE from it ends
 * it. */
void mime_parse_addresses(const char *value, size_t size, UINT codepage,
                          BOOL (*found)(void *context, const struct mime_mailbox *mailbox),
                          void *context);

/* ------------------------------------------------------------------------------------ date.c */

/* A date as 100 ns since 1601, UTC. FALSE for what is none. */
BOOL mime_parse_date(const char *value, size_t size, ULONGLONG *time);
/* "Tue, 25 Nov 2026 21:30:00 +0100", for the offset from UTC in minutes; buffer has 40 bytes. */
void mime_format_date(ULONGLONG time, int offset, char *buffer);

/* ------------------------------------------------------------------------------------ text.c */

/* Appends text with CRLF between lines; format=flowed is undone if wanted. */
void mime_unflow(const WCHAR *text, size_t length, BOOL flowed, BOOL delsp, struct mime_text *out);
/* Plain text of HTML. */
void mime_html_to_text(const WCHAR *html, size_t length, struct mime_text *out);
/* Appends lines of at most width characters, broken at blanks. */
void mime_wrap(const WCHAR *text, size_t length, size_t width, struct mime_text *out);

/* ---------------------------------------------------------------------------------- write.c */

/* One field, folded. Text is encoded by RFC 2047 where it is not ASCII, unless eight_bit. */
void mime_put_text_field(struct mime_bytes *out, const char *name, const WCHAR *text,
                         BOOL eight_bit);
/* One mailbox after what is there of an address field, folded. first: there is none before it. */
void mime_put_mailbox(struct mime_bytes *out, const WCHAR *name, const WCHAR *address, BOOL first,
                      BOOL eight_bit);
/* A parameter, RFC 2231 where it is not a short ASCII string, on a line of its own. */
void mime_put_parameter(struct mime_bytes *out, const char *name, const WCHAR *value);
/* A field of words without meaning to us (message IDs): ASCII, folded at blanks. */
void mime_put_words_field(struct mime_bytes *out, const char *name, const WCHAR *words);

/* --------------------------------------------------------------------------------- parser.c */

enum mime_kind
{
    MIME_LEAF,
    MIME_MULTIPART,
    MIME_MESSAGE                /* a part whose only child is the entity of a whole message */
};

struct mime_entity
{
    enum mime_kind kind;
    const struct mime_header *header;   /* for as long as begin runs */
    char type[128];             /* "text/plain", lower case; the default if there is none */
    const char *content_type;   /* the whole field, NULL if there is none; not closed */
    size_t content_type_size;
    const char *disposition;
    size_t disposition_size;
    enum mime_encoding encoding;
    BOOL aside;                 /* text that stood outside all parts of a multipart */
    BOOL rest;                  /* what is beyond the limits, as it came */
};

/* What is told of a message: entities in order, each begun and ended, leaves with their data,
 * decoded. An error ends it all, with no end for what was begun. */
struct mime_sink
{
    HRESULT (*begin)(void *context, const struct mime_entity *entity);
    HRESULT (*data)(void *context, const void *data, size_t size);
    HRESULT (*end)(void *context);
};

/* Fills a buffer; 0 bytes are the end. */
typedef HRESULT (*mime_read)(void *context, void *buffer, size_t size, size_t *got);

/* parts counts the entities of the whole message, with those of messages in it that are parsed by
 * themselves. depth is that of the entity the message stands in. */
HRESULT mime_parse(mime_read read, void *read_context, const struct mime_sink *sink, void *context,
                   unsigned depth, unsigned *parts);

#endif
