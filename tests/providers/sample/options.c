/*
 * Sample providers: options of the transport
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
 * A transport can have options for messages and for recipients of its address types: properties
 * with defaults, and a function that MAPI calls, by its ordinal in this DLL, before it shows them.
 * Here, one of each. What RegisterOptions gives is the transport's memory, and stays as it is until
 * logoff.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "sheets.h"

#define OPTION_ORDINAL 100              /* of SampleOptions in sample.spec */

/* As in a profile: the name without the 32 that the DLL has on disk. */
static char *option_dll(const struct environment *environment)
{
    static char path[MAX_PATH];
    char *end;

    if (!GetModuleFileNameA(environment->instance, path, sizeof(path))) return NULL;
    if ((end = strstr(path, "32.dll"))) memmove(end, end + 2, strlen(end + 2) + 1);
    return path;
}

HRESULT sample_register_options(const struct environment *environment, ULONG *flags, ULONG *count,
                                LPOPTIONDATA *ret)
{
    static char type[] = "SAMPLE", note[] = "as the sample has it";
    static BYTE message_data[] = "message", recipient_data[] = "recipient";
    static SPropValue message_props[1], recipient_props[2];
    static OPTIONDATA options[2];
    HRESULT hr;

    *flags = 0;                         /* the strings are ANSI */
    *count = 0;
    *ret = NULL;
    if (FAILED(hr = behave(KIND_TRANSPORT, "RegisterOptions", NULL))) return hr;
    message_props[0].ulPropTag = PR_SAMPLE_URGENT;
    message_props[0].Value.b = FALSE;
    options[0].ulFlags = OPTION_TYPE_MESSAGE;
    options[0].lpszAdrType = (LPTSTR)type;
    options[0].lpszDLLName = (LPTSTR)option_dll(environment);
    options[0].ulOrdinal = OPTION_ORDINAL;
    options[0].cbOptionsData = sizeof(message_data);
    options[0].lpbOptionsData = message_data;
    options[0].cOptionsProps = 1;
    options[0].lpOptionsProps = message_props;
    recipient_props[0].ulPropTag = PR_SAMPLE_RETRIES;
    recipient_props[0].Value.l = 3;
    recipient_props[1].ulPropTag = PR_SAMPLE_NOTE;
    recipient_props[1].Value.lpszA = note;
    options[1] = options[0];
    options[1].ulFlags = OPTION_TYPE_RECIPIENT;
    options[1].cbOptionsData = sizeof(recipient_data);
    options[1].lpbOptionsData = recipient_data;
    options[1].cOptionsProps = 2;
    options[1].lpOptionsProps = recipient_props;
    *count = 2;
    *ret = options;
    return S_OK;
}

/* What the function returns: the source, with a display table of its own. */
struct options
{
    const IMAPIPropVtbl *vtbl;
    LONG ref;
    IMAPIProp *source;                  /* counted */
    HINSTANCE instance;
    BOOL of_message;
};

static IMAPIProp *source_of(IMAPIProp *iface)
{
    return ((struct options *)iface)->source;
}

static HRESULT WINAPI options_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp)) return E_NOINTERFACE;
    *ret = iface;
    IMAPIProp_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI options_AddRef(IMAPIProp *iface)
{
    return InterlockedIncrement(&((struct options *)iface)->ref);
}

static ULONG WINAPI options_Release(IMAPIProp *iface)
{
    struct options *options = (struct options *)iface;
    LONG ref = InterlockedDecrement(&options->ref);

    if (ref) return ref;
    IMAPIProp_Release(options->source);
    free(options);
    return 0;
}

static HRESULT WINAPI options_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags,
                                           LPMAPIERROR *ret)
{
    return IMAPIProp_GetLastError(source_of(iface), hr, flags, ret);
}

static HRESULT WINAPI options_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    return S_OK;                        /* the source is saved by whose it is */
}

static HRESULT WINAPI options_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags,
                                       ULONG *count, LPSPropValue *props)
{
    return IMAPIProp_GetProps(source_of(iface), tags, flags, count, props);
}

static HRESULT WINAPI options_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags)
{
    return IMAPIProp_GetPropList(source_of(iface), flags, tags);
}

static HRESULT build_table(HINSTANCE instance, BOOL of_message, IMAPITable **ret)
{
    static DTBLPAGE page;
    static DTBLLABEL label;
    static DTBLCHECKBOX urgent = { 0, 0, PR_SAMPLE_URGENT };
    static DTBLEDIT retries = { 0, 0, 2, PR_SAMPLE_RETRIES }, note = { 0, 0, 80, PR_SAMPLE_NOTE };
    static DTCTL message_controls[] =
    {
        { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
        { DTCT_CHECKBOX, DT_EDITABLE, NULL, 0, NULL, IDC_URGENT, { &urgent } }
    };
    static DTCTL recipient_controls[] =
    {
        { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
        { DTCT_LABEL, 0, NULL, 0, NULL, IDC_RETRIES_LABEL, { &label } },
        { DTCT_EDIT, DT_EDITABLE | DT_REQUIRED, NULL, 0, (LPTSTR)"[0-9]", IDC_RETRIES, { &retries } },
        { DTCT_LABEL, 0, NULL, 0, NULL, IDC_NOTE_LABEL, { &label } },
        { DTCT_EDIT, DT_EDITABLE | DT_ACCEPT_DBCS, NULL, 0, (LPTSTR)"*", IDC_NOTE, { &note } }
    };
    DTPAGE pages = { 0 };

    pages.cctl = of_message ? ARRAYSIZE(message_controls) : ARRAYSIZE(recipient_controls);
    pages.lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(of_message ? IDD_MESSAGE_OPTIONS
                                                                 : IDD_RECIPIENT_OPTIONS);
    pages.lpszComponent = (LPTSTR)"SampleHelp";
    pages.lpctl = of_message ? message_controls : recipient_controls;
    return BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, instance,
                             1, &pages, 0, ret, NULL);
}

static HRESULT WINAPI options_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG how,
                                           ULONG flags, LPUNKNOWN *ret)
{
    struct options *options = (struct options *)iface;

    *ret = NULL;
    if (tag != PR_DETAILS_TABLE)
        return IMAPIProp_OpenProperty(options->source, tag, iid, how, flags, ret);
    if (!iid || !IsEqualGUID(iid, &IID_IMAPITable)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return build_table(options->instance, options->of_message, (IMAPITable **)ret);
}

static HRESULT WINAPI options_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                       LPSPropProblemArray *problems)
{
    return IMAPIProp_SetProps(source_of(iface), count, props, problems);
}

static HRESULT WINAPI options_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                          LPSPropProblemArray *problems)
{
    return IMAPIProp_DeleteProps(source_of(iface), tags, problems);
}

static HRESULT WINAPI options_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                                     LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                     LPCIID iid, void *dst, ULONG flags,
                                     LPSPropProblemArray *problems)
{
    return IMAPIProp_CopyTo(source_of(iface), exclude_count, exclude, tags, ui, progress, iid, dst,
                            flags, problems);
}

static HRESULT WINAPI options_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                        LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                        LPSPropProblemArray *problems)
{
    return IMAPIProp_CopyProps(source_of(iface), tags, ui, progress, iid, dst, flags, problems);
}

static HRESULT WINAPI options_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                              ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    return IMAPIProp_GetNamesFromIDs(source_of(iface), tags, set, flags, count, names);
}

static HRESULT WINAPI options_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                              ULONG flags, LPSPropTagArray *tags)
{
    return IMAPIProp_GetIDsFromNames(source_of(iface), count, names, flags, tags);
}

static const IMAPIPropVtbl options_vtbl =
{
    options_QueryInterface,
    options_AddRef,
    options_Release,
    options_GetLastError,
    options_SaveChanges,
    options_GetProps,
    options_GetPropList,
    options_OpenProperty,
    options_SetProps,
    options_DeleteProps,
    options_CopyTo,
    options_CopyProps,
    options_GetNamesFromIDs,
    options_GetIDsFromNames
};

/* Called with the message, or with an object that holds the recipient's properties, and with the
 * data that was registered. MAPI shows the display table of what it returns, and sets there what
 * the user chose. */
SCODE STDMAPIINITCALLTYPE SampleOptions(HINSTANCE instance, LPMALLOC malloc, ULONG flags,
                                        ULONG size, LPBYTE data, LPMAPISUP support,
                                        LPMAPIPROP source, LPMAPIPROP *ret, LPMAPIERROR *error)
{
    BOOL of_message = flags == OPTION_TYPE_MESSAGE;
    const char *expected = of_message ? "message" : "recipient";
    struct options *options;
    HRESULT hr;

    *ret = NULL;
    *error = NULL;
    if (FAILED(hr = behave(KIND_TRANSPORT, "OptionCallback", support))) return hr;
    if (size != strlen(expected) + 1 || memcmp(data, expected, size))
        return MAPI_E_INVALID_PARAMETER;
    if (!(options = calloc(1, sizeof(*options)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    options->vtbl = &options_vtbl;
    options->ref = 1;
    IMAPIProp_AddRef(source);
    options->source = source;
    options->instance = instance;
    options->of_message = of_message;
    *ret = (IMAPIProp *)options;
    return S_OK;
}
