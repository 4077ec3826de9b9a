/*
 * The profile wizard: which services there are
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
 * A service can be chosen when it has wizard pages, as the reference says; those of [Default
 * Services] are in every new profile, and those that the caller lists are chosen whether they have
 * pages or not. What is chosen at first where the caller lists none: a standard service with pages,
 * else the first with pages.
 */

#include "wizard/wizard.h"
#include "profile/private.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* The DLL with the wizard pages: of the service or, as for its entry, of a provider of it. */
static WCHAR *service_dll(struct mapisvc *mapisvc, const struct inf_section *section)
{
    static const WCHAR *const keys[]
        = { L"PR_SERVICE_DLL_NAME", L"PR_SERVICE_DLL_NAME_A", L"PR_SERVICE_DLL_NAME_W" };
    ULONG i, count;
    const SPropValue *found;
    SPropValue *props;
    WCHAR *ret = NULL;

    for (i = 0; i < ARRAY_SIZE(keys) && !inf_value(section, keys[i]); i++) {}
    if (i == ARRAY_SIZE(keys)) return NULL;
    if (FAILED(mapisvc_props(mapisvc, section, &count, &props))) return NULL;
    if ((found = props_find(props, count, PR_SERVICE_DLL_NAME_W)))
        ret = text_dup(found->Value.lpszW);
    else if ((found = props_find(props, count, PR_SERVICE_DLL_NAME_A)))
        ret = text_from_ansi(found->Value.lpszA);
    memory_free_buffer(props);
    return ret;
}

static HRESULT take_service(struct mapisvc *mapisvc, const WCHAR *key, const WCHAR *text,
                            struct wizard_service *service)
{
    const struct inf_section *section = mapisvc_section(mapisvc, key);
    const struct inf_section *defaults = mapisvc_section(mapisvc, L"Default Services");
    const WCHAR *entry = section ? inf_value(section, L"WIZARD_ENTRY_NAME") : NULL;

    if (!(service->key = text_dup(key)) || !(service->text = text_dup(*text ? text : key)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    service->standard = defaults && inf_value(defaults, key);
    if (!entry || !*entry || !(service->dll = service_dll(mapisvc, section))) return S_OK;
    if (!(service->party.name = text_dup(service->dll)) || !(service->entry = text_to_ansi(entry)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    return S_OK;
}

static HRESULT choose(struct wizard *wizard, ULONG count, WCHAR *const *services)
{
    struct wizard_service *first = NULL, *service;
    ULONG i, j, chosen = 0;

    for (i = 0; i < count; i++)
    {
        for (j = 0; j < wizard->count; j++)
            if (!text_compare_nocase(wizard->services[j].key, services[i])) break;
        if (j < wizard->count) wizard->services[j].chosen = TRUE;
        else
        {
            WARN("there is no service %s\n", debugstr_w(services[i]));
            return MAPI_E_NOT_FOUND;
        }
    }
    if (count) return S_OK;
    for (i = 0; i < wizard->count; i++)
    {
        service = &wizard->services[i];
        if (!service->entry) continue;
        if (!first) first = service;
        if (wizard->is_new && service->standard)
        {
            service->chosen = TRUE;
            chosen++;
        }
    }
    if (!chosen && first) first->chosen = TRUE;
    return S_OK;
}

HRESULT wizard_offer(struct wizard *wizard, ULONG count, WCHAR *const *services)
{
    const struct inf_section *section;
    struct mapisvc *mapisvc;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = mapisvc_open(&mapisvc))) return hr;
    section = mapisvc_section(mapisvc, L"Services");
    i = section ? min(section->count, WIZARD_SERVICES_MAX) : 0;
    if (!(wizard->services = platform_alloc_zero((i + 1) * sizeof(*wizard->services))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (; wizard->count < i && SUCCEEDED(hr); wizard->count++)
        hr = take_service(mapisvc, section->entries[wizard->count].key,
                          section->entries[wizard->count].value, &wizard->services[wizard->count]);
    mapisvc_close(mapisvc);
    return SUCCEEDED(hr) ? choose(wizard, count, services) : hr;
}

void wizard_forget(struct wizard *wizard)
{
    ULONG i;

    for (i = 0; i < wizard->count; i++)
    {
        wizard_service_close(wizard, &wizard->services[i]);
        platform_free(wizard->services[i].key);
        platform_free(wizard->services[i].text);
        platform_free(wizard->services[i].dll);
        platform_free(wizard->services[i].entry);
        platform_free(wizard->services[i].party.name);
    }
    platform_free(wizard->services);
    wizard->services = NULL;
    wizard->count = 0;
}
