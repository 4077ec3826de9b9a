/*
 * CMC: the common extension set
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

#ifndef XCMCEXT_H
#define XCMCEXT_H

#include <xcmc.h>

#define CMC_XS_COM ((CMC_uint32)0)

/* Functions */
#define CMC_X_COM_SUPPORT_EXT    ((CMC_uint32)16)
#define CMC_X_COM_CONFIG_DATA    ((CMC_uint32)17)
#define CMC_X_COM_CAN_SEND_RECIP ((CMC_uint32)18)
#define CMC_X_COM_SAVE_MESSAGE   ((CMC_uint32)19)
#define CMC_X_COM_SENT_MESSAGE   ((CMC_uint32)20)

/* Data */
#define CMC_X_COM_TIME_RECEIVED  ((CMC_uint32)128)
#define CMC_X_COM_RECIP_ID       ((CMC_uint32)129)
#define CMC_X_COM_ATTACH_CHARPOS ((CMC_uint32)130)
#define CMC_X_COM_PRIORITY       ((CMC_uint32)131)

typedef struct
{
    CMC_uint32 item_code;
    CMC_flags  flags;
} CMC_X_COM_support;

#define CMC_X_COM_SUPPORTED          ((CMC_flags)1)
#define CMC_X_COM_NOT_SUPPORTED      ((CMC_flags)2)
#define CMC_X_COM_DATA_EXT_SUPPORTED ((CMC_flags)4)
#define CMC_X_COM_FUNC_EXT_SUPPORTED ((CMC_flags)8)
#define CMC_X_COM_SUP_EXCLUDE        ((CMC_flags)16)

typedef struct
{
    CMC_uint16             ver_spec;
    CMC_uint16             ver_implem;
    CMC_object_identifier *character_set;
    CMC_enum               line_term;
    CMC_string             default_service;
    CMC_string             default_user;
    CMC_enum               req_password;
    CMC_enum               req_service;
    CMC_enum               req_user;
    CMC_boolean            ui_avail;
    CMC_boolean            sup_nomkmsgread;
    CMC_boolean            sup_counted_str;
} CMC_X_COM_configuration;

#define CMC_X_COM_READY     ((CMC_enum)0)
#define CMC_X_COM_NOT_READY ((CMC_enum)1)
#define CMC_X_COM_DEFER     ((CMC_enum)2)

#define CMC_X_COM_NORMAL ((CMC_enum)0)
#define CMC_X_COM_URGENT ((CMC_enum)1)
#define CMC_X_COM_LOW    ((CMC_enum)2)

#endif /* XCMCEXT_H */
