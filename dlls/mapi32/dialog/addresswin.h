/*
 * The address dialog's window
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

/* What the address dialog's window and its layout share. */

#ifndef MAPI32_DIALOG_ADDRESSWIN_H
#define MAPI32_DIALOG_ADDRESSWIN_H

#include "dialog/address.h"

struct well
{
    HWND button;
    HWND list;                          /* an item's data is its struct recipient */
};

struct address
{
    IAddrBook *book;                    /* counted */
    struct address_parm parm;
    struct container_list containers;
    struct row_list rows;
    struct recipients recipients;
    ADRLIST **ret;                      /* the caller's; modal only */
    ULONG_PTR parent;
    LPFNDISMISS dismiss;
    void *dismiss_context;
    HRESULT result;
    /* ---- the window ---- */
    HWND dialog;
    HWND list;
    HWND find;
    HWND combo;
    struct well wells[WELLS_MAX];
    ULONG well;                         /* used last: where Enter and double-click add */
    BOOL in_well;                       /* the focus was last in a well, not in the list */
    SIZE smallest;
};

/* addresslayout.c */
void address_layout_init(struct address *address); /* makes the wells, hides what is not there */
void address_layout_size(struct address *address, int width, int height);
void address_layout_limit(const struct address *address, MINMAXINFO *info);

#endif /* MAPI32_DIALOG_ADDRESSWIN_H */
