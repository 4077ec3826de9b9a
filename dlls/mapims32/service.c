/*
 * The message service MAPIMS: its entry function
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
 * A service has one store provider, whose profile section says where the store's file is. When the
 * service is added the section gets a place that is free, below the user's local application data;
 * the file itself is made when the service is configured or the store is first opened, so that who
 * adds the service and then configures it with a path of their own leaves nothing behind. Removing
 * the service leaves the file: the mail is the user's.
 *
 * Configuration without a window comes as properties: PR_MAPIMS_PATH, the full path, and
 * PR_DISPLAY_NAME.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* ---- the section of a store ---- */

/* The store's entry ID, wrapped, and what goes with it; from then on the file is expected to be
 * there. */
HRESULT section_set_store(IProfSect *section, const MAPIUID *uid, const WCHAR *path)
{
    struct entryid *id;
    ENTRYID *wrapped;
    ULONG size, wrapped_size;
    SPropValue props[4];
    HRESULT hr;

    if (FAILED(hr = entryid_of_store(uid, path, &size, &id))) return hr;
    hr = WrapStoreEntryID(0, (LPTSTR)"mapims.dll", size, (ENTRYID *)id, &wrapped_size, &wrapped);
    platform_free(id);
    if (FAILED(hr)) return hr;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ENTRYID;
    props[0].Value.bin.cb = wrapped_size;
    props[0].Value.bin.lpb = (BYTE *)wrapped;
    props[1].ulPropTag = PR_RECORD_KEY;
    props[1].Value.bin.cb = sizeof(*uid);
    props[1].Value.bin.lpb = (BYTE *)uid->ab;
    props[2].ulPropTag = PR_MDB_PROVIDER;
    props[2].Value.bin.cb = sizeof(provider_uid);
    props[2].Value.bin.lpb = (BYTE *)provider_uid.ab;
    props[3].ulPropTag = PR_MAPIMS_PATH_W;
    props[3].Value.lpszW = (WCHAR *)path;
    hr = IProfSect_SetProps(section, ARRAY_SIZE(props), props, NULL);
    MAPIFreeBuffer(wrapped);
    return hr;
}

/* With a path that was given, the file is opened, or made when there is none. */
static HRESULT set_path(IProfSect *section, const WCHAR *given)
{
    struct db *db;
    WCHAR *path;
    HRESULT hr;

    if (FAILED(hr = full_path(given, &path))) return hr;
    if (SUCCEEDED(hr = make_folder_of(path))) hr = layout_open(path, TRUE, &db);
    if (SUCCEEDED(hr))
    {
        hr = section_set_store(section, db_uid(db), path);
        db_release(db);
    }
    platform_free(path);
    return hr;
}

/* The file has the name, so that every profile that opens it shows the same. */
static HRESULT set_name(IProfSect *section, const WCHAR *name)
{
    WCHAR *path = section_text(section, PR_MAPIMS_PATH_W);
    struct db_txn *txn;
    SPropValue value;
    struct db *db;
    HRESULT hr;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_DISPLAY_NAME_W;
    value.Value.lpszW = (WCHAR *)name;
    hr = IProfSect_SetProps(section, 1, &value, NULL);
    if (SUCCEEDED(hr) && path && SUCCEEDED(layout_open(path, FALSE, &db)))
    {
        if (SUCCEEDED(hr = db_begin(db, DB_WRITE, &txn)))
        {
            if (SUCCEEDED(hr = db_object_patch(txn, DB_ROOT, 1, &value, NULL))) hr = db_commit(txn);
            else db_rollback(txn);
        }
        db_release(db);
    }
    platform_free(path);
    return hr;
}

HRESULT section_configure(IProfSect *section, const WCHAR *path, const WCHAR *name)
{
    HRESULT hr;

    hr = path ? set_path(section, path) : set_default_path(section, PR_MAPIMS_PATH_W, L"");
    return SUCCEEDED(hr) && name ? set_name(section, name) : hr;
}

/* ---- the entry function ---- */

const WCHAR file_kind[] = L"message store";

static HRESULT configure(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, ULONG flags,
                         ULONG context, ULONG count, const SPropValue *props,
                         IProviderAdmin *admin)
{
    WCHAR *path = find_text(count, props, PR_MAPIMS_PATH_W);
    WCHAR *name = find_text(count, props, PR_DISPLAY_NAME_W);
    IProfSect *section;
    HRESULT hr;

    if (SUCCEEDED(hr = open_provider_section(admin, MAPI_STORE_PROVIDER, &section)))
    {
        hr = section_configure(section, path, name);
        /* What is there, or was given, is enough: a window comes only when it is asked for, or what
         * was given is of no use. */
        if ((flags & SERVICE_UI_ALWAYS) || (FAILED(hr) && (flags & SERVICE_UI_ALLOWED)))
        {
            platform_free(path);
            platform_free(name);
            path = name = NULL;
            hr = config_show(instance, support, ui, flags, (IMAPIProp *)section, &path, &name);
            if (SUCCEEDED(hr) && !(flags & MSG_SERVICE_UI_READ_ONLY))
                hr = section_configure(section, path, name);
        }
        IProfSect_Release(section);
    }
    platform_free(path);
    platform_free(name);
    return hr;
}

/***********************************************************************
 *      ServiceEntry
 *
 * MSGSERVICEENTRY. MAPI_E_UNCONFIGURED with words in error when the file cannot be used.
 */
HRESULT STDAPICALLTYPE ServiceEntry(HINSTANCE instance, LPMALLOC malloc, LPMAPISUP support,
                                    ULONG_PTR ui, ULONG flags, ULONG context, ULONG count,
                                    LPSPropValue props, LPPROVIDERADMIN admin, LPMAPIERROR *error)
{
    WCHAR *path;
    HRESULT hr;

    TRACE("%p, %#lx, %lu, %lu, %p, %p\n", instance, flags, context, count, props, admin);

    if (error) *error = NULL;
    switch (context)
    {
    case MSG_SERVICE_CREATE:
    case MSG_SERVICE_CONFIGURE:
        if (!admin || (count && !props)) return MAPI_E_INVALID_PARAMETER;
        hr = configure(instance, support, ui, flags, context, count, props, admin);
        if (SUCCEEDED(hr)) return S_OK;
        if (hr == MAPI_E_USER_CANCEL || hr == MAPI_E_NO_SUPPORT) return hr;
        WARN("not configured: %#lx\n", hr);
        path = find_text(count, props, PR_MAPIMS_PATH_W);
        file_error(flags, hr, path, error);
        platform_free(path);
        return MAPI_E_UNCONFIGURED;
    case MSG_SERVICE_DELETE:
    case MSG_SERVICE_INSTALL:
    case MSG_SERVICE_UNINSTALL:
        return S_OK;
    default:
        return MAPI_E_NO_SUPPORT;       /* a store more is a service more */
    }
}
