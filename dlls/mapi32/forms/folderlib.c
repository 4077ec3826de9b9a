/*
 * The library of forms of a folder
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
 * A form is an associated message of the folder, its files attachments of it. The message's subject
 * is the message class, by which it is found, and it has the form's properties, for those who read
 * the table without us. The personal library is that of the root folder of the default store.
 * Reference pages: folder-form-libraries, personal-form-libraries, form-storage
 */

#define COBJMACROS

#include "forms/forms.h"

#define FORMS_MAX 4096

static WCHAR description_class[] = L"IPM.Microsoft.FolderDesign.FormsDescription";

static HRESULT folder_list(struct form_library *library, ULONG *count, struct form_entry **entries)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_SUBJECT_A } };
    SPropValue wanted = { PR_MESSAGE_CLASS_W };
    SRestriction restriction = { RES_PROPERTY };
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;
    ULONG i;

    *count = 0;
    *entries = NULL;
    wanted.Value.lpszW = description_class;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_MESSAGE_CLASS_W;
    restriction.res.resProperty.lpProp = &wanted;
    hr = IMAPIFolder_GetContentsTable(library->folder, MAPI_ASSOCIATED, &table);
    /* A folder without associated messages has no forms. */
    if (hr == MAPI_E_NO_SUPPORT) return S_OK;
    if (FAILED(hr)) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, FORMS_MAX, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    if (rows->cRows && !(*entries = platform_alloc_zero(rows->cRows * sizeof(**entries))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;
        struct form_entry *entry = *entries + *count;

        if (rows->aRow[i].cValues < 2 || props[0].ulPropTag != PR_ENTRYID
            || props[1].ulPropTag != PR_SUBJECT_A || !form_class_valid(props[1].Value.lpszA))
            continue;
        lstrcpyA(entry->message_class, props[1].Value.lpszA);
        entry->id.cb = props[0].Value.bin.cb;
        if (!(entry->id.lpb = platform_alloc(entry->id.cb + 1))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
        {
            memcpy(entry->id.lpb, props[0].Value.bin.lpb, entry->id.cb);
            ++*count;
        }
    }
    FreeProws(rows);
    if (FAILED(hr))
    {
        form_entries_free(*count, *entries);
        *count = 0;
        *entries = NULL;
    }
    return hr;
}

/* *data: platform_alloc */
static HRESULT read_stream(IStream *stream, BYTE **data, ULONG *size)
{
    ULONG got, part;
    STATSTG stat;
    HRESULT hr;

    *data = NULL;
    *size = 0;
    if (FAILED(hr = IStream_Stat(stream, &stat, STATFLAG_NONAME))) return hr;
    if (stat.cbSize.QuadPart > FORM_FILE_MAX) return MAPI_E_TOO_BIG;
    if (!(*data = platform_alloc((size_t)stat.cbSize.QuadPart + 1)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (got = 0; got < stat.cbSize.QuadPart; got += part)
    {
        part = 0;
        hr = IStream_Read(stream, *data + got, (ULONG)stat.cbSize.QuadPart - got, &part);
        if (FAILED(hr) || !part) break;
    }
    *size = got;
    if (SUCCEEDED(hr)) return S_OK;
    platform_free(*data);
    *data = NULL;
    return hr;
}

static HRESULT read_attachment(IMessage *message, ULONG number, BYTE **data, ULONG *size)
{
    IStream *stream;
    IAttach *attach;
    HRESULT hr;

    if (FAILED(hr = IMessage_OpenAttach(message, number, NULL, 0, &attach))) return hr;
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0, (IUnknown **)&stream);
    if (SUCCEEDED(hr))
    {
        hr = read_stream(stream, data, size);
        IStream_Release(stream);
    }
    IAttach_Release(attach);
    return hr;
}

static BOOL is_description(const WCHAR *name)
{
    return !lstrcmpiW(name, FORM_CFG) || !lstrcmpiW(name, FORM_SMALL_ICON)
           || !lstrcmpiW(name, FORM_LARGE_ICON);
}

static HRESULT folder_read(struct form_library *library, const struct form_entry *entry, BOOL all,
                           struct form_bundle *bundle)
{
    static const SizedSPropTagArray(2, columns) =
        { 2, { PR_ATTACH_NUM, PR_ATTACH_LONG_FILENAME_W } };
    WCHAR name[FORM_PATH_MAX];
    SRowSet *rows = NULL;
    IMessage *message;
    IMAPITable *table;
    ULONG i, type, size;
    HRESULT hr;
    BYTE *data;

    hr = IMAPIFolder_OpenEntry(library->folder, entry->id.cb, (ENTRYID *)entry->id.lpb,
                               &IID_IMessage, 0, &type, (IUnknown **)&message);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = IMessage_GetAttachmentTable(message, MAPI_UNICODE, &table)))
    {
        hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, FORM_FILES_MAX, &rows);
        IMAPITable_Release(table);
    }
    for (i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (rows->aRow[i].cValues < 2 || props[0].ulPropTag != PR_ATTACH_NUM
            || props[1].ulPropTag != PR_ATTACH_LONG_FILENAME_W
            || !form_relative_path(props[1].Value.lpszW, name, ARRAY_SIZE(name)))
            continue;
        if (!all && !is_description(name)) continue;
        if (SUCCEEDED(hr = read_attachment(message, props[0].Value.ul, &data, &size)))
            hr = bundle_add(bundle, name, data, size);
    }
    FreeProws(rows);
    IMessage_Release(message);
    return hr;
}

static HRESULT write_attachment(IMessage *message, const struct form_file *file)
{
    SPropValue props[3];
    IStream *stream;
    IAttach *attach;
    ULONG number;
    HRESULT hr;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD;
    props[0].Value.l = ATTACH_BY_VALUE;
    props[1].ulPropTag = PR_ATTACH_LONG_FILENAME_W;
    props[1].Value.lpszW = file->name;
    props[2].ulPropTag = PR_RENDERING_POSITION;
    props[2].Value.l = -1;
    if (FAILED(hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach))) return hr;
    hr = IAttach_SetProps(attach, ARRAY_SIZE(props), props, NULL);
    if (SUCCEEDED(hr))
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0,
                                  MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    if (SUCCEEDED(hr))
    {
        if (file->size) hr = IStream_Write(stream, file->data, file->size, NULL);
        if (SUCCEEDED(hr)) hr = IStream_Commit(stream, STGC_DEFAULT);
        IStream_Release(stream);
    }
    if (SUCCEEDED(hr)) hr = IAttach_SaveChanges(attach, 0);
    IAttach_Release(attach);
    return hr;
}

static void add_text(SPropValue *props, ULONG *count, ULONG tag, const WCHAR *text)
{
    if (!text) return;
    props[*count].ulPropTag = tag;
    props[(*count)++].Value.lpszW = (WCHAR *)text;
}

static HRESULT write_props(IMessage *message, const struct form_config *config)
{
    SPropValue props[12];
    WCHAR *class_name;
    ULONG count = 0;
    HRESULT hr;

    if (!(class_name = text_from_ansi(config->message_class))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(props, 0, sizeof(props));
    add_text(props, &count, PR_MESSAGE_CLASS_W, description_class);
    add_text(props, &count, PR_SUBJECT_W, class_name);
    add_text(props, &count, PR_DISPLAY_NAME_W, config->display_name);
    add_text(props, &count, PR_FORM_VERSION_W, config->version);
    add_text(props, &count, PR_FORM_CONTACT_NAME_W, config->owner);
    add_text(props, &count, PR_FORM_CATEGORY_W, config->category);
    add_text(props, &count, PR_FORM_CATEGORY_SUB_W, config->subcategory);
    add_text(props, &count, PR_COMMENT_W, *config->comment ? config->comment : NULL);
    props[count].ulPropTag = PR_FORM_CLSID;
    props[count++].Value.lpguid = (GUID *)&config->clsid;
    props[count].ulPropTag = PR_FORM_HIDDEN;
    props[count++].Value.b = config->hidden;
    hr = IMessage_SetProps(message, count, props, NULL);
    platform_free(class_name);
    return hr;
}

static HRESULT folder_remove_entry(struct form_library *library, const struct form_entry *entry)
{
    SBinary id = entry->id;
    ENTRYLIST list = { 1, &id };

    return IMAPIFolder_DeleteMessages(library->folder, &list, 0, NULL, 0);
}

/* The new one is there before the old one goes. */
static HRESULT folder_write(struct form_library *library, const struct form_entry *old,
                            const struct form_config *config, const struct form_bundle *bundle)
{
    IMessage *message;
    HRESULT hr;
    ULONG i;

    hr = IMAPIFolder_CreateMessage(library->folder, &IID_IMessage, MAPI_ASSOCIATED, &message);
    if (FAILED(hr)) return hr;
    hr = write_props(message, config);
    for (i = 0; SUCCEEDED(hr) && i < bundle->count; i++)
        hr = write_attachment(message, bundle->files + i);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, 0);
    IMessage_Release(message);
    if (SUCCEEDED(hr) && old) hr = folder_remove_entry(library, old);
    return hr;
}

const struct form_library_ops folder_library_ops =
{
    TRUE,
    IDS_FORM_FOLDER,
    folder_list,
    folder_read,
    folder_write,
    folder_remove_entry
};

const struct form_library_ops personal_library_ops =
{
    TRUE,
    IDS_FORM_PERSONAL,
    folder_list,
    folder_read,
    folder_write,
    folder_remove_entry
};
