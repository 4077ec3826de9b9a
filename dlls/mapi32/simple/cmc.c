/*
 * Common Messaging Calls: sessions, configuration, extensions
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
 * The calls are those of CMC 1.0 with the common extension set (XCMCEXT.H) and Microsoft's
 * (XCMCMSXT.H). Strings end with a zero: counted ones are not supported, and
 * cmc_query_configuration says so. Each call checks what it is given, does it in a session of
 * Simple MAPI's, and says why not in CMC's own codes.
 */

#define COBJMACROS
#include "simple/cmc.h"
#include "profile/profile.h"
#include "winuser.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

CMC_return_code cmc_error(ULONG code)
{
    switch (code)
    {
    case SUCCESS_SUCCESS: return CMC_SUCCESS;
    case MAPI_E_USER_ABORT: return CMC_E_USER_CANCEL;
    case MAPI_E_LOGON_FAILURE: return CMC_E_LOGON_FAILURE;
    case MAPI_E_DISK_FULL: return CMC_E_DISK_FULL;
    case MAPI_E_INSUFFICIENT_MEMORY: return CMC_E_INSUFFICIENT_MEMORY;
    case MAPI_E_TOO_MANY_SESSIONS: return CMC_E_SERVICE_UNAVAILABLE;
    case MAPI_E_TOO_MANY_FILES: return CMC_E_TOO_MANY_FILES;
    case MAPI_E_TOO_MANY_RECIPIENTS: return CMC_E_TOO_MANY_RECIPIENTS;
    case MAPI_E_ATTACHMENT_NOT_FOUND: return CMC_E_ATTACHMENT_NOT_FOUND;
    case MAPI_E_ATTACHMENT_OPEN_FAILURE: return CMC_E_ATTACHMENT_OPEN_FAILURE;
    case MAPI_E_ATTACHMENT_WRITE_FAILURE: return CMC_E_ATTACHMENT_WRITE_FAILURE;
    case MAPI_E_UNKNOWN_RECIPIENT: return CMC_E_RECIPIENT_NOT_FOUND;
    case MAPI_E_BAD_RECIPTYPE: return CMC_E_INVALID_ENUM;
    case MAPI_E_INVALID_MESSAGE: return CMC_E_INVALID_MESSAGE_REFERENCE;
    case MAPI_E_TEXT_TOO_LARGE: return CMC_E_TEXT_TOO_LARGE;
    case MAPI_E_INVALID_SESSION: return CMC_E_INVALID_SESSION_ID;
    case MAPI_E_AMBIGUOUS_RECIPIENT: return CMC_E_AMBIGUOUS_RECIPIENT;
    case MAPI_E_MESSAGE_IN_USE: return CMC_E_MESSAGE_IN_USE;
    case MAPI_E_INVALID_RECIPS: return CMC_E_RECIPIENT_NOT_FOUND;
    case MAPI_E_NOT_SUPPORTED: return CMC_E_NOT_SUPPORTED;
    }
    return CMC_E_FAILURE;
}

CMC_return_code cmc_error_hr(HRESULT hr)
{
    return cmc_error(simple_error(hr));
}

CMC_return_code cmc_flags_check(CMC_flags flags, CMC_flags known)
{
    if (flags & CMC_COUNTED_STRING_TYPE) return CMC_E_COUNTED_STRING_UNSUPPORTED;
    if (flags & ~(known | CMC_ERROR_UI_ALLOWED | CMC_LOGON_UI_ALLOWED)) return CMC_E_INVALID_FLAG;
    return CMC_SUCCESS;
}

/* ---- extensions ---- */

static BOOL is_listed(const ULONG *codes, ULONG code)
{
    for (; *codes; codes++) if (*codes == code) return TRUE;
    return FALSE;
}

static CMC_return_code check_list(const CMC_extension *extensions, const ULONG *codes,
                                  CMC_return_code unknown)
{
    ULONG i;

    for (i = 0; extensions && i < CMC_EXTENSIONS_MAX; i++)
    {
        if (IsBadReadPtr(extensions + i, sizeof(*extensions))) return CMC_E_INVALID_PARAMETER;
        if (!is_listed(codes, extensions[i].item_code)
            && (extensions[i].extension_flags & CMC_EXT_REQUIRED))
            return unknown;
        if (extensions[i].extension_flags & CMC_EXT_LAST_ELEMENT) return CMC_SUCCESS;
    }
    return extensions ? CMC_E_INVALID_PARAMETER : CMC_SUCCESS;
}

CMC_return_code cmc_extensions_check(const CMC_extension *extensions, const ULONG *codes)
{
    return check_list(extensions, codes, CMC_E_UNSUPPORTED_FUNCTION_EXT);
}

CMC_return_code cmc_data_check(const CMC_extension *extensions, const ULONG *codes)
{
    return check_list(extensions, codes, CMC_E_UNSUPPORTED_DATA_EXT);
}

CMC_extension *cmc_extension(CMC_extension *extensions, ULONG code)
{
    for (; extensions; extensions++)
    {
        if (extensions->item_code == code) return extensions;
        if (extensions->extension_flags & CMC_EXT_LAST_ELEMENT) break;
    }
    return NULL;
}

static CMC_flags support_of(ULONG code)
{
    switch (code)
    {
    case CMC_XS_COM:
    case CMC_XS_MS:
        return CMC_X_COM_SUPPORTED | CMC_X_COM_DATA_EXT_SUPPORTED | CMC_X_COM_FUNC_EXT_SUPPORTED;
    case CMC_X_COM_SUPPORT_EXT:
    case CMC_X_COM_CONFIG_DATA:
    case CMC_X_COM_CAN_SEND_RECIP:
    case CMC_X_COM_SAVE_MESSAGE:
    case CMC_X_COM_SENT_MESSAGE:
    case CMC_X_MS_SESSION_FLAGS:
    case CMC_X_MS_FUNCTION_FLAGS:
    case CMC_X_MS_ADDRESS_UI:
        return CMC_X_COM_SUPPORTED | CMC_X_COM_FUNC_EXT_SUPPORTED;
    case CMC_X_COM_TIME_RECEIVED:
    case CMC_X_COM_RECIP_ID:
    case CMC_X_COM_ATTACH_CHARPOS:
    case CMC_X_COM_PRIORITY:
    case CMC_X_MS_ATTACH_DATA:
    case CMC_X_MS_MESSAGE_DATA:
        return CMC_X_COM_SUPPORTED | CMC_X_COM_DATA_EXT_SUPPORTED;
    }
    return CMC_X_COM_NOT_SUPPORTED;
}

/* Answers CMC_X_COM_SUPPORT_EXT; *wanted: the data extensions that are asked for by it. */
static CMC_return_code answer_support(CMC_extension *extensions, ULONG *wanted)
{
    CMC_extension *extension = cmc_extension(extensions, CMC_X_COM_SUPPORT_EXT);
    CMC_X_COM_support *support;
    ULONG i, code;

    *wanted = 0;
    if (!extension) return CMC_SUCCESS;
    support = extension->item_reference;
    if (!support || extension->item_data > 1024
        || IsBadWritePtr(support, extension->item_data * sizeof(*support)))
        return CMC_E_INVALID_PARAMETER;
    for (i = 0; i < extension->item_data; i++)
    {
        code = support[i].item_code;
        if (support[i].flags & CMC_X_COM_SUP_EXCLUDE)
        {
            if (code >= CMC_X_COM_TIME_RECEIVED && code <= CMC_X_COM_PRIORITY)
                *wanted &= ~CMC_WANTED(code);
            continue;
        }
        support[i].flags = support_of(code);
        if (code == CMC_XS_COM) *wanted |= 0xf;
        else if (code >= CMC_X_COM_TIME_RECEIVED && code <= CMC_X_COM_PRIORITY)
            *wanted |= CMC_WANTED(code);
    }
    return CMC_SUCCESS;
}

/* ---- sessions ---- */

/* A character set by its object identifier: those that text here may be in. */
static BOOL charset_supported(const char *name)
{
    static const char prefix[] = "1 2 840 113556 3 2 ";
    char *end;

    if (!name || !*name || !strcmp(name, CMC_CHAR_ISTRING)) return TRUE;
    if (strncmp(name, prefix, sizeof(prefix) - 1)) return FALSE;
    return strtoul(name + sizeof(prefix) - 1, &end, 10) == GetACP() && !*end;
}

CMC_return_code WINAPI cmc_logon(CMC_string service, CMC_string user, CMC_string password,
                                 CMC_object_identifier character_set, CMC_ui_id ui_id,
                                 CMC_uint16 caller_cmc_version, CMC_flags logon_flags,
                                 CMC_session_id *session, CMC_extension *logon_extensions)
{
    static const ULONG known[] = { CMC_X_COM_SUPPORT_EXT, CMC_X_COM_CONFIG_DATA,
                                   CMC_X_MS_SESSION_FLAGS, 0 };
    CMC_extension *extension;
    struct simple_call call;
    CMC_return_code ret;
    LHANDLE handle = 0;
    ULONG code, wanted;
    FLAGS flags = 0;

    TRACE("(%s, %s, %s, %#lx, %u, %#lx, %p, %p)\n", debugstr_a(service), debugstr_a(user),
          debugstr_a(character_set), ui_id, caller_cmc_version, logon_flags, session,
          logon_extensions);

    if (!session) return CMC_E_INVALID_PARAMETER;
    *session = 0;
    if (caller_cmc_version != CMC_VERSION) return CMC_E_UNSUPPORTED_VERSION;
    if ((ret = cmc_flags_check(logon_flags, 0))) return ret;
    if (!string_check(user) || !string_check(password) || !string_check(character_set))
        return CMC_E_INVALID_PARAMETER;
    if (!charset_supported(character_set)) return CMC_E_UNSUPPORTED_CHARACTER_SET;
    if ((ret = cmc_extensions_check(logon_extensions, known))) return ret;
    if ((ret = answer_support(logon_extensions, &wanted))) return ret;
    if ((extension = cmc_extension(logon_extensions, CMC_X_MS_SESSION_FLAGS)))
    {
        if (extension->item_data & CMC_X_MS_NEW_SESSION) flags |= MAPI_NEW_SESSION;
        if (extension->item_data & CMC_X_MS_FORCE_DOWNLOAD) flags |= MAPI_FORCE_DOWNLOAD;
    }
    if (logon_flags & CMC_LOGON_UI_ALLOWED) flags |= MAPI_LOGON_UI;
    if (!simple_has_profile(user, flags)) return CMC_E_LOGON_FAILURE;
    if ((code = simple_logon(cmc_window(ui_id), user, password, flags, &handle)))
        return cmc_error(code);
    if (!simple_begin(&call, handle, 0, 0))
    {
        call.session->extensions = wanted;
        simple_end(&call);
    }
    *session = handle;
    return CMC_SUCCESS;
}

CMC_return_code WINAPI cmc_logoff(CMC_session_id session, CMC_ui_id ui_id, CMC_flags logoff_flags,
                                  CMC_extension *logoff_extensions)
{
    static const ULONG known[] = { CMC_X_MS_SESSION_FLAGS, 0 };
    CMC_return_code ret;

    TRACE("(%#lx, %#lx, %#lx, %p)\n", session, ui_id, logoff_flags, logoff_extensions);

    if ((ret = cmc_flags_check(logoff_flags, CMC_LOGOFF_UI_ALLOWED))) return ret;
    if ((ret = cmc_extensions_check(logoff_extensions, known))) return ret;
    return cmc_error(simple_logoff(session));
}

CMC_return_code WINAPI cmc_free(CMC_buffer memory)
{
    TRACE("(%p)\n", memory);

    if (!memory) return CMC_SUCCESS;
    return memory_exported->free(memory) ? CMC_E_INVALID_MEMORY : CMC_SUCCESS;
}

/* ---- configuration ---- */

static const char *charset_name(void)
{
    switch (GetACP())
    {
    case 437: return CMC_CHAR_CP437;
    case 850: return CMC_CHAR_CP850;
    case 1252: return CMC_CHAR_CP1252;
    }
    return CMC_CHAR_ISTRING;
}

static HRESULT put_block(const char *text, CMC_string *ret)
{
    *ret = NULL;
    if (memory_exported->allocate(strlen(text) + 1, (void **)ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
    strcpy(*ret, text);
    return S_OK;
}

/* The default profile; *ret stays NULL without one. */
static HRESULT put_user(CMC_string *ret)
{
    WCHAR name[PROFILE_NAME_MAX + 1];
    HRESULT hr;
    char *text;

    *ret = NULL;
    if (FAILED(profile_default_name(name)) || !name[0]) return S_OK;
    if (!(text = text_to_ansi(name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = put_block(text, ret);
    platform_free(text);
    return hr;
}

static HRESULT put_charsets(CMC_object_identifier **ret)
{
    CMC_object_identifier *list;
    HRESULT hr;

    *ret = NULL;
    if (memory_exported->allocate(2 * sizeof(*list), (void **)&list))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list[1] = NULL;
    hr = cmc_put_string(list, charset_name(), list);
    if (FAILED(hr)) memory_exported->free(list);
    else *ret = list;
    return hr;
}

static HRESULT answer_item(CMC_enum item, void *reference)
{
    switch (item)
    {
    case CMC_CONFIG_CHARACTER_SET:
        return put_charsets(reference);
    case CMC_CONFIG_LINE_TERM:
        *(CMC_enum *)reference = CMC_LINE_TERM_CRLF;
        break;
    case CMC_CONFIG_DEFAULT_SERVICE:
        *(CMC_string *)reference = NULL;
        break;
    case CMC_CONFIG_DEFAULT_USER:
        return put_user(reference);
    case CMC_CONFIG_REQ_PASSWORD:
    case CMC_CONFIG_REQ_SERVICE:
        *(CMC_enum *)reference = CMC_REQUIRED_NO;
        break;
    case CMC_CONFIG_REQ_USER:
        *(CMC_enum *)reference = CMC_REQUIRED_OPT;
        break;
    case CMC_CONFIG_UI_AVAIL:
    case CMC_CONFIG_SUP_NOMKMSGREAD:
        *(CMC_boolean *)reference = CMC_TRUE;
        break;
    case CMC_CONFIG_SUP_COUNTED_STR:
        *(CMC_boolean *)reference = CMC_FALSE;
        break;
    case CMC_CONFIG_VER_IMPLEM:
    case CMC_CONFIG_VER_SPEC:
        *(CMC_uint16 *)reference = CMC_VERSION;
        break;
    }
    return S_OK;
}

/* All of it as one structure, in CMC_X_COM_CONFIG_DATA. */
static HRESULT answer_data(CMC_extension *extension)
{
    CMC_X_COM_configuration *config;
    CMC_string user;
    HRESULT hr;

    if (memory_exported->allocate(sizeof(*config), (void **)&config))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(config, 0, sizeof(*config));
    config->ver_spec = config->ver_implem = CMC_VERSION;
    config->line_term = CMC_LINE_TERM_CRLF;
    config->req_password = config->req_service = CMC_REQUIRED_NO;
    config->req_user = CMC_REQUIRED_OPT;
    config->ui_avail = config->sup_nomkmsgread = CMC_TRUE;
    hr = put_user(&user);
    if (SUCCEEDED(hr) && user) hr = cmc_put_string(config, user, &config->default_user);
    memory_exported->free(user);
    if (SUCCEEDED(hr)
        && memory_exported->more(2 * sizeof(*config->character_set), config,
                                 (void **)&config->character_set))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        config->character_set[1] = NULL;
        hr = cmc_put_string(config, charset_name(), config->character_set);
    }
    if (FAILED(hr))
    {
        memory_exported->free(config);
        return hr;
    }
    extension->item_reference = config;
    extension->extension_flags |= CMC_EXT_OUTPUT;
    return S_OK;
}

CMC_return_code WINAPI cmc_query_configuration(CMC_session_id session, CMC_enum item,
                                               CMC_buffer reference,
                                               CMC_extension *config_extensions)
{
    static const ULONG known[] = { CMC_X_COM_SUPPORT_EXT, CMC_X_COM_CONFIG_DATA, 0 };
    CMC_extension *extension;
    CMC_return_code ret;
    ULONG wanted;
    HRESULT hr;

    TRACE("(%#lx, %ld, %p, %p)\n", session, item, reference, config_extensions);

    if (!reference || IsBadWritePtr(reference, sizeof(CMC_uint16))) return CMC_E_INVALID_PARAMETER;
    if (item < CMC_CONFIG_CHARACTER_SET || item > CMC_CONFIG_VER_SPEC) return CMC_E_INVALID_ENUM;
    if (session && !simple_is_ours(session)) return CMC_E_INVALID_SESSION_ID;
    if ((ret = cmc_extensions_check(config_extensions, known))) return ret;
    if ((ret = answer_support(config_extensions, &wanted))) return ret;
    hr = answer_item(item, reference);
    if (SUCCEEDED(hr) && (extension = cmc_extension(config_extensions, CMC_X_COM_CONFIG_DATA)))
        hr = answer_data(extension);
    return SUCCEEDED(hr) ? CMC_SUCCESS : cmc_error_hr(hr);
}
