/*
 * Sample providers: what their files share
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
 * The sample message service: a transport, an address book and a message store provider and the
 * service entry that configures them, in one DLL. It is built from public headers only, as any
 * provider writer's would be, and is meant to be read as the example to start from.
 *
 * Everything a provider object needs of its environment arrives in its initialisation call and is
 * kept in struct environment. Objects are counted; an object that a caller gets holds what it
 * needs.
 *
 * For tests, every entry first asks behave() what to do: see README.md for the switches.
 */

#ifndef SAMPLE_H
#define SAMPLE_H

#define COBJMACROS
#include <windows.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>
#include <mapiaux.h>

/* Properties of ours in profile sections. */
#define PR_SAMPLE_BEHAVIOR      PROP_TAG(PT_STRING8, 0x6601)    /* switches, see README.md */
#define PR_SAMPLE_UNSAVED       PROP_TAG(PT_LONG, 0x6602)       /* changes not yet written: grows with use */
#define PR_SAMPLE_SAVED         PROP_TAG(PT_LONG, 0x6603)       /* what a flush wrote last */
#define PR_SAMPLE_DIRECTORY     PROP_TAG(PT_STRING8, 0x6604)    /* where the transport drops mail */
#define PR_SAMPLE_TYPES         PROP_TAG(PT_STRING8, 0x6607)    /* the transport's address types, blanks between */
#define PR_SAMPLE_XP_PASSWORD   PROP_TAG(PT_STRING8, 0x6608)    /* the transport's, which its status object changes */
#define PR_SAMPLE_CONFIGURED    PROP_TAG(PT_LONG, 0x6605)       /* how often the service was configured */
#define PR_SAMPLE_STORE_DIRECTORY PROP_TAG(PT_STRING8, 0x6606)  /* where the store keeps its files; none: in memory */
#define PR_SAMPLE_ACCOUNT       PROP_TAG(PT_STRING8, 0x660C)    /* what the configuration sheet shows */
#define PR_SAMPLE_PASSWORD      PROP_TAG(PT_STRING8, 0x67F0)    /* among the secure properties */
#define PR_SAMPLE_PORT          PROP_TAG(PT_LONG, 0x660D)
#define PR_SAMPLE_ENCRYPTED     PROP_TAG(PT_BOOLEAN, 0x660E)

/* Properties of ours on mail users, for their details. */
#define PR_SAMPLE_LANGUAGE      PROP_TAG(PT_LONG, 0x6620)
#define PR_SAMPLE_LANGUAGES     PROP_TAG(PT_OBJECT, 0x6621)     /* tables behind lists */
#define PR_SAMPLE_TITLES        PROP_TAG(PT_OBJECT, 0x6622)
#define PR_SAMPLE_CONTACT       PROP_TAG(PT_LONG, 0x6623)       /* 0 mail, 1 phone, 2 not at all */
#define PR_SAMPLE_COMMENT       PROP_TAG(PT_UNICODE, 0x6624)
#define PR_SAMPLE_PHONES        PROP_TAG(PT_MV_UNICODE, 0x6625)
#define PR_SAMPLE_OFFICE        PROP_TAG(PT_LONG, 0x6626)
#define PR_SAMPLE_OFFICES       PROP_TAG(PT_OBJECT, 0x6627)
#define PR_SAMPLE_COLLEAGUES    PROP_TAG(PT_OBJECT, 0x6628)
#define PR_SAMPLE_NICKS         PROP_TAG(PT_MV_UNICODE, 0x6629)
#define PR_SAMPLE_LOOKS         PROP_TAG(PT_LONG, 0x662A)       /* how often the button was pressed */
#define PR_SAMPLE_COUNT         PROP_TAG(PT_OBJECT, 0x662B)     /* the button's control */
#define PR_SAMPLE_TRY           PROP_TAG(PT_LONG, 0x662C)

/* On messages. */
#define PR_SAMPLE_HOOKED        PROP_TAG(PT_LONG, 0x6609)       /* the hook provider has seen it */
#define PR_SAMPLE_HOOK_FOLDER   PROP_TAG(PT_BINARY, 0x660A)     /* where the hook provider wants it */
#define PR_SAMPLE_PREPROCESSED  PROP_TAG(PT_LONG, 0x660B)       /* by the transport's preprocessor */

/* Options that the transport registers, see options.c. */
#define PR_SAMPLE_URGENT        PROP_TAG(PT_BOOLEAN, 0x6620)    /* of a message */
#define PR_SAMPLE_RETRIES       PROP_TAG(PT_LONG, 0x6621)       /* of a recipient */
#define PR_SAMPLE_NOTE          PROP_TAG(PT_STRING8, 0x6622)

enum kind
{
    KIND_TRANSPORT,
    KIND_ADDRESS_BOOK,
    KIND_STORE,
    KIND_SERVICE,
    KIND_HOOK
};

struct environment
{
    HINSTANCE instance;
    LPALLOCATEBUFFER allocate;
    LPALLOCATEMORE more;
    LPFREEBUFFER free;
};

/* behavior.c. Returns S_OK to go on, or the error the switches ask for; crashes or sleeps if they
 * say so. support may be NULL; it is what "callback" calls back into. */
HRESULT behave(enum kind kind, const char *method, IMAPISupport *support);
BOOL behavior_is(enum kind kind, const char *word);     /* for example "silent" */
/* The value of "kind.method=value". */
BOOL behavior_get(enum kind kind, const char *method, char *value, size_t size);
void behavior_from_section(enum kind kind, IMAPISupport *support);
void sample_log(enum kind kind, const char *method);

/* shutdown.c: IMAPIProviderShutdown of a provider object. It is part of that object: same identity,
 * same reference count. */
struct shutdown
{
    IMAPIProviderShutdown IMAPIProviderShutdown_iface;
    IUnknown *owner;                    /* not counted: the provider object this is part of */
    enum kind kind;
    CRITICAL_SECTION cs;
    IMAPISupport *support;              /* of the latest logon; counted */
};

void shutdown_init(struct shutdown *shutdown, enum kind kind, IUnknown *owner);
void shutdown_destroy(struct shutdown *shutdown);
/* A logon began (support) or ended (NULL). */
void shutdown_set_support(struct shutdown *shutdown, IMAPISupport *support);
/* The interface if iid is one of it and the switches do not hide it; counted on the owner. */
HRESULT shutdown_query_interface(struct shutdown *shutdown, REFIID iid, void **ret);

/* options.c: IXPLogon::RegisterOptions */
HRESULT sample_register_options(const struct environment *environment, ULONG *flags, ULONG *count,
                                LPOPTIONDATA *ret);

/* util.c */
HRESULT sample_copy(const struct environment *environment, const void *data, ULONG size,
                    void **ret);
HRESULT sample_section_get(IMAPISupport *support, ULONG tag, LONG *value);
HRESULT sample_section_set(IMAPISupport *support, ULONG tag, LONG value);
/* What a provider writes before it goes, fast or not: here, the count of unsaved changes. */
HRESULT sample_save(IMAPISupport *support);
/* What every provider reports of itself after logon; name as UTF-16. */
HRESULT sample_status_row(IMAPISupport *support, const WCHAR *name, ULONG status, ULONG methods);

/*
 * propobject.c: IMAPIProp for objects that keep their properties in an IPropData of CreateIProp.
 * Such an object begins with a struct prop_object; these functions then fill the first 14 slots of
 * its vtable. QueryInterface and Release are for what prop_object_create made.
 */
struct prop_object
{
    const void *vtbl;
    LONG ref;
    IPropData *props;
    const IID *const *iids;             /* besides IUnknown and IMAPIProp; NULL ends them */
    IUnknown *owner;                    /* counted */
};

#define PROP_OBJECT_METHODS \
    (void *)object_QueryInterface, \
    (void *)object_AddRef, \
    (void *)object_Release, \
    (void *)object_GetLastError, \
    (void *)object_SaveChanges, \
    (void *)object_GetProps, \
    (void *)object_GetPropList, \
    (void *)object_OpenProperty, \
    (void *)object_SetProps, \
    (void *)object_DeleteProps, \
    (void *)object_CopyTo, \
    (void *)object_CopyProps, \
    (void *)object_GetNamesFromIDs, \
    (void *)object_GetIDsFromNames

/* size bytes, zero behind the struct prop_object. */
HRESULT prop_object_create(size_t size, const void *vtbl, const IID *const *iids, void *owner,
                           ULONG count, SPropValue *props, void **ret);
HRESULT WINAPI object_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret);
ULONG WINAPI object_Release(IMAPIProp *iface);

HRESULT prop_object_init(struct prop_object *object, const void *vtbl, ULONG count,
                         SPropValue *props);
void prop_object_set(struct prop_object *object, ULONG count, SPropValue *props);
ULONG WINAPI object_AddRef(IMAPIProp *iface);
HRESULT WINAPI object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret);
HRESULT WINAPI object_SaveChanges(IMAPIProp *iface, ULONG flags);
HRESULT WINAPI object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags, ULONG *count,
                               LPSPropValue *props);
HRESULT WINAPI object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags);
HRESULT WINAPI object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                   ULONG flags, LPUNKNOWN *ret);
HRESULT WINAPI object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                               LPSPropProblemArray *problems);
HRESULT WINAPI object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                  LPSPropProblemArray *problems);
HRESULT WINAPI object_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                             LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                             LPCIID iid, void *dst, ULONG flags, LPSPropProblemArray *problems);
HRESULT WINAPI object_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                LPSPropProblemArray *problems);
HRESULT WINAPI object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                      ULONG flags, ULONG *count, LPMAPINAMEID **names);
HRESULT WINAPI object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                      ULONG flags, LPSPropTagArray *tags);

/* details.c: object properties of mail users, PR_DETAILS_TABLE among them. FALSE: it is none of
 * those. */
BOOL details_open_property(IPropData *props, ULONG tag, const IID *iid, IUnknown **ret,
                           HRESULT *result);

/* status.c: the status object of a provider */
HRESULT sample_status_open(HINSTANCE instance, IMAPISupport *support, const WCHAR *name,
                           ULONG *type, IMAPIStatus **ret);

/* config.c: the configuration sheet. section has the properties as they are; the answer, of MAPI's
 * memory, is to be written. MAPI_E_USER_CANCEL. */
HRESULT config_show(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, BOOL look_only,
                    IMAPIProp *section, ULONG *count, SPropValue **props);

#endif /* SAMPLE_H */
