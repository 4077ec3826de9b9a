/*
 * Forms: what a library has, installing and removing
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

/* Without an option the library of this computer, for which no profile is needed. */

#include <stdlib.h>

#include "mapictl.h"
#include <mapiform.h>

struct library
{
    struct mailbox box;
    IMAPIFormContainer *container;
};

static void library_close(struct library *library)
{
    if (library->container) IMAPIFormContainer_Release(library->container);
    if (library->box.session) mailbox_close(&library->box);
}

/* Takes --personal and --folder; the exit status. */
static int library_open(struct arguments *args, struct library *library)
{
    const WCHAR *path = take_value(args, L"--folder");
    BOOL personal = take_flag(args, L"--personal");
    IMAPIFolder *folder = NULL;
    IMAPIFormMgr *manager;
    HRESULT hr;
    int ret;

    library->box.session = NULL;
    library->container = NULL;
    if (personal && path) return fail(L"--personal and --folder name two libraries"), EXIT_USAGE;
    if (!personal && !path)
    {
        hr = MAPIOpenLocalFormContainer(&library->container);
        return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"the library of this computer");
    }
    if ((ret = mailbox_open(args, TRUE, &library->box)))
    {
        library->box.session = NULL;
        return ret;
    }
    if (path) ret = folder_open(&library->box, path, FALSE, &folder);
    if (!ret)
    {
        hr = MAPIOpenFormMgr(library->box.session, &manager);
        if (SUCCEEDED(hr))
        {
            hr = IMAPIFormMgr_OpenFormContainer(manager, path ? HFRMREG_FOLDER : HFRMREG_PERSONAL,
                                                (IUnknown *)folder, &library->container);
            IMAPIFormMgr_Release(manager);
        }
        if (FAILED(hr)) ret = fail_hr(hr, L"the library of forms cannot be opened");
    }
    if (folder) IMAPIFolder_Release(folder);
    if (ret) library_close(library);
    return ret;
}

static void add_form(struct list *list, IMAPIFormInfo *form)
{
    static const SizedSPropTagArray(5, tags) =
        {5, {PR_MESSAGE_CLASS_W, PR_DISPLAY_NAME_W, PR_FORM_VERSION_W, PR_FORM_CATEGORY_W, PR_FORM_CLSID}};
    WCHAR *texts[5], clsid[40];
    const WCHAR *values[5];
    SPropValue *props;
    ULONG count, i;

    if (FAILED(IMAPIFormInfo_GetProps(form, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &props)))
        return;
    for (i = 0; i < 4; i++)
        values[i] = texts[i] = PROP_TYPE(props[i].ulPropTag) == PT_ERROR ? NULL
                                                                         : text_of_prop(props + i);
    clsid[0] = 0;
    if (props[4].ulPropTag == PR_FORM_CLSID)
        StringFromGUID2(props[4].Value.lpguid, clsid, ARRAYSIZE(clsid));
    values[4] = clsid;
    list_add(list, values);
    for (i = 0; i < 4; i++) free(texts[i]);
    MAPIFreeBuffer(props);
}

int forms_list(struct arguments *args)
{
    static const WCHAR *const columns[] = {L"class",    L"name",  L"version",
                                           L"category", L"clsid", NULL};
    SMAPIFormInfoArray *forms;
    struct library library;
    struct list *list;
    HRESULT hr;
    ULONG i;
    int ret;

    if ((ret = library_open(args, &library))) return ret;
    hr = IMAPIFormContainer_ResolveMultipleMessageClasses(library.container, NULL, 0, &forms);
    if (SUCCEEDED(hr))
    {
        list = list_begin(columns);
        for (i = 0; i < forms->cForms; i++)
        {
            add_form(list, forms->aFormInfo[i]);
            IMAPIFormInfo_Release(forms->aFormInfo[i]);
        }
        list_end(list);
        MAPIFreeBuffer(forms);
    }
    else ret = fail_hr(hr, L"the forms cannot be listed");
    library_close(&library);
    return ret;
}

int forms_install(struct arguments *args)
{
    const ULONG flags = take_flag(args, L"--replace") ? MAPIFORM_INSTALL_OVERWRITEONCONFLICT : 0;
    struct library library;
    WCHAR *words;
    HRESULT hr;
    int ret;

    if ((ret = library_open(args, &library))) return ret;
    hr = IMAPIFormContainer_InstallForm(library.container, 0, flags | MAPI_UNICODE,
                                        (LPCTSTR)args->values[0]);
    if (hr == MAPI_E_EXTENDED_ERROR && (words = last_error_text(library.container, hr)))
    {
        ret = fail(L"%s", words);
        free(words);
    }
    else if (FAILED(hr)) ret = fail_hr(hr, L"%s", args->values[0]);
    library_close(&library);
    return ret;
}

int forms_remove(struct arguments *args)
{
    struct library library;
    char message_class[256];
    HRESULT hr;
    int ret;

    if ((ret = library_open(args, &library))) return ret;
    if (!WideCharToMultiByte(CP_ACP, 0, args->values[0], -1, message_class, sizeof(message_class),
                             NULL, NULL))
        hr = MAPI_E_NOT_FOUND;
    else hr = IMAPIFormContainer_RemoveForm(library.container, message_class);
    if (hr == MAPI_E_NOT_FOUND) ret = fail(L"there is no form for %s", args->values[0]);
    else if (FAILED(hr)) ret = fail_hr(hr, L"%s", args->values[0]);
    library_close(&library);
    return ret;
}
