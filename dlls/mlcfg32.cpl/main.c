/*
 * Mail control panel: CPlApplet
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


#include "mlcfg32.h"
#include <cpl.h>

HINSTANCE mlcfg32_instance;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    if (reason != DLL_PROCESS_ATTACH) return TRUE;
    DisableThreadLibraryCalls(instance);
    mlcfg32_instance = instance;
    return TRUE;
}

LONG CALLBACK CPlApplet(HWND window, UINT message, LPARAM first, LPARAM second)
{
    switch (message)
    {
    case CPL_INIT:
        return TRUE;
    case CPL_GETCOUNT:
        return 1;
    case CPL_INQUIRE:
    {
        CPLINFO *info = (CPLINFO *)second;

        if (!info) return 1;
        info->idIcon = IDI_MAIL;
        info->idName = IDS_TITLE;
        info->idInfo = IDS_DESCRIPTION;
        info->lData = 0;
        return 0;
    }
    case CPL_DBLCLK:
    case CPL_STARTWPARMSA:
    case CPL_STARTWPARMSW:
        profiles_show(window);
        return message != CPL_DBLCLK;
    default:
        return 0;
    }
}
