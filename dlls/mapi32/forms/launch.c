/*
 * Forms brought to life
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
 * A form whose class is registered needs nothing. Else the files of the platform that fits are
 * written below %LOCALAPPDATA%\Microsoft\FORMS\Cache\{class identifier} and the class is registered
 * for this user, as the form's Registry entries say, but nowhere outside of its own key. Whoever
 * may write to a folder can put a program there, so the user is asked; without a window it is
 * refused, unless the administrator says otherwise: FormPrograms under Software\wine-mapi (0:
 * never, 1: ask, 2: always), of the machine before the user's. Reference pages:
 * launching-a-form-server, form-configuration-file-platforms-section, imapiformmgr-prepareform
 */

#include <stdio.h>

#define COBJMACROS

#include "forms/forms.h"
#include "dialog/dialog.h"
#include <winreg.h>
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

enum program_policy
{
    PROGRAMS_NEVER,
    PROGRAMS_ASK,
    PROGRAMS_ALWAYS
};

static BOOL read_policy(HKEY root, DWORD *policy)
{
    DWORD size = sizeof(*policy);

    return !RegGetValueW(root, L"Software\\wine-mapi", L"FormPrograms", RRF_RT_REG_DWORD, NULL,
                         policy, &size) && *policy <= PROGRAMS_ALWAYS;
}

static enum program_policy program_policy(void)
{
    DWORD policy;

    if (read_policy(HKEY_LOCAL_MACHINE, &policy) || read_policy(HKEY_CURRENT_USER, &policy))
        return policy;
    return PROGRAMS_ASK;
}

/* ---- registration ---- */

static BOOL is_registered(const WCHAR *clsid)
{
    static const WCHAR *const servers[] =
        { L"LocalServer32", L"InprocServer32", L"LocalServer", L"InprocHandler32" };
    WCHAR path[80];
    HKEY key;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(servers); i++)
    {
        swprintf(path, ARRAY_SIZE(path), L"CLSID\\%s\\%s", clsid, servers[i]);
        if (RegOpenKeyExW(HKEY_CLASSES_ROOT, path, 0, KEY_QUERY_VALUE, &key)) continue;
        RegCloseKey(key);
        return TRUE;
    }
    return FALSE;
}

/* The text with each %d replaced by the folder (platform_alloc). */
static WCHAR *expand(const WCHAR *text, const WCHAR *folder)
{
    size_t size = 1, length = lstrlenW(folder);
    WCHAR *ret, *out;
    const WCHAR *at;

    for (at = text; *at; at++) size += at[0] == '%' && at[1] == 'd' ? length : 1;
    if (!(ret = out = platform_alloc(size * sizeof(WCHAR)))) return NULL;
    for (at = text; *at; at++)
    {
        if (at[0] != '%' || at[1] != 'd')
        {
            *out++ = *at;
            continue;
        }
        memcpy(out, folder, length * sizeof(WCHAR));
        out += length;
        at++;
    }
    *out = 0;
    return ret;
}

/* One "key = value" of a Registry entry: the key's default value, below the class's own key. */
static HRESULT register_entry(HKEY class_key, const WCHAR *entry, const WCHAR *folder)
{
    const WCHAR *equals = wcschr(entry, '=');
    WCHAR name[128], *value;
    LSTATUS status;
    size_t length;
    HKEY key;

    length = equals ? equals - entry : 0;
    while (length && entry[length - 1] == ' ') length--;
    if (!length || length >= ARRAY_SIZE(name) || *entry == '\\')
    {
        WARN("%s is not below the class's own key\n", debugstr_w(entry));
        return S_OK;
    }
    memcpy(name, entry, length * sizeof(WCHAR));
    name[length] = 0;
    for (equals++; *equals == ' '; equals++) {}
    if (!(value = expand(equals, folder))) return MAPI_E_NOT_ENOUGH_MEMORY;
    status = RegCreateKeyExW(class_key, name, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL);
    if (!status)
    {
        status = RegSetValueExW(key, NULL, 0, REG_SZ, (BYTE *)value,
                                (lstrlenW(value) + 1) * sizeof(WCHAR));
        RegCloseKey(key);
    }
    platform_free(value);
    return status ? MAPI_E_NO_ACCESS : S_OK;
}

static HRESULT register_below(HKEY root, const WCHAR *path, const struct form_platform *platform,
                              const WCHAR *folder)
{
    const WCHAR *entry;
    HRESULT hr = S_OK;
    ULONG at = 0;
    HKEY key;

    if (RegCreateKeyExW(root, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL))
        return MAPI_E_NO_ACCESS;
    while (SUCCEEDED(hr) && (entry = form_platform_next(platform, L"Registry", &at)))
        hr = register_entry(key, entry, folder);
    RegCloseKey(key);
    if (FAILED(hr)) RegDeleteTreeW(root, path);
    return hr;
}

/* For this user; a Wine whose HKEY_CLASSES_ROOT does not have the user's classes gets it there. */
static HRESULT register_class(const struct form_platform *platform, const WCHAR *clsid,
                              const WCHAR *folder)
{
    static const WCHAR classes[] = L"Software\\Classes\\";
    WCHAR path[80];
    HRESULT hr;

    swprintf(path, ARRAY_SIZE(path), L"%sCLSID\\%s", classes, clsid);
    hr = register_below(HKEY_CURRENT_USER, path, platform, folder);
    if (FAILED(hr) || is_registered(clsid)) return hr;
    return register_below(HKEY_CLASSES_ROOT, path + ARRAY_SIZE(classes) - 1, platform, folder);
}

/* ---- the files ---- */

static BOOL ask(struct form_info *info, HWND parent)
{
    WCHAR *text, *message_class, *from = NULL;
    int answer = IDNO;

    message_class = text_from_ansi(info->config->message_class);
    IMAPIFormContainer_GetDisplay(&info->container->IMAPIFormContainer_iface, MAPI_UNICODE,
                                  (LPTSTR *)&from);
    if ((text = dialog_format(IDS_FORM_RUN, info->config->display_name, message_class, from)))
        answer = MessageBoxW(parent, text, info->config->display_name,
                             MB_YESNO | MB_DEFBUTTON2 | MB_ICONWARNING);
    platform_free(text);
    platform_free(message_class);
    memory_allocators.free(from);
    return answer == IDYES;
}

static HRESULT may_install(struct form_info *info, HWND parent, ULONG flags)
{
    switch (program_policy())
    {
    case PROGRAMS_ALWAYS:
        return S_OK;
    case PROGRAMS_ASK:
        if (flags & MAPI_DIALOG) return ask(info, parent) ? S_OK : MAPI_E_USER_CANCEL;
        break;
    case PROGRAMS_NEVER:
        break;
    }
    WARN("the program of %s may not be installed\n", debugstr_a(info->config->message_class));
    return MAPI_E_NO_ACCESS;
}

static HRESULT write_files(const struct form_platform *platform, const struct form_bundle *bundle,
                           const WCHAR *folder)
{
    WCHAR name[FORM_PATH_MAX], *full;
    const struct form_file *file;
    HRESULT hr = S_OK;
    const WCHAR *path;
    ULONG at = 0;

    while (SUCCEEDED(hr) && (path = form_platform_next(platform, L"File", &at)))
    {
        if (!form_relative_path(path, name, ARRAY_SIZE(name))
            || !(file = bundle_find(bundle, name)))
        {
            WARN("%s is not in the library\n", debugstr_w(path));
            return MAPI_E_NOT_FOUND;
        }
        if (!(full = path_join(folder, name))) return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = file_write(full, file->data, file->size);
        platform_free(full);
    }
    return hr;
}

static HRESULT install(struct form_info *info, const WCHAR *clsid)
{
    const struct form_platform *platform;
    struct form_bundle bundle = { 0 };
    WCHAR *cache, *folder = NULL;
    HRESULT hr;

    if (!(platform = form_config_platform(info->config, sizeof(void *) == 8)))
    {
        WARN("%s has no program for this kind of computer\n",
             debugstr_a(info->config->message_class));
        return MAPI_E_NOT_FOUND;
    }
    if (!(cache = forms_folder(L"Cache")) || !(folder = path_join(cache, clsid)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else hr = form_info_bundle(info, &bundle);
    if (SUCCEEDED(hr)) hr = write_files(platform, &bundle, folder);
    if (SUCCEEDED(hr)) hr = register_class(platform, clsid, folder);
    if (FAILED(hr) && folder) folder_remove(folder);
    bundle_free(&bundle);
    platform_free(folder);
    platform_free(cache);
    return hr;
}

HRESULT form_prepare(struct form_info *info, HWND parent, ULONG flags)
{
    WCHAR clsid[40];
    HRESULT hr;

    if (!StringFromGUID2(&info->config->clsid, clsid, ARRAY_SIZE(clsid)))
        return MAPI_E_CALL_FAILED;
    if (is_registered(clsid)) return S_OK;
    /* The local library has no programs: who installed the form was to register it. */
    if (!info->container->library.ops->platforms)
    {
        WARN("the class %s of %s is not registered\n", debugstr_w(clsid),
             debugstr_a(info->config->message_class));
        return S_OK;
    }
    if (FAILED(hr = may_install(info, parent, flags))) return hr;
    return install(info, clsid);
}

/* ---- objects ---- */

/* The factory of the form; a server of several forms is asked which. */
static HRESULT get_factory(const CLSID *clsid, IClassFactory **ret)
{
    const DWORD context = CLSCTX_INPROC_SERVER | CLSCTX_LOCAL_SERVER;
    IMAPIFormFactory *forms;
    IClassFactory *factory;
    HRESULT hr;

    hr = CoGetClassObject(clsid, context, NULL, &IID_IClassFactory, (void **)&factory);
    if (hr == CO_E_NOTINITIALIZED)
    {
        /* For good: the form lives on in this thread's apartment. */
        CoInitialize(NULL);
        hr = CoGetClassObject(clsid, context, NULL, &IID_IClassFactory, (void **)&factory);
    }
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(IClassFactory_QueryInterface(factory, &IID_IMAPIFormFactory, (void **)&forms)))
    {
        hr = IMAPIFormFactory_CreateClassFactory(forms, clsid, 0, ret);
        IMAPIFormFactory_Release(forms);
        IClassFactory_Release(factory);
        return hr;
    }
    *ret = factory;
    return S_OK;
}

HRESULT form_create(struct form_info *info, HWND parent, ULONG flags, const IID *iid, void **ret)
{
    IClassFactory *factory;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = form_prepare(info, parent, flags))) return hr;
    hr = get_factory(&info->config->clsid, &factory);
    if (SUCCEEDED(hr))
    {
        hr = IClassFactory_CreateInstance(factory, NULL, iid, ret);
        IClassFactory_Release(factory);
    }
    if (SUCCEEDED(hr) && !*ret) hr = MAPI_E_CALL_FAILED;
    if (FAILED(hr)) WARN("%s: %#lx\n", debugstr_a(info->config->message_class), hr);
    switch (hr)
    {
    case S_OK:
    case MAPI_E_NO_ACCESS:
    case MAPI_E_NOT_ENOUGH_MEMORY:
    case MAPI_E_INTERFACE_NOT_SUPPORTED:        /* E_NOINTERFACE, MAPI_E_NO_INTERFACE */
        return hr;
    }
    if (SUCCEEDED(hr)) return S_OK;
    *ret = NULL;
    return hr == REGDB_E_CLASSNOTREG ? MAPI_E_NOT_FOUND : MAPI_E_CALL_FAILED;
}
