/*
 * Tables of all address book providers in one
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
 * Each provider is a source: its table, held open and advised on, and the rows it had when it was
 * read last. A change, and every new request for the table, makes sources dirty; a dirty source is
 * read again, and the difference goes into the table that the callers have views of. Sources that
 * cannot notify are opened anew each time, so that they are up to date at least then.
 *
 * One thread at a time reads sources (the owner), without a lock; what comes meanwhile only marks
 * sources, and the owner looks again before it goes. Threads that want the table wait for it; a
 * provider that asks from inside its own table gets what there is. The rows and tables of sources
 * are the owner's; marks, owner and end are under the lock.
 */

#include <string.h>

#include "session/merged.h"
#include "session/oneoff.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SOURCE_ROWS_MAX 10000           /* more is no list of containers but damage */

struct source_row
{
    ULONG number;                       /* PR_ROWID in the merged table */
    SRow row;
};

struct source
{
    struct logon *logon;                /* counted */
    struct provider *provider;          /* counted; of the open table */
    IMAPITable *table;
    ULONG_PTR connection;               /* 0: it does not notify */
    ULONG count;
    struct source_row *rows;
    BOOL dirty;                         /* cs */
};

struct merged
{
    LONG ref;
    CRITICAL_SECTION cs;
    struct lock_waiter *waiters;        /* cs: for owner to be 0 */
    struct session *session;            /* counted (memory only) */
    enum merged_kind kind;
    ITableData *data;
    ULONG last_number;                  /* the owner's */
    ULONG count;                        /* of sources: both written by the owner, under cs */
    struct source **sources;
    DWORD owner;                        /* cs: thread that reads sources; 0: none */
    BOOL all;                           /* cs: providers may have come, and every source is dirty */
    HRESULT synced;                     /* cs: how that went last */
    BOOL forget;                        /* cs: the tables are to be closed */
    BOOL ended;                         /* cs */
};

static void merged_release(struct merged *merged)
{
    if (InterlockedDecrement(&merged->ref)) return;
    ITableData_Release(merged->data);
    session_release(merged->session);
    platform_free(merged->sources);
    DeleteCriticalSection(&merged->cs);
    platform_free(merged);
}

/* ---- the sink on a source's table ---- */

struct source_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG ref;
    struct merged *merged;              /* counted */
    const struct logon *logon;          /* which source: to compare, not to use */
};

static void merged_update(struct merged *merged);

static struct source_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct source_sink, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid || (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIAdviseSink)))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIAdviseSink_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->ref);
}

static ULONG WINAPI sink_Release(IMAPIAdviseSink *iface)
{
    struct source_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG ref = InterlockedDecrement(&sink->ref);

    if (ref) return ref;
    merged_release(sink->merged);
    platform_free(sink);
    return 0;
}

static ULONG WINAPI sink_OnNotify(IMAPIAdviseSink *iface, ULONG count, LPNOTIFICATION notifications)
{
    struct source_sink *sink = impl_from_IMAPIAdviseSink(iface);
    struct merged *merged = sink->merged;
    BOOL found = FALSE;
    ULONG i;

    if (host_frozen()) return 0;
    EnterCriticalSection(&merged->cs);
    for (i = 0; i < merged->count; i++)
        if (merged->sources[i]->logon == sink->logon) found = merged->sources[i]->dirty = TRUE;
    LeaveCriticalSection(&merged->cs);
    if (found) merged_update(merged);
    return 0;
}

static const IMAPIAdviseSinkVtbl sink_vtbl =
{
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_OnNotify
};

static HRESULT sink_create(struct merged *merged, const struct logon *logon, IMAPIAdviseSink **ret)
{
    struct source_sink *sink;

    if (!(sink = platform_alloc_zero(sizeof(*sink)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    sink->IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)&sink_vtbl;
    sink->ref = 1;
    sink->logon = logon;
    InterlockedIncrement(&merged->ref);
    sink->merged = merged;
    *ret = &sink->IMAPIAdviseSink_iface;
    return S_OK;
}

/* ---- rows of a source: the owner's work ---- */

static const SBinary *row_key(const SRow *row)
{
    const SPropValue *key = props_find(row->lpProps, row->cValues, PR_INSTANCE_KEY);

    if (!key) key = props_find(row->lpProps, row->cValues, PR_ENTRYID);
    return key ? &key->Value.bin : NULL;
}

static BOOL same_key(const SRow *a, const SRow *b)
{
    const SBinary *one = row_key(a), *two = row_key(b);

    return one && two && one->cb == two->cb && !memcmp(one->lpb, two->lpb, one->cb);
}

static BOOL same_row(const SRow *a, const SRow *b)
{
    ULONG i;

    if (a->cValues != b->cValues) return FALSE;
    for (i = 0; i < a->cValues; i++)
        if (a->lpProps[i].ulPropTag != b->lpProps[i].ulPropTag
            || prop_compare(&a->lpProps[i], &b->lpProps[i]))
            return FALSE;
    return TRUE;
}

/* A provider's row under a number of ours, into the table: at a place, or over the one of that
 * number. */
static HRESULT put_row(struct merged *merged, const SRow *from, ULONG number, ULONG place,
                       BOOL insert)
{
    const SPropValue *id;
    SRow row = { 0 };
    ULONG i;
    HRESULT hr;

    if (!(row.lpProps = platform_alloc((from->cValues + 2) * sizeof(*row.lpProps))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < from->cValues; i++)
    {
        if (PROP_ID(from->lpProps[i].ulPropTag) == PROP_ID(PR_ROWID)) continue;
        if (PROP_TYPE(from->lpProps[i].ulPropTag) == PT_ERROR) continue;
        row.lpProps[row.cValues++] = from->lpProps[i];
    }
    row.lpProps[row.cValues].ulPropTag = PR_ROWID;
    row.lpProps[row.cValues++].Value.l = number;
    if (!props_find(row.lpProps, row.cValues, PR_INSTANCE_KEY)
        && (id = props_find(row.lpProps, row.cValues, PR_ENTRYID)))
    {
        row.lpProps[row.cValues] = *id;
        row.lpProps[row.cValues++].ulPropTag = PR_INSTANCE_KEY;
    }
    hr = insert ? ITableData_HrInsertRow(merged->data, place, &row)
                : ITableData_HrModifyRow(merged->data, &row);
    platform_free(row.lpProps);
    return hr;
}

/* The row leaves the table; its values stay the source's. */
static void take_row(struct merged *merged, ULONG number)
{
    SPropValue index;

    index.ulPropTag = PR_ROWID;
    index.dwAlignPad = 0;
    index.Value.l = number;
    ITableData_HrDeleteRow(merged->data, &index);
}

static void source_clear(struct merged *merged, struct source *source)
{
    ULONG i;

    for (i = 0; i < source->count; i++)
    {
        take_row(merged, source->rows[i].number);
        memory_free_buffer(source->rows[i].row.lpProps);
    }
    platform_free(source->rows);
    source->rows = NULL;
    source->count = 0;
}

/* Brings what the table has of a source, from place base on, to what rows says; takes their values
 * over. When memory is short the source has no rows until it is read again. */
static HRESULT apply_rows(struct merged *merged, struct source *source, ULONG base, SRowSet *rows)
{
    const ULONG count = rows ? rows->cRows : 0;
    ULONG i, at, kept, number;
    struct source_row *work;
    HRESULT hr = S_OK;

    if (!(work = platform_alloc(max(source->count + count, 1) * sizeof(*work))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    /* What is there no more goes first: then only rows that moved stand in the wrong place. */
    for (i = kept = 0; i < source->count; i++)
    {
        for (at = 0; at < count; at++)
            if (same_key(&rows->aRow[(kept + at) % count], &source->rows[i].row)) break;
        if (at < count) work[kept++] = source->rows[i];
        else
        {
            take_row(merged, source->rows[i].number);
            memory_free_buffer(source->rows[i].row.lpProps);
        }
    }
    platform_free(source->rows);
    source->rows = work;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        for (at = i; at < kept; at++) if (same_key(&work[at].row, &rows->aRow[i])) break;
        number = at < kept ? work[at].number : ++merged->last_number;
        if (at < kept && at != i) take_row(merged, number);
        if (at != i || at == kept) hr = put_row(merged, &rows->aRow[i], number, base + i, TRUE);
        else if (!same_row(&work[i].row, &rows->aRow[i]))
            hr = put_row(merged, &rows->aRow[i], number, 0, FALSE);
        if (at < kept) memory_free_buffer(work[at].row.lpProps);
        else kept++;
        memmove(work + i + 1, work + i, (at - i) * sizeof(*work));
        work[i].number = number;
        work[i].row = rows->aRow[i];
        rows->aRow[i].lpProps = NULL;
    }
    /* Of rows with one key there may be fewer now. */
    while (SUCCEEDED(hr) && kept > count)
    {
        take_row(merged, work[--kept].number);
        memory_free_buffer(work[kept].row.lpProps);
    }
    source->count = kept;
    if (FAILED(hr)) source_clear(merged, source);
    return hr;
}

/* ---- sources: the owner's work ---- */

static void source_close(struct source *source)
{
    if (!source->table) return;
    if (source->connection)
        table_Unadvise(&source->provider->party, source->table, source->connection);
    host_object_release(source->provider, (IUnknown *)source->table);
    provider_release(source->provider);
    source->table = NULL;
    source->provider = NULL;
    source->connection = 0;
}

static void source_destroy(struct merged *merged, struct source *source)
{
    source_close(source);
    source_clear(merged, source);
    logon_release(source->logon);
    platform_free(source);
}

static HRESULT source_open(struct merged *merged, struct source *source, struct provider *provider,
                           IABLogon *object)
{
    IMAPIAdviseSink *sink;
    HRESULT hr;

    if (merged->kind == MERGED_ONE_OFFS)
    {
        hr = addrbook_GetOneOffTable(provider, object, MAPI_UNICODE, &source->table);
        if (hr == MAPI_E_BAD_CHARWIDTH)
            hr = addrbook_GetOneOffTable(provider, object, 0, &source->table);
    }
    else hr = addrbook_GetHierarchyTable(provider, object,
                                         merged->kind == MERGED_ALL ? CONVENIENT_DEPTH : 0,
                                         &source->table);
    if (FAILED(hr)) return hr;
    provider_addref(source->provider = provider);
    if (SUCCEEDED(sink_create(merged, source->logon, &sink)))
    {
        if (FAILED(table_Advise(&provider->party, source->table, sink, &source->connection)))
            TRACE("%s: no notifications of its table\n", debugstr_w(provider->party.name));
        IMAPIAdviseSink_Release(sink);
    }
    return S_OK;
}

/* A provider that has no table, or fails, has no rows. */
static void source_refresh(struct merged *merged, struct source *source, ULONG base)
{
    struct provider *provider;
    SRowSet *rows = NULL;
    IUnknown *object;
    HRESULT hr;

    if (FAILED(logon_enter(source->logon, &provider, &object)))
    {
        source_close(source);
        source_clear(merged, source);
        return;
    }
    if (source->table && !source->connection) source_close(source);
    hr = S_OK;
    if (!source->table) hr = source_open(merged, source, provider, (IABLogon *)object);
    if (SUCCEEDED(hr)) hr = table_ReadAll(&provider->party, source->table, SOURCE_ROWS_MAX, &rows);
    logon_leave(source->logon, provider);
    if (SUCCEEDED(hr)) hr = apply_rows(merged, source, base, rows);
    else source_clear(merged, source);
    if (FAILED(hr) && hr != MAPI_E_NO_SUPPORT)
        WARN("%s: its rows cannot be read: %#lx\n", debugstr_w(source->logon->dll_name),
             (unsigned long)hr);
    rows_free(&memory_allocators, rows);
}

/* One source for each logon that there is now. */
static HRESULT sync_sources(struct merged *merged)
{
    struct source **sources, **gone;
    ULONG i, j, count, gone_count;
    struct logon **logons;
    HRESULT hr;

    if (FAILED(hr = logons_snapshot(merged->session, PROVIDER_ADDRESS_BOOK, &count, &logons)))
        return hr;
    if (!(sources = platform_alloc_zero(max(count, 1) * sizeof(*sources))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        for (j = 0; j < merged->count; j++)
            if (merged->sources[j] && merged->sources[j]->logon == logons[i]) break;
        if (j < merged->count) continue;
        if (!(sources[i] = platform_alloc_zero(sizeof(**sources)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else sources[i]->logon = logon_addref(logons[i]);
    }
    if (FAILED(hr))
    {
        for (i = 0; sources && i < count; i++) if (sources[i]) source_destroy(merged, sources[i]);
        platform_free(sources);
    }
    else
    {
        EnterCriticalSection(&merged->cs);
        gone = merged->sources;
        gone_count = merged->count;
        for (i = 0; i < count; i++)
        {
            for (j = 0; j < gone_count && !sources[i]; j++)
            {
                if (!gone[j] || gone[j]->logon != logons[i]) continue;
                sources[i] = gone[j];
                gone[j] = NULL;
            }
            sources[i]->dirty = TRUE;
        }
        merged->sources = sources;
        merged->count = count;
        LeaveCriticalSection(&merged->cs);
        for (j = 0; j < gone_count; j++) if (gone[j]) source_destroy(merged, gone[j]);
        platform_free(gone);
    }
    for (i = 0; i < count; i++) logon_release(logons[i]);
    platform_free(logons);
    return hr;
}

static void refresh_dirty(struct merged *merged)
{
    ULONG i, base = 0;
    BOOL dirty;

    for (i = 0; i < merged->count; i++)
    {
        EnterCriticalSection(&merged->cs);
        dirty = merged->sources[i]->dirty && !merged->ended;
        merged->sources[i]->dirty = FALSE;
        LeaveCriticalSection(&merged->cs);
        if (dirty) source_refresh(merged, merged->sources[i], base);
        base += merged->sources[i]->count;
    }
}

/* Whether there is something left to do; cs is held. */
static BOOL is_pending(const struct merged *merged)
{
    ULONG i;

    if (merged->all || merged->forget || merged->ended) return TRUE;
    for (i = 0; i < merged->count; i++) if (merged->sources[i]->dirty) return TRUE;
    return FALSE;
}

/* The views keep the rows that there are. */
static void close_tables(struct merged *merged)
{
    ULONG i;

    for (i = 0; i < merged->count; i++) source_close(merged->sources[i]);
}

static void close_sources(struct merged *merged)
{
    struct source **sources;
    ULONG i, count;

    EnterCriticalSection(&merged->cs);
    sources = merged->sources;
    count = merged->count;
    merged->sources = NULL;
    merged->count = 0;
    LeaveCriticalSection(&merged->cs);
    for (i = 0; i < count; i++)
    {
        source_close(sources[i]);
        while (sources[i]->count)
            memory_free_buffer(sources[i]->rows[--sources[i]->count].row.lpProps);
        source_destroy(merged, sources[i]);
    }
    platform_free(sources);
}

/* Does what is marked, as the owner; nothing when somebody else is at it, who will do it. */
static void merged_update(struct merged *merged)
{
    BOOL all, forget, ended;
    HRESULT hr;

    InterlockedIncrement(&merged->ref);
    EnterCriticalSection(&merged->cs);
    if (!merged->owner)
    {
        merged->owner = GetCurrentThreadId();
        while (is_pending(merged))
        {
            all = merged->all;
            forget = merged->forget;
            ended = merged->ended;
            merged->all = merged->forget = FALSE;
            LeaveCriticalSection(&merged->cs);
            hr = S_OK;
            if (ended) close_sources(merged);
            else
            {
                if (forget) close_tables(merged);
                if (all) hr = sync_sources(merged);
                refresh_dirty(merged);
            }
            EnterCriticalSection(&merged->cs);
            if (all) merged->synced = hr;
            if (ended) break;
        }
        merged->owner = 0;
        wake_waiters(merged->waiters);
    }
    LeaveCriticalSection(&merged->cs);
    merged_release(merged);
}

/* ---- the table ---- */

static HRESULT merged_create(struct session *session, enum merged_kind kind, struct merged **ret)
{
    static const SizedSPropTagArray(9, containers) =
    {
        9,
        {
            PR_DISPLAY_NAME_W, PR_ENTRYID, PR_DEPTH, PR_OBJECT_TYPE, PR_DISPLAY_TYPE,
            PR_CONTAINER_FLAGS, PR_INSTANCE_KEY, PR_AB_PROVIDER_ID, PR_ROWID
        }
    };
    static const SizedSPropTagArray(8, templates) =
    {
        8,
        {
            PR_DISPLAY_NAME_W, PR_ENTRYID, PR_DEPTH, PR_SELECTABLE, PR_ADDRTYPE_W, PR_DISPLAY_TYPE,
            PR_INSTANCE_KEY, PR_ROWID
        }
    };
    const SPropTagArray *columns = (const SPropTagArray *)&containers;
    struct merged *merged;
    SRow *row = NULL;
    HRESULT hr;

    *ret = NULL;
    if (kind == MERGED_ONE_OFFS) columns = (const SPropTagArray *)&templates;
    if (!(merged = platform_alloc_zero(sizeof(*merged)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = table_create(TBLTYPE_DYNAMIC, PR_ROWID, columns, &merged->data);
    if (SUCCEEDED(hr) && kind == MERGED_ONE_OFFS)
    {
        /* The subsystem's own template stands behind those of all providers. */
        hr = oneoff_template_row(&row);
        if (SUCCEEDED(hr)) hr = put_row(merged, row, ++merged->last_number, 0, TRUE);
        memory_free_buffer(row);
    }
    if (FAILED(hr))
    {
        if (merged->data) ITableData_Release(merged->data);
        platform_free(merged);
        return hr;
    }
    merged->ref = 1;
    merged->kind = kind;
    merged->session = session_addref(session);
    InitializeCriticalSection(&merged->cs);
    *ret = merged;
    return S_OK;
}

/* The session's, counted, made when there is none yet. */
static HRESULT merged_get(struct session *session, enum merged_kind kind, struct merged **ret)
{
    struct merged *fresh = NULL;
    HRESULT hr = S_OK;

    *ret = NULL;
    if (FAILED(hr = merged_create(session, kind, &fresh))) return hr;
    EnterCriticalSection(&session->cs);
    if (session->state > SESSION_LIVE) hr = MAPI_E_INVALID_OBJECT;
    else
    {
        if (!session->merged[kind])
        {
            session->merged[kind] = fresh;
            fresh = NULL;
        }
        *ret = session->merged[kind];
        InterlockedIncrement(&(*ret)->ref);
    }
    LeaveCriticalSection(&session->cs);
    if (fresh) merged_release(fresh);
    return hr;
}

HRESULT merged_table(struct session *session, enum merged_kind kind, ULONG flags, IMAPITable **ret)
{
    DWORD self = GetCurrentThreadId();
    struct merged *merged;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = merged_get(session, kind, &merged))) return hr;
    EnterCriticalSection(&merged->cs);
    merged->all = TRUE;
    LeaveCriticalSection(&merged->cs);
    merged_update(merged);
    EnterCriticalSection(&merged->cs);
    while (merged->owner && merged->owner != self)
        wait_for_change(&merged->waiters, &merged->cs, INFINITE);
    hr = merged->synced;
    LeaveCriticalSection(&merged->cs);
    if (SUCCEEDED(hr)) hr = table_view(merged->data, flags & MAPI_UNICODE, NULL, ret);
    merged_release(merged);
    return hr;
}

void merged_forget(struct session *session)
{
    struct merged *merged;
    ULONG i;

    for (i = 0; i < MERGED_KIND_COUNT; i++)
    {
        EnterCriticalSection(&session->cs);
        if ((merged = session->merged[i])) InterlockedIncrement(&merged->ref);
        LeaveCriticalSection(&session->cs);
        if (!merged) continue;
        EnterCriticalSection(&merged->cs);
        merged->forget = TRUE;
        LeaveCriticalSection(&merged->cs);
        merged_update(merged);
        merged_release(merged);
    }
}

void merged_end(struct session *session)
{
    DWORD self = GetCurrentThreadId();
    struct merged *merged;
    ULONG i;

    for (i = 0; i < MERGED_KIND_COUNT; i++)
    {
        EnterCriticalSection(&session->cs);
        merged = session->merged[i];
        session->merged[i] = NULL;
        LeaveCriticalSection(&session->cs);
        if (!merged) continue;
        EnterCriticalSection(&merged->cs);
        merged->ended = TRUE;
        LeaveCriticalSection(&merged->cs);
        merged_update(merged);
        EnterCriticalSection(&merged->cs);
        while (merged->owner && merged->owner != self)
            wait_for_change(&merged->waiters, &merged->cs, INFINITE);
        LeaveCriticalSection(&merged->cs);
        merged_release(merged);
    }
}
