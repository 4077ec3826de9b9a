/*
 * IMAPIFormInfo: the description of a form
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
 * What a library's entry says, read when the object is made and not changed by it. Properties are
 * in an IPropData that only reads; extensions are named properties of it. The object holds its
 * container. Reference page: imapiforminfoimapiprop
 */

#define COBJMACROS

#include "forms/forms.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static struct form_info *impl_from_IMAPIFormInfo(IMAPIFormInfo *iface)
{
    return CONTAINING_RECORD(iface, struct form_info, IMAPIFormInfo_iface);
}

static HRESULT WINAPI info_QueryInterface(IMAPIFormInfo *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IMAPIFormInfo))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIFormInfo_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI info_AddRef(IMAPIFormInfo *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIFormInfo(iface)->refs);
}

static ULONG WINAPI info_Release(IMAPIFormInfo *iface)
{
    struct form_info *info = impl_from_IMAPIFormInfo(iface);
    ULONG refs = InterlockedDecrement(&info->refs);

    if (refs) return refs;
    if (info->props) IPropData_Release(info->props);
    form_config_free(info->config);
    platform_free(info->entry.id.lpb);
    last_error_destroy(&info->error);
    IMAPIFormContainer_Release(&info->container->IMAPIFormContainer_iface);
    platform_free(info);
    return 0;
}

static HRESULT WINAPI info_GetLastError(IMAPIFormInfo *iface, HRESULT hr, ULONG flags,
                                        MAPIERROR **ret)
{
    return last_error_get(&impl_from_IMAPIFormInfo(iface)->error, hr, flags, ret);
}

static HRESULT WINAPI info_SaveChanges(IMAPIFormInfo *iface, ULONG flags)
{
    return IPropData_SaveChanges(impl_from_IMAPIFormInfo(iface)->props, flags);
}

static HRESULT WINAPI info_GetProps(IMAPIFormInfo *iface, SPropTagArray *tags, ULONG flags,
                                    ULONG *count, SPropValue **props)
{
    return IPropData_GetProps(impl_from_IMAPIFormInfo(iface)->props, tags, flags, count, props);
}

static HRESULT WINAPI info_GetPropList(IMAPIFormInfo *iface, ULONG flags, SPropTagArray **tags)
{
    return IPropData_GetPropList(impl_from_IMAPIFormInfo(iface)->props, flags, tags);
}

static HRESULT WINAPI info_OpenProperty(IMAPIFormInfo *iface, ULONG tag, const IID *iid,
                                        ULONG options, ULONG flags, IUnknown **ret)
{
    return IPropData_OpenProperty(impl_from_IMAPIFormInfo(iface)->props, tag, iid, options, flags,
                                  ret);
}

static HRESULT WINAPI info_SetProps(IMAPIFormInfo *iface, ULONG count, SPropValue *props,
                                    SPropProblemArray **problems)
{
    return IPropData_SetProps(impl_from_IMAPIFormInfo(iface)->props, count, props, problems);
}

static HRESULT WINAPI info_DeleteProps(IMAPIFormInfo *iface, SPropTagArray *tags,
                                       SPropProblemArray **problems)
{
    return IPropData_DeleteProps(impl_from_IMAPIFormInfo(iface)->props, tags, problems);
}

static HRESULT WINAPI info_CopyTo(IMAPIFormInfo *iface, ULONG iid_count, const IID *iids,
                                  SPropTagArray *exclude, ULONG_PTR ui, IMAPIProgress *progress,
                                  const IID *iid, void *dest, ULONG flags,
                                  SPropProblemArray **problems)
{
    return IPropData_CopyTo(impl_from_IMAPIFormInfo(iface)->props, iid_count, iids, exclude, ui,
                            progress, iid, dest, flags, problems);
}

static HRESULT WINAPI info_CopyProps(IMAPIFormInfo *iface, SPropTagArray *include, ULONG_PTR ui,
                                     IMAPIProgress *progress, const IID *iid, void *dest,
                                     ULONG flags, SPropProblemArray **problems)
{
    return IPropData_CopyProps(impl_from_IMAPIFormInfo(iface)->props, include, ui, progress, iid,
                               dest, flags, problems);
}

static HRESULT WINAPI info_GetNamesFromIDs(IMAPIFormInfo *iface, SPropTagArray **tags, GUID *set,
                                           ULONG flags, ULONG *count, MAPINAMEID ***names)
{
    return IPropData_GetNamesFromIDs(impl_from_IMAPIFormInfo(iface)->props, tags, set, flags,
                                     count, names);
}

static HRESULT WINAPI info_GetIDsFromNames(IMAPIFormInfo *iface, ULONG count, MAPINAMEID **names,
                                           ULONG flags, SPropTagArray **tags)
{
    return IPropData_GetIDsFromNames(impl_from_IMAPIFormInfo(iface)->props, count, names, flags,
                                     tags);
}

static HRESULT WINAPI info_CalcFormPropSet(IMAPIFormInfo *iface, ULONG flags,
                                           SMAPIFormPropArray **ret)
{
    const struct form_config *config = impl_from_IMAPIFormInfo(iface)->config;

    TRACE("(%p, %#lx, %p)\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return form_props_calc(1, &config, flags, ret);
}

static HRESULT WINAPI info_CalcVerbSet(IMAPIFormInfo *iface, ULONG flags, SMAPIVerbArray **ret)
{
    TRACE("(%p, %#lx, %p)\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return form_verbs_calc(impl_from_IMAPIFormInfo(iface)->config, flags, ret);
}

/* The best picture of a file of icons that is a hostile one until each number in it is looked
 * at. */
static HICON icon_from_file(const BYTE *data, ULONG size, int width, int height)
{
    ULONG count, i, offset, length, best = 0;
    int wide, error, best_error = 0x7fffffff;

    if (size < 6) return NULL;
    count = data[4] | data[5] << 8;
    if (count > (size - 6) / 16) count = (size - 6) / 16;
    for (i = 0; i < count; i++)
    {
        const BYTE *entry = data + 6 + i * 16;

        wide = entry[0] ? entry[0] : 256;
        /* a larger one is better than a smaller one that is as far off */
        error = wide >= width ? wide - width : 2 * (width - wide);
        if (error >= best_error) continue;
        best = i;
        best_error = error;
    }
    if (best_error == 0x7fffffff) return NULL;
    memcpy(&length, data + 6 + best * 16 + 8, sizeof(length));
    memcpy(&offset, data + 6 + best * 16 + 12, sizeof(offset));
    if (offset > size || length > size - offset) return NULL;
    return CreateIconFromResourceEx((BYTE *)data + offset, length, TRUE, 0x00030000, width, height,
                                    0);
}

static HRESULT WINAPI info_MakeIconFromBinary(IMAPIFormInfo *iface, ULONG id, HICON *ret)
{
    SizedSPropTagArray(1, tags) = { 1, { PROP_TAG(PT_BINARY, id) } };
    const BOOL mini = id == PROP_ID(PR_MINI_ICON);
    SPropValue *prop;
    ULONG count;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, id, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!mini && id != PROP_ID(PR_ICON)) return MAPI_E_INVALID_PARAMETER;
    hr = IMAPIFormInfo_GetProps(iface, (SPropTagArray *)&tags, 0, &count, &prop);
    if (hr == MAPI_W_ERRORS_RETURNED) hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr))
    {
        *ret = icon_from_file(prop->Value.bin.lpb, prop->Value.bin.cb,
                              GetSystemMetrics(mini ? SM_CXSMICON : SM_CXICON),
                              GetSystemMetrics(mini ? SM_CYSMICON : SM_CYICON));
        if (!*ret) hr = MAPI_E_CORRUPT_DATA;
    }
    if (count) memory_free_buffer(prop);
    return hr;
}

/* The configuration file under the name given, the files it names beside it: what InstallForm takes
 * again. */
static HRESULT save_bundle(struct form_info *info, const WCHAR *path,
                           const struct form_bundle *bundle)
{
    WCHAR *folder, *at, *end, *full;
    HRESULT hr = S_OK;
    ULONG i;

    if (!(folder = text_dup(path))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (end = folder, at = folder; *at; at++) if (*at == '\\' || *at == '/') end = at + 1;
    *end = 0;
    for (i = 0; i < bundle->count && SUCCEEDED(hr); i++)
    {
        const struct form_file *file = bundle->files + i;
        BOOL is_cfg = !lstrcmpiW(file->name, FORM_CFG);

        if (!(full = is_cfg ? text_dup(path) : path_join(folder, file->name)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (FAILED(hr = file_write(full, file->data, file->size)))
        {
            last_error_set(&info->error, MAPI_E_EXTENDED_ERROR, L"mapi32", L"%s: error %u", full,
                           (unsigned int)GetLastError());
            hr = MAPI_E_EXTENDED_ERROR;
        }
        platform_free(full);
    }
    platform_free(folder);
    return hr;
}

/* The name is an ANSI one: the method has no flags to say otherwise. */
static HRESULT WINAPI info_SaveForm(IMAPIFormInfo *iface, LPCTSTR name)
{
    struct form_info *info = impl_from_IMAPIFormInfo(iface);
    struct form_bundle bundle = { 0 };
    WCHAR *path;
    HRESULT hr;

    TRACE("(%p, %s)\n", iface, debugstr_a((const char *)name));

    if (!name || !*(const char *)name) return MAPI_E_INVALID_PARAMETER;
    if (!info->container->library.ops->platforms) return MAPI_E_NO_SUPPORT;
    if (!(path = text_from_ansi((const char *)name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = form_info_bundle(info, &bundle);
    if (SUCCEEDED(hr)) hr = save_bundle(info, path, &bundle);
    bundle_free(&bundle);
    platform_free(path);
    return hr;
}

static HRESULT WINAPI info_OpenFormContainer(IMAPIFormInfo *iface, IMAPIFormContainer **ret)
{
    struct form_info *info = impl_from_IMAPIFormInfo(iface);

    TRACE("(%p, %p)\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = &info->container->IMAPIFormContainer_iface;
    IMAPIFormContainer_AddRef(*ret);
    return S_OK;
}

static const IMAPIFormInfoVtbl info_vtbl =
{
    info_QueryInterface,
    info_AddRef,
    info_Release,
    info_GetLastError,
    info_SaveChanges,
    info_GetProps,
    info_GetPropList,
    info_OpenProperty,
    info_SetProps,
    info_DeleteProps,
    info_CopyTo,
    info_CopyProps,
    info_GetNamesFromIDs,
    info_GetIDsFromNames,
    info_CalcFormPropSet,
    info_CalcVerbSet,
    info_MakeIconFromBinary,
    info_SaveForm,
    info_OpenFormContainer
};

struct form_info *form_info_from(IMAPIFormInfo *iface)
{
    if (IsBadReadPtr(iface, sizeof(*iface)) || iface->lpVtbl != &info_vtbl) return NULL;
    return impl_from_IMAPIFormInfo(iface);
}

/* ---- making one ---- */

static HRESULT set_text(IPropData *props, ULONG tag, const WCHAR *text)
{
    SPropValue prop = { tag };

    if (!text || !*text) return S_OK;
    prop.Value.lpszW = (WCHAR *)text;
    return IPropData_SetProps(props, 1, &prop, NULL);
}

static HRESULT set_guid(IPropData *props, ULONG tag, const GUID *guid)
{
    SPropValue prop = { tag };

    prop.Value.lpguid = (GUID *)guid;
    return IPropData_SetProps(props, 1, &prop, NULL);
}

static HRESULT set_file(IPropData *props, ULONG tag, const struct form_file *file)
{
    SPropValue prop = { tag };

    if (!file) return S_OK;
    prop.Value.bin.cb = file->size;
    prop.Value.bin.lpb = file->data;
    return IPropData_SetProps(props, 1, &prop, NULL);
}

static HRESULT set_numbers(IPropData *props, const struct form_config *config)
{
    SPropValue values[3];
    LONG *platforms;
    HRESULT hr;
    ULONG i;

    if (!(platforms = platform_alloc((config->platform_count + 1) * sizeof(*platforms))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < config->platform_count; i++)
        platforms[i] = MAPIFORM_PLATFORM(config->platforms[i].cpu, config->platforms[i].os);
    memset(values, 0, sizeof(values));
    values[0].ulPropTag = PR_FORM_HIDDEN;
    values[0].Value.b = config->hidden;
    values[1].ulPropTag = PR_FORM_MESSAGE_BEHAVIOR;
    values[1].Value.l =
        config->compose_in_folder ? MAPI_MESSAGE_BEHAVIOR_FOLDER : MAPI_MESSAGE_BEHAVIOR_IPM;
    values[2].ulPropTag = PR_FORM_HOST_MAP;
    values[2].Value.MVl.cValues = config->platform_count;
    values[2].Value.MVl.lpl = platforms;
    hr = IPropData_SetProps(props, config->platform_count ? 3 : 2, values, NULL);
    platform_free(platforms);
    return hr;
}

static HRESULT set_extension(IPropData *props, const struct form_extension *extension)
{
    MAPINAMEID name, *list = &name;
    SPropTagArray *tags;
    SPropValue prop;
    HRESULT hr;

    name.lpguid = (GUID *)&extension->name.set;
    name.ulKind = MNID_ID;
    name.Kind.lID = extension->name.id;
    if (FAILED(hr = IPropData_GetIDsFromNames(props, 1, &list, MAPI_CREATE, &tags))) return hr;
    prop.ulPropTag = PROP_TAG(extension->is_text ? PT_UNICODE : PT_LONG,
                              PROP_ID(tags->aulPropTag[0]));
    prop.dwAlignPad = 0;
    if (extension->is_text) prop.Value.lpszW = (WCHAR *)extension->text;
    else prop.Value.l = extension->number;
    memory_allocators.free(tags);
    return IPropData_SetProps(props, 1, &prop, NULL);
}

static HRESULT set_all(struct form_info *info, const struct form_bundle *bundle)
{
    const struct form_config *config = info->config;
    IPropData *props = info->props;
    WCHAR *message_class;
    HRESULT hr;
    ULONG i;

    if (!(message_class = text_from_ansi(config->message_class))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = set_text(props, PR_MESSAGE_CLASS_W, message_class);
    platform_free(message_class);
    if (SUCCEEDED(hr)) hr = set_text(props, PR_DISPLAY_NAME_W, config->display_name);
    if (SUCCEEDED(hr)) hr = set_text(props, PR_COMMENT_W, config->comment);
    if (SUCCEEDED(hr)) hr = set_text(props, PR_FORM_VERSION_W, config->version);
    if (SUCCEEDED(hr)) hr = set_text(props, PR_FORM_CONTACT_NAME_W, config->owner);
    if (SUCCEEDED(hr)) hr = set_text(props, PR_FORM_CATEGORY_W, config->category);
    if (SUCCEEDED(hr)) hr = set_text(props, PR_FORM_CATEGORY_SUB_W, config->subcategory);
    if (SUCCEEDED(hr)) hr = set_text(props, PR_FORM_DESIGNER_NAME_W, config->designer);
    if (SUCCEEDED(hr)) hr = set_guid(props, PR_FORM_CLSID, &config->clsid);
    if (SUCCEEDED(hr) && config->has_designer_guid)
        hr = set_guid(props, PR_FORM_DESIGNER_GUID, &config->designer_guid);
    if (SUCCEEDED(hr)) hr = set_numbers(props, config);
    if (SUCCEEDED(hr)) hr = set_file(props, PR_MINI_ICON, bundle_find(bundle, FORM_SMALL_ICON));
    if (SUCCEEDED(hr)) hr = set_file(props, PR_ICON, bundle_find(bundle, FORM_LARGE_ICON));
    for (i = 0; SUCCEEDED(hr) && i < config->extension_count; i++)
        hr = set_extension(props, config->extensions + i);
    if (SUCCEEDED(hr)) hr = IPropData_HrSetObjAccess(props, IPROP_READONLY);
    return hr;
}

HRESULT form_info_create(struct form_container *container, const struct form_entry *entry,
                         struct form_info **ret)
{
    struct form_bundle bundle = { 0 };
    const struct form_file *file;
    struct form_info *info;
    HRESULT hr;

    *ret = NULL;
    if (!(info = platform_alloc_zero(sizeof(*info)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    info->IMAPIFormInfo_iface.lpVtbl = (IMAPIFormInfoVtbl *)&info_vtbl;
    info->refs = 1;
    info->container = container;
    IMAPIFormContainer_AddRef(&container->IMAPIFormContainer_iface);
    last_error_init(&info->error);
    info->entry = *entry;
    info->entry.id.lpb = platform_alloc(entry->id.cb + 1);
    if (!info->entry.id.lpb) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        memcpy(info->entry.id.lpb, entry->id.lpb, entry->id.cb);
        hr = container->library.ops->read(&container->library, entry, FALSE, &bundle);
    }
    if (SUCCEEDED(hr) && !(file = bundle_find(&bundle, FORM_CFG))) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) hr = form_config_parse(file->data, file->size, NULL, NULL, &info->config);
    if (SUCCEEDED(hr))
        hr = CreateIProp(&IID_IMAPIPropData, memory_allocators.allocate, memory_allocators.more,
                         memory_allocators.free, NULL, &info->props);
    if (SUCCEEDED(hr)) hr = set_all(info, &bundle);
    bundle_free(&bundle);
    if (FAILED(hr)) IMAPIFormInfo_Release(&info->IMAPIFormInfo_iface);
    else *ret = info;
    return hr;
}

HRESULT form_info_bundle(struct form_info *info, struct form_bundle *bundle)
{
    struct form_library *library = &info->container->library;

    return library->ops->read(library, &info->entry, TRUE, bundle);
}

/* ---- arrays of them ---- */

HRESULT form_info_array(ULONG count, IMAPIFormInfo **infos, SMAPIFormInfoArray **ret)
{
    SMAPIFormInfoArray *array;
    ULONG i;

    *ret = NULL;
    if (memory_allocators.allocate(CbMAPIFormInfoArray(count + 1), (void **)&array))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    array->cForms = count;
    for (i = 0; i < count; i++) array->aFormInfo[i] = infos[i];
    *ret = array;
    return S_OK;
}

void form_info_array_free(SMAPIFormInfoArray *array)
{
    ULONG i;

    if (!array) return;
    for (i = 0; i < array->cForms; i++)
        if (array->aFormInfo[i]) IMAPIFormInfo_Release(array->aFormInfo[i]);
    memory_allocators.free(array);
}
