/*
 * Mail transport: controls of its pages in the profile wizard
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

/* Numbers below 400 are the wizard's. */

#define IDC_WIZ_NAME_LABEL         1101
#define IDC_WIZ_NAME               1102
#define IDC_WIZ_ADDRESS_LABEL      1103
#define IDC_WIZ_ADDRESS            1104
#define IDC_WIZ_USER_LABEL         1105
#define IDC_WIZ_USER               1106
#define IDC_WIZ_PASSWORD_LABEL     1107
#define IDC_WIZ_PASSWORD           1108
#define IDC_WIZ_PASSWORD_NOTE      1109

#define IDC_WIZ_NOTE               1110
#define IDC_WIZ_KIND_LABEL         1111
#define IDC_WIZ_IMAP               1112     /* the three in a row */
#define IDC_WIZ_POP3               1113
#define IDC_WIZ_NOTHING            1114
#define IDC_WIZ_RECEIVE_LABEL      1115
#define IDC_WIZ_RECEIVE            1116
#define IDC_WIZ_RECEIVE_PORT_LABEL 1117
#define IDC_WIZ_RECEIVE_PORT       1118
#define IDC_WIZ_RECEIVE_TLS        1119     /* the three in a row */
#define IDC_WIZ_RECEIVE_STARTTLS   1120
#define IDC_WIZ_RECEIVE_NONE       1121
#define IDC_WIZ_SMTP_TITLE         1122
#define IDC_WIZ_SMTP_LABEL         1123
#define IDC_WIZ_SMTP               1124
#define IDC_WIZ_SMTP_PORT_LABEL    1125
#define IDC_WIZ_SMTP_PORT          1126
#define IDC_WIZ_SMTP_TLS           1127     /* the three in a row */
#define IDC_WIZ_SMTP_STARTTLS      1128
#define IDC_WIZ_SMTP_NONE          1129
#define IDC_WIZ_LOGIN              1130
#define IDC_WIZ_TEST               1131
#define IDC_WIZ_FOLDERS_LABEL      1132
#define IDC_WIZ_FOLDERS_NONE       1133     /* the three in a row */
#define IDC_WIZ_FOLDERS_SUBSCRIBED 1134
#define IDC_WIZ_FOLDERS_ALL        1135
