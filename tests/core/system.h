/*
 * What objects of the DLL ask of the system, stood in for in the native units
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
 * The sources of some objects are compiled as part of a unit, so that each of their allocations can
 * be made to fail and every access is watched. There is one thread: a lock is a depth, an event a
 * flag.
 */

#ifndef CORE_SYSTEM_H
#define CORE_SYSTEM_H

#include "unit.h"

/* Critical sections entered and not left. */
extern ULONG unit_lock_depth;

/* Called by whoever waits, before the event is looked at; NULL: nobody else does anything. */
extern void (*unit_before_wait)(void);

#endif /* CORE_SYSTEM_H */
