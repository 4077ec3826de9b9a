/*
 * MAPI interfaces across processes
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
 * The private header of remote/: proxies and stubs for COM's own marshalling, so that a form server
 * in a process of its own and its viewer call each other. COM finds them by the class remote_clsid,
 * which the registry names for each interface (Interface\{identifier}\ProxyStubClsid32); it makes a
 * proxy where an object is used and a stub where it is.
 *
 * methods.c says of each method what its parameters are, call.c puts those on the wire and takes
 * them off on either side, proxy.c and stub.c are the two ends, factory.c is what COM asks. Nothing
 * here knows what a method does, holds a lock or keeps a reference longer than the call, but for
 * the object of a stub.
 */

#ifndef MAPI32_REMOTE_H
#define MAPI32_REMOTE_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <objidl.h>
#include <mapix.h>
#include <mapiform.h>

#include "core/wire.h"

#define REMOTE_SLOTS 11                 /* the most parameters of a method */
#define REMOTE_METHODS 32               /* the places of the longest vtable */
#define REMOTE_FIRST 3                  /* the method behind Release */
#define REMOTE_PING 0                   /* in place of QueryInterface, which COM does for itself */

/* ---- methods.c ---- */

struct remote_interface
{
    char letter;                        /* of the interface in descriptions */
    char base;                          /* the letter of what it derives from, besides IUnknown; 0 */
    const IID *iid;
    const char *const *methods;         /* NULL ends them */
};

const struct remote_interface *remote_interface_of(REFIID iid);         /* NULL: none of ours */
const struct remote_interface *remote_interface_by_letter(char letter);
/* The description of the method at this place of the vtable; NULL beyond the last. */
const char *remote_method(const struct remote_interface *type, ULONG index);
ULONG remote_method_count(const struct remote_interface *type);         /* IUnknown's included */
/* The next parameter of a description: its letter, and the interface's letter or 0. 0 at the
 * end. */
char remote_parameter(const char **description, char *letter);
ULONG remote_slot_count(const char *description);
BOOL remote_is_remoted(const char *description);

/* ---- call.c ---- */

struct remote_out
{
    union
    {
        ULONG ul;
        ULONG_PTR number;
        void *pointer;
        GUID guid;
    } value;
    BOOL given;                         /* it came in, too, and is not made by the method */
};

/* Interfaces in the bytes of a call: given back unless the call goes its way. */
struct remote_given
{
    ULONG count;
    IStream *streams[REMOTE_SLOTS];
};

struct remote_call
{
    const struct remote_interface *type;
    const char *description;
    ULONG_PTR slots[REMOTE_SLOTS];
    DWORD context;                      /* MSHCTX_ of the other side */
    void *context_data;
    struct remote_given given;
    struct remote_out out[REMOTE_SLOTS];        /* what slots point to, of a stub or where a caller has NULL */
    void *memory;                       /* of a stub: the chain of what came in */
};

/* A proxy puts what goes in, a stub gets it. */
void remote_put_in(struct remote_call *call, struct wire *wire);
void remote_get_in(struct remote_call *call, struct wire *wire);
/* What comes out goes the way that the wire writes or reads. */
void remote_pass_out(struct remote_call *call, struct wire *wire);
/* A proxy's caller: out parameters to NULL and 0 before a call, and after one that failed half
 * way. */
void remote_clear_out(struct remote_call *call, BOOL release);
/* A proxy's: what its caller did not want to have. A stub's: what came in as well. */
void remote_drop_out(struct remote_call *call);
void remote_free(struct remote_call *call);
/* Whether the bytes with the interfaces went off; if not they are given back. */
void remote_given_end(struct remote_given *given, BOOL sent);

/* ---- sink.c: a sink for every thread, of one that came to this ---- */

HRESULT remote_sink_create(IMAPIAdviseSink *proxy, IMAPIAdviseSink **ret);

/* ---- the two ends ---- */

extern const CLSID remote_clsid;

HRESULT remote_proxy_create(const struct remote_interface *type, IUnknown *outer,
                            IRpcProxyBuffer **ret, void **ret_interface);
HRESULT remote_stub_create(const struct remote_interface *type, IUnknown *server,
                           IRpcStubBuffer **ret);
/* The way to the object's process and back, without a call of the object. S_OK for an object of
 * this process. */
HRESULT remote_ping(void *iface);
HRESULT remote_class_object(REFIID iid, void **ret);
LONG remote_objects(void);              /* proxies and stubs that are there */
void remote_object_count(LONG change);

#endif /* MAPI32_REMOTE_H */
