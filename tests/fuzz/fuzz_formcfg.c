/*
 * Fuzzer of core/formcfg.c
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

/* Any bytes as the configuration file of a form. What was understood means the same when it is
 * written and read again. */

#include <stdlib.h>

#include "unit.h"
#include "core/blocks.h"
#include "core/formcfg.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    blocks_keep(FALSE);
    return 0;
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    struct form_config *config, *again;
    const struct form_platform *platform;
    const WCHAR *text;
    WCHAR path[64];
    size_t written;
    ULONG at = 0;
    BYTE *copy;

    if (SUCCEEDED(form_config_parse(data, size, NULL, NULL, &config)))
    {
        if (!form_class_valid(config->message_class)) abort();
        if ((platform = form_config_platform(config, TRUE)))
            while ((text = form_platform_next(platform, L"File", &at)))
                if (form_relative_path(text, path, ARRAY_SIZE(path)) && !*path) abort();
        if (form_config_write(config, config, NULL, L"x.ico", &copy, &written) != S_OK) abort();
        if (form_config_parse(copy, written, NULL, NULL, &again) != S_OK) abort();
        if (again->verb_count != config->verb_count || again->prop_count != config->prop_count
            || again->platform_count != config->platform_count
            || again->extension_count != config->extension_count)
            abort();
        platform_free(copy);
        form_config_free(again);
        form_config_free(config);
    }
    if (unit_live_blocks()) abort();
    return 0;
}
