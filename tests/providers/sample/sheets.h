/*
 * Sample providers: numbers of the dialog resources
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

/* Shared by details.c, config.c and sheets.rc. */

#ifndef SAMPLE_SHEETS_H
#define SAMPLE_SHEETS_H

#define IDD_GENERAL         100
#define IDC_NAME_BOX        101
#define IDC_NAME_LABEL      102
#define IDC_NAME            103
#define IDC_TITLE_LABEL     104
#define IDC_TITLE           105
#define IDC_ADDRESS_LABEL   106
#define IDC_ADDRESS         107
#define IDC_LANGUAGE_LABEL  108
#define IDC_LANGUAGE        109
#define IDC_RICH            110
#define IDC_CONTACT_BOX     111
#define IDC_CONTACT_MAIL    112
#define IDC_CONTACT_PHONE   113
#define IDC_CONTACT_NONE    114

#define IDD_MORE            120
#define IDC_COMMENT_LABEL   121
#define IDC_COMMENT         122
#define IDC_PHONES_LABEL    123
#define IDC_PHONES          124
#define IDC_OFFICE_LABEL    125
#define IDC_OFFICE          126
#define IDC_COLLEAGUES_LABEL 127
#define IDC_COLLEAGUES      128
#define IDC_NICKS_LABEL     129
#define IDC_NICKS           130
#define IDC_LOOKS_LABEL     131
#define IDC_LOOKS           132
#define IDC_COUNT           133

#define IDD_CONFIG          140
#define IDC_DIRECTORY_LABEL 141
#define IDC_DIRECTORY       142
#define IDC_ACCOUNT_LABEL   143
#define IDC_ACCOUNT         144
#define IDC_PASSWORD_LABEL  145
#define IDC_PASSWORD        146
#define IDC_PORT_LABEL      147
#define IDC_PORT            148
#define IDC_SECURE          149

#define IDS_COMPONENT       160

#define IDD_MESSAGE_OPTIONS 170
#define IDC_URGENT          171
#define IDD_RECIPIENT_OPTIONS 180
#define IDC_RETRIES_LABEL   181
#define IDC_RETRIES         182
#define IDC_NOTE_LABEL      183
#define IDC_NOTE            184

/* SAMPLEWIZARD */
#define IDC_WIZARD_ACCOUNT_LABEL  1201
#define IDC_WIZARD_ACCOUNT        1202
#define IDC_WIZARD_PASSWORD_LABEL 1203
#define IDC_WIZARD_PASSWORD       1204

#endif /* SAMPLE_SHEETS_H */
