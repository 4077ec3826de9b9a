/*
 * Tests: the sample message service as a fixture
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
 * Tests that need providers use the sample service (tests/providers/sample of the project), a stranger's
 * DLL. sample_install makes it known through a MapiSvc.inf of the test's own; the subsystem finds that
 * through the MapiSvcInf value of HKCU\Software\wine-mapi, which sample_remove takes away again.
 * Where the DLL is not there (a plain Wine tree), sample_install returns FALSE and the test skips.
 */

#ifndef MAPI32_TEST_SAMPLE_H
#define MAPI32_TEST_SAMPLE_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>

/* Looks for sample32.dll beside the test program and in the folder %SAMPLE_PROVIDERS% names, copies it
 * to a folder without periods in its path, and writes the INF: service SAMPLE with a transport, an
 * address book and a store. */
BOOL sample_install(void);
/* The same with an INF of the caller's: each %s in it stands for the DLL's name as MapiSvc.inf wants it. */
BOOL sample_install_inf(const char *inf);
void sample_remove(void);
const char *sample_directory(void);     /* where DLL and INF are; for more copies of the DLL */

/* Profile NAME with the service SAMPLE in it, made anew; S_OK or the error. */
HRESULT sample_create_profile(const char *name);
void sample_delete_profile(const char *name);

/* The switches of README.md in the sample's folder, for this process and its children. NULL: none. */
void sample_behave(const char *words);

/* Starts a new log of calls; sample_log_read gives it whole as lines "kind.Method\n", process and time
 * taken out, for one process or (0) all. The text is static until the next call. */
void sample_log_start(void);
const char *sample_log_read(DWORD process);
/* How often a line stands in the log. */
int sample_log_count(const char *line);

#endif /* MAPI32_TEST_SAMPLE_H */
