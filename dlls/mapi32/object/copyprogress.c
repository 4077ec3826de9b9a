/*
 * Copying: the progress of it
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
 * A progress object has a scale from its minimum to its maximum. Each object that is copied has a
 * part of it, divided among what is inside; only the outermost one (MAPI_TOP_LEVEL) says what it
 * counts. What a progress object answers matters only when it is MAPI_E_USER_CANCEL.
 */

#define COBJMACROS

#include "object/copy.h"

#define SCALE 1000                      /* of progress objects that name none */

void copy_progress_begin(struct copy_job *job)
{
    ULONG low = 0, high = SCALE, flags = MAPI_TOP_LEVEL;

    job->low = 0;
    job->high = SCALE;
    job->top = TRUE;
    if (!job->progress) return;
    if (FAILED(IMAPIProgress_GetFlags(job->progress, &flags))) flags = MAPI_TOP_LEVEL;
    if (FAILED(IMAPIProgress_GetMin(job->progress, &low))
        || FAILED(IMAPIProgress_GetMax(job->progress, &high)) || high > 0x7fffffff || low > high)
    {
        low = 0;
        high = SCALE;
    }
    job->low = low;
    job->high = high;
    job->top = (flags & MAPI_TOP_LEVEL) != 0;
    if (job->top) IMAPIProgress_SetLimits(job->progress, &low, &high, &flags);
}

static LONG value_at(const struct copy_job *job, ULONG done, ULONG total)
{
    if (!total || done >= total) return job->high;
    return job->low + (LONG)((LONGLONG)(job->high - job->low) * done / total);
}

HRESULT copy_progress_step(struct copy_job *job, ULONG done, ULONG total)
{
    HRESULT hr;

    if (!job->progress) return S_OK;
    hr = IMAPIProgress_Progress(job->progress, value_at(job, done, total), job->top ? done : 0,
                                job->top ? total : 0);
    return hr == MAPI_E_USER_CANCEL || hr == MAPI_E_CANCEL ? MAPI_E_USER_CANCEL : S_OK;
}

struct copy_job copy_progress_inside(const struct copy_job *job, ULONG done, ULONG total)
{
    struct copy_job inside = *job;

    inside.low = value_at(job, done, total);
    inside.high = value_at(job, done + 1, total);
    inside.top = FALSE;
    return inside;
}
