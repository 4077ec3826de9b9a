/*
 * Identifiers of the MAPI interfaces and property sets
 *
 * Include initguid.h first in one source file, which then holds them.
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

#ifndef MAPIGUID_H

/* A second time, after initguid.h, it defines what it only declared the first time. */
#ifdef INITGUID
#define MAPIGUID_H
#endif

DEFINE_OLEGUID(IID_IMAPISession, 0x20300, 0, 0);
DEFINE_OLEGUID(IID_IMAPITable, 0x20301, 0, 0);
DEFINE_OLEGUID(IID_IMAPIAdviseSink, 0x20302, 0, 0);
DEFINE_OLEGUID(IID_IMAPIProp, 0x20303, 0, 0);
DEFINE_OLEGUID(IID_IProfSect, 0x20304, 0, 0);
DEFINE_OLEGUID(IID_IMAPIStatus, 0x20305, 0, 0);
DEFINE_OLEGUID(IID_IMsgStore, 0x20306, 0, 0);
DEFINE_OLEGUID(IID_IMessage, 0x20307, 0, 0);
DEFINE_OLEGUID(IID_IAttachment, 0x20308, 0, 0);
DEFINE_OLEGUID(IID_IAddrBook, 0x20309, 0, 0);
DEFINE_OLEGUID(IID_IMailUser, 0x2030A, 0, 0);
DEFINE_OLEGUID(IID_IMAPIContainer, 0x2030B, 0, 0);
DEFINE_OLEGUID(IID_IMAPIFolder, 0x2030C, 0, 0);
DEFINE_OLEGUID(IID_IABContainer, 0x2030D, 0, 0);
DEFINE_OLEGUID(IID_IDistList, 0x2030E, 0, 0);
DEFINE_OLEGUID(IID_IMAPISup, 0x2030F, 0, 0);
DEFINE_OLEGUID(IID_IMSProvider, 0x20310, 0, 0);
DEFINE_OLEGUID(IID_IABProvider, 0x20311, 0, 0);
DEFINE_OLEGUID(IID_IXPProvider, 0x20312, 0, 0);
DEFINE_OLEGUID(IID_IMSLogon, 0x20313, 0, 0);
DEFINE_OLEGUID(IID_IABLogon, 0x20314, 0, 0);
DEFINE_OLEGUID(IID_IXPLogon, 0x20315, 0, 0);
DEFINE_OLEGUID(IID_IMAPITableData, 0x20316, 0, 0);
DEFINE_OLEGUID(IID_IMAPISpoolerInit, 0x20317, 0, 0);
DEFINE_OLEGUID(IID_IMAPISpoolerSession, 0x20318, 0, 0);
DEFINE_OLEGUID(IID_ITNEF, 0x20319, 0, 0);
DEFINE_OLEGUID(IID_IMAPIPropData, 0x2031A, 0, 0);
DEFINE_OLEGUID(IID_IMAPIControl, 0x2031B, 0, 0);
DEFINE_OLEGUID(IID_IProfAdmin, 0x2031C, 0, 0);
DEFINE_OLEGUID(IID_IMsgServiceAdmin, 0x2031D, 0, 0);
DEFINE_OLEGUID(IID_IMAPISpoolerService, 0x2031E, 0, 0);
DEFINE_OLEGUID(IID_IMAPIProgress, 0x2031F, 0, 0);
DEFINE_OLEGUID(IID_ISpoolerHook, 0x20320, 0, 0);
DEFINE_OLEGUID(IID_IMAPIViewContext, 0x20321, 0, 0);
DEFINE_OLEGUID(IID_IMAPIFormMgr, 0x20322, 0, 0);
DEFINE_OLEGUID(IID_IEnumMAPIFormProp, 0x20323, 0, 0);
DEFINE_OLEGUID(IID_IMAPIFormInfo, 0x20324, 0, 0);
DEFINE_OLEGUID(IID_IProviderAdmin, 0x20325, 0, 0);
DEFINE_OLEGUID(IID_IMAPIForm, 0x20327, 0, 0);
DEFINE_OLEGUID(IID_IPersistMessage, 0x2032A, 0, 0);
DEFINE_OLEGUID(IID_IMAPIViewAdviseSink, 0x2032B, 0, 0);
DEFINE_OLEGUID(IID_IStreamDocfile, 0x2032C, 0, 0);
DEFINE_OLEGUID(IID_IMAPIFormProp, 0x2032D, 0, 0);
DEFINE_OLEGUID(IID_IMAPIFormContainer, 0x2032E, 0, 0);
DEFINE_OLEGUID(IID_IMAPIFormAdviseSink, 0x2032F, 0, 0);
DEFINE_OLEGUID(IID_IStreamTnef, 0x20330, 0, 0);
DEFINE_OLEGUID(IID_IMAPIFormFactory, 0x20350, 0, 0);
DEFINE_OLEGUID(IID_IMAPIMessageSite, 0x20370, 0, 0);
DEFINE_OLEGUID(IID_IMsgServiceAdmin2, 0x20387, 0, 0);
DEFINE_OLEGUID(IID_IMessageRaw, 0x2038A, 0, 0);

/* mapishutdown.h has these two as well and can be included without this file. */
#ifndef MAPISHUTDOWN_HAS_GUIDS
#ifdef INITGUID
#define MAPIGUID_HAS_SHUTDOWN
#endif
DEFINE_OLEGUID(IID_IMAPIClientShutdown, 0x20397, 0, 0);
DEFINE_OLEGUID(IID_IMAPIProviderShutdown, 0x20398, 0, 0);
#endif

/* The profile section that holds the profile itself */
DEFINE_OLEGUID(MUID_PROFILE_INSTANCE, 0x20385, 0, 0);

/* Property sets */
DEFINE_OLEGUID(PS_MAPI, 0x20328, 0, 0);
DEFINE_OLEGUID(PS_PUBLIC_STRINGS, 0x20329, 0, 0);
DEFINE_OLEGUID(PS_ROUTING_EMAIL_ADDRESSES, 0x20380, 0, 0);
DEFINE_OLEGUID(PS_ROUTING_ADDRTYPE, 0x20381, 0, 0);
DEFINE_OLEGUID(PS_ROUTING_DISPLAY_NAME, 0x20382, 0, 0);
DEFINE_OLEGUID(PS_ROUTING_ENTRYID, 0x20383, 0, 0);
DEFINE_OLEGUID(PS_ROUTING_SEARCH_KEY, 0x20384, 0, 0);
DEFINE_OLEGUID(PS_INTERNET_HEADERS, 0x20386, 0, 0);
DEFINE_OLEGUID(PSETID_Appointment, 0x62002, 0, 0);
DEFINE_OLEGUID(PSETID_Task, 0x62003, 0, 0);
DEFINE_OLEGUID(PSETID_Address, 0x62004, 0, 0);
DEFINE_OLEGUID(PSETID_Common, 0x62008, 0, 0);
DEFINE_OLEGUID(PSETID_Log, 0x6200A, 0, 0);
DEFINE_OLEGUID(PSETID_Note, 0x6200E, 0, 0);
DEFINE_OLEGUID(PSETID_Report, 0x62013, 0, 0);
DEFINE_OLEGUID(PSETID_Remote, 0x62014, 0, 0);
DEFINE_OLEGUID(PSETID_Sharing, 0x62040, 0, 0);
DEFINE_OLEGUID(PSETID_PostRss, 0x62041, 0, 0);
DEFINE_GUID(PSETID_Meeting, 0x6ED8DA90, 0x450B, 0x101B,
            0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05);
DEFINE_GUID(PSETID_Messaging, 0x41F28F13, 0x83F4, 0x4114,
            0xA5, 0x84, 0xEE, 0xDB, 0x5A, 0x6B, 0x0B, 0xFF);
DEFINE_GUID(PSETID_UnifiedMessaging, 0x4442858E, 0xA9E3, 0x4E80,
            0xB9, 0x00, 0x31, 0x7A, 0x21, 0x0C, 0xC1, 0x5B);
DEFINE_GUID(PSETID_Attachment, 0x96357F7F, 0x59E1, 0x47D0,
            0x99, 0xA7, 0x46, 0x51, 0x5C, 0x18, 0x3B, 0x54);
DEFINE_GUID(PSETID_XmlExtractedEntities, 0x23239608, 0x685D, 0x4732,
            0x9C, 0x55, 0x4C, 0x95, 0xCB, 0x4E, 0x8E, 0x33);
DEFINE_GUID(SETID_AirSync, 0x71035549, 0x0739, 0x4DCB,
            0x91, 0x63, 0x00, 0xF0, 0x58, 0x0D, 0xBB, 0xDF);

#endif /* MAPIGUID_H */
