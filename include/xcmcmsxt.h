/*
 * CMC: Microsoft's extension set
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

#ifndef XCMCMSXT_H
#define XCMCMSXT_H

#include <xcmc.h>

#define MS_EXT_SET_ID (512)
#define CMC_XS_MS     ((CMC_uint32)MS_EXT_SET_ID)

/* Functions */
#define CMC_X_MS_SESSION_FLAGS  ((CMC_uint32)MS_EXT_SET_ID + 16)
#define CMC_X_MS_NEW_SESSION    ((CMC_flags)1)
#define CMC_X_MS_FORCE_DOWNLOAD ((CMC_flags)4)

#define CMC_X_MS_FUNCTION_FLAGS      ((CMC_uint32)MS_EXT_SET_ID + 17)
#define CMC_X_MS_READ_ENV_ONLY       ((CMC_flags)1)
#define CMC_X_MS_READ_BODY_AS_FILE   ((CMC_flags)2)
#define CMC_X_MS_LIST_GUARANTEE_FIFO ((CMC_flags)4)
#define CMC_X_MS_AB_NO_MODIFY        ((CMC_flags)8)

#define CMC_X_MS_ADDRESS_UI ((CMC_uint32)MS_EXT_SET_ID + 18)

/* Data */
#define CMC_X_MS_ATTACH_DATA       ((CMC_uint32)MS_EXT_SET_ID + 128)
#define CMC_X_MS_ATTACH_OLE        ((CMC_flags)1)
#define CMC_X_MS_ATTACH_OLE_STATIC ((CMC_flags)2)

#define CMC_X_MS_MESSAGE_DATA    ((CMC_uint32)MS_EXT_SET_ID + 129)
#define CMC_X_MS_MSG_RECEIPT_REQ ((CMC_flags)1)

#endif /* XCMCMSXT_H */
