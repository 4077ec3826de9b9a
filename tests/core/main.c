/*
 * The native units of core
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
 * Runs the suites that are named on the command line, or all of them. CK_FORK=no for a debugger.
 */

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/blocks.h"

extern Suite *(*const unit_suites[])(void);

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    unsigned int i;
    int failed, run;

    blocks_keep(FALSE);
    for (i = 0; unit_suites[i]; i++) srunner_add_suite(runner, unit_suites[i]());
    if (argc < 2) srunner_run_all(runner, CK_ENV);
    for (i = 1; i < (unsigned int)argc; i++) srunner_run(runner, argv[i], NULL, CK_ENV);
    run = srunner_ntests_run(runner);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed || !run ? EXIT_FAILURE : EXIT_SUCCESS;
}
