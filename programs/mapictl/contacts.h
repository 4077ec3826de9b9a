/*
 * mapictl: contacts
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
 * Contacts: the personal address book, its entries as records, and vCards. contacts.c has the
 * commands and the container, contactcard.c what of a card is which property, contactfile.c files
 * of them.
 */

#ifndef MAPICTL_CONTACTS_H
#define MAPICTL_CONTACTS_H

#include "mapictl.h"
#include "vcard/vcard.h"

struct contact_book
{
    IMAPISession *session;
    IAddrBook *book;
    IABContainer *pab;
    SBinary id;                 /* of pab; MAPIFreeBuffer */
    /* Named properties of the container's entries, 0: it has no names. */
    ULONG uid_tag;              /* PT_UNICODE: UID as the card has it */
    ULONG photo_tag;            /* PT_BINARY */
    ULONG categories_tag;       /* PT_MV_UNICODE: Keywords of PS_PUBLIC_STRINGS */
};

/* contacts.c; functions that return an exit status have said why when it is not EXIT_OK */
int contacts_open(struct arguments *args, struct contact_book *book);  /* takes --profile */
void contacts_close(struct contact_book *book);
/* The contents, or those that PR_ANR with this text finds; text NULL: all. */
HRESULT contacts_table(struct contact_book *book, const WCHAR *text, SPropTagArray *columns,
                       IMAPITable **ret);
/* A new entry with these properties, or a distribution list; *id (MAPIFreeBuffer) is its entry ID.
 * The photo may be NULL. */
HRESULT contacts_create(struct contact_book *book, BOOL list, ULONG count, SPropValue *props,
                        const void *photo, size_t photo_size, SPropValue **id);
/* MAPI_W_PARTIAL_COMPLETION: not all of them. Who is one already stays one. */
HRESULT contacts_add_members(struct contact_book *book, const SBinary *list, ENTRYLIST *members);
/* One-off for an address; *id with MAPIFreeBuffer. */
HRESULT contacts_one_off(struct contact_book *book, const WCHAR *name, const WCHAR *address,
                         SBinary *id);

/* contactcard.c */
struct contact
{
    BOOL group;
    ULONG count;
    SPropValue props[96];       /* what they point to is the contact's, the photo the card's */
    const WCHAR *name, *address, *uid;          /* among them; NULL: none */
    const void *photo;
    size_t photo_size;
    WCHAR **members;            /* as the card has them */
    size_t member_count;
};

/* left_out is called with the name of each property that is not kept, as often as the card has
 * it. */
void contact_from_card(const struct contact_book *book, const struct vcard *card,
                       struct contact *contact, void (*left_out)(void *context, const char *name),
                       void *context);
void contact_free(struct contact *contact);
/* The entry as a card, with what it has and these members. left_out names what a card cannot
 * hold. */
void contact_to_card(const struct contact_book *book, IMAPIProp *entry, BOOL group,
                     WCHAR *const *members, size_t member_count, struct vcard_writer *writer,
                     void (*left_out)(void *context, const char *name), void *context);
/* The identity of an entry: its UID, or one made from its record key, always the same. free. */
WCHAR *contact_uid(const SPropValue *uid, const SPropValue *record_key);
/* What two UIDs are compared by: without "urn:uuid:". */
const WCHAR *contact_uid_key(const WCHAR *uid);

#endif
