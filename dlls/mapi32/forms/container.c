/*
 * IMAPIFormContainer: a library of forms
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
 * A container holds its library, and that its folder, and looks at it anew at each call, since
 * other processes install and remove as well. No lock: the library is the only state. Reference
 * page: imapiformcontaineriunknown
 */

#define COBJMACROS

#include "forms/forms.h"
#include "dialog/dialog.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static struct form_container *impl_from_IMAPIFormContainer(IMAPIFormContainer *iface)
{
    return CONTAINING_RECORD(iface, struct form_container, IMAPIFormContainer_iface);
}

static HRESULT WINAPI container_QueryInterface(IMAPIFormContainer *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIFormContainer))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIFormContainer_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI container_AddRef(IMAPIFormContainer *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIFormContainer(iface)->refs);
}

static ULONG WINAPI container_Release(IMAPIFormContainer *iface)
{
    struct form_container *container = impl_from_IMAPIFormContainer(iface);
    ULONG refs = InterlockedDecrement(&container->refs);

    if (refs) return refs;
    if (container->library.folder) IMAPIFolder_Release(container->library.folder);
    last_error_destroy(&container->error);
    platform_free(container);
    return 0;
}

static HRESULT WINAPI container_GetLastError(IMAPIFormContainer *iface, HRESULT hr, ULONG flags,
                                             MAPIERROR **ret)
{
    return last_error_get(&impl_from_IMAPIFormContainer(iface)->error, hr, flags, ret);
}

static BOOL ask_to_replace(ULONG_PTR ui, const struct form_config *config)
{
    WCHAR *name = text_from_ansi(config->message_class);
    WCHAR *text = dialog_format(IDS_FORM_INSTALL, name, NULL, NULL);
    int answer;

    answer = MessageBoxW(dialog_parent(ui), text, config->display_name, MB_YESNO | MB_ICONQUESTION);
    platform_free(text);
    platform_free(name);
    return answer == IDYES;
}

/* What is there already stays, but for platforms that it does not have. */
static HRESULT merge_form(struct form_library *library, const struct form_entry *old,
                          const WCHAR *path, WCHAR **words)
{
    struct form_config *there = NULL, *config = NULL;
    struct form_bundle bundle = { 0 };
    const struct form_file *file;
    HRESULT hr;
    ULONG i;

    if (!library->ops->platforms) return S_OK;
    hr = library->ops->read(library, old, TRUE, &bundle);
    if (SUCCEEDED(hr) && !(file = bundle_find(&bundle, FORM_CFG))) hr = MAPI_E_CORRUPT_DATA;
    if (SUCCEEDED(hr)) hr = form_config_parse(file->data, file->size, NULL, NULL, &there);
    if (SUCCEEDED(hr))
    {
        i = file - bundle.files;
        platform_free(bundle.files[i].name);
        platform_free(bundle.files[i].data);
        bundle.files[i] = bundle.files[--bundle.count];
        hr = bundle_from_disk(path, TRUE, there, &bundle, &config, words);
    }
    if (SUCCEEDED(hr)) hr = library->ops->write(library, old, there, &bundle);
    form_config_free(config);
    form_config_free(there);
    bundle_free(&bundle);
    return hr;
}

static HRESULT install(struct form_library *library, ULONG_PTR ui, ULONG flags, const WCHAR *path,
                       WCHAR **words)
{
    struct form_entry *entries = NULL;
    const struct form_entry *old = NULL;
    struct form_config *config = NULL;
    struct form_bundle bundle = { 0 };
    ULONG count = 0;
    BOOL merge;
    HRESULT hr;

    hr = bundle_from_disk(path, library->ops->platforms, NULL, &bundle, &config, words);
    if (SUCCEEDED(hr)) hr = library->ops->list(library, &count, &entries);
    if (SUCCEEDED(hr)) old = form_entries_find(count, entries, config->message_class, TRUE);
    merge = old && !(flags & (MAPI_DIALOG | MAPIFORM_INSTALL_OVERWRITEONCONFLICT));
    if (SUCCEEDED(hr) && old && (flags & MAPI_DIALOG) && !ask_to_replace(ui, config))
        hr = MAPI_E_USER_CANCEL;
    if (SUCCEEDED(hr) && merge) hr = merge_form(library, old, path, words);
    else if (SUCCEEDED(hr)) hr = library->ops->write(library, old, config, &bundle);
    form_entries_free(count, entries);
    form_config_free(config);
    bundle_free(&bundle);
    return hr;
}

static HRESULT WINAPI container_InstallForm(IMAPIFormContainer *iface, ULONG_PTR ui, ULONG flags,
                                            LPCTSTR name)
{
    struct form_container *container = impl_from_IMAPIFormContainer(iface);
    WCHAR *path, *words = NULL;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p)\n", iface, (void *)ui, flags, name);

    if (flags & ~(MAPI_DIALOG | MAPI_UNICODE | MAPIFORM_INSTALL_OVERWRITEONCONFLICT))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = text_from_tstr(name, flags, &path))) return hr;
    if (!path) return MAPI_E_INVALID_PARAMETER;
    hr = install(&container->library, ui, flags, path, &words);
    if (words)
    {
        hr = MAPI_E_EXTENDED_ERROR;
        last_error_set(&container->error, hr, L"mapi32", L"%s", words);
    }
    platform_free(words);
    platform_free(path);
    return hr;
}

static HRESULT WINAPI container_RemoveForm(IMAPIFormContainer *iface, LPCSTR message_class)
{
    struct form_library *library = &impl_from_IMAPIFormContainer(iface)->library;
    const struct form_entry *entry;
    struct form_entry *entries;
    ULONG count;
    HRESULT hr;

    TRACE("(%p, %s)\n", iface, debugstr_a(message_class));

    if (!message_class) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = library->ops->list(library, &count, &entries))) return hr;
    entry = form_entries_find(count, entries, message_class, TRUE);
    hr = entry ? library->ops->remove(library, entry) : MAPI_E_NOT_FOUND;
    form_entries_free(count, entries);
    return hr;
}

static HRESULT WINAPI container_ResolveMessageClass(IMAPIFormContainer *iface, LPCSTR message_class,
                                                    ULONG flags, IMAPIFormInfo **ret)
{
    struct form_container *container = impl_from_IMAPIFormContainer(iface);
    const struct form_entry *entry;
    struct form_entry *entries;
    struct form_info *info;
    ULONG count;
    HRESULT hr;

    TRACE("(%p, %s, %#lx, %p)\n", iface, debugstr_a(message_class), flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!message_class) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPIFORM_EXACTMATCH) return MAPI_E_UNKNOWN_FLAGS;
    hr = container->library.ops->list(&container->library, &count, &entries);
    if (FAILED(hr)) return hr;
    entry = form_entries_find(count, entries, message_class, (flags & MAPIFORM_EXACTMATCH) != 0);
    hr = entry ? form_info_create(container, entry, &info) : MAPI_E_NOT_FOUND;
    form_entries_free(count, entries);
    if (SUCCEEDED(hr)) *ret = &info->IMAPIFormInfo_iface;
    return hr;
}

/* Those that cannot be read are passed over when all are asked for, and NULL when asked for by
 * name. */
static HRESULT make_infos(struct form_container *container, ULONG count,
                          const struct form_entry *entries, const SMessageClassArray *classes,
                          BOOL exact, SMAPIFormInfoArray **ret)
{
    const ULONG wanted = classes ? classes->cValues : count;
    SMAPIFormInfoArray *array;
    const struct form_entry *entry;
    struct form_info *info;
    HRESULT hr = S_OK;
    ULONG i;

    if (memory_allocators.allocate(CbMAPIFormInfoArray(wanted + 1), (void **)&array))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    array->cForms = 0;
    for (i = 0; i < wanted && hr != MAPI_E_NOT_ENOUGH_MEMORY; i++)
    {
        info = NULL;
        entry = classes ? form_entries_find(count, entries, classes->aMessageClass[i], exact)
                        : entries + i;
        if (entry) hr = form_info_create(container, entry, &info);
        if (info || classes)
            array->aFormInfo[array->cForms++] = info ? &info->IMAPIFormInfo_iface : NULL;
    }
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY) form_info_array_free(array);
    else *ret = array;
    return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
}

static HRESULT WINAPI container_ResolveMultipleMessageClasses(IMAPIFormContainer *iface,
                                                              SMessageClassArray *classes,
                                                              ULONG flags, SMAPIFormInfoArray **ret)
{
    struct form_container *container = impl_from_IMAPIFormContainer(iface);
    struct form_entry *entries;
    ULONG count;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p)\n", iface, classes, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPIFORM_EXACTMATCH) return MAPI_E_UNKNOWN_FLAGS;
    if (classes && classes->cValues > 65536) return MAPI_E_INVALID_PARAMETER;
    hr = container->library.ops->list(&container->library, &count, &entries);
    if (FAILED(hr)) return hr;
    hr = make_infos(container, count, entries, classes, (flags & MAPIFORM_EXACTMATCH) != 0, ret);
    form_entries_free(count, entries);
    return hr;
}

static HRESULT WINAPI container_CalcFormPropSet(IMAPIFormContainer *iface, ULONG flags,
                                                SMAPIFormPropArray **ret)
{
    const struct form_config **configs = NULL;
    SMAPIFormInfoArray *array;
    HRESULT hr;
    ULONG i;

    TRACE("(%p, %#lx, %p)\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | FORMPROPSET_INTERSECTION)) return MAPI_E_UNKNOWN_FLAGS;
    hr = IMAPIFormContainer_ResolveMultipleMessageClasses(iface, NULL, 0, &array);
    if (FAILED(hr)) return hr;
    if (!(configs = platform_alloc((array->cForms + 1) * sizeof(*configs))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        for (i = 0; i < array->cForms; i++)
            configs[i] = form_info_from(array->aFormInfo[i])->config;
        hr = form_props_calc(array->cForms, configs, flags, ret);
    }
    platform_free(configs);
    form_info_array_free(array);
    return hr;
}

static HRESULT WINAPI container_GetDisplay(IMAPIFormContainer *iface, ULONG flags, LPTSTR *ret)
{
    struct form_library *library = &impl_from_IMAPIFormContainer(iface)->library;
    WCHAR *text, *name = NULL;
    SPropValue *prop;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (library->folder
        && SUCCEEDED(HrGetOneProp((IMAPIProp *)library->folder, PR_DISPLAY_NAME_W, &prop)))
    {
        name = text_dup(prop->Value.lpszW);
        memory_free_buffer(prop);
    }
    text = dialog_format(library->ops->name_id, name, NULL, NULL);
    hr = text ? text_to_tstr(&memory_allocators, NULL, text, flags, (void **)ret)
              : MAPI_E_NOT_ENOUGH_MEMORY;
    platform_free(text);
    platform_free(name);
    return hr;
}

static const IMAPIFormContainerVtbl container_vtbl =
{
    container_QueryInterface,
    container_AddRef,
    container_Release,
    container_GetLastError,
    container_InstallForm,
    container_RemoveForm,
    container_ResolveMessageClass,
    container_ResolveMultipleMessageClasses,
    container_CalcFormPropSet,
    container_GetDisplay
};

struct form_container *form_container_from(IMAPIFormContainer *iface)
{
    return iface->lpVtbl == &container_vtbl ? impl_from_IMAPIFormContainer(iface) : NULL;
}

HRESULT form_container_create(const struct form_library_ops *ops, IMAPIFolder *folder,
                              IMAPIFormContainer **ret)
{
    struct form_container *container;

    *ret = NULL;
    if (!(container = platform_alloc_zero(sizeof(*container)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    container->IMAPIFormContainer_iface.lpVtbl = (IMAPIFormContainerVtbl *)&container_vtbl;
    container->refs = 1;
    container->library.ops = ops;
    container->library.folder = folder;
    if (folder) IMAPIFolder_AddRef(folder);
    last_error_init(&container->error);
    *ret = &container->IMAPIFormContainer_iface;
    return S_OK;
}

/**********************************************************************
 *          MAPIOpenLocalFormContainer (MAPI32.31)
 *
 * Opens the library of forms of this computer; no session is needed.
 * ppfcnt: [out] the container, released by the caller
 * Reference page: mapiopenlocalformcontainer
 */
HRESULT WINAPI MAPIOpenLocalFormContainer(LPMAPIFORMCONTAINER *ppfcnt)
{
    TRACE("(%p)\n", ppfcnt);

    if (!ppfcnt) return MAPI_E_INVALID_PARAMETER;
    return form_container_create(&local_library_ops, NULL, ppfcnt);
}
