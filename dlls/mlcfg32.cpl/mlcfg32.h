/*
 * Mail control panel: what its files share
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
 *   main.c          CPlApplet
 *   profiles.c      the window of profiles, and which is used
 *   services.c      the window of one profile: its services and their order
 *   account.c       new profiles and accounts, by the wizard of MAPI; passwords; the default store
 *   testsettings.c  logging on and validating, in the background
 *   work.c          a slow call while the window goes on being painted
 *   errors.c        errors in words; layout.c windows that are resized
 *
 * It uses public MAPI only. Windows run on the thread of the control panel; every call that may ask a
 * provider is made by work_run on another one, except those that show a service's own window, which is
 * modal and sees to its messages. Lists are filled anew after each change, from what MAPI says.
 */

#ifndef MLCFG32_H
#define MLCFG32_H

#include <stdarg.h>
#include <stdlib.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <wingdi.h>
#include <winuser.h>
#include <winreg.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "resource.h"

#define WORDS_MAX        1024           /* characters of a sentence for people */
#define PROFILE_NAME_MAX 64

extern HINSTANCE mlcfg32_instance;

/* ---- profiles.c, services.c, testsettings.c: each runs a modal window ---- */

void profiles_show(HWND parent);
void services_show(HWND parent, IProfAdmin *admin, const WCHAR *profile);
void testsettings_show(HWND parent, const WCHAR *profile);

/* The selected text of a list box; free. NULL: none. */
WCHAR *list_selected(HWND dialog, int id);

/* ---- account.c ---- */

/* The profile wizard. FALSE: cancelled, or failed and told. */
BOOL account_new_profile(HWND parent, WCHAR name[PROFILE_NAME_MAX + 1]);
BOOL account_add(HWND parent, const WCHAR *profile);
/* Asks for the new password of a service MAPIXP. MAPI_E_USER_CANCEL. */
HRESULT account_password(HWND parent, IMsgServiceAdmin *admin, const MAPIUID *service,
                         const WCHAR *account);

struct store_choice
{
    const WCHAR *profile;
    MAPIUID provider;
};
HRESULT account_default_store(void *data);      /* struct store_choice; for work_run */

/* ---- work.c ---- */

/* Calls proc(data) on another thread and returns its answer; meanwhile window is disabled, but
 * painted and moved. data is used until this returns. */
HRESULT work_run(HWND window, HRESULT (*proc)(void *data), void *data);

/* ---- errors.c ---- */

/* The string of the resources with %1 and %2 in it replaced; NULL is the empty text. */
void words_format(WCHAR words[WORDS_MAX], UINT id, const WCHAR *first, const WCHAR *second);
/* What an error means to people. */
void words_error(WCHAR words[WORDS_MAX], HRESULT hr);
/* A message box: the string id, which has %1 where why stands; why NULL: the words of hr. That the
 * user cancelled something is not told. */
void error_show(HWND window, UINT id, HRESULT hr, const WCHAR *why);

/* ---- layout.c ---- */

/* Which edges of the window an edge of a control keeps its distance from. */
#define MOVE_X  1                       /* the right one, with the whole control */
#define MOVE_Y  2
#define GROW_X  4                       /* the right one, with its right edge */
#define GROW_Y  8

struct layout_rule
{
    int id;
    DWORD how;
};

#define LAYOUT_MAX 16

struct layout
{
    const struct layout_rule *rules;
    size_t count;
    SIZE first, least;                  /* of the client area; of the window */
    RECT places[LAYOUT_MAX];
};

/* In WM_INITDIALOG; the window never gets smaller than it is then. */
void layout_init(struct layout *layout, HWND dialog, const struct layout_rule *rules, size_t count);
/* In WM_SIZE and WM_GETMINMAXINFO. */
void layout_size(const struct layout *layout, HWND dialog);
void layout_limits(const struct layout *layout, MINMAXINFO *info);

#endif /* MLCFG32_H */
