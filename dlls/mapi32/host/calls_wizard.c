/*
 * The wizard pages of message services
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
 * A service's WIZARDENTRY names a dialog resource of its DLL and a procedure. Name and resource are
 * copied under the guard, the copy is looked at before Windows sees it, and the procedure is called
 * through the guard for every message. The name is ANSI, as the reference has it; that of a DLL
 * built for Unicode, whose first character alone would be read, is tried as well, and so is a
 * number.
 */

#include "host/calls.h"
#include "core/dialogtemplate.h"

#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <mapiwz.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define RESOURCE_NAME_MAX 32            /* with its end */
#define TEMPLATE_MAX      (1024 * 1024) /* bytes; nothing real has a tenth */

struct entry_args
{
    WIZARDENTRY *proc;
    HINSTANCE instance;
    IMAPIProp *props;
    IMAPISupport *support;
    struct wizard_pages *pages;
};

static HRSRC find_resource(HINSTANCE instance, const char *name)
{
    const WCHAR *wide = (const WCHAR *)name;
    size_t i;
    HRSRC ret;

    if ((ULONG_PTR)name < 0x10000)
        return name ? FindResourceA(instance, name, (char *)RT_DIALOG) : NULL;
    for (i = 0; i < RESOURCE_NAME_MAX && name[i]; i++) {}
    if (!i || i == RESOURCE_NAME_MAX) return NULL;
    if ((ret = FindResourceA(instance, name, (char *)RT_DIALOG)) || i > 1) return ret;
    for (i = 0; i < RESOURCE_NAME_MAX && wide[i]; i++) {}
    return i < RESOURCE_NAME_MAX ? FindResourceW(instance, wide, (WCHAR *)RT_DIALOG) : NULL;
}

static HRESULT call_entry(void *data)
{
    struct entry_args *args = data;
    LPTSTR name = NULL;
    DLGPROC proc = NULL;
    HRSRC resource;
    void *from;
    ULONG ret;
    DWORD size;

    if ((ret = args->proc(args->instance, &name, &proc, args->props, args->support)))
        return MAPI_E_CALL_FAILED;
    if (!proc || !(resource = find_resource(args->instance, (const char *)name)))
        return MAPI_E_NOT_FOUND;
    size = SizeofResource(args->instance, resource);
    from = LockResource(LoadResource(args->instance, resource));
    if (!from || !size || size > TEMPLATE_MAX) return MAPI_E_CORRUPT_DATA;
    if (!(args->pages->template = platform_alloc(size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(args->pages->template, from, size);
    args->pages->size = size;
    args->pages->proc = (void *)proc;
    return S_OK;
}

/* Whatever window the resource was drawn as, it is part of the wizard's now. */
static HRESULT make_child(BYTE *data, size_t size)
{
    static const DWORD kept = DS_SETFONT | DS_FIXEDSYS | DS_3DLOOK;
    struct template_item item;
    DWORD style, *place, *extended;
    HRESULT hr;

    if (FAILED(hr = dialog_template_frame(data, size, &item))) return hr;
    /* No control has it: every control is looked at. */
    hr = dialog_template_item(data, size, 0x7ffffff1, &item);
    if (FAILED(hr) && hr != MAPI_E_NOT_FOUND) return hr;
    if (data[2] == 0xff && data[3] == 0xff)
    {
        extended = (DWORD *)(data + 8);
        place = (DWORD *)(data + 12);
    }
    else
    {
        place = (DWORD *)data;
        extended = (DWORD *)(data + 4);
    }
    memcpy(&style, place, sizeof(style));
    style = (style & kept) | DS_CONTROL | DS_NOFAILCREATE | WS_CHILD | WS_CLIPSIBLINGS;
    memcpy(place, &style, sizeof(style));
    style = WS_EX_CONTROLPARENT;
    memcpy(extended, &style, sizeof(style));
    return S_OK;
}

HRESULT wizard_pages_open(struct host_party *party, const WCHAR *dll_name, const char *entry,
                          IMAPIProp *props, IMAPISupport *support, struct wizard_pages *pages)
{
    struct entry_args args = { NULL, NULL, props, support, pages };
    WCHAR *why = NULL;
    HRESULT hr;

    memset(pages, 0, sizeof(*pages));
    if (FAILED(hr = host_dll_open(dll_name, &pages->dll, &why)))
    {
        WARN("%s: %s\n", debugstr_w(dll_name), debugstr_w(why));
        platform_free(why);
        return hr;
    }
    args.instance = pages->instance = host_dll_module(pages->dll);
    if (!(args.proc = (WIZARDENTRY *)host_find_entry(args.instance, entry, 5)))
        hr = MAPI_E_NOT_FOUND;
    else hr = host_call(party, entry, call_entry, &args);
    if (SUCCEEDED(hr)) hr = make_child(pages->template, pages->size);
    if (FAILED(hr))
    {
        WARN("%s, %s: %#lx\n", debugstr_w(dll_name), debugstr_a(entry), (unsigned long)hr);
        wizard_pages_close(party, pages);
    }
    return hr;
}

void wizard_pages_close(struct host_party *party, struct wizard_pages *pages)
{
    platform_free(pages->template);
    if (pages->dll)
    {
        if (party->broken) host_dll_keep(pages->dll);
        host_dll_release(pages->dll);
    }
    memset(pages, 0, sizeof(*pages));
}

struct window_args
{
    const struct wizard_pages *pages;
    HWND parent, window;
    DLGPROC proc;
    LPARAM param;
};

static HRESULT call_window(void *data)
{
    struct window_args *args = data;

    args->window = CreateDialogIndirectParamW(args->pages->instance, args->pages->template,
                                              args->parent, args->proc, args->param);
    return args->window ? S_OK : MAPI_E_CALL_FAILED;
}

HWND wizard_pages_window(struct host_party *party, const struct wizard_pages *pages, HWND parent,
                         DLGPROC proc, LPARAM param)
{
    struct window_args args = { pages, parent, NULL, proc, param };

    return SUCCEEDED(host_call(party, "dialog resource", call_window, &args)) ? args.window : NULL;
}

struct message_args
{
    SERVICEWIZARDDLGPROC *proc;
    HWND window;
    UINT message;
    WPARAM wparam;
    LPARAM lparam;
    BOOL ret;
};

static HRESULT call_message(void *data)
{
    struct message_args *args = data;

    args->ret = args->proc(args->window, args->message, args->wparam, args->lparam);
    return S_OK;
}

LONG wizard_pages_message(struct host_party *party, const struct wizard_pages *pages, HWND window,
                          UINT message, WPARAM wparam, LPARAM lparam)
{
    struct message_args args = { (SERVICEWIZARDDLGPROC *)pages->proc, window, message, wparam,
                                 lparam };

    if (!args.proc || FAILED(host_call(party, "SERVICEWIZARDDLGPROC", call_message, &args)))
        return 0;
    return args.ret;
}
