/*
 * Property values and restrictions made of the bytes of a fuzzer
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
 * Included once, by a fuzzer. What is made may be hostile: pointers that are missing, counts that
 * are too large for what is there, unknown types. Each piece of it is a block of its own, so that a
 * byte too many is seen.
 */

#include <stdlib.h>
#include <string.h>

#define MAX_NODES 200
#define MAX_BLOCKS 4000

static const BYTE *input;
static size_t input_size;
static void *blocks[MAX_BLOCKS];
static ULONG block_count, node_count;

static ULONG take(ULONG below)
{
    if (!input_size) return 0;
    input_size--;
    return *input++ % below;
}

static ULONG take_long(void)
{
    ULONG value = take(256) | take(256) << 8;

    return value | take(256) << 16 | take(256) << 24;
}

static void *block(size_t size)
{
    void *ret;

    if (block_count == MAX_BLOCKS) return NULL;
    if (!(ret = calloc(1, size ? size : 1))) abort();
    return blocks[block_count++] = ret;
}

static void *bytes(size_t count, size_t terminator)
{
    BYTE *ret = block(count + terminator);
    size_t i;

    for (i = 0; ret && i < count; i++) ret[i] = take(256);
    return ret;
}

static const ULONG types[] = { PT_I2,         PT_LONG,      PT_R4,        PT_DOUBLE, PT_CURRENCY,
                               PT_APPTIME,    PT_ERROR,     PT_BOOLEAN,   PT_OBJECT, PT_I8,
                               PT_STRING8,    PT_UNICODE,   PT_SYSTIME,   PT_CLSID,  PT_BINARY,
                               PT_MV_I2,      PT_MV_LONG,   PT_MV_DOUBLE, PT_MV_I8,  PT_MV_STRING8,
                               PT_MV_UNICODE, PT_MV_BINARY, PT_MV_CLSID,  PT_NULL,   PT_UNSPECIFIED,
                               0x777 };

static ULONG make_tag(void)
{
    ULONG tag = PROP_TAG(types[take(ARRAY_SIZE(types))], 0x6600 + take(8));

    if (!take(8)) tag |= MV_INSTANCE;
    if (!take(16)) tag ^= MV_FLAG;
    return tag;
}

static void make_value(SPropValue *prop, ULONG tag)
{
    ULONG count = take(5), i;

    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    if (!take(32)) return; /* no value at all */
    switch (PROP_TYPE(tag))
    {
    case PT_STRING8:
        prop->Value.lpszA = bytes(take(40), 1);
        break;
    case PT_UNICODE:
        prop->Value.lpszW = bytes(2 * take(40), 2);
        break;
    case PT_CLSID:
        prop->Value.lpguid = bytes(sizeof(GUID), 0);
        break;
    case PT_BINARY:
        prop->Value.bin.cb = take(20);
        prop->Value.bin.lpb = take(32) ? bytes(prop->Value.bin.cb, 0) : NULL;
        break;
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
        prop->Value.MVszA.cValues = count;
        prop->Value.MVszA.lppszA = block(count * sizeof(char *));
        for (i = 0; prop->Value.MVszA.lppszA && i < count; i++)
            prop->Value.MVszA.lppszA[i] = take(32) ? bytes(2 * take(10), 2) : NULL;
        break;
    case PT_MV_BINARY:
        prop->Value.MVbin.cValues = count;
        prop->Value.MVbin.lpbin = block(count * sizeof(SBinary));
        for (i = 0; prop->Value.MVbin.lpbin && i < count; i++)
        {
            prop->Value.MVbin.lpbin[i].cb = take(10);
            prop->Value.MVbin.lpbin[i].lpb = bytes(prop->Value.MVbin.lpbin[i].cb, 0);
        }
        break;
    default:
        if (PROP_TYPE(tag) & MV_FLAG)
        {
            prop->Value.MVl.cValues = count;
            prop->Value.MVl.lpl = bytes(count * sizeof(GUID), 0);
            break;
        }
        prop->Value.li.QuadPart = (LONGLONG)((ULONGLONG)take_long() << 32 | take_long());
        break;
    }
}

static inline SPropValue *make_values(ULONG count)
{
    SPropValue *props = block(count * sizeof(*props));
    ULONG i;

    for (i = 0; props && i < count; i++) make_value(&props[i], make_tag());
    return props;
}

static inline SRestriction *make_nodes(ULONG count, ULONG depth);

static inline void make_node(SRestriction *res, ULONG depth)
{
    res->rt = take(14);
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        res->res.resAnd.cRes = take(4);
        res->res.resAnd.lpRes = make_nodes(res->res.resAnd.cRes, depth + 1);
        if (!take(32)) res->res.resAnd.cRes = 0x10001 + take_long() % 0xfffeffff;
        break;
    case RES_NOT:
        res->res.resNot.lpRes = make_nodes(1, depth + 1);
        break;
    case RES_CONTENT:
        res->res.resContent.ulFuzzyLevel = take(4) | take(8) << 16;
        res->res.resContent.lpProp = make_values(1);
        res->res.resContent.ulPropTag = take(3) && res->res.resContent.lpProp ?
            res->res.resContent.lpProp->ulPropTag | (take(4) ? 0 : MV_FLAG) : make_tag();
        break;
    case RES_PROPERTY:
        res->res.resProperty.relop = take(8);
        res->res.resProperty.lpProp = make_values(1);
        res->res.resProperty.ulPropTag = take(3) && res->res.resProperty.lpProp ?
            res->res.resProperty.lpProp->ulPropTag | (take(4) ? 0 : MV_FLAG) : make_tag();
        break;
    case RES_COMPAREPROPS:
        res->res.resCompareProps.relop = take(8);
        res->res.resCompareProps.ulPropTag1 = make_tag();
        res->res.resCompareProps.ulPropTag2 = make_tag();
        break;
    case RES_BITMASK:
        res->res.resBitMask.relBMR = take(3);
        res->res.resBitMask.ulPropTag = make_tag();
        res->res.resBitMask.ulMask = take_long();
        break;
    case RES_SIZE:
        res->res.resSize.relop = take(8);
        res->res.resSize.ulPropTag = make_tag();
        res->res.resSize.cb = take(40);
        break;
    case RES_EXIST:
        res->res.resExist.ulPropTag = make_tag();
        break;
    case RES_SUBRESTRICTION:
        res->res.resSub.ulSubObject = take(2) ? PR_MESSAGE_RECIPIENTS : PR_MESSAGE_ATTACHMENTS;
        res->res.resSub.lpRes = make_nodes(1, depth + 1);
        break;
    case RES_COMMENT:
    case RES_ANNOTATION:
        res->res.resComment.cValues = take(3);
        res->res.resComment.lpProp = make_values(res->res.resComment.cValues);
        res->res.resComment.lpRes = take(3) ? make_nodes(1, depth + 1) : NULL;
        break;
    case RES_COUNT:
        res->res.resCount.ulCount = take(3);
        res->res.resCount.lpRes = make_nodes(1, depth + 1);
        break;
    }
}

static inline SRestriction *make_nodes(ULONG count, ULONG depth)
{
    SRestriction *res;
    ULONG i;

    node_count += count;
    if (node_count > MAX_NODES || depth > RESTRICTION_MAX_DEPTH + 4) return NULL;
    if (!(res = block(count * sizeof(*res)))) return NULL;
    for (i = 0; i < count; i++) make_node(&res[i], depth);
    return res;
}

static inline void values_start(const BYTE *data, size_t size)
{
    input = data;
    input_size = size;
    node_count = 0;
}

static inline void values_free(void)
{
    while (block_count) free(blocks[--block_count]);
}
