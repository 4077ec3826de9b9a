/*
 * mapictl: what of a vCard is which property of an entry
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
 * Which property of a card is which of an entry, in both directions, is in the tables below. What
 * an entry has no property for is named, never dropped without a word; PRODID, REV, VERSION,
 * PROFILE, NAME and SOURCE say something of the file and not of anybody.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contacts.h"

#define NAME_MAX_LENGTH 1024            /* tables do not show longer ones, nor find them */
#define ADDRESSES_MAX 64
#define CATEGORIES_MAX 64
#define MEMBERS_MAX 10000

/* The first that fits and is free is taken. All bits have to be there. */
static const struct { ULONG types, tag; } phones[] =
{
    { VCARD_HOME | VCARD_FAX, PR_HOME_FAX_NUMBER_W },
    { VCARD_WORK | VCARD_FAX, PR_BUSINESS_FAX_NUMBER_W },
    { VCARD_FAX, PR_PRIMARY_FAX_NUMBER_W },
    { VCARD_PAGER, PR_PAGER_TELEPHONE_NUMBER_W },
    { VCARD_CAR, PR_CAR_TELEPHONE_NUMBER_W },
    { VCARD_ISDN, PR_ISDN_NUMBER_W },
    { VCARD_TEXTPHONE, PR_TTYTDD_PHONE_NUMBER_W },
    { VCARD_CELL, PR_MOBILE_TELEPHONE_NUMBER_W },
    { VCARD_HOME, PR_HOME_TELEPHONE_NUMBER_W },
    { VCARD_HOME, PR_HOME2_TELEPHONE_NUMBER_W },
    { VCARD_WORK, PR_BUSINESS_TELEPHONE_NUMBER_W },
    { VCARD_WORK, PR_BUSINESS2_TELEPHONE_NUMBER_W },
    { 0, PR_OTHER_TELEPHONE_NUMBER_W }
};

#define PHONE_KINDS (VCARD_FAX | VCARD_PAGER | VCARD_CAR | VCARD_ISDN | VCARD_TEXTPHONE | VCARD_CELL)

enum { BOX, STREET, CITY, STATE, CODE, COUNTRY, ADDRESS_PARTS };

static const struct { ULONG types; ULONG tags[ADDRESS_PARTS]; } places[] =
{
    { VCARD_HOME, { PR_HOME_ADDRESS_POST_OFFICE_BOX_W, PR_HOME_ADDRESS_STREET_W, PR_HOME_ADDRESS_CITY_W,
                    PR_HOME_ADDRESS_STATE_OR_PROVINCE_W, PR_HOME_ADDRESS_POSTAL_CODE_W, PR_HOME_ADDRESS_COUNTRY_W } },
    { VCARD_WORK, { PR_POST_OFFICE_BOX_W, PR_STREET_ADDRESS_W, PR_LOCALITY_W, PR_STATE_OR_PROVINCE_W,
                    PR_POSTAL_CODE_W, PR_COUNTRY_W } },
    { 0, { PR_OTHER_ADDRESS_POST_OFFICE_BOX_W, PR_OTHER_ADDRESS_STREET_W, PR_OTHER_ADDRESS_CITY_W,
           PR_OTHER_ADDRESS_STATE_OR_PROVINCE_W, PR_OTHER_ADDRESS_POSTAL_CODE_W, PR_OTHER_ADDRESS_COUNTRY_W } }
};

static const ULONG name_parts[] =
{
    PR_SURNAME_W, PR_GIVEN_NAME_W, PR_MIDDLE_NAME_W, PR_DISPLAY_NAME_PREFIX_W, PR_GENERATION_W
};

static const struct { const char *name; ULONG tag; } texts[] =
{
    { "FN", PR_DISPLAY_NAME_W }, { "NICKNAME", PR_NICKNAME_W }, { "TITLE", PR_TITLE_W },
    { "ROLE", PR_PROFESSION_W }, { "NOTE", PR_COMMENT_W }
};

/* Of the file, not of anybody. */
static const char *const administrative[] =
{
    "VERSION", "PRODID", "REV", "PROFILE", "NAME", "SOURCE", "KIND", "X-ADDRESSBOOKSERVER-KIND"
};

/* ---- from a card ---- */

struct conversion
{
    const struct contact_book *book;
    const struct vcard *card;
    struct contact *contact;
};

static SPropValue *find(struct contact *contact, ULONG tag)
{
    ULONG i;

    for (i = 0; i < contact->count; i++)
        if (contact->props[i].ulPropTag == tag) return &contact->props[i];
    return NULL;
}

static SPropValue *add(struct contact *contact, ULONG tag)
{
    SPropValue *prop = &contact->props[contact->count];

    if (contact->count == ARRAYSIZE(contact->props)) return NULL;
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    contact->count++;
    return prop;
}

/* A part of a value without blanks around it, NULL when that is empty. free. */
static WCHAR *part_text(const struct vcard *card, const struct vcard_property *property,
                        char divider, size_t index)
{
    struct mime_text text = {0};
    size_t start = 0;

    if (!vcard_part(card, property, divider, index, &text)) return NULL;
    if (text.failed) exit(fail(L"out of memory"));
    while (text.length && wcschr(L" \t\r\n", text.data[text.length - 1])) text.length--;
    while (start < text.length && wcschr(L" \t\r\n", text.data[start])) start++;
    text.length -= start;
    memmove(text.data, text.data + start, text.length * sizeof(WCHAR));
    text.data[text.length] = 0;
    if (text.length) return text.data;
    mime_text_free(&text);
    return NULL;
}

/* Takes the text, which may be NULL. FALSE: the tag has one already. */
static BOOL add_text(struct contact *contact, ULONG tag, WCHAR *text)
{
    SPropValue *prop;

    if (!text) return TRUE;
    if (find(contact, tag) || !(prop = add(contact, tag)))
    {
        free(text);
        return FALSE;
    }
    prop->Value.lpszW = text;
    return TRUE;
}

static WCHAR *join(WCHAR *a, const WCHAR *between, WCHAR *b)
{
    size_t size;
    WCHAR *ret;

    if (!a || !b) return a ? a : b;
    size = wcslen(a) + wcslen(between) + wcslen(b) + 1;
    if (!(ret = malloc(size * sizeof(*ret)))) exit(fail(L"out of memory"));
    lstrcpyW(ret, a);
    lstrcatW(ret, between);
    lstrcatW(ret, b);
    free(a);
    free(b);
    return ret;
}

/* More notes are one with more lines. */
static BOOL add_note(struct contact *contact, WCHAR *text)
{
    SPropValue *note = find(contact, PR_COMMENT_W);

    if (!note || !text) return add_text(contact, PR_COMMENT_W, text);
    note->Value.lpszW = join(note->Value.lpszW, L"\r\n", text);
    return TRUE;
}

static void skip_scheme(WCHAR *text, const WCHAR *scheme)
{
    size_t length = wcslen(scheme);

    if (!_wcsnicmp(text, scheme, length))
        memmove(text, text + length, (wcslen(text + length) + 1) * sizeof(*text));
}

static BOOL take_phone(struct conversion *c, const struct vcard_property *property)
{
    WCHAR *text = part_text(c->card, property, 0, 0);
    ULONG kinds = property->types & PHONE_KINDS;
    size_t i;

    if (!text) return TRUE;
    skip_scheme(text, L"tel:");
    if (property->preference == 1 && !(property->types & (PHONE_KINDS | VCARD_HOME | VCARD_WORK))
        && !find(c->contact, PR_PRIMARY_TELEPHONE_NUMBER_W))
        return add_text(c->contact, PR_PRIMARY_TELEPHONE_NUMBER_W, text);
    for (i = 0; i < ARRAYSIZE(phones); i++)
    {
        if ((property->types & phones[i].types) != phones[i].types) continue;
        /* A fax is no telephone of the same place. */
        if (kinds && !(phones[i].types & PHONE_KINDS)) continue;
        if (!find(c->contact, phones[i].tag)) return add_text(c->contact, phones[i].tag, text);
    }
    free(text);
    return FALSE;
}

static BOOL is_place_free(struct contact *contact, size_t place)
{
    size_t i;

    for (i = 0; i < ADDRESS_PARTS; i++) if (find(contact, places[place].tags[i])) return FALSE;
    return TRUE;
}

static BOOL take_place(struct conversion *c, const struct vcard_property *property)
{
    static const BYTE from[ADDRESS_PARTS] = { 0, 2, 3, 4, 5, 6 };
    WCHAR *text;
    size_t i, place;

    for (place = 0; place < ARRAYSIZE(places); place++)
        if ((property->types & places[place].types) == places[place].types
            && is_place_free(c->contact, place))
            break;
    if (place == ARRAYSIZE(places)) return FALSE;
    for (i = 0; i < ADDRESS_PARTS; i++)
    {
        text = part_text(c->card, property, ';', from[i]);
        if (i == STREET) text = join(text, L"\r\n", part_text(c->card, property, ';', 1));
        if (!add_text(c->contact, places[place].tags[i], text)) return FALSE;
    }
    return TRUE;
}

static BOOL take_organization(struct conversion *c, const struct vcard_property *property)
{
    WCHAR *units = NULL, *unit;
    size_t i;

    if (find(c->contact, PR_COMPANY_NAME_W)) return FALSE;
    add_text(c->contact, PR_COMPANY_NAME_W, part_text(c->card, property, ';', 0));
    for (i = 1; i < 16 && (unit = part_text(c->card, property, ';', i)); i++)
        units = join(units, L", ", unit);
    return add_text(c->contact, PR_DEPARTMENT_NAME_W, units);
}

static BOOL take_page(struct conversion *c, const struct vcard_property *property)
{
    ULONG tag = property->types & VCARD_WORK ? PR_BUSINESS_HOME_PAGE_W : PR_PERSONAL_HOME_PAGE_W;

    if (find(c->contact, tag)) tag = PR_BUSINESS_HOME_PAGE_W;
    return add_text(c->contact, tag, part_text(c->card, property, 0, 0));
}

static BOOL take_date(struct conversion *c, const struct vcard_property *property, ULONG tag)
{
    unsigned year, month, day;
    SYSTEMTIME time = {0};
    SPropValue *prop;
    FILETIME filetime;

    if (!property->text.length) return TRUE;
    if (!vcard_date(c->card, property, &year, &month, &day)) return FALSE;
    time.wYear = year;
    time.wMonth = month;
    time.wDay = day;
    if (!SystemTimeToFileTime(&time, &filetime) || find(c->contact, tag)
        || !(prop = add(c->contact, tag)))
        return FALSE;
    prop->Value.ft = filetime;
    return TRUE;
}

static BOOL take_gender(struct conversion *c, const struct vcard_property *property)
{
    WCHAR *text = part_text(c->card, property, ';', 0);
    WCHAR letter = text ? towupper(text[0]) : 0;
    SPropValue *prop;

    free(text);
    if (!letter) return TRUE;
    if ((letter != 'F' && letter != 'M') || find(c->contact, PR_GENDER)
        || !(prop = add(c->contact, PR_GENDER)))
        return FALSE;
    prop->Value.i = letter == 'F' ? 1 : 2;
    return TRUE;
}

static BOOL take_photo(struct conversion *c, const struct vcard_property *property)
{
    if (!property->data.size && !property->text.length) return TRUE;
    if (!property->data.size || !c->book->photo_tag || c->contact->photo) return FALSE;
    c->contact->photo = property->data.data;
    c->contact->photo_size = property->data.size;
    return TRUE;
}

static WCHAR **grow(WCHAR **array, size_t count)
{
    WCHAR **ret = array;

    /* At each power of two. */
    if (!(count & (count - 1)) && !(ret = realloc(array, (count ? 2 * count : 1) * sizeof(*ret))))
        exit(fail(L"out of memory"));
    return ret;
}

static BOOL take_categories(struct conversion *c, const struct vcard_property *property)
{
    SPropValue *prop = find(c->contact, c->book->categories_tag);
    struct mime_text text = {0};
    size_t i;

    if (!c->book->categories_tag) return FALSE;
    for (i = 0; i < CATEGORIES_MAX && vcard_part(c->card, property, ',', i, &text); i++)
    {
        if (text.failed) exit(fail(L"out of memory"));
        if (!text.length) continue;
        if (!prop && !(prop = add(c->contact, c->book->categories_tag))) break;
        prop->Value.MVszW.lppszW = grow(prop->Value.MVszW.lppszW, prop->Value.MVszW.cValues);
        prop->Value.MVszW.lppszW[prop->Value.MVszW.cValues++] = dup_text(text.data);
        text.length = 0;
    }
    mime_text_free(&text);
    return i < CATEGORIES_MAX && (prop || !property->text.length);
}

static BOOL take_member(struct conversion *c, const struct vcard_property *property)
{
    WCHAR *text = part_text(c->card, property, 0, 0);

    if (!text) return TRUE;
    if (!c->contact->group || c->contact->member_count == MEMBERS_MAX)
    {
        free(text);
        return FALSE;
    }
    c->contact->members = grow(c->contact->members, c->contact->member_count);
    c->contact->members[c->contact->member_count++] = text;
    return TRUE;
}

static BOOL take_name(struct conversion *c, const struct vcard_property *property)
{
    size_t i;

    for (i = 0; i < ARRAYSIZE(name_parts); i++)
        if (!add_text(c->contact, name_parts[i], part_text(c->card, property, ';', i)))
            return FALSE;
    return TRUE;
}

/* FALSE: an entry has no place for it. */
static BOOL take(struct conversion *c, const struct vcard_property *property)
{
    static const struct
    {
        const char *name;
        BOOL (*take)(struct conversion *, const struct vcard_property *);
    } takers[] = {{"N", take_name},
                  {"TEL", take_phone},
                  {"ADR", take_place},
                  {"ORG", take_organization},
                  {"URL", take_page},
                  {"GENDER", take_gender},
                  {"X-GENDER", take_gender},
                  {"PHOTO", take_photo},
                  {"CATEGORIES", take_categories},
                  {"MEMBER", take_member},
                  {"X-ADDRESSBOOKSERVER-MEMBER", take_member}};
    size_t i;

    for (i = 0; i < ARRAYSIZE(administrative); i++)
        if (!strcmp(property->name, administrative[i])) return TRUE;
    for (i = 0; i < ARRAYSIZE(takers); i++)
        if (!strcmp(property->name, takers[i].name)) return takers[i].take(c, property);
    if (!strcmp(property->name, "BDAY")) return take_date(c, property, PR_BIRTHDAY);
    if (!strcmp(property->name, "ANNIVERSARY") || !strcmp(property->name, "X-ANNIVERSARY"))
        return take_date(c, property, PR_WEDDING_ANNIVERSARY);
    if (!strcmp(property->name, "NOTE"))
        return add_note(c->contact, part_text(c->card, property, 0, 0));
    if (!strcmp(property->name, "UID"))
        return c->book->uid_tag
               && add_text(c->contact, c->book->uid_tag, part_text(c->card, property, 0, 0));
    for (i = 0; i < ARRAYSIZE(texts); i++)
        if (!strcmp(property->name, texts[i].name))
            return add_text(c->contact, texts[i].tag, part_text(c->card, property, 0, 0));
    return !property->text.length && !property->data.size && strcmp(property->name, "AGENT");
}

/* All addresses, the preferred one first, which is PR_EMAIL_ADDRESS. */
static void take_addresses(struct conversion *c, void (*left_out)(void *context, const char *name),
                           void *context)
{
    WCHAR **list = NULL, **types, *text;
    unsigned preference, best = VCARD_UNPREFERRED + 1;
    SPropValue *prop;
    size_t i, count = 0;

    for (i = 0; i < c->card->count; i++)
    {
        const struct vcard_property *property = &c->card->properties[i];

        if (strcmp(property->name, "EMAIL") || !(text = part_text(c->card, property, 0, 0)))
            continue;
        skip_scheme(text, L"mailto:");
        if (count == ADDRESSES_MAX || !wcschr(text, '@') || (property->types & VCARD_X400))
        {
            left_out(context, property->name);
            free(text);
            continue;
        }
        list = grow(list, count);
        preference = property->preference;
        if (preference < best)
        {
            memmove(list + 1, list, count * sizeof(*list));
            list[0] = text;
            best = preference;
        }
        else list[count] = text;
        count++;
    }
    if (!count) return;
    add_text(c->contact, PR_ADDRTYPE_W, dup_text(L"SMTP"));
    add_text(c->contact, PR_EMAIL_ADDRESS_W, dup_text(list[0]));
    if (!(types = malloc(count * sizeof(*types)))) exit(fail(L"out of memory"));
    for (i = 0; i < count; i++) types[i] = dup_text(L"SMTP");
    if ((prop = add(c->contact, PR_CONTACT_EMAIL_ADDRESSES_W)))
    {
        prop->Value.MVszW.cValues = count;
        prop->Value.MVszW.lppszW = list;
    }
    if ((prop = add(c->contact, PR_CONTACT_ADDRTYPES_W)))
    {
        prop->Value.MVszW.cValues = count;
        prop->Value.MVszW.lppszW = types;
    }
}

static const WCHAR *text_of(struct contact *contact, ULONG tag)
{
    SPropValue *prop = tag ? find(contact, tag) : NULL;

    return prop ? prop->Value.lpszW : NULL;
}

/* Whoever has no FN has a name from what is there. */
static void make_name(struct contact *contact)
{
    static const ULONG order[] = {PR_DISPLAY_NAME_PREFIX_W, PR_GIVEN_NAME_W, PR_MIDDLE_NAME_W,
                                  PR_SURNAME_W, PR_GENERATION_W};
    static const ULONG others[] = { PR_COMPANY_NAME_W, PR_NICKNAME_W, PR_EMAIL_ADDRESS_W };
    const WCHAR *text;
    WCHAR *name = NULL;
    size_t i;

    if (find(contact, PR_DISPLAY_NAME_W)) return;
    for (i = 0; i < ARRAYSIZE(order); i++)
        if ((text = text_of(contact, order[i]))) name = join(name, L" ", dup_text(text));
    for (i = 0; i < ARRAYSIZE(others) && !name; i++)
        if ((text = text_of(contact, others[i]))) name = dup_text(text);
    add_text(contact, PR_DISPLAY_NAME_W, name);
}

static BOOL is_group(const struct vcard *card)
{
    static const char *const names[] = { "KIND", "X-ADDRESSBOOKSERVER-KIND" };
    BOOL group = FALSE;
    size_t i;

    for (i = 0; i < ARRAYSIZE(names) && !group; i++)
    {
        const struct vcard_property *kind = vcard_find(card, names[i]);
        WCHAR *text = kind ? part_text(card, kind, 0, 0) : NULL;

        if (text) group = !lstrcmpiW(text, L"group");
        free(text);
    }
    return group;
}

void contact_from_card(const struct contact_book *book, const struct vcard *card,
                       struct contact *contact, void (*left_out)(void *context, const char *name),
                       void *context)
{
    struct conversion conversion = { book, card, contact };
    SPropValue *name;
    size_t i;

    memset(contact, 0, sizeof(*contact));
    contact->group = is_group(card);
    /* Lists have no addresses of their own. */
    if (!contact->group) take_addresses(&conversion, left_out, context);
    for (i = 0; i < card->count; i++)
    {
        if (!strcmp(card->properties[i].name, "EMAIL") && !contact->group) continue;
        if (!take(&conversion, &card->properties[i])) left_out(context, card->properties[i].name);
    }
    if (card->cut) left_out(context, "(what is too long)");
    make_name(contact);
    if ((name = find(contact, PR_DISPLAY_NAME_W)) && wcslen(name->Value.lpszW) > NAME_MAX_LENGTH)
    {
        name->Value.lpszW[NAME_MAX_LENGTH] = 0;
        left_out(context, "FN (what is too long)");
    }
    contact->name = text_of(contact, PR_DISPLAY_NAME_W);
    contact->address = text_of(contact, PR_EMAIL_ADDRESS_W);
    contact->uid = text_of(contact, book->uid_tag);
}

void contact_free(struct contact *contact)
{
    ULONG i, j;

    for (i = 0; i < contact->count; i++)
    {
        SPropValue *prop = &contact->props[i];

        if (PROP_TYPE(prop->ulPropTag) == PT_UNICODE) free(prop->Value.lpszW);
        if (PROP_TYPE(prop->ulPropTag) != PT_MV_UNICODE) continue;
        for (j = 0; j < prop->Value.MVszW.cValues; j++) free(prop->Value.MVszW.lppszW[j]);
        free(prop->Value.MVszW.lppszW);
    }
    for (i = 0; i < contact->member_count; i++) free(contact->members[i]);
    free(contact->members);
    memset(contact, 0, sizeof(*contact));
}

/* ---- to a card ---- */

struct entry_values
{
    ULONG count;
    SPropValue *props;
};

static const SPropValue *value_of(const struct entry_values *values, ULONG tag)
{
    ULONG i;

    for (i = 0; i < values->count && tag; i++)
        if (values->props[i].ulPropTag == tag) return &values->props[i];
    return NULL;
}

static const WCHAR *value_text(const struct entry_values *values, ULONG tag)
{
    const SPropValue *prop = value_of(values, tag);

    return prop && *prop->Value.lpszW ? prop->Value.lpszW : NULL;
}

static void write_name(const struct entry_values *values, struct vcard_writer *writer)
{
    const WCHAR *name = value_text(values, PR_DISPLAY_NAME_W);
    size_t i;

    vcard_put_property(writer, "FN", 0, FALSE, name ? name : L"?");
    vcard_property_begin(writer, "N", 0, FALSE);
    for (i = 0; i < ARRAYSIZE(name_parts); i++)
    {
        if (i) vcard_put_divider(writer, ';');
        vcard_put_text(writer, value_text(values, name_parts[i]));
    }
    vcard_property_end(writer);
}

static void write_addresses(const struct entry_values *values, struct vcard_writer *writer,
                            void (*left_out)(void *context, const char *name), void *context)
{
    const WCHAR *first = value_text(values, PR_EMAIL_ADDRESS_W),
                *type = value_text(values, PR_ADDRTYPE_W);
    const SPropValue *all = value_of(values, PR_CONTACT_EMAIL_ADDRESSES_W);
    const SPropValue *types = value_of(values, PR_CONTACT_ADDRTYPES_W);
    ULONG i, count = all ? all->Value.MVszW.cValues : 0;

    if (first && type && lstrcmpiW(type, L"SMTP"))
    {
        left_out(context, "address that is not of the Internet");
        first = NULL;
    }
    if (first) vcard_put_property(writer, "EMAIL", VCARD_INTERNET, count > 1, first);
    for (i = 0; i < count; i++)
    {
        const WCHAR *address = all->Value.MVszW.lppszW[i];

        if (first && !lstrcmpiW(address, first)) continue;
        if (types && i < types->Value.MVszW.cValues
            && lstrcmpiW(types->Value.MVszW.lppszW[i], L"SMTP"))
            left_out(context, "address that is not of the Internet");
        else vcard_put_property(writer, "EMAIL", VCARD_INTERNET, FALSE, address);
    }
}

static void write_places(const struct entry_values *values, struct vcard_writer *writer)
{
    static const signed char from[] = { BOX, -1, STREET, CITY, STATE, CODE, COUNTRY };
    size_t i, j;
    BOOL any;

    for (i = 0; i < ARRAYSIZE(places); i++)
    {
        for (any = FALSE, j = 0; j < ADDRESS_PARTS; j++)
            if (value_text(values, places[i].tags[j])) any = TRUE;
        if (!any) continue;
        vcard_property_begin(writer, "ADR", places[i].types, FALSE);
        for (j = 0; j < ARRAYSIZE(from); j++)
        {
            if (j) vcard_put_divider(writer, ';');
            if (from[j] >= 0) vcard_put_text(writer, value_text(values, places[i].tags[from[j]]));
        }
        vcard_property_end(writer);
    }
}

static void write_text(const struct entry_values *values, ULONG tag, const char *name, ULONG types,
                       BOOL preferred, struct vcard_writer *writer)
{
    const WCHAR *text = value_text(values, tag);

    if (text) vcard_put_property(writer, name, types, preferred, text);
}

static void write_organization(const struct entry_values *values, struct vcard_writer *writer)
{
    const WCHAR *company = value_text(values, PR_COMPANY_NAME_W);
    const WCHAR *department = value_text(values, PR_DEPARTMENT_NAME_W);

    if (!company && !department) return;
    vcard_property_begin(writer, "ORG", 0, FALSE);
    vcard_put_text(writer, company);
    if (department)
    {
        vcard_put_divider(writer, ';');
        vcard_put_text(writer, department);
    }
    vcard_property_end(writer);
}

static void write_date(const struct entry_values *values, ULONG tag, const char *name,
                       struct vcard_writer *writer)
{
    const SPropValue *prop = value_of(values, tag);
    SYSTEMTIME time;

    if (prop && FileTimeToSystemTime(&prop->Value.ft, &time) && time.wYear < 10000)
        vcard_put_date(writer, name, time.wYear, time.wMonth, time.wDay);
}

static void write_categories(const struct contact_book *book, const struct entry_values *values,
                             struct vcard_writer *writer)
{
    const SPropValue *prop = value_of(values, book->categories_tag);
    ULONG i;

    if (!prop || !prop->Value.MVszW.cValues) return;
    vcard_property_begin(writer, "CATEGORIES", 0, FALSE);
    for (i = 0; i < prop->Value.MVszW.cValues; i++)
    {
        if (i) vcard_put_divider(writer, ',');
        vcard_put_text(writer, prop->Value.MVszW.lppszW[i]);
    }
    vcard_property_end(writer);
}

static void write_members(WCHAR *const *members, size_t count, struct vcard_writer *writer)
{
    const char *name = writer->version == 40 ? "MEMBER" : "X-ADDRESSBOOKSERVER-MEMBER";
    size_t i;

    vcard_put_property(writer, writer->version == 40 ? "KIND" : "X-ADDRESSBOOKSERVER-KIND", 0,
                       FALSE, L"group");
    for (i = 0; i < count; i++) vcard_put_property(writer, name, 0, FALSE, members[i]);
}

static void write_values(const struct contact_book *book, const struct entry_values *values,
                         BOOL group, struct vcard_writer *writer,
                         void (*left_out)(void *context, const char *name), void *context)
{
    const SPropValue *gender = value_of(values, PR_GENDER);
    WCHAR *uid = contact_uid(value_of(values, book->uid_tag), value_of(values, PR_RECORD_KEY));
    size_t i;

    vcard_put_property(writer, "PRODID", 0, FALSE, L"-//wine-mapi//mapictl//EN");
    vcard_put_property(writer, "UID", 0, FALSE, uid);
    write_name(values, writer);
    if (!group) write_addresses(values, writer, left_out, context);
    for (i = 1; i < ARRAYSIZE(texts); i++)
        write_text(values, texts[i].tag, texts[i].name, 0, FALSE, writer);
    write_organization(values, writer);
    write_text(values, PR_PRIMARY_TELEPHONE_NUMBER_W, "TEL", VCARD_VOICE, TRUE, writer);
    for (i = 0; i < ARRAYSIZE(phones); i++)
        write_text(values, phones[i].tag, "TEL",
                   phones[i].types & PHONE_KINDS ? phones[i].types : phones[i].types | VCARD_VOICE,
                   FALSE, writer);
    write_places(values, writer);
    write_text(values, PR_PERSONAL_HOME_PAGE_W, "URL", 0, FALSE, writer);
    write_text(values, PR_BUSINESS_HOME_PAGE_W, "URL", VCARD_WORK, FALSE, writer);
    write_date(values, PR_BIRTHDAY, "BDAY", writer);
    write_date(values, PR_WEDDING_ANNIVERSARY,
               writer->version == 40 ? "ANNIVERSARY" : "X-ANNIVERSARY", writer);
    if (gender && (gender->Value.i == 1 || gender->Value.i == 2))
        vcard_put_property(writer, writer->version == 40 ? "GENDER" : "X-GENDER", 0, FALSE,
                           gender->Value.i == 1 ? L"F" : L"M");
    write_categories(book, values, writer);
    free(uid);
}

void contact_to_card(const struct contact_book *book, IMAPIProp *entry, BOOL group,
                     WCHAR *const *members, size_t member_count, struct vcard_writer *writer,
                     void (*left_out)(void *context, const char *name), void *context)
{
    struct entry_values values = {0};
    BYTE *photo = NULL;
    size_t size = 0;

    if (FAILED(IMAPIProp_GetProps(entry, NULL, MAPI_UNICODE, &values.count, &values.props)))
        values.count = 0;
    vcard_begin(writer);
    write_values(book, &values, group, writer, left_out, context);
    if (group) write_members(members, member_count, writer);
    if (book->photo_tag && (photo = read_prop(entry, book->photo_tag, &size)) && size)
        vcard_put_binary(writer, "PHOTO", photo, size);
    vcard_end(writer);
    free(photo);
    MAPIFreeBuffer(values.props);
}

WCHAR *contact_uid(const SPropValue *uid, const SPropValue *record_key)
{
    ULONGLONG first, second;
    WCHAR text[40];

    if (uid && PROP_TYPE(uid->ulPropTag) == PT_UNICODE && *uid->Value.lpszW)
        return dup_text(uid->Value.lpszW);
    if (!record_key || PROP_TYPE(record_key->ulPropTag) != PT_BINARY) return dup_text(L"");
    first = hash_bytes(0, record_key->Value.bin.lpb, record_key->Value.bin.cb);
    second = hash_bytes(first, record_key->Value.bin.lpb, record_key->Value.bin.cb);
    _snwprintf(text, ARRAYSIZE(text), L"%08x-%04x-%04x-%04x-%04x%08x", (unsigned)(first >> 32),
               (unsigned)(first >> 16) & 0xffff, ((unsigned)first & 0xfff) | 0x8000,
               ((unsigned)(second >> 48) & 0x3fff) | 0x8000, (unsigned)(second >> 32) & 0xffff,
               (unsigned)second);
    return dup_text(text);
}

const WCHAR *contact_uid_key(const WCHAR *uid)
{
    static const WCHAR urn[] = L"urn:uuid:";

    return _wcsnicmp(uid, urn, ARRAYSIZE(urn) - 1) ? uid : uid + ARRAYSIZE(urn) - 1;
}
