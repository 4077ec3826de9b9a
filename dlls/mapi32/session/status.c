/*
 * The status table
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
 * The status table of a session: three rows of the subsystem's own (itself, the spooler, the
 * integrated address book), one for each active transport, one for each provider that called
 * ModifyStatusRow, and one for each provider that failed, which says so in words.
 *
 * What a provider set stands in its logon; a row is always made anew from the logon and its profile
 * section. As the table is told outside all locks, the version that the logon counts tells a thread
 * that somebody changed it meanwhile, and it tells the table once more: the last state wins.
 *
 * A row is named by its number: PR_INSTANCE_KEY and PR_ENTRYID carry the section (zero for our own
 * rows) and the number.
 */

#include <string.h>

#include "session/session.h"

#define ROW_SUBSYSTEM 1
#define ROW_SPOOLER   2
#define ROW_ADDRBOOK  3
#define ROW_OWN_COUNT 3

struct status_key
{
    MAPIUID section;
    ULONG row;
};

struct status_entryid
{
    BYTE flags[4];
    MAPIUID uid;
    struct status_key key;
};

/* Properties that MAPI itself gives each row, whatever a provider says. */
static BOOL is_computed(ULONG tag)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_ENTRYID):
    case PROP_ID(PR_INSTANCE_KEY):
    case PROP_ID(PR_OBJECT_TYPE):
    case PROP_ID(PR_ROWID):
    case PROP_ID(PR_PROVIDER_DLL_NAME_W):
    case PROP_ID(PR_RESOURCE_FLAGS):
    case PROP_ID(PR_RESOURCE_TYPE):
        return TRUE;
    }
    return FALSE;
}

/* The columns each row has from MAPI; key and id have to live as long as the array is used. */
static ULONG computed_props(SPropValue *props, struct status_key *key, struct status_entryid *id,
                            ULONG type, ULONG flags, const WCHAR *dll_name)
{
    ULONG count = 0;

    memset(id, 0, sizeof(*id));
    id->uid = uid_status;
    id->key = *key;
    props[count].ulPropTag = PR_INSTANCE_KEY;
    props[count].Value.bin.cb = sizeof(*key);
    props[count++].Value.bin.lpb = (BYTE *)key;
    props[count].ulPropTag = PR_ENTRYID;
    props[count].Value.bin.cb = sizeof(*id);
    props[count++].Value.bin.lpb = (BYTE *)id;
    props[count].ulPropTag = PR_OBJECT_TYPE;
    props[count++].Value.l = MAPI_STATUS;
    props[count].ulPropTag = PR_ROWID;
    props[count++].Value.l = key->row;
    props[count].ulPropTag = PR_RESOURCE_TYPE;
    props[count++].Value.l = type;
    props[count].ulPropTag = PR_RESOURCE_FLAGS;
    props[count++].Value.l = flags;
    props[count].ulPropTag = PR_PROVIDER_DLL_NAME_W;
    props[count++].Value.lpszW = (WCHAR *)(dll_name ? dll_name : L"");
    return count;
}
#define COMPUTED_MAX 7

static HRESULT tell_table(ITableData *table, ULONG count, SPropValue *props)
{
    SRow row = { 0 };

    row.cValues = count;
    row.lpProps = props;
    return ITableData_HrModifyRow(table, &row);
}

/* A row of the subsystem's own. */
static HRESULT own_row(ITableData *table, ULONG row, ULONG type, const WCHAR *name, ULONG code,
                       ULONG methods)
{
    SPropValue props[COMPUTED_MAX + 4];
    struct status_entryid id;
    struct status_key key;
    ULONG count;

    memset(&key, 0, sizeof(key));
    key.row = row;
    count = computed_props(props, &key, &id, type, 0, L"mapi32.dll");
    props[count].ulPropTag = PR_DISPLAY_NAME_W;
    props[count++].Value.lpszW = (WCHAR *)name;
    props[count].ulPropTag = PR_PROVIDER_DISPLAY_W;
    props[count++].Value.lpszW = (WCHAR *)name;
    props[count].ulPropTag = PR_STATUS_CODE;
    props[count++].Value.l = code;
    props[count].ulPropTag = PR_RESOURCE_METHODS;
    props[count++].Value.l = methods;
    return tell_table(table, count, props);
}

void status_update_spooler(struct session *session)
{
    BOOL started;

    EnterCriticalSection(&session->cs);
    started = session->transports_started;
    LeaveCriticalSection(&session->cs);
    own_row(session->status_table, ROW_SPOOLER, MAPI_SPOOLER, L"MAPI Spooler",
            started ? spooler_status(session) : STATUS_FAILURE,
            STATUS_VALIDATE_STATE | STATUS_FLUSH_QUEUES);
}

HRESULT status_table_create(struct session *session)
{
    static const SizedSPropTagArray(15, columns) =
    {
        15,
        {
            PR_DISPLAY_NAME_W, PR_RESOURCE_TYPE, PR_RESOURCE_FLAGS, PR_RESOURCE_METHODS,
            PR_STATUS_CODE, PR_STATUS_STRING_W, PR_PROVIDER_DISPLAY_W, PR_PROVIDER_DLL_NAME_W,
            PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_ROWID, PR_IDENTITY_DISPLAY_W,
            PR_IDENTITY_ENTRYID, PR_IDENTITY_SEARCH_KEY
        }
    };
    ITableData *table;
    HRESULT hr;

    if (FAILED(hr = table_create(TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (const SPropTagArray *)&columns,
                                 &table)))
        return hr;
    if (FAILED(hr = own_row(table, ROW_SUBSYSTEM, MAPI_SUBSYSTEM, L"MAPI Subsystem",
                            STATUS_AVAILABLE, STATUS_VALIDATE_STATE))
        || FAILED(hr = own_row(table, ROW_SPOOLER, MAPI_SPOOLER, L"MAPI Spooler", STATUS_FAILURE,
                               STATUS_VALIDATE_STATE | STATUS_FLUSH_QUEUES))
        || FAILED(hr = own_row(table, ROW_ADDRBOOK, MAPI_AB, L"MAPI Address Book", STATUS_AVAILABLE,
                               STATUS_VALIDATE_STATE)))
    {
        ITableData_Release(table);
        return hr;
    }
    session->next_row = ROW_OWN_COUNT;
    session->status_table = table;
    return S_OK;
}

static ULONG resource_type(enum provider_kind kind)
{
    switch (kind)
    {
    case PROVIDER_TRANSPORT: return MAPI_TRANSPORT_PROVIDER;
    case PROVIDER_ADDRESS_BOOK: return MAPI_AB_PROVIDER;
    case PROVIDER_STORE: return MAPI_STORE_PROVIDER;
    default: return MAPI_HOOK_PROVIDER;
    }
}

static void add_default(SPropValue *props, ULONG *count, const SPropValue *section,
                        ULONG section_count, ULONG tag)
{
    const SPropValue *from;

    if (props_find_id(props, *count, tag)) return;
    if (!(from = props_find(section, section_count, tag))) return;
    props[(*count)++] = *from;
}

static void add_long(SPropValue *props, ULONG *count, ULONG tag, LONG value)
{
    if (props_find_id(props, *count, tag)) return;
    props[*count].ulPropTag = tag;
    props[(*count)++].Value.l = value;
}

/* The row of a logon, from what the provider set and what its section has. */
static HRESULT logon_row(struct logon *logon, ULONG row, const SPropValue *set, ULONG set_count,
                         HRESULT failure, const WCHAR *failure_text)
{
    struct session *session = logon->session;
    ULONG i, count, section_count, flags = 0;
    SPropValue *props, *section;
    const SPropValue *stored;
    struct status_entryid id;
    struct status_key key;
    HRESULT hr;

    if (FAILED(section_read(session->profile, &logon->section, NULL, MAPI_UNICODE, &section_count,
                            &section)))
    {
        section = NULL;
        section_count = 0;
    }
    if (!(props = platform_alloc((COMPUTED_MAX + 6 + set_count) * sizeof(*props))))
    {
        memory_free_buffer(section);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if ((stored = props_find(section, section_count, PR_RESOURCE_FLAGS))) flags = stored->Value.l;
    if (logon->kind == PROVIDER_STORE)
        flags = store_resource_flags(session, &logon->section, flags);

    key.section = logon->section;
    key.row = row;
    count = computed_props(props, &key, &id, resource_type(logon->kind), flags, logon->dll_name);
    if (FAILED(failure))
    {
        add_long(props, &count, PR_STATUS_CODE, STATUS_FAILURE);
        if (failure_text)
        {
            props[count].ulPropTag = PR_STATUS_STRING_W;
            props[count++].Value.lpszW = (WCHAR *)failure_text;
        }
    }
    for (i = 0; i < set_count; i++)
        if (!props_find_id(props, count, set[i].ulPropTag)) props[count++] = set[i];
    add_default(props, &count, section, section_count, PR_DISPLAY_NAME_W);
    add_default(props, &count, section, section_count, PR_PROVIDER_DISPLAY_W);
    add_long(props, &count, PR_STATUS_CODE, STATUS_AVAILABLE);
    add_long(props, &count, PR_RESOURCE_METHODS, 0);

    hr = tell_table(session->status_table, count, props);
    platform_free(props);
    memory_free_buffer(section);
    return hr;
}

void status_update_row(struct logon *logon)
{
    struct session *session = logon->session;
    struct status_key key;
    SPropValue *props, index;
    LONG version;
    ULONG count, row;
    HRESULT failure;
    WCHAR *text;
    BOOL shown, again;

    if (!session->status_table || logon->spooler) return;
    do
    {
        props = NULL;
        text = NULL;
        EnterCriticalSection(&session->cs);
        version = logon->status_version;
        failure = logon->failure;
        shown = FAILED(failure) || (!logon->ended && (logon->has_status_row
                || (logon->kind == PROVIDER_TRANSPORT && logon->object)));
        count = logon->status_count;
        if (shown)
        {
            if (!logon->row_id) logon->row_id = ++session->next_row;
            if (count && FAILED(props_copy(&memory_allocators, count, logon->status_props, &props)))
                count = 0;
            text = text_dup(logon->failure_text);
        }
        row = logon->row_id;
        LeaveCriticalSection(&session->cs);

        if (shown) logon_row(logon, row, props, count, failure, text);
        else if (row)
        {
            key.section = logon->section;
            key.row = row;
            index.ulPropTag = PR_INSTANCE_KEY;
            index.Value.bin.cb = sizeof(key);
            index.Value.bin.lpb = (BYTE *)&key;
            ITableData_HrDeleteRow(session->status_table, &index);
        }
        memory_free_buffer(props);
        platform_free(text);

        EnterCriticalSection(&session->cs);
        again = version != logon->status_version;
        LeaveCriticalSection(&session->cs);
    } while (again);
}

static ULONG flush_bits(const SPropValue *props, ULONG count)
{
    const SPropValue *code = props_find(props, count, PR_STATUS_CODE);

    return code ? code->Value.ul & (STATUS_INBOUND_FLUSH | STATUS_OUTBOUND_FLUSH) : 0;
}

HRESULT status_set_row(struct session *session, struct logon *logon, ULONG count,
                       const SPropValue *props, ULONG flags)
{
    SPropValue *copy = NULL, *merged = NULL, *old;
    ULONG i, total = 0, flush = 0;
    HRESULT hr;

    if (flags & ~STATUSROW_UPDATE) return MAPI_E_UNKNOWN_FLAGS;
    if (count && !props) return MAPI_E_INVALID_PARAMETER;
    if (count > 0x10000) return MAPI_E_INVALID_PARAMETER;

    /* A copy first: only then is what we read ours, and no lock held if the provider's is bad. */
    if (count && FAILED(hr = props_copy(&memory_allocators, count, props, &copy))) return hr;

    EnterCriticalSection(&session->cs);
    if (logon->ended)
    {
        LeaveCriticalSection(&session->cs);
        memory_free_buffer(copy);
        return MAPI_E_INVALID_OBJECT;
    }
    old = NULL;
    hr = S_OK;
    merged = platform_alloc(max(count + logon->status_count, 1) * sizeof(*merged));
    if (!merged) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        for (i = 0; i < count; i++)
        {
            if (is_computed(copy[i].ulPropTag) || PROP_TYPE(copy[i].ulPropTag) == PT_ERROR
                || PROP_TYPE(copy[i].ulPropTag) == PT_NULL)
                continue;
            if (!props_find_id(merged, total, copy[i].ulPropTag)) merged[total++] = copy[i];
        }
        for (i = 0; flags & STATUSROW_UPDATE && i < logon->status_count; i++)
            if (!props_find_id(merged, total, logon->status_props[i].ulPropTag))
                merged[total++] = logon->status_props[i];
        old = NULL;
        if (total) hr = props_copy(&memory_allocators, total, merged, &old);
        if (SUCCEEDED(hr))
        {
            SPropValue *swap = logon->status_props;

            /* Those that were set already have been seen. */
            flush = flush_bits(old, total) & ~flush_bits(swap, logon->status_count);
            logon->status_props = old;
            logon->status_count = total;
            logon->has_status_row = TRUE;
            logon->status_version++;
            old = swap;
        }
    }
    LeaveCriticalSection(&session->cs);
    platform_free(merged);
    memory_free_buffer(old);
    memory_free_buffer(copy);
    if (SUCCEEDED(hr)) status_update_row(logon);
    if (SUCCEEDED(hr) && flush && logon->kind == PROVIDER_TRANSPORT)
        spooler_flush_wanted(logon, flush);
    return hr;
}

/* A one-off of the identity a row describes: its name and the TYPE:ADDRESS of its search key. */
static HRESULT identity_one_off(const SRow *row, ULONG *size, ENTRYID **ret)
{
    const SPropValue *name = props_find(row->lpProps, row->cValues, PR_IDENTITY_DISPLAY_W);
    const SPropValue *key = props_find(row->lpProps, row->cValues, PR_IDENTITY_SEARCH_KEY);
    WCHAR *type = NULL, *address = NULL;
    const char *colon, *start;
    ULONG length;
    char *text;
    HRESULT hr;

    if (!key || !key->Value.bin.cb) return MAPI_E_NOT_FOUND;
    start = (const char *)key->Value.bin.lpb;
    length = key->Value.bin.cb;
    if (!(text = platform_alloc(length + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(text, start, length);
    text[length] = 0;
    if (!(colon = memchr(text, ':', length)) || colon == text || !colon[1])
    {
        platform_free(text);
        return MAPI_E_NOT_FOUND;
    }
    text[colon - text] = 0;
    type = text_from_ansi(text);
    address = text_from_ansi(colon + 1);
    platform_free(text);
    if (!type || !address) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else hr = entryid_create_one_off(&memory_allocators, name ? name->Value.lpszW : address, type,
                                     address, MAPI_UNICODE, size, ret);
    platform_free(type);
    platform_free(address);
    return hr;
}

static HRESULT copy_entryid(const void *id, ULONG id_size, ULONG *size, ENTRYID **ret)
{
    HRESULT hr = memory_allocate_buffer(id_size, (void **)ret);

    if (FAILED(hr)) return hr;
    memcpy(*ret, id, id_size);
    *size = id_size;
    return S_OK;
}

HRESULT status_query_identity(struct session *session, ULONG *size, ENTRYID **ret)
{
    struct status_entryid none;
    const SPropValue *flags, *id;
    ENTRYID *first = NULL;
    ULONG i, first_size = 0;
    HRESULT hr = MAPI_E_NOT_FOUND;
    SRow *row;

    for (i = 0; hr == MAPI_E_NOT_FOUND; i++)
    {
        if (FAILED(ITableData_HrEnumRow(session->status_table, i, &row)) || !row) break;
        id = props_find(row->lpProps, row->cValues, PR_IDENTITY_ENTRYID);
        if (id && !id->Value.bin.cb) id = NULL;
        flags = props_find(row->lpProps, row->cValues, PR_RESOURCE_FLAGS);
        if (flags && flags->Value.l & STATUS_PRIMARY_IDENTITY)
        {
            if (id) hr = copy_entryid(id->Value.bin.lpb, id->Value.bin.cb, size, ret);
            else hr = identity_one_off(row, size, ret);
        }
        else if (id && !first)
            copy_entryid(id->Value.bin.lpb, id->Value.bin.cb, &first_size, &first);
        memory_free_buffer(row);
    }
    if (hr != MAPI_E_NOT_FOUND)
    {
        memory_free_buffer(first);
        return hr;
    }
    if (first)
    {
        *size = first_size;
        *ret = first;
        return S_OK;
    }
    memset(&none, 0, sizeof(none));
    none.uid = uid_identity;
    if (FAILED(hr = copy_entryid(&none, FIELD_OFFSET(struct status_entryid, key), size, ret)))
        return hr;
    return MAPI_W_NO_SERVICE;
}

/* The status object of a row of our own, with the properties the row has now. */
static HRESULT own_object(struct session *session, const struct status_entryid *id, const IID *iid,
                          ULONG *type, IUnknown **ret)
{
    struct status_key key = id->key;
    SPropValue index;
    ULONG position;
    SRow *row;
    HRESULT hr;

    index.ulPropTag = PR_INSTANCE_KEY;
    index.Value.bin.cb = sizeof(key);
    index.Value.bin.lpb = (BYTE *)&key;
    if (FAILED(ITableData_HrQueryRow(session->status_table, &index, &row, &position)) || !row)
        return MAPI_E_NOT_FOUND;
    hr = status_object_create(session, row->cValues, row->lpProps, iid, ret);
    memory_free_buffer(row);
    if (SUCCEEDED(hr)) *type = MAPI_STATUS;
    return hr;
}

/* The logon that has the row, counted. */
static struct logon *find_row(struct session *session, const struct status_key *key)
{
    struct logon *logon;

    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon; logon = logon->next)
        if (logon->row_id == key->row && !memcmp(&logon->section, &key->section, sizeof(MAPIUID)))
            break;
    if (logon) logon_addref(logon);
    LeaveCriticalSection(&session->cs);
    return logon;
}

BOOL status_names_row(ULONG size, const ENTRYID *id, struct logon *logon)
{
    struct status_entryid copy;

    if (size != sizeof(copy)) return FALSE;
    memcpy(&copy, id, sizeof(copy));
    return !memcmp(&copy.uid, &uid_status, sizeof(copy.uid)) && copy.key.row == logon->row_id
           && !memcmp(&copy.key.section, &logon->section, sizeof(MAPIUID));
}

HRESULT status_open_entry(struct session *session, ULONG size, const ENTRYID *id, const IID *iid,
                          ULONG flags, ULONG *type, IUnknown **ret)
{
    struct status_entryid copy;
    struct provider *provider;
    struct logon *logon;
    IUnknown *object;
    HRESULT hr;

    if (size != sizeof(copy)) return MAPI_E_INVALID_ENTRYID;
    memcpy(&copy, id, sizeof(copy));
    if (copy.key.row && copy.key.row <= ROW_OWN_COUNT)
        return own_object(session, &copy, iid, type, ret);
    if (!(logon = find_row(session, &copy.key))) return MAPI_E_NOT_FOUND;

    if (FAILED(hr = logon_enter(logon, &provider, &object)))
    {
        logon_release(logon);
        return MAPI_E_NOT_FOUND;
    }
    if (logon->kind == PROVIDER_TRANSPORT)
        hr = transport_OpenStatusEntry(provider, (IXPLogon *)object, iid, flags, type,
                                       (IMAPIStatus **)ret);
    else
        hr = host_OpenStatusEntry(provider, object, iid, flags, type, (IMAPIStatus **)ret);
    logon_leave(logon, provider);
    logon_release(logon);
    return hr;
}
