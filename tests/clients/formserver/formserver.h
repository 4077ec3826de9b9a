/*
 * A form server in a process of its own
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
 * What the files of this program share. It is written as a stranger's, against the public headers:
 * formserver.c has the factory and the process, form.c the form, work.c what the form does with the
 * message, the folder and the session that it got from the viewer.
 *
 * The message says what is to be done: PR_TEST_COMMAND, words in any order. "inspect" writes into
 * PR_TEST_REPORT what was found; then one of "save", "submit", "delete", and how it ends: at once,
 * "later" by a timer, or as a crash would, "die" within DoVerb, "leave" after it. "watch" ends when
 * the folder has a new message and the form was told so.
 */

#ifndef FORMSERVER_H
#define FORMSERVER_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapiform.h>
#include <imessage.h>

#define PR_TEST_COMMAND PROP_TAG(PT_STRING8, 0x6700)
#define PR_TEST_REPORT  PROP_TAG(PT_STRING8, 0x6701)

struct form
{
    IMAPIForm IMAPIForm_iface;
    IPersistMessage IPersistMessage_iface;
    LONG refs;
    IMAPIMessageSite *site;
    IMessage *message;
    IMAPIViewContext *view;
    IMAPIViewAdviseSink *sink;
    char command[200], subject[200];
};

HRESULT form_create(REFIID iid, void **ret);
/* The form is gone, and with it what the process is for. */
void server_end(void);

/* Fills report with what was found. */
void work_inspect(struct form *form, char *report, size_t size);
HRESULT work_add_recipient(IMessage *message);
/* A sink of this process on the folder's contents: whether a row was added since. */
HRESULT work_watch(struct form *form);
BOOL work_watched(void);
HRESULT work_watch_end(void);

#endif /* FORMSERVER_H */
