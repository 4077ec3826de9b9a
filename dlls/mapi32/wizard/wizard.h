/*
 * The profile wizard: what its files share
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
 *   launch.c     LaunchWizard: arguments into a struct wizard, its result into the caller's buffer
 *   offer.c      what MapiSvc.inf offers, and which of it is chosen at first
 *   wizard.c     the window: which page comes next, Back, Next, Cancel
 *   ownpages.c   the wizard's own pages
 *   service.c    the pages of one message service, as its WIZARDENTRY has them
 *   make.c       at the end: makes the profile or adds to one, whole or not at all
 *
 * Nothing is written before the end, so Cancel has nothing to undo: a service's pages put their values
 * into a property object in memory, which ConfigureMsgService gets. The wizard runs on the thread that
 * calls and knows no session; it stands on profile/, host/ and dialog/.
 */

#ifndef MAPI32_WIZARD_H
#define MAPI32_WIZARD_H

/* wizard.rc; its strings in blocks of 16 that are its own */
#define IDD_WIZARD              2400
#define IDC_WIZARD_TITLE        2401
#define IDC_WIZARD_PANE         2402
#define IDC_WIZARD_BACK         2403
#define IDD_WIZARD_WELCOME      2410
#define IDC_WIZARD_TEXT         2411
#define IDD_WIZARD_SERVICES     2412
#define IDC_WIZARD_SERVICES     2413
#define IDD_WIZARD_NAME         2414
#define IDC_WIZARD_NAME         2415
#define IDC_WIZARD_DEFAULT      2416
#define IDD_WIZARD_FINISH       2417

#define IDS_WIZARD_NEXT         2400
#define IDS_WIZARD_FINISH       2401
#define IDS_WIZARD_T_WELCOME    2402
#define IDS_WIZARD_T_SERVICES   2403
#define IDS_WIZARD_T_NAME       2404
#define IDS_WIZARD_T_FINISH     2405
#define IDS_WIZARD_FIRST        2406
#define IDS_WIZARD_ANOTHER      2407
#define IDS_WIZARD_WILL_MAKE    2408
#define IDS_WIZARD_WILL_ADD     2409
#define IDS_WIZARD_PROFILE      2410
#define IDS_WIZARD_NO_NAME      2411
#define IDS_WIZARD_BAD_NAME     2412
#define IDS_WIZARD_NAME_TAKEN   2413
#define IDS_WIZARD_NO_PAGES     2414
#define IDS_WIZARD_FAILED       2415
#define IDS_WIZARD_NOTHING      2416
#define IDS_WIZARD_ERROR        2417
#define IDS_WIZARD_EMPTY        2418

#ifndef RC_INVOKED

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>

#include "profile/profile.h"
#include "host/calls.h"
#include <mapix.h>
#include <mapiutil.h>
#include <mapiwz.h>

#define WIZARD_SERVICES_MAX 256         /* offered, of what MapiSvc.inf lists */
#define WIZARD_PAGES_MAX    64          /* of one service */
#define WIZARD_WORDS_MAX    1024        /* characters of a sentence for people */

struct wizard_service
{
    WCHAR *key, *text;                  /* of [Services] */
    WCHAR *dll;                         /* of its wizard pages; NULL: it has none */
    char *entry;
    BOOL standard;                      /* one of [Default Services] */
    BOOL chosen;                        /* is to be in the profile, beside the standard ones */
    BOOL failed;                        /* its pages cannot be shown: it asks by itself at the end */
    /* once it was opened: */
    struct host_party party;
    struct wizard_pages pages;
    IPropData *data;
    IMAPISupport *support;
    /* while its pages are shown: */
    HWND window;
    LONG page, count;                   /* from 1 */
    /* while the profile is made: */
    MAPIUID uid;
    BOOL added;
};

enum wizard_step
{
    WIZARD_WELCOME,
    WIZARD_SERVICES,
    WIZARD_NAME,
    WIZARD_SERVICE,                     /* and so on, one a service */
};

struct wizard
{
    ULONG flags;                        /* MAPI_PW_ */
    BOOL is_new;                        /* a profile is made; else name's is added to */
    BOOL listed_only;                   /* MAPI_PW_ADD_SERVICE_ONLY */
    BOOL pages_only;                    /* no pages but those of services */
    BOOL as_default;
    WCHAR name[PROFILE_NAME_MAX + 1];
    ULONG count;
    struct wizard_service *services;
    /* the window */
    HWND frame, page;                   /* page: that of the wizard's own that is shown */
    ULONG step;
    HFONT bold;
    HRESULT result;
};

/* wizard.c. name: of the profile that was made or added to. MAPI_E_USER_CANCEL; services: names of
 * [Services]. into NULL: a new profile. */
HRESULT wizard_run(HWND parent, ULONG flags, ULONG count, WCHAR *const *services, const WCHAR *into,
                   WCHAR name[PROFILE_NAME_MAX + 1]);
/* A message box over the window: the string id with %1 and %2 in it replaced; NULL is the empty
 * text. */
void wizard_tell(HWND parent, UINT id, const WCHAR *first, const WCHAR *second);
void wizard_words(WCHAR words[WIZARD_WORDS_MAX], UINT id, const WCHAR *first, const WCHAR *second);

/* offer.c. MAPI_E_NOT_FOUND: a listed service that there is none of. */
HRESULT wizard_offer(struct wizard *wizard, ULONG count, WCHAR *const *services);
void wizard_forget(struct wizard *wizard);

/* ownpages.c. NULL: no window. FALSE: something is wrong with it, and was told. */
HWND wizard_own_page(struct wizard *wizard, ULONG step);
BOOL wizard_own_take(struct wizard *wizard);
/* A name that is free: Mail, then Mail 2 and so on; the default profile if there is none. */
void wizard_suggest_name(struct wizard *wizard);

/* service.c. FALSE: nothing to show in that direction. */
BOOL wizard_service_enter(struct wizard *wizard, struct wizard_service *service, BOOL forward);
/* The user goes on or back. TRUE: out of its pages, which are gone then. */
BOOL wizard_service_leave(struct wizard *wizard, struct wizard_service *service, BOOL forward);
void wizard_service_hide(struct wizard_service *service);
void wizard_service_close(struct wizard *wizard, struct wizard_service *service);

/* make.c. words: what went wrong. */
HRESULT wizard_make(struct wizard *wizard, HWND parent, WCHAR words[WIZARD_WORDS_MAX]);

#endif /* RC_INVOKED */

#endif /* MAPI32_WIZARD_H */
