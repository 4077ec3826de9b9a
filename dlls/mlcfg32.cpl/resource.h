/*
 * Mail control panel: numbers of its resources
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


#ifndef MLCFG32_RESOURCE_H
#define MLCFG32_RESOURCE_H

#define IDI_MAIL                1

#define IDD_PROFILES            100
#define IDD_SERVICES            101
#define IDD_NAME                102
#define IDD_CHOOSE              103
#define IDD_TEST                104
#define IDD_PASSWORD            105

/* IDD_PROFILES */
#define IDC_PROFILES            1001
#define IDC_PROFILE_ADD         1002
#define IDC_PROFILE_REMOVE      1003
#define IDC_PROFILE_PROPERTIES  1004
#define IDC_PROFILE_COPY        1005
#define IDC_PROFILE_USE         1006
#define IDC_PROFILE_ASK         1007
#define IDC_PROFILE_ALWAYS      1008
#define IDC_PROFILE_DEFAULT     1009

/* IDD_SERVICES */
#define IDC_SERVICES            1020
#define IDC_SERVICE_ADD         1021
#define IDC_SERVICE_REMOVE      1022
#define IDC_SERVICE_PROPERTIES  1023
#define IDC_SERVICE_UP          1024
#define IDC_SERVICE_DOWN        1025
#define IDC_SERVICE_TEST        1026
#define IDC_SERVICE_ACCOUNT     1027
#define IDC_SERVICE_PASSWORD    1028
#define IDC_SERVICE_STORE       1029

/* IDD_NAME, IDD_CHOOSE, IDD_TEST */
#define IDC_NAME                1040
#define IDC_CHOICES             1041
#define IDC_TEST_STATE          1042
#define IDC_TEST_RESULTS        1043
#define IDC_PASSWORD_LABEL      1044
#define IDC_PASSWORD            1045

#define IDS_TITLE               1
#define IDS_DESCRIPTION         2
#define IDS_SERVICES_OF         3
#define IDS_REMOVE_PROFILE      4
#define IDS_REMOVE_SERVICE      5
#define IDS_NO_SERVICES         7
#define IDS_CLOSE               8
#define IDS_PASSWORD_OF         9
#define IDS_DEFAULT_STORE       10

#define IDS_TEST_LOGON          20
#define IDS_TEST_ONE            21
#define IDS_TEST_LOGOFF         22
#define IDS_TEST_GOOD           23
#define IDS_TEST_BAD            24
#define IDS_TEST_RESULT         25
#define IDS_TEST_NOTHING        26
#define IDS_TEST_NO_LOGON       27
#define IDS_TEST_WORKS          28
#define IDS_TEST_NO_WORDS       29

#define IDS_FAILED_REMOVE       41
#define IDS_FAILED_COPY         42
#define IDS_FAILED_DEFAULT      43
#define IDS_FAILED_OPEN         44
#define IDS_FAILED_ADD          45
#define IDS_FAILED_CONFIGURE    46
#define IDS_FAILED_ORDER        47
#define IDS_FAILED_MAPI         48
#define IDS_FAILED_WIZARD       49
#define IDS_FAILED_PASSWORD     50
#define IDS_FAILED_STORE        51

#define IDS_ERROR_OTHER         60
#define IDS_ERROR_LOGON         61
#define IDS_ERROR_NOT_FOUND     62
#define IDS_ERROR_NO_ACCESS     63
#define IDS_ERROR_NETWORK       64
#define IDS_ERROR_UNCONFIGURED  65
#define IDS_ERROR_MEMORY        66
#define IDS_ERROR_TIMEOUT       67
#define IDS_ERROR_BUSY          68
#define IDS_ERROR_NO_SUPPORT    69
#define IDS_ERROR_NO_SETTINGS   70
#define IDS_ERROR_BROKEN        71
#define IDS_ERROR_NAME          72
#define IDS_ERROR_EXISTS        73

#endif /* MLCFG32_RESOURCE_H */
