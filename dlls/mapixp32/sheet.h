/*
 * Mail transport: identifiers of the configuration sheet
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

#define IDD_ACCOUNT           100
#define IDD_SERVERS           101

#define IDC_NAME_LABEL        1001
#define IDC_NAME              1002
#define IDC_ADDRESS_LABEL     1003
#define IDC_ADDRESS           1004
#define IDC_USER_LABEL        1005
#define IDC_USER              1006
#define IDC_PASSWORD_LABEL    1007
#define IDC_PASSWORD          1008
#define IDC_LOGIN             1009
#define IDC_TEST              1010

#define IDC_SMTP_LABEL        1021
#define IDC_SMTP              1022
#define IDC_SMTP_PORT_LABEL   1023
#define IDC_SMTP_PORT         1024
#define IDC_SMTP_TLS          1025
#define IDC_SMTP_STARTTLS     1026
#define IDC_SMTP_NONE         1027
#define IDC_NOTHING           1030
#define IDC_IMAP              1031
#define IDC_POP3              1032
#define IDC_RECEIVE_LABEL     1033
#define IDC_RECEIVE           1034
#define IDC_RECEIVE_PORT_LABEL 1035
#define IDC_RECEIVE_PORT      1036
#define IDC_RECEIVE_TLS       1037
#define IDC_RECEIVE_STARTTLS  1038
#define IDC_RECEIVE_NONE      1039
#define IDC_FOLDER_LABEL      1040
#define IDC_FOLDER            1041
#define IDC_SENDING_BOX       1042
#define IDC_RECEIVING_BOX     1043
#define IDC_FOLDERS_NONE      1044
#define IDC_FOLDERS_SUBSCRIBED 1045
#define IDC_FOLDERS_ALL       1046
