/*
 * Numbers of the dialogs' resources
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
 * Numbers shared by the sources of dialog/ and their resource files. Strings are kept in tables of
 * 16, and one table has to come from one resource file.
 */

#ifndef MAPI32_DIALOG_RESOURCE_H
#define MAPI32_DIALOG_RESOURCE_H

/* progress.rc */
#define IDD_PROGRESS            1720
#define IDC_PROGRESS_TEXT       1721
#define IDC_PROGRESS_BAR        1722
#define IDS_PROGRESS_COUNT      1723
#define IDS_PROGRESS_CANCELLING 1724
#define IDS_PROGRESS_WORKING    1725

/* address.rc */
#define IDD_ADDRESS                 1730
#define IDC_ADDRESS_FIND_LABEL      1731
#define IDC_ADDRESS_FIND            1732
#define IDC_ADDRESS_CONTAINER_LABEL 1733
#define IDC_ADDRESS_CONTAINER       1734
#define IDC_ADDRESS_LIST            1735
#define IDC_ADDRESS_WELLS_TITLE     1736
#define IDC_ADDRESS_STATUS          1737
#define IDC_ADDRESS_NEW             1738
#define IDC_ADDRESS_DETAILS         1739
#define IDC_ADDRESS_OPTIONS         1740
#define IDC_ADDRESS_HELP            1741
#define IDC_ADDRESS_WELL_BUTTON     1750    /* and the next, one a well */
#define IDC_ADDRESS_WELL            1760
#define IDS_ADDRESS_TO              1770
#define IDS_ADDRESS_CC              1771
#define IDS_ADDRESS_BCC             1772
#define IDS_ADDRESS_CLOSE           1773
#define IDS_ADDRESS_COLUMN_NAME     1774
#define IDS_ADDRESS_COLUMN_ADDRESS  1775
#define IDS_ADDRESS_COLUMN_TYPE     1776
#define IDS_ADDRESS_ENTRY           1777
#define IDS_ADDRESS_ENTRIES         1778
#define IDS_ADDRESS_SEARCH          1779
#define IDS_ADDRESS_NO_TABLE        1780
#define IDS_ADDRESS_NO_DETAILS      1781
#define IDS_ADDRESS_NO_OPTIONS      1782
#define IDS_ADDRESS_NOT_ADDED       1783
#define IDS_ADDRESS_NOT_RESOLVED    1784
#define IDS_ADDRESS_TOO_MANY        1785

/* checkname.rc */
#define IDD_CHECK_NAME          1790
#define IDC_CHECK_TEXT          1791
#define IDC_CHECK_LIST          1792
#define IDC_CHECK_NEW           1793
#define IDC_CHECK_MORE          1794
#define IDC_CHECK_DETAILS       1795
#define IDS_CHECK_AMBIGUOUS     1796
#define IDS_CHECK_NONE          1797

/* newentry.rc */
#define IDD_NEW_ENTRY           1800
#define IDC_NEW_LABEL           1801
#define IDC_NEW_LIST            1802
#define IDC_NEW_WHERE_LABEL     1803
#define IDC_NEW_WHERE           1804
#define IDS_NEW_MESSAGE_ONLY    1824
#define IDD_ENTRY               1810
#define IDC_ENTRY_NAME_LABEL    1811
#define IDC_ENTRY_NAME          1812
#define IDC_ENTRY_TYPE_LABEL    1813
#define IDC_ENTRY_TYPE          1814
#define IDC_ENTRY_ADDRESS_LABEL 1815
#define IDC_ENTRY_ADDRESS       1816
#define IDC_ENTRY_RICH          1817
#define IDS_ENTRY_NOT_SET       1825

#endif /* MAPI32_DIALOG_RESOURCE_H */
