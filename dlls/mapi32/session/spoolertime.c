/*
 * The spooler: from when and until when a message may be sent
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
 * A message has a time before which it is not sent, the later one of PR_DEFERRED_DELIVERY_TIME and
 * PR_DEFERRED_SEND_TIME, and one after which it is not sent any more, PR_LATEST_DELIVERY_TIME. All
 * are UTC, in units of 100 ns. PR_DEFERRED_SEND_NUMBER and PR_DEFERRED_SEND_UNITS, when both are
 * there, make PR_DEFERRED_SEND_TIME, and what stands in that is not looked at.
 */

#include "session/spooler.h"

#define MINUTE             ((ULONGLONG)60 * 10000000)
#define SEND_NUMBER_MAX    999
#define LOOK_AGAIN_MS      (24 * 60 * 60 * 1000)

enum { DELIVERY, SEND, NUMBER, UNITS, SUBMITTED, LATEST, TIME_PROPS };

static BOOL time_in(const SPropValue *prop, ULONG tag, ULONGLONG *ret)
{
    if (prop->ulPropTag != tag) return FALSE;
    *ret = (ULONGLONG)prop->Value.ft.dwHighDateTime << 32 | prop->Value.ft.dwLowDateTime;
    return TRUE;
}

/* 0: at once. */
static ULONGLONG send_time(const SPropValue *props)
{
    static const ULONGLONG units[] = { MINUTE, 60 * MINUTE, 24 * 60 * MINUTE,
                                       7 * 24 * 60 * MINUTE };
    ULONGLONG ret = 0, submitted;

    if (props[NUMBER].ulPropTag == PR_DEFERRED_SEND_NUMBER
        && props[UNITS].ulPropTag == PR_DEFERRED_SEND_UNITS
        && time_in(&props[SUBMITTED], PR_CLIENT_SUBMIT_TIME, &submitted))
    {
        if (props[NUMBER].Value.ul > SEND_NUMBER_MAX || props[UNITS].Value.ul >= ARRAY_SIZE(units)
            || submitted > ~(ULONGLONG)0 / 2)
            return 0;
        return submitted + props[NUMBER].Value.ul * units[props[UNITS].Value.ul];
    }
    time_in(&props[SEND], PR_DEFERRED_SEND_TIME, &ret);
    return ret;
}

void message_schedule(struct provider *provider, IMessage *message, struct schedule *ret)
{
    static const SizedSPropTagArray(TIME_PROPS, tags) = { TIME_PROPS,
        { PR_DEFERRED_DELIVERY_TIME, PR_DEFERRED_SEND_TIME, PR_DEFERRED_SEND_NUMBER,
          PR_DEFERRED_SEND_UNITS, PR_CLIENT_SUBMIT_TIME, PR_LATEST_DELIVERY_TIME } };
    SPropValue *props;
    ULONG count;

    ret->begin = 0;
    ret->end = ~(ULONGLONG)0;
    if (FAILED(object_GetProps(&provider->party, message, (const SPropTagArray *)&tags, 0,
                             &count, &props)))
        return;
    if (count == TIME_PROPS)
    {
        time_in(&props[DELIVERY], PR_DEFERRED_DELIVERY_TIME, &ret->begin);
        ret->begin = max(ret->begin, send_time(props));
        time_in(&props[LATEST], PR_LATEST_DELIVERY_TIME, &ret->end);
    }
    memory_free_buffer(props);
}

ULONG schedule_ms(ULONGLONG when)
{
    ULONGLONG now = platform_time();

    return when <= now ? 1 : (ULONG)min((when - now) / 10000 + 1, LOOK_AGAIN_MS);
}
