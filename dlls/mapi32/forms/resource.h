/*
 * Numbers shared by the sources of forms/ and forms.rc
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

#ifndef MAPI32_FORMS_RESOURCE_H
#define MAPI32_FORMS_RESOURCE_H

#define IDD_FORM_SELECT         2000
#define IDC_FORM_LIST           2001
#define IDC_FORM_LIST_SEVERAL   2002

#define IDS_FORM_LOCAL          2000
#define IDS_FORM_PERSONAL       2001
#define IDS_FORM_FOLDER         2002
#define IDS_FORM_SELECT         2003
#define IDS_FORM_SELECT_SEVERAL 2004
#define IDS_FORM_SELECT_LIBRARY 2005
#define IDS_FORM_INSTALL        2006
#define IDS_FORM_RUN            2007
#define IDS_FORM_NOT_FOUND      2008
#define IDS_FORM_INVALID        2009
#define IDS_FORM_FILE_MISSING   2010
#define IDS_FORM_FILE_OUTSIDE   2011
#define IDS_FORM_NOT_WRITTEN    2012
#define IDS_FORM_NO_PLATFORM    2013
#define IDS_FORM_ICON_INVALID   2014

#endif /* MAPI32_FORMS_RESOURCE_H */
