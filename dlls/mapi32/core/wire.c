/*
 * Values on their way to another process
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

/* wire.h has the contract. Functions take pointers that are not const since a reader fills what is
 * behind them; a writer only reads. */

#include <string.h>

#include "core/wire.h"

#define WIRE_NULL (~(ULONG)0)           /* in place of a length */
#define WIRE_FIRST 512

static BOOL writes(const struct wire *wire)
{
    return !wire->allocators;
}

void wire_fail(struct wire *wire, HRESULT hr)
{
    if (wire->hr == S_OK) wire->hr = hr;
}

void wire_write_init(struct wire *wire)
{
    memset(wire, 0, sizeof(*wire));
}

void wire_read_init(struct wire *wire, const struct mapi_allocators *allocators, const void *data,
                    size_t size)
{
    memset(wire, 0, sizeof(*wire));
    wire->allocators = allocators;
    wire->data = (BYTE *)data;
    wire->size = size;
}

void wire_free(struct wire *wire)
{
    if (writes(wire)) platform_free(wire->data);
    wire->data = NULL;
    wire->size = wire->at = 0;
}

/* ---- bytes ---- */

static BOOL grow(struct wire *wire, size_t size)
{
    size_t room = wire->size ? wire->size : WIRE_FIRST;
    BYTE *data;

    if (size <= wire->size - wire->at) return TRUE;
    if (size > WIRE_MAX - wire->at)
    {
        wire_fail(wire, MAPI_E_NOT_ENOUGH_MEMORY);
        return FALSE;
    }
    while (room - wire->at < size) room *= 2;
    data = wire->data ? platform_realloc(wire->data, room) : platform_alloc(room);
    if (!data)
    {
        wire_fail(wire, MAPI_E_NOT_ENOUGH_MEMORY);
        return FALSE;
    }
    wire->data = data;
    wire->size = room;
    return TRUE;
}

void wire_raw(struct wire *wire, void *value, size_t size)
{
    if (wire->hr != S_OK || !size) return;
    if (writes(wire))
    {
        if (!grow(wire, size)) return;
        memcpy(wire->data + wire->at, value, size);
    }
    else
    {
        if (size > wire->size - wire->at)
        {
            wire_fail(wire, MAPI_E_INVALID_PARAMETER);
            return;
        }
        memcpy(value, wire->data + wire->at, size);
    }
    wire->at += size;
}

/* *value is set whatever happens. */
void wire_ulong(struct wire *wire, ULONG *value)
{
    if (!writes(wire)) *value = 0;
    wire_raw(wire, value, sizeof(*value));
}

void wire_number(struct wire *wire, ULONG_PTR *value)
{
    ULONGLONG wide = writes(wire) ? *value : 0;

    wire_raw(wire, &wide, sizeof(wide));
    if (writes(wire)) return;
    *value = wide;
    if (*value == wide) return;
    *value = 0;
    wire_fail(wire, MAPI_E_INVALID_PARAMETER);
}

/* Memory of the chain that is read into; NULL, and hr, when there is none. */
static void *alloc(struct wire *wire, size_t size)
{
    void *block = NULL;
    SCODE sc;

    if (wire->hr != S_OK) return NULL;
    if (!size) size = 1;
    if (size > MAXLONG) sc = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (wire->root) sc = wire->allocators->more(size, wire->root, &block);
    else if ((sc = wire->allocators->allocate(size, &block)) == S_OK) wire->root = block;
    if (sc == S_OK) return block;
    wire_fail(wire, MAPI_E_NOT_ENOUGH_MEMORY);
    return NULL;
}

/* Memory for head bytes and count elements, each of which takes at least so many of the bytes that
 * are left. */
static void *alloc_array(struct wire *wire, size_t head, ULONG count, size_t size, size_t least)
{
    void *block;

    if (wire->hr != S_OK) return NULL;
    if (count > (wire->size - wire->at) / least)
    {
        wire_fail(wire, MAPI_E_INVALID_PARAMETER);
        return NULL;
    }
    if (count > (MAXLONG - head) / size)
    {
        wire_fail(wire, MAPI_E_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    if ((block = alloc(wire, head + count * size))) memset(block, 0, head + count * size);
    return block;
}

/* FALSE: there is nothing to go on with. */
static BOOL begin_array(struct wire *wire, size_t head, ULONG count, size_t size, size_t least,
                        void **array)
{
    if (writes(wire))
    {
        if ((head || count) && !*array) wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    }
    else *array = alloc_array(wire, head, count, size, least);
    return wire->hr == S_OK && *array;
}

void wire_array(struct wire *wire, ULONG count, size_t size, void **array)
{
    if (begin_array(wire, 0, count, size, size, array)) wire_raw(wire, *array, count * size);
}

/* A count that travels with its array. */
static void counted(struct wire *wire, ULONG *count, size_t size, void **array)
{
    wire_ulong(wire, count);
    wire_array(wire, *count, size, array);
}

/* Bytes that may be none and a count of them: an entry ID. */
static void wire_id(struct wire *wire, ULONG *size, ENTRYID **id)
{
    counted(wire, size, 1, (void **)id);
    if (!*size && !writes(wire)) *id = NULL;
}

static void sized_text(struct wire *wire, size_t width, void **text)
{
    const ULONG none = WIRE_NULL;
    ULONG length = none;

    if (writes(wire) && *text) length = width == 1 ? strlen(*text) : text_length(*text);
    wire_ulong(wire, &length);
    if (writes(wire))
    {
        if (length != none) wire_raw(wire, *text, length * width);
        return;
    }
    *text = NULL;
    if (wire->hr != S_OK || length == none) return;
    /* one element of room more, for the terminator */
    if (!(*text = alloc_array(wire, width, length, width, width))) return;
    wire_raw(wire, *text, length * width);
}

void wire_text(struct wire *wire, BOOL *unicode, void **text)
{
    BYTE wide = writes(wire) && *unicode;

    wire_raw(wire, &wide, sizeof(wide));
    if (!writes(wire)) *unicode = wide != 0;
    sized_text(wire, wide ? sizeof(WCHAR) : 1, text);
}

/* Text that has to be there. */
static void wire_string(struct wire *wire, size_t width, void *field)
{
    void *text = NULL;

    if (writes(wire)) memcpy(&text, field, sizeof(text));
    if (writes(wire) && !text) wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    sized_text(wire, width, &text);
    if (writes(wire)) return;
    if (!text) wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    memcpy(field, &text, sizeof(text));
}

/* ---- properties ---- */

static void wire_strings(struct wire *wire, size_t width, SLPSTRArray *strings)
{
    ULONG i;

    wire_ulong(wire, &strings->cValues);
    if (!begin_array(wire, 0, strings->cValues, sizeof(char *), sizeof(ULONG),
                     (void **)&strings->lppszA))
        return;
    for (i = 0; i < strings->cValues && wire->hr == S_OK; i++)
        wire_string(wire, width, &strings->lppszA[i]);
}

static void wire_binaries(struct wire *wire, SBinaryArray *binaries)
{
    ULONG i;

    wire_ulong(wire, &binaries->cValues);
    if (!begin_array(wire, 0, binaries->cValues, sizeof(SBinary), sizeof(ULONG),
                     (void **)&binaries->lpbin))
        return;
    for (i = 0; i < binaries->cValues && wire->hr == S_OK; i++)
        wire_id(wire, &binaries->lpbin[i].cb, (ENTRYID **)&binaries->lpbin[i].lpb);
}

/* A value that fills the whole union would be read over by a shorter one: each type has its own
 * size. */
static void wire_value(struct wire *wire, SPropValue *prop)
{
    ULONG type = PROP_TYPE(prop->ulPropTag);

    if (type & MV_INSTANCE) type &= ~(ULONG)MVI_FLAG;
    switch (type)
    {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_OBJECT:
    case PT_LONG:
    case PT_R4:
    case PT_ERROR:
        wire_raw(wire, &prop->Value.l, sizeof(prop->Value.l));
        break;
    case PT_I2:
    case PT_BOOLEAN:
        wire_raw(wire, &prop->Value.i, sizeof(prop->Value.i));
        break;
    case PT_DOUBLE:
    case PT_APPTIME:
    case PT_CURRENCY:
    case PT_I8:
    case PT_SYSTIME:
        wire_raw(wire, &prop->Value.li, sizeof(prop->Value.li));
        break;
    case PT_STRING8:
        wire_string(wire, 1, &prop->Value.lpszA);
        break;
    case PT_UNICODE:
        wire_string(wire, sizeof(WCHAR), &prop->Value.lpszW);
        break;
    case PT_CLSID:
        wire_array(wire, 1, sizeof(GUID), (void **)&prop->Value.lpguid);
        break;
    case PT_BINARY:
        wire_id(wire, &prop->Value.bin.cb, (ENTRYID **)&prop->Value.bin.lpb);
        break;
    case PT_MV_STRING8:
        wire_strings(wire, 1, &prop->Value.MVszA);
        break;
    case PT_MV_UNICODE:
        wire_strings(wire, sizeof(WCHAR), &prop->Value.MVszA);
        break;
    case PT_MV_BINARY:
        wire_binaries(wire, &prop->Value.MVbin);
        break;
    default:
        /* The arrays of all fixed-size types lie alike in the union. */
        if (!(type & MV_FLAG) || !prop_type_size(type)) wire_fail(wire, MAPI_E_INVALID_PARAMETER);
        else
            counted(wire, &prop->Value.MVl.cValues, prop_type_size(type),
                    (void **)&prop->Value.MVl.lpl);
        break;
    }
}

static void wire_prop(struct wire *wire, SPropValue *prop)
{
    wire_ulong(wire, &prop->ulPropTag);
    if (wire->hr == S_OK) wire_value(wire, prop);
}

void wire_props(struct wire *wire, ULONG count, SPropValue **props)
{
    ULONG i;

    if (!begin_array(wire, 0, count, sizeof(**props), sizeof(ULONG) + sizeof(short),
                     (void **)props))
        return;
    for (i = 0; i < count && wire->hr == S_OK; i++) wire_prop(wire, &(*props)[i]);
}

/* Properties that may be none, and their count. */
static void counted_props(struct wire *wire, ULONG *count, SPropValue **props)
{
    wire_ulong(wire, count);
    if (*count) wire_props(wire, *count, props);
}

/* ---- arrays that carry their count ---- */

void wire_tags(struct wire *wire, SPropTagArray **tags)
{
    ULONG count = writes(wire) && *tags ? (*tags)->cValues : 0;

    wire_ulong(wire, &count);
    if (!begin_array(wire, CbNewSPropTagArray(0), count, sizeof(ULONG), sizeof(ULONG),
                     (void **)tags))
        return;
    if (!writes(wire)) (*tags)->cValues = count;
    wire_raw(wire, (*tags)->aulPropTag, count * sizeof(ULONG));
}

void wire_problems(struct wire *wire, SPropProblemArray **problems)
{
    const size_t size = sizeof((*problems)->aProblem[0]);
    ULONG count = writes(wire) && *problems ? (*problems)->cProblem : 0;

    wire_ulong(wire, &count);
    if (!begin_array(wire, CbNewSPropProblemArray(0), count, size, size, (void **)problems)) return;
    if (!writes(wire)) (*problems)->cProblem = count;
    wire_raw(wire, (*problems)->aProblem, count * size);
}

void wire_sort(struct wire *wire, SSortOrderSet **sort)
{
    const size_t head = CbNewSSortOrderSet(0), size = sizeof((*sort)->aSort[0]);
    ULONG count = writes(wire) && *sort ? (*sort)->cSorts : 0;

    wire_ulong(wire, &count);
    if (!begin_array(wire, head, count, size, size, (void **)sort)) return;
    if (!writes(wire)) (*sort)->cSorts = count;
    wire_ulong(wire, &(*sort)->cCategories);
    wire_ulong(wire, &(*sort)->cExpanded);
    wire_raw(wire, (*sort)->aSort, count * size);
}

void wire_entries(struct wire *wire, ENTRYLIST **list)
{
    if (begin_array(wire, sizeof(**list), 0, 1, 1, (void **)list)) wire_binaries(wire, *list);
}

static void wire_name(struct wire *wire, MAPINAMEID **name)
{
    if (!begin_array(wire, sizeof(**name), 0, 1, 1, (void **)name)) return;
    wire_array(wire, 1, sizeof(GUID), (void **)&(*name)->lpguid);
    wire_ulong(wire, &(*name)->ulKind);
    switch ((*name)->ulKind)
    {
    case MNID_ID:
        wire_raw(wire, &(*name)->Kind.lID, sizeof((*name)->Kind.lID));
        break;
    case MNID_STRING:
        wire_string(wire, sizeof(WCHAR), &(*name)->Kind.lpwstrName);
        break;
    default:
        wire_fail(wire, MAPI_E_INVALID_PARAMETER);
        break;
    }
}

/* An identifier that has no name is NULL in what GetNamesFromIDs returns. */
void wire_names(struct wire *wire, ULONG count, MAPINAMEID ***names)
{
    BYTE there;
    ULONG i;

    if (!begin_array(wire, 0, count, sizeof(**names), sizeof(there), (void **)names)) return;
    for (i = 0; i < count && wire->hr == S_OK; i++)
    {
        there = writes(wire) && (*names)[i];
        wire_raw(wire, &there, sizeof(there));
        if (there) wire_name(wire, &(*names)[i]);
    }
}

void wire_error(struct wire *wire, ULONG flags, MAPIERROR **error)
{
    BOOL unicode = (flags & MAPI_UNICODE) != 0;
    BYTE there = writes(wire) && *error;

    wire_raw(wire, &there, sizeof(there));
    if (!there)
    {
        if (!writes(wire)) *error = NULL;
        return;
    }
    if (!begin_array(wire, sizeof(**error), 0, 1, 1, (void **)error)) return;
    wire_ulong(wire, &(*error)->ulVersion);
    wire_text(wire, &unicode, (void **)&(*error)->lpszError);
    if (!writes(wire) && unicode != ((flags & MAPI_UNICODE) != 0))
        wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    wire_text(wire, &unicode, (void **)&(*error)->lpszComponent);
    if (!writes(wire) && unicode != ((flags & MAPI_UNICODE) != 0))
        wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    wire_ulong(wire, &(*error)->ulLowLevelError);
    wire_ulong(wire, &(*error)->ulContext);
}

/* ---- rows ---- */

void wire_rows(struct wire *wire, SRowSet **rows)
{
    void *root = wire->root;
    ULONG count, i;
    SRow *row;

    count = writes(wire) && *rows ? (*rows)->cRows : 0;
    wire_ulong(wire, &count);
    wire->root = NULL;
    if (begin_array(wire, CbNewSRowSet(0), count, sizeof(SRow), sizeof(ULONG), (void **)rows))
    {
        if (!writes(wire)) (*rows)->cRows = count;
        for (i = 0; i < count && wire->hr == S_OK; i++)
        {
            row = &(*rows)->aRow[i];
            wire->root = NULL;
            counted_props(wire, &row->cValues, &row->lpProps);
            /* What was begun belongs to the row, so that it is freed with it. */
            if (!writes(wire) && wire->hr != S_OK) row->lpProps = wire->root;
        }
    }
    else if (!writes(wire)) *rows = NULL;
    wire->root = root;
}

/* ---- restrictions ---- */

static void wire_node(struct wire *wire, SRestriction *res, ULONG depth);

static void wire_nodes(struct wire *wire, ULONG count, SRestriction **nodes, ULONG depth)
{
    ULONG i;

    if (depth >= RESTRICTION_MAX_DEPTH) wire_fail(wire, MAPI_E_TOO_COMPLEX);
    if (!begin_array(wire, 0, count, sizeof(**nodes), sizeof(ULONG), (void **)nodes)) return;
    for (i = 0; i < count && wire->hr == S_OK; i++) wire_node(wire, &(*nodes)[i], depth);
}

static void wire_node(struct wire *wire, SRestriction *res, ULONG depth)
{
    BYTE there;

    wire_ulong(wire, &res->rt);
    if (wire->hr != S_OK) return;
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        /* Both lists lie alike in the union. */
        wire_ulong(wire, &res->res.resAnd.cRes);
        wire_nodes(wire, res->res.resAnd.cRes, &res->res.resAnd.lpRes, depth + 1);
        break;
    case RES_NOT:
        wire_nodes(wire, 1, &res->res.resNot.lpRes, depth + 1);
        break;
    case RES_CONTENT:
        wire_ulong(wire, &res->res.resContent.ulFuzzyLevel);
        wire_ulong(wire, &res->res.resContent.ulPropTag);
        wire_props(wire, 1, &res->res.resContent.lpProp);
        break;
    case RES_PROPERTY:
        wire_ulong(wire, &res->res.resProperty.relop);
        wire_ulong(wire, &res->res.resProperty.ulPropTag);
        wire_props(wire, 1, &res->res.resProperty.lpProp);
        break;
    case RES_COMPAREPROPS:
        wire_ulong(wire, &res->res.resCompareProps.relop);
        wire_ulong(wire, &res->res.resCompareProps.ulPropTag1);
        wire_ulong(wire, &res->res.resCompareProps.ulPropTag2);
        break;
    case RES_BITMASK:
        wire_ulong(wire, &res->res.resBitMask.relBMR);
        wire_ulong(wire, &res->res.resBitMask.ulPropTag);
        wire_ulong(wire, &res->res.resBitMask.ulMask);
        break;
    case RES_SIZE:
        wire_ulong(wire, &res->res.resSize.relop);
        wire_ulong(wire, &res->res.resSize.ulPropTag);
        wire_ulong(wire, &res->res.resSize.cb);
        break;
    case RES_EXIST:
        wire_ulong(wire, &res->res.resExist.ulPropTag);
        break;
    case RES_SUBRESTRICTION:
        wire_ulong(wire, &res->res.resSub.ulSubObject);
        wire_nodes(wire, 1, &res->res.resSub.lpRes, depth + 1);
        break;
    case RES_COMMENT:
    case RES_ANNOTATION:
        /* Alike as well. */
        counted_props(wire, &res->res.resComment.cValues, &res->res.resComment.lpProp);
        there = writes(wire) && res->res.resComment.lpRes;
        wire_raw(wire, &there, sizeof(there));
        if (there) wire_nodes(wire, 1, &res->res.resComment.lpRes, depth + 1);
        break;
    case RES_COUNT:
        wire_ulong(wire, &res->res.resCount.ulCount);
        wire_nodes(wire, 1, &res->res.resCount.lpRes, depth + 1);
        break;
    default:
        wire_fail(wire, MAPI_E_TOO_COMPLEX);
        break;
    }
}

void wire_restriction(struct wire *wire, SRestriction **restriction)
{
    wire_nodes(wire, 1, restriction, 0);
}

/* ---- notifications ---- */

static void wire_object(struct wire *wire, OBJECT_NOTIFICATION *object)
{
    BYTE there = writes(wire) && object->lpPropTagArray;

    wire_id(wire, &object->cbEntryID, &object->lpEntryID);
    wire_ulong(wire, &object->ulObjType);
    wire_id(wire, &object->cbParentID, &object->lpParentID);
    wire_id(wire, &object->cbOldID, &object->lpOldID);
    wire_id(wire, &object->cbOldParentID, &object->lpOldParentID);
    wire_raw(wire, &there, sizeof(there));
    if (there) wire_tags(wire, &object->lpPropTagArray);
}

static void wire_newmail(struct wire *wire, NEWMAIL_NOTIFICATION *newmail)
{
    BOOL unicode = (newmail->ulFlags & MAPI_UNICODE) != 0;

    wire_id(wire, &newmail->cbEntryID, &newmail->lpEntryID);
    wire_id(wire, &newmail->cbParentID, &newmail->lpParentID);
    wire_ulong(wire, &newmail->ulFlags);
    wire_text(wire, &unicode, (void **)&newmail->lpszMessageClass);
    if (!writes(wire) && unicode != ((newmail->ulFlags & MAPI_UNICODE) != 0))
        wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    wire_ulong(wire, &newmail->ulMessageFlags);
}

static void wire_table(struct wire *wire, TABLE_NOTIFICATION *table)
{
    wire_ulong(wire, &table->ulTableEvent);
    wire_raw(wire, &table->hResult, sizeof(table->hResult));
    wire_prop(wire, &table->propIndex);
    wire_prop(wire, &table->propPrior);
    counted_props(wire, &table->row.cValues, &table->row.lpProps);
}

static void wire_notification(struct wire *wire, NOTIFICATION *notification)
{
    wire_ulong(wire, &notification->ulEventType);
    switch (notification->ulEventType)
    {
    case fnevCriticalError:
        wire_id(wire, &notification->info.err.cbEntryID, &notification->info.err.lpEntryID);
        wire_raw(wire, &notification->info.err.scode, sizeof(SCODE));
        wire_ulong(wire, &notification->info.err.ulFlags);
        wire_error(wire, notification->info.err.ulFlags, &notification->info.err.lpMAPIError);
        break;
    case fnevNewMail:
        wire_newmail(wire, &notification->info.newmail);
        break;
    case fnevObjectCreated:
    case fnevObjectDeleted:
    case fnevObjectModified:
    case fnevObjectMoved:
    case fnevObjectCopied:
    case fnevSearchComplete:
        wire_object(wire, &notification->info.obj);
        break;
    case fnevTableModified:
        wire_table(wire, &notification->info.tab);
        break;
    case fnevStatusObjectModified:
        wire_id(wire, &notification->info.statobj.cbEntryID, &notification->info.statobj.lpEntryID);
        counted_props(wire, &notification->info.statobj.cValues,
                      &notification->info.statobj.lpPropVals);
        break;
    case fnevExtended:
        wire_ulong(wire, &notification->info.ext.ulEvent);
        counted(wire, &notification->info.ext.cb, 1,
                (void **)&notification->info.ext.pbEventParameters);
        break;
    default:
        wire_fail(wire, MAPI_E_INVALID_PARAMETER);
        break;
    }
}

void wire_notifications(struct wire *wire, ULONG count, NOTIFICATION **notifications)
{
    ULONG i;

    if (!begin_array(wire, 0, count, sizeof(**notifications), sizeof(ULONG),
                     (void **)notifications))
        return;
    for (i = 0; i < count && wire->hr == S_OK; i++) wire_notification(wire, &(*notifications)[i]);
}
