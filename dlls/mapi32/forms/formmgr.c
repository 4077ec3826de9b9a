/*
 * IMAPIFormMgr: forms found, made and chosen
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
 * The manager of one session. It looks for a form in the local library, in that of the folder the
 * message lies in, and in the personal one, and takes what the first that has it says. It holds the
 * session; containers are opened when they are needed, so it has no state of its own but its last
 * error, and no lock. Reference page: imapiformmgriunknown
 */

#define COBJMACROS

#include "forms/forms.h"
#include "session/session.h"
#include "dialog/dialog.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define IN_CONFLICT 0x00000800          /* of PR_MSG_STATUS */
#define LOCAL_ONLY 0x00000040           /* MAPIFORM_LOCALONLY; nothing is cached here */

struct form_manager
{
    IMAPIFormMgr IMAPIFormMgr_iface;
    LONG refs;
    IMAPISession *session;
    struct last_error error;
};

static struct form_manager *impl_from_IMAPIFormMgr(IMAPIFormMgr *iface)
{
    return CONTAINING_RECORD(iface, struct form_manager, IMAPIFormMgr_iface);
}

static HRESULT WINAPI manager_QueryInterface(IMAPIFormMgr *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIFormMgr))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIFormMgr_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI manager_AddRef(IMAPIFormMgr *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIFormMgr(iface)->refs);
}

static ULONG WINAPI manager_Release(IMAPIFormMgr *iface)
{
    struct form_manager *manager = impl_from_IMAPIFormMgr(iface);
    ULONG refs = InterlockedDecrement(&manager->refs);

    if (refs) return refs;
    IMAPISession_Release(manager->session);
    last_error_destroy(&manager->error);
    platform_free(manager);
    return 0;
}

static HRESULT WINAPI manager_GetLastError(IMAPIFormMgr *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    return last_error_get(&impl_from_IMAPIFormMgr(iface)->error, hr, flags, ret);
}

/* ---- libraries ---- */

/* The root folder of the default store. */
static HRESULT open_personal(struct form_manager *manager, IMAPIFormContainer **ret)
{
    IMAPIFolder *root = NULL;
    IMsgStore *store;
    ULONG type;
    HRESULT hr;

    hr = store_open_default(manager->session, MAPI_BEST_ACCESS | MDB_NO_DIALOG, &store);
    if (FAILED(hr)) return hr;
    hr = IMsgStore_OpenEntry(store, 0, NULL, NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)&root);
    IMsgStore_Release(store);
    if (FAILED(hr)) return hr;
    hr = form_container_create(&personal_library_ops, root, ret);
    IMAPIFolder_Release(root);
    return hr;
}

static HRESULT open_folder(IUnknown *object, IMAPIFormContainer **ret)
{
    IMAPIFolder *folder;
    HRESULT hr;

    hr = IUnknown_QueryInterface(object, &IID_IMAPIFolder, (void **)&folder);
    if (FAILED(hr)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    hr = form_container_create(&folder_library_ops, folder, ret);
    IMAPIFolder_Release(folder);
    return hr;
}

static HRESULT WINAPI manager_OpenFormContainer(IMAPIFormMgr *iface, HFRMREG registry,
                                                IUnknown *object, IMAPIFormContainer **ret)
{
    struct form_manager *manager = impl_from_IMAPIFormMgr(iface);

    TRACE("(%p, %lu, %p, %p)\n", iface, registry, object, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    switch (registry)
    {
    case HFRMREG_LOCAL:
        return form_container_create(&local_library_ops, NULL, ret);
    case HFRMREG_DEFAULT:
    case HFRMREG_PERSONAL:
        return open_personal(manager, ret);
    case HFRMREG_FOLDER:
        return object ? open_folder(object, ret) : MAPI_E_INVALID_PARAMETER;
    }
    return MAPI_E_INVALID_PARAMETER;
}

#define LIBRARIES 3

/* In the order in which they are searched; the number of those that there are. */
static ULONG open_libraries(struct form_manager *manager, IMAPIFolder *folder, BOOL local,
                            IMAPIFormContainer *libraries[LIBRARIES])
{
    ULONG count = 0;

    if (local && SUCCEEDED(form_container_create(&local_library_ops, NULL, libraries + count)))
        count++;
    if (folder && SUCCEEDED(open_folder((IUnknown *)folder, libraries + count))) count++;
    /* A profile without a store has no personal forms. */
    if (SUCCEEDED(open_personal(manager, libraries + count))) count++;
    return count;
}

static void close_libraries(ULONG count, IMAPIFormContainer *const *libraries)
{
    while (count) IMAPIFormContainer_Release(libraries[--count]);
}

/* ---- resolving ---- */

/* The nearest class counts more than the library: a form for the class itself in the last library
 * is better than one for what it derives from in the first. */
static HRESULT resolve(ULONG count, IMAPIFormContainer *const *libraries, const char *message_class,
                       BOOL exact, IMAPIFormInfo **ret)
{
    char name[FORM_CLASS_MAX + 1];
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    if (!form_class_valid(message_class)) return MAPI_E_NOT_FOUND;
    lstrcpyA(name, message_class);
    do
    {
        for (i = 0; i < count; i++)
        {
            hr = IMAPIFormContainer_ResolveMessageClass(libraries[i], name, MAPIFORM_EXACTMATCH,
                                                        ret);
            if (SUCCEEDED(hr) || hr == MAPI_E_NOT_ENOUGH_MEMORY) return hr;
        }
    }
    while (!exact && form_class_parent(name));
    return MAPI_E_NOT_FOUND;
}

static HRESULT WINAPI manager_ResolveMessageClass(IMAPIFormMgr *iface, LPCSTR message_class,
                                                  ULONG flags, IMAPIFolder *folder,
                                                  IMAPIFormInfo **ret)
{
    IMAPIFormContainer *libraries[LIBRARIES];
    ULONG count;
    HRESULT hr;

    TRACE("(%p, %s, %#lx, %p, %p)\n", iface, debugstr_a(message_class), flags, folder, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!message_class) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPIFORM_EXACTMATCH) return MAPI_E_UNKNOWN_FLAGS;
    count = open_libraries(impl_from_IMAPIFormMgr(iface), folder, TRUE, libraries);
    hr = resolve(count, libraries, message_class, (flags & MAPIFORM_EXACTMATCH) != 0, ret);
    close_libraries(count, libraries);
    return hr;
}

/* Behind what is there already, but for classes that it has. */
static HRESULT append_forms(SMAPIFormInfoArray **all, SMAPIFormInfoArray *more)
{
    const ULONG had = *all ? (*all)->cForms : 0;
    SMAPIFormInfoArray *array;
    ULONG i, j;

    if (memory_allocators.allocate(CbMAPIFormInfoArray(had + more->cForms + 1), (void **)&array))
    {
        form_info_array_free(more);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    array->cForms = had;
    for (i = 0; i < had; i++) array->aFormInfo[i] = (*all)->aFormInfo[i];
    for (i = 0; i < more->cForms; i++)
    {
        const char *name = form_info_from(more->aFormInfo[i])->config->message_class;

        for (j = 0; j < had; j++)
            if (!lstrcmpiA(name, form_info_from(array->aFormInfo[j])->config->message_class)) break;
        if (j < had) IMAPIFormInfo_Release(more->aFormInfo[i]);
        else array->aFormInfo[array->cForms++] = more->aFormInfo[i];
    }
    memory_allocators.free(more);
    memory_allocators.free(*all);
    *all = array;
    return S_OK;
}

static HRESULT all_forms(ULONG count, IMAPIFormContainer *const *libraries,
                         SMAPIFormInfoArray **ret)
{
    SMAPIFormInfoArray *more;
    HRESULT hr = S_OK;
    ULONG i;

    *ret = NULL;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        hr = IMAPIFormContainer_ResolveMultipleMessageClasses(libraries[i], NULL, 0, &more);
        /* A library that cannot be read leaves the others. */
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY) break;
        hr = SUCCEEDED(hr) ? append_forms(ret, more) : S_OK;
    }
    if (SUCCEEDED(hr) && !*ret) hr = form_info_array(0, NULL, ret);
    if (SUCCEEDED(hr)) return S_OK;
    form_info_array_free(*ret);
    *ret = NULL;
    return hr;
}

static HRESULT WINAPI manager_ResolveMultipleMessageClasses(IMAPIFormMgr *iface,
                                                            SMessageClassArray *classes,
                                                            ULONG flags, IMAPIFolder *folder,
                                                            SMAPIFormInfoArray **ret)
{
    IMAPIFormContainer *libraries[LIBRARIES];
    SMAPIFormInfoArray *array;
    HRESULT hr = S_OK;
    ULONG count, i;

    TRACE("(%p, %p, %#lx, %p, %p)\n", iface, classes, flags, folder, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPIFORM_EXACTMATCH | LOCAL_ONLY)) return MAPI_E_UNKNOWN_FLAGS;
    if (classes && classes->cValues > 65536) return MAPI_E_INVALID_PARAMETER;
    count = open_libraries(impl_from_IMAPIFormMgr(iface), folder, TRUE, libraries);
    if (!classes) hr = all_forms(count, libraries, ret);
    else if (memory_allocators.allocate(CbMAPIFormInfoArray(classes->cValues + 1), (void **)&array))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        array->cForms = classes->cValues;
        for (i = 0; i < classes->cValues; i++)
            resolve(count, libraries, classes->aMessageClass[i], (flags & MAPIFORM_EXACTMATCH) != 0,
                    &array->aFormInfo[i]);
        *ret = array;
    }
    close_libraries(count, libraries);
    return hr;
}

static HRESULT WINAPI manager_CalcFormPropSet(IMAPIFormMgr *iface, SMAPIFormInfoArray *forms,
                                              ULONG flags, SMAPIFormPropArray **ret)
{
    const struct form_config **configs;
    struct form_info *info;
    HRESULT hr = S_OK;
    ULONG i;

    TRACE("(%p, %p, %#lx, %p)\n", iface, forms, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!forms || forms->cForms > 65536) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_UNICODE | FORMPROPSET_INTERSECTION)) return MAPI_E_UNKNOWN_FLAGS;
    if (!(configs = platform_alloc((forms->cForms + 1) * sizeof(*configs))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < forms->cForms && SUCCEEDED(hr); i++)
    {
        if (!(info = form_info_from(forms->aFormInfo[i]))) hr = MAPI_E_INVALID_PARAMETER;
        else configs[i] = info->config;
    }
    if (SUCCEEDED(hr)) hr = form_props_calc(forms->cForms, configs, flags, ret);
    platform_free(configs);
    return hr;
}

static HRESULT WINAPI manager_IsInConflict(IMAPIFormMgr *iface, ULONG message_flags, ULONG status,
                                           LPCSTR message_class, IMAPIFolder *folder)
{
    IMAPIFormInfo *info;
    HRESULT hr;

    TRACE("(%p, %#lx, %#lx, %s, %p)\n", iface, message_flags, status, debugstr_a(message_class),
          folder);

    if (!(status & IN_CONFLICT)) return S_FALSE;
    hr = IMAPIFormMgr_ResolveMessageClass(iface, message_class, 0, folder, &info);
    if (FAILED(hr)) return hr;
    IMAPIFormInfo_Release(info);
    /* No entry of a configuration file says that a form handles conflicts, so none does. */
    return S_OK;
}

/* ---- launching ---- */

static HRESULT WINAPI manager_PrepareForm(IMAPIFormMgr *iface, ULONG_PTR ui, ULONG flags,
                                          IMAPIFormInfo *form)
{
    struct form_info *info;

    TRACE("(%p, %p, %#lx, %p)\n", iface, (void *)ui, flags, form);

    if (flags & ~MAPI_DIALOG) return MAPI_E_UNKNOWN_FLAGS;
    if (!(info = form_info_from(form))) return MAPI_E_INVALID_PARAMETER;
    return form_prepare(info, dialog_parent(ui), flags);
}

static HRESULT WINAPI manager_CreateForm(IMAPIFormMgr *iface, ULONG_PTR ui, ULONG flags,
                                         IMAPIFormInfo *form, REFIID iid, void **ret)
{
    struct form_info *info;

    TRACE("(%p, %p, %#lx, %p, %s, %p)\n", iface, (void *)ui, flags, form, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_DIALOG) return MAPI_E_UNKNOWN_FLAGS;
    if (!iid || !(info = form_info_from(form))) return MAPI_E_INVALID_PARAMETER;
    return form_create(info, dialog_parent(ui), flags, iid, ret);
}

/* Class, status and flags of the message itself. *class_prop is freed by the caller. */
static HRESULT message_facts(IMessage *message, SPropValue **class_prop, ULONG *status,
                             ULONG *flags)
{
    static const SizedSPropTagArray(3, tags) =
        { 3, { PR_MESSAGE_CLASS_A, PR_MSG_STATUS, PR_MESSAGE_FLAGS } };
    ULONG count;
    HRESULT hr;

    *class_prop = NULL;
    if (!message) return MAPI_E_INVALID_PARAMETER;
    hr = IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, class_prop);
    if (FAILED(hr)) return hr;
    if ((*class_prop)[0].ulPropTag != PR_MESSAGE_CLASS_A) return MAPI_E_NOT_FOUND;
    *status = (*class_prop)[1].ulPropTag == PR_MSG_STATUS ? (*class_prop)[1].Value.l : 0;
    *flags = (*class_prop)[2].ulPropTag == PR_MESSAGE_FLAGS ? (*class_prop)[2].Value.l : 0;
    return S_OK;
}

/* The form gets its message, then its view, then the interface that is asked for. */
static HRESULT load(IUnknown *object, IMAPIMessageSite *site, IMessage *message, ULONG status,
                    ULONG flags, IMAPIViewContext *view, REFIID iid, void **ret)
{
    IPersistMessage *persist;
    IMAPIForm *form;
    HRESULT hr;

    hr = IUnknown_QueryInterface(object, &IID_IPersistMessage, (void **)&persist);
    if (FAILED(hr)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    hr = IPersistMessage_Load(persist, site, message, status, flags);
    if (SUCCEEDED(hr) && view)
    {
        hr = IUnknown_QueryInterface(object, &IID_IMAPIForm, (void **)&form);
        if (SUCCEEDED(hr))
        {
            hr = IMAPIForm_SetViewContext(form, view);
            IMAPIForm_Release(form);
        }
    }
    if (SUCCEEDED(hr))
    {
        hr = IUnknown_QueryInterface(object, iid, ret);
        if (FAILED(hr))
        {
            *ret = NULL;
            hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
            IPersistMessage_HandsOffMessage(persist);
        }
    }
    IPersistMessage_Release(persist);
    return hr;
}

static HRESULT WINAPI manager_LoadForm(IMAPIFormMgr *iface, ULONG_PTR ui, ULONG flags,
                                       LPCSTR message_class, ULONG status, ULONG message_flags,
                                       IMAPIFolder *folder, IMAPIMessageSite *site,
                                       IMessage *message, IMAPIViewContext *view, REFIID iid,
                                       void **ret)
{
    SPropValue *facts = NULL;
    IMAPIFormInfo *info;
    IUnknown *object;
    HRESULT hr = S_OK;

    TRACE("(%p, %p, %#lx, %s, %#lx, %#lx, %p, %p, %p, %p, %s, %p)\n", iface, (void *)ui, flags,
          debugstr_a(message_class), status, message_flags, folder, site, message, view,
          debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_DIALOG | MAPIFORM_EXACTMATCH)) return MAPI_E_UNKNOWN_FLAGS;
    if (!iid || !site) return MAPI_E_INVALID_PARAMETER;
    if (!message_class)
    {
        hr = message_facts(message, &facts, &status, &message_flags);
        if (SUCCEEDED(hr)) message_class = facts->Value.lpszA;
    }
    if (SUCCEEDED(hr))
        hr = IMAPIFormMgr_ResolveMessageClass(iface, message_class, flags & MAPIFORM_EXACTMATCH,
                                              folder, &info);
    memory_free_buffer(facts);
    if (FAILED(hr)) return hr;
    hr = form_create(form_info_from(info), dialog_parent(ui), flags, &IID_IUnknown,
                     (void **)&object);
    IMAPIFormInfo_Release(info);
    if (FAILED(hr)) return hr;
    hr = load(object, site, message, status, message_flags, view, iid, ret);
    IUnknown_Release(object);
    return hr;
}

/* ---- choosing ---- */

static WCHAR *form_label(IMAPIFormInfo *form)
{
    return text_dup(form_info_from(form)->config->display_name);
}

static BOOL is_same_class(IMAPIFormInfo *a, const SMAPIFormInfoArray *array)
{
    struct form_info *info = form_info_from(a), *other;
    ULONG i;

    for (i = 0; array && i < array->cForms; i++)
        if (array->aFormInfo[i] && (other = form_info_from(array->aFormInfo[i]))
            && !lstrcmpiA(info->config->message_class, other->config->message_class))
            return TRUE;
    return FALSE;
}

/* Those that are chosen of the forms; hidden ones are shown where several can be. */
static HRESULT choose(struct form_manager *manager, ULONG_PTR ui, ULONG flags, LPCTSTR title,
                      IMAPIFolder *folder, BOOL several, const SMAPIFormInfoArray *preselected,
                      SMAPIFormInfoArray **ret)
{
    IMAPIFormContainer *libraries[LIBRARIES];
    SMAPIFormInfoArray *forms = NULL;
    WCHAR **names = NULL, *caption;
    ULONG count, shown = 0, i;
    BOOL *chosen = NULL;
    HRESULT hr;

    if (FAILED(hr = text_from_tstr(title, flags, &caption))) return hr;
    count = open_libraries(manager, folder, TRUE, libraries);
    hr = all_forms(count, libraries, &forms);
    close_libraries(count, libraries);
    if (SUCCEEDED(hr)
        && (!(names = platform_alloc_zero((forms->cForms + 1) * sizeof(*names)))
            || !(chosen = platform_alloc_zero((forms->cForms + 1) * sizeof(*chosen)))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < forms->cForms; i++)
    {
        IMAPIFormInfo *form = forms->aFormInfo[i];

        if (!several && form_info_from(form)->config->hidden)
        {
            IMAPIFormInfo_Release(form);
            continue;
        }
        forms->aFormInfo[shown] = form;
        chosen[shown] = is_same_class(form, preselected);
        if (!(names[shown++] = form_label(form))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
    {
        forms->cForms = shown;
        hr = form_select(dialog_parent(ui), caption,
                         several ? IDS_FORM_SELECT_SEVERAL : IDS_FORM_SELECT, several, shown, names,
                         chosen);
    }
    for (i = 0, count = 0; SUCCEEDED(hr) && i < shown; i++)
    {
        if (chosen[i]) forms->aFormInfo[count++] = forms->aFormInfo[i];
        else IMAPIFormInfo_Release(forms->aFormInfo[i]);
    }
    for (i = 0; names && i < shown; i++) platform_free(names[i]);
    platform_free(names);
    platform_free(chosen);
    platform_free(caption);
    if (FAILED(hr))
    {
        form_info_array_free(forms);
        return hr;
    }
    forms->cForms = count;
    *ret = forms;
    return S_OK;
}

static HRESULT WINAPI manager_SelectForm(IMAPIFormMgr *iface, ULONG_PTR ui, ULONG flags,
                                         LPCTSTR title, IMAPIFolder *folder, IMAPIFormInfo **ret)
{
    SMAPIFormInfoArray *forms;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p, %p, %p)\n", iface, (void *)ui, flags, title, folder, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    hr = choose(impl_from_IMAPIFormMgr(iface), ui, flags, title, folder, FALSE, NULL, &forms);
    if (FAILED(hr)) return hr;
    *ret = forms->aFormInfo[0];
    memory_allocators.free(forms);
    return S_OK;
}

static HRESULT WINAPI manager_SelectMultipleForms(IMAPIFormMgr *iface, ULONG_PTR ui, ULONG flags,
                                                  LPCTSTR title, IMAPIFolder *folder,
                                                  SMAPIFormInfoArray *preselected,
                                                  SMAPIFormInfoArray **ret)
{
    TRACE("(%p, %p, %#lx, %p, %p, %p, %p)\n", iface, (void *)ui, flags, title, folder, preselected,
          ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return choose(impl_from_IMAPIFormMgr(iface), ui, flags, title, folder, TRUE, preselected, ret);
}

/* ---- choosing a library: the personal one, or that of a folder ---- */

#define FOLDERS_MAX 1000

static HRESULT list_folders(IMAPIFolder *root, SRowSet **ret)
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_ENTRYID, PR_DISPLAY_NAME_W, PR_DEPTH } };
    IMAPITable *table;
    HRESULT hr;

    hr = IMAPIFolder_GetHierarchyTable(root, CONVENIENT_DEPTH | MAPI_UNICODE, &table);
    if (FAILED(hr)) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, FOLDERS_MAX, ret);
    IMAPITable_Release(table);
    return hr;
}

static WCHAR *folder_label(const SRow *row)
{
    const WCHAR *name = row->lpProps[1].ulPropTag == PR_DISPLAY_NAME_W
                            ? row->lpProps[1].Value.lpszW : L"";
    LONG depth = row->lpProps[2].ulPropTag == PR_DEPTH ? row->lpProps[2].Value.l : 0;
    WCHAR *text, *at;

    if (depth < 0 || depth > 32) depth = 32;
    if (!(text = at = platform_alloc((depth * 4 + lstrlenW(name) + 1) * sizeof(WCHAR))))
        return NULL;
    for (depth *= 4; depth; depth--) *at++ = ' ';
    lstrcpyW(at, name);
    return text;
}

static HRESULT open_chosen(IMAPIFormContainer *personal, const SRow *row, IMAPIFormContainer **ret)
{
    const SBinary *id = &row->lpProps[0].Value.bin;
    IUnknown *folder;
    ULONG type;
    HRESULT hr;

    if (row->lpProps[0].ulPropTag != PR_ENTRYID) return MAPI_E_NOT_FOUND;
    hr = IMAPIFolder_OpenEntry(form_container_from(personal)->library.folder, id->cb,
                               (ENTRYID *)id->lpb, &IID_IMAPIFolder, MAPI_BEST_ACCESS, &type,
                               &folder);
    if (FAILED(hr)) return hr;
    hr = open_folder(folder, ret);
    IUnknown_Release(folder);
    return hr;
}

static HRESULT WINAPI manager_SelectFormContainer(IMAPIFormMgr *iface, ULONG_PTR ui, ULONG flags,
                                                  IMAPIFormContainer **ret)
{
    IMAPIFormContainer *personal;
    SRowSet *folders = NULL;
    WCHAR **names = NULL;
    BOOL *chosen = NULL;
    ULONG first, count = 0, i;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p)\n", iface, (void *)ui, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags > MAPIFORM_SELECT_NON_FOLDER_REGISTRY_ONLY) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = open_personal(impl_from_IMAPIFormMgr(iface), &personal))) return hr;
    first = flags == MAPIFORM_SELECT_FOLDER_REGISTRY_ONLY ? 0 : 1;
    if (flags != MAPIFORM_SELECT_NON_FOLDER_REGISTRY_ONLY)
        hr = list_folders(form_container_from(personal)->library.folder, &folders);
    if (SUCCEEDED(hr))
    {
        count = first + (folders ? folders->cRows : 0);
        if (!(names = platform_alloc_zero((count + 1) * sizeof(*names)))
            || !(chosen = platform_alloc_zero((count + 1) * sizeof(*chosen))))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        WCHAR *text = NULL;

        if (i >= first) names[i] = folder_label(&folders->aRow[i - first]);
        else if (SUCCEEDED(hr = IMAPIFormContainer_GetDisplay(personal, MAPI_UNICODE,
                                                              (LPTSTR *)&text)))
            names[i] = text_dup(text);
        memory_allocators.free(text);
        if (SUCCEEDED(hr) && !names[i]) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
        hr = form_select(dialog_parent(ui), NULL, IDS_FORM_SELECT_LIBRARY, FALSE, count, names,
                         chosen);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        if (!chosen[i]) continue;
        if (i >= first) hr = open_chosen(personal, &folders->aRow[i - first], ret);
        else
        {
            IMAPIFormContainer_AddRef(personal);
            *ret = personal;
        }
        break;
    }
    for (i = 0; names && i < count; i++) platform_free(names[i]);
    platform_free(names);
    platform_free(chosen);
    FreeProws(folders);
    IMAPIFormContainer_Release(personal);
    return hr;
}

static const IMAPIFormMgrVtbl manager_vtbl =
{
    manager_QueryInterface,
    manager_AddRef,
    manager_Release,
    manager_GetLastError,
    manager_LoadForm,
    manager_ResolveMessageClass,
    manager_ResolveMultipleMessageClasses,
    manager_CalcFormPropSet,
    manager_CreateForm,
    manager_SelectForm,
    manager_SelectMultipleForms,
    manager_SelectFormContainer,
    manager_OpenFormContainer,
    manager_PrepareForm,
    manager_IsInConflict
};

HRESULT form_manager_create(IMAPISession *session, IMAPIFormMgr **ret)
{
    struct form_manager *manager;

    *ret = NULL;
    if (!(manager = platform_alloc_zero(sizeof(*manager)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    manager->IMAPIFormMgr_iface.lpVtbl = (IMAPIFormMgrVtbl *)&manager_vtbl;
    manager->refs = 1;
    manager->session = session;
    IMAPISession_AddRef(session);
    last_error_init(&manager->error);
    *ret = &manager->IMAPIFormMgr_iface;
    return S_OK;
}

/**********************************************************************
 *          MAPIOpenFormMgr (MAPI32.29)
 *
 * Opens the form manager of a session.
 * pSession: [in] the session; held until the manager is released
 * ppmgr: [out] the manager, released by the caller
 * Reference page: mapiopenformmgr
 */
HRESULT WINAPI MAPIOpenFormMgr(LPMAPISESSION pSession, LPMAPIFORMMGR *ppmgr)
{
    TRACE("(%p, %p)\n", pSession, ppmgr);

    if (!ppmgr) return MAPI_E_INVALID_PARAMETER;
    *ppmgr = NULL;
    if (!pSession) return MAPI_E_INVALID_PARAMETER;
    return form_manager_create(pSession, ppmgr);
}
