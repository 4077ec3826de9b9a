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
 * A transport can have options for messages and for recipients of its address types: properties with
 * defaults, and a function that MAPI calls, by its ordinal in this DLL, before it shows them. Here, one of
 * each. What RegisterOptions gives is the transport's memory, and stays as it is until logoff.
 */

#include <stdarg.h>
#include <string.h>

#include "sample.h"

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

/* Called with the message, or with an object that holds the recipient's properties, and with the data that
 * was registered. What it returns is shown; it would add PR_DETAILS_TABLE. The source serves as it is. */
SCODE STDMAPIINITCALLTYPE SampleOptions(HINSTANCE instance, LPMALLOC malloc, ULONG flags, ULONG size, LPBYTE data,
                                        LPMAPISUP support, LPMAPIPROP source, LPMAPIPROP *ret, LPMAPIERROR *error)
{
    const char *expected = flags == OPTION_TYPE_MESSAGE ? "message" : "recipient";
    HRESULT hr;

    *ret = NULL;
    *error = NULL;
    if (FAILED(hr = behave(KIND_TRANSPORT, "OptionCallback", support))) return hr;
    if (size != strlen(expected) + 1 || memcmp(data, expected, size)) return MAPI_E_INVALID_PARAMETER;
    IMAPIProp_AddRef(source);
    *ret = source;
    return S_OK;
}
