/*
 * Values of the MAPI subsystem: memory, properties, rows, restrictions, entry IDs, text
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
 * The private header of core/, the lowest layer. Nothing here knows of COM objects, the registry,
 * windows or threads' message queues, so that every file of this folder compiles natively as well,
 * where it is tested under the sanitizers. What it needs of the system comes through platform.h.
 *
 * Memory: what crosses an interface comes from a struct mapi_allocators (a block and its chain are
 * freed together); what stays inside the DLL comes from platform_alloc. A function that returns an
 * array of properties returns one block with everything in it, so one free call releases it.
 */

#ifndef MAPI32_CORE_H
#define MAPI32_CORE_H

#include <stdarg.h>
#include <string.h>
#include <windef.h>
#include <winbase.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>

#include "core/platform.h"

/* The three routines every MAPI object is handed. Which ones is the caller's choice, hence a
 * value. */
struct mapi_allocators
{
    LPALLOCATEBUFFER allocate;
    LPALLOCATEMORE more;
    LPFREEBUFFER free;
};

/* The subsystem's own routines, as MAPIAllocateBuffer and its siblings export them. */
extern const struct mapi_allocators memory_allocators;

/* The routines behind the exported MAPIAllocateBuffer and its siblings: memory_allocators, unless
 * the exports hand these calls to a registered client, who then sets this once. What an export of
 * core/ allocates or frees for its caller (FreeProws, WrapStoreEntryID) goes through it. */
extern const struct mapi_allocators *memory_exported;

/* memory.c: MAPIAllocateBuffer and siblings without the forwarding that the exports add. */
SCODE WINAPI memory_allocate_buffer(ULONG size, void **buffer);
SCODE WINAPI memory_allocate_more(ULONG size, void *object, void **buffer);
ULONG WINAPI memory_free_buffer(void *buffer);

/* props.c: one property value and arrays of them */
HRESULT prop_copy(SPropValue *dst, const SPropValue *src, LPALLOCATEMORE more, void *object);
HRESULT props_copy(const struct mapi_allocators *allocators, ULONG count, const SPropValue *src,
                   SPropValue **ret);                   /* one chain, freed by allocators->free */
const SPropValue *props_find(const SPropValue *props, ULONG count, ULONG tag);   /* exact tag */
const SPropValue *props_find_id(const SPropValue *props, ULONG count, ULONG tag); /* any type */
BOOL prop_type_known(ULONG type);                       /* MVI_FLAG excluded */
ULONG prop_type_size(ULONG type); /* of one value of fixed size, also of an MV_ type; else 0 */
HRESULT tags_copy(const struct mapi_allocators *allocators, const SPropTagArray *src,
                  SPropTagArray **ret);

/* propset.c: an array of properties laid flat, in one stretch of memory with all that it points to.
 * What is pointed to is ordered by its alignment, so that nothing is padded and all is aligned. */
#define PROP_LAYOUT_CACHE 48
struct prop_layout
{
    size_t bytes[4];                    /* to be aligned to 8, 4, 2 and 1 */
    ULONG cached;                       /* strings whose length is in the cache, in order */
    ULONG lengths[PROP_LAYOUT_CACHE];   /* in bytes, without terminator */
};
void prop_layout_init(struct prop_layout *layout);
/* S_OK; MAPI_E_NO_SUPPORT for an unknown type; MAPI_E_INVALID_PARAMETER for a NULL value; adds
 * up. */
HRESULT props_measure(ULONG count, const SPropValue *props, struct prop_layout *layout);
size_t props_layout_size(const struct prop_layout *layout);     /* of what is pointed to */
/* data is aligned to 8 bytes and has props_layout_size() of them; src was measured alone, just
 * before. */
void props_flatten(ULONG count, const SPropValue *src, SPropValue *dst, void *data,
                   const struct prop_layout *layout);

/* Pointers of a stretch that is copied from one base to another. */
struct prop_move
{
    ULONG_PTR old_base;
    ULONG_PTR new_base;
    BOOL at_new;                        /* the data is at the new base already */
};
void prop_move_init(struct prop_move *move, const void *array, const void *old_base,
                    const void *new_base);
void *prop_move_pointer(const struct prop_move *move,
                        void *field); /* returns where to read it now */
void props_move(const struct prop_move *move, ULONG count, SPropValue *props);

/* propcompare.c */
LONG prop_compare(const SPropValue *a,
                  const SPropValue *b); /* -1, 0, 1; types first, then values */
/* no_memory, NULL or not, is set when memory is too short for an answer, here and in text.c and
 * pattern.c. */
BOOL prop_relop(const SPropValue *a, ULONG relop, const SPropValue *b,
                BOOL *no_memory); /* FALSE if types differ */
BOOL prop_contains(const SPropValue *value, const SPropValue *part, ULONG fuzzy,
                   BOOL *no_memory); /* strings, binary */

/* proppack.c: values packed behind one another in one block; both convert string width on the
 * way */
#define PACK_FAILED (~(size_t)0)
size_t pack_add(size_t a, size_t b);                    /* saturates at PACK_FAILED */
BOOL prop_types_bridge(ULONG from, ULONG to); /* the same type, or strings of either width */
size_t prop_pack_size(const SPropValue *src, ULONG type);       /* bytes besides the SPropValue */
BYTE *prop_pack(SPropValue *dst, ULONG tag, const SPropValue *src,
                BYTE *mem); /* the next free byte */
HRESULT
prop_value_check(const SPropValue *prop); /* S_OK, MAPI_E_INVALID_TYPE, MAPI_E_INVALID_PARAMETER */

/* propconvert.c: string properties of one width as the other (multi-valued ones too) */
HRESULT prop_convert_width(SPropValue *dst, const SPropValue *src, ULONG type,
                           LPALLOCATEMORE more, void *object);

/* rows.c */
HRESULT row_copy(const struct mapi_allocators *allocators, const SRow *src, SRow *dst);
HRESULT rows_copy(const struct mapi_allocators *allocators, const SRowSet *src, SRowSet **ret);
HRESULT rows_alloc(const struct mapi_allocators *allocators, ULONG count, SRowSet **ret);
void rows_free(const struct mapi_allocators *allocators, SRowSet *rows); /* NULL is fine */

/* restrict.c: restrictions as trees of at most RESTRICTION_MAX_DEPTH levels */
#define RESTRICTION_MAX_DEPTH 64
HRESULT restriction_check(
    const SRestriction *restriction); /* S_OK, MAPI_E_INVALID_PARAMETER, MAPI_E_TOO_COMPLEX */
HRESULT restriction_copy(const struct mapi_allocators *allocators, const SRestriction *src,
                         SRestriction **ret);
BOOL restriction_match(const SRestriction *restriction, ULONG count, const SPropValue *props);
/* The same where it matters that memory was too short to tell. */
HRESULT restriction_test(const SRestriction *restriction, ULONG count, const SPropValue *props,
                         BOOL *matches);
/* Is there a node of this kind (RES_) anywhere in it? */
BOOL restriction_uses(const SRestriction *restriction, ULONG kind);
/* The same for an object that has recipients or attachments: sub says whether any of them
 * matches. */
typedef BOOL (*restriction_sub_match)(void *context, ULONG sub_object,
                                      const SRestriction *restriction);
BOOL restriction_match_object(const SRestriction *restriction, ULONG count, const SPropValue *props,
                              restriction_sub_match sub, void *context);
/* One value of a multi-valued property, not copied; FALSE beyond the last. */
BOOL prop_element(const SPropValue *prop, ULONG index, SPropValue *element);

/* sortkey.c: keys that memcmp puts into the order of the sort columns */
#define SORTKEY_MAX_TEXT 1024           /* characters of a text that count */
struct sortkey
{
    BYTE *data;
    size_t size;
    size_t room;
};
void sortkey_init(struct sortkey *key);
void sortkey_destroy(struct sortkey *key);
/* The next column; value NULL: there is none. FALSE when memory is short. The caller resets size to
 * 0 to start another key in the same room. */
BOOL sortkey_add(struct sortkey *key, const SPropValue *value, BOOL descending);

/* entryid.c: what stands in the first 20 bytes of every entry ID, and the layouts of our own
 * kinds */
extern const MAPIUID uid_one_off;       /* MAPI_ONE_OFF_UID */
extern const MAPIUID uid_store_wrap;    /* a store entry ID wrapped by the subsystem */
extern const MAPIUID uid_status;        /* rows of the status table (ours) */
extern const MAPIUID uid_identity; /* the entry ID QueryIdentity gives when nobody has one (ours) */
extern const MAPIUID uid_template;      /* the template of a one-off of any address type (ours) */

/* A one-off entry ID taken apart; the pointers lead into the entry ID. */
struct one_off
{
    BOOL unicode;
    USHORT flags;
    const void *name;
    const void *address_type;
    const void *address;
};

HRESULT entryid_check(ULONG size, const ENTRYID *id);   /* S_OK, MAPI_E_INVALID_ENTRYID */
const MAPIUID *entryid_uid(ULONG size, const ENTRYID *id);      /* NULL when too short */
HRESULT entryid_wrap_store(const struct mapi_allocators *allocators, const char *dll, ULONG size,
                           const ENTRYID *id, ULONG *ret_size, ENTRYID **ret);
HRESULT entryid_unwrap_store(ULONG size, const ENTRYID *id, const char **dll, ULONG *ret_size,
                             const ENTRYID **ret);
HRESULT entryid_create_one_off(const struct mapi_allocators *allocators, const void *name,
                               const void *address_type, const void *address, ULONG flags,
                               ULONG *ret_size, ENTRYID **ret); /* strings as MAPI_UNICODE says */
HRESULT entryid_parse_one_off(ULONG size, const ENTRYID *id, struct one_off *ret);

/* oneoffname.c: Name[TYPE:address] and Internet addresses, as typed for a recipient. Parts are
 * platform_alloc. */
struct one_off_name
{
    WCHAR *name;                        /* the address when none was given */
    WCHAR *type;
    WCHAR *address;
};
HRESULT one_off_name_parse(const WCHAR *text,
                           struct one_off_name *ret); /* S_OK; MAPI_E_NOT_FOUND: it is none */
void one_off_name_free(struct one_off_name *name);

/* notification.c: NOTIFICATION arrays copied whole */
HRESULT notifications_copy(const struct mapi_allocators *allocators, ULONG count,
                           const NOTIFICATION *src, NOTIFICATION **ret);

/* hex.c: two digits a byte; decoding reads at most size bytes and stops at the first pair that is
 * none */
BOOL hex_decode(const char *text, BYTE *bytes, size_t size, size_t *count);
void hex_encode(const BYTE *bytes, size_t size, char *text);    /* 2 * size + 1 characters */

/* text.c: text changes width once, at the ANSI border */
size_t text_length(const WCHAR *text);                  /* in characters */
size_t text_length_ansi(const char *text);
WCHAR *text_dup(const WCHAR *text);                     /* platform_alloc; NULL gives NULL */
char *text_dup_ansi(const char *text);
WCHAR *text_from_ansi(const char *text); /* platform_alloc; NULL on no memory or NULL */
char *text_to_ansi(const WCHAR *text);
HRESULT text_from_tstr(const void *text, ULONG flags,
                       WCHAR **ret); /* LPTSTR by MAPI_UNICODE; NULL stays NULL */
HRESULT text_to_tstr(const struct mapi_allocators *allocators, void *object, const WCHAR *text,
                     ULONG flags, void **ret);          /* object NULL: a block of its own */
/* FL_ flags; lengths in characters. Case and nonspacing characters as the system folds them. */
BOOL text_contains(ULONG fuzzy, const WCHAR *text, size_t length, const WCHAR *part,
                   size_t part_length, BOOL *no_memory);
BOOL text_contains_ansi(ULONG fuzzy, const char *text, const char *part, BOOL *no_memory);
/* Linguistic, as lstrcmp: -1, 0, 1. */
int text_collate(const WCHAR *a, const WCHAR *b);
int text_collate_ansi(const char *a, const char *b, BOOL *no_memory);
/* pattern.c: RELOP_RE. . * + ? [set] [^set] ^ $ and \ before any of them; found anywhere in the
 * text. */
BOOL text_match_pattern(const WCHAR *text, const WCHAR *pattern, BOOL *no_memory);
BOOL text_match_pattern_ansi(const char *text, const char *pattern, BOOL *no_memory);
int text_compare_nocase(const WCHAR *a, const WCHAR *b);        /* ordinal, ASCII case folded */
int text_compare_nocase_ansi(const char *a, const char *b);

/* Where bytes go that are made piece by piece; an error ends it. */
typedef HRESULT (*byte_sink)(void *context, const BYTE *data, size_t size);

/* mapierror.c: MAPIERROR as GetLastError hands it out, one chain of the subsystem's own memory */
HRESULT mapierror_create(ULONG flags, const WCHAR *text, const WCHAR *component, ULONG low_level,
                         MAPIERROR **ret);

#endif /* MAPI32_CORE_H */
