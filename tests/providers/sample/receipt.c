/*
 * Sample providers: read reports
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
 * Who asked to hear that a message was read hears it once: MAPI fills in the report, the store
 * submits it and takes the request off the message.
 */

#include "store.h"

static BOOL is_requested(IMessage *message)
{
    SPropValue *prop;
    BOOL ret;

    if (FAILED(HrGetOneProp((IMAPIProp *)message, PR_READ_RECEIPT_REQUESTED, &prop))) return FALSE;
    ret = prop->Value.b != 0;
    MAPIFreeBuffer(prop);
    return ret;
}

static void send_report(struct store *store, IMAPISupport *support, IMessage *message)
{
    IMessage *report;
    SPropValue prop;

    if (FAILED(message_create(store, FOLDER_OUTBOX, FALSE, &report))) return;
    if (SUCCEEDED(IMAPISupport_ReadReceipt(support, 0, message, &report))
        && SUCCEEDED(IMessage_SubmitMessage(report, 0)))
    {
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_READ_RECEIPT_REQUESTED;
        IMessage_SetProps(message, 1, &prop, NULL);
        IMessage_SaveChanges(message, 0);
    }
    IMessage_Release(report);
}

void receipt_send(struct store *store, ULONG number)
{
    IMAPISupport *support = store_support(store);
    IMessage *message;

    if (!support) return;
    if (SUCCEEDED(message_open(store, number, TRUE, &message)))
    {
        if (is_requested(message)) send_report(store, support, message);
        IMessage_Release(message);
    }
    IMAPISupport_Release(support);
}
