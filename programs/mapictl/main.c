/*
 * mapictl: commands and their help
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

/* The table of commands is the program: a row names the words, the arguments, what it does, and the
 * function. Help is made from it. */

#include <stdlib.h>
#include <string.h>

#include <initguid.h>
#include "mapictl.h"
#include <mapimime.h>      /* its identifiers are defined here */
#include <shellapi.h>

static const struct command
{
    const WCHAR *noun;
    const WCHAR *verb;          /* NULL: the noun is the command */
    const WCHAR *usage;
    const WCHAR *help;
    int least;                  /* arguments, options taken out */
    int most;
    int (*run)(struct arguments *args);
}
commands[] =
{
    {L"profile", L"list", L"", L"list the profiles", 0, 0, profile_list},
    {L"profile", L"show", L"NAME", L"show a profile's services and providers", 1, 1, profile_show},
    {L"profile", L"create", L"NAME [--default] [--default-services] [--service SERVICE ...]\n"
     L"        [--smtp HOST[:PORT]] [--imap HOST[:PORT] | --pop3 HOST[:PORT]] [--address ADDRESS]\n"
     L"        [--user USER] [--password-file FILE] [--security none|starttls|tls] [--auth WAY]\n"
     L"        [--folders inbox|subscribed|all]",
     L"make a profile; with servers, one for a mail account", 1, 1, profile_create},
    {L"profile", L"copy", L"OLD NEW", L"copy a profile", 2, 2, profile_copy},
    {L"profile", L"rename", L"OLD NEW", L"rename a profile", 2, 2, profile_rename},
    {L"profile", L"delete", L"NAME [--with-files]",
     L"delete a profile; the mail and contacts in its files only with that", 1, 1, profile_delete},
    {L"profile", L"default", L"[NAME | --none]", L"show or set the default profile", 0, 1, profile_default},
    {L"service", L"list", L"PROFILE", L"list the message services of a profile", 1, 1, service_list},
    {L"service", L"add", L"PROFILE SERVICE [--name TEXT] [TAG=VALUE ...]",
     L"add a service that MapiSvc.inf names", 2, 256, service_add},
    {L"service", L"remove", L"PROFILE SERVICE|UID", L"remove a service", 2, 2, service_remove},
    {L"service", L"configure", L"PROFILE SERVICE|UID TAG=VALUE ...",
     L"hand settings to a service", 3, 256, service_configure},
    {L"providers", NULL, L"[PROFILE]", L"show what a profile loads, and whether it works", 0, 1, providers},
    {L"logon", NULL, L"[PROFILE] [--open-all] [--no-mail]", L"log on as a client would", 0, 1, logon},
    {L"send", NULL, L"--to ADDRESS ... [--cc ADDRESS ...] [--bcc ADDRESS ...] [--subject TEXT]\n"
     L"        [--body TEXT | --body-file FILE] [--html FILE] [--attach FILE ...]\n"
     L"        [--wait SECONDS] [--profile NAME]",
     L"send a message; FILE - is standard input", 0, 0, send_message},
    {L"folders", NULL, L"[--profile NAME]", L"list the folders and how much is in them", 0, 0, folders},
    {L"folder", L"create", L"PATH [--profile NAME]", L"make a folder, and what is missing above it", 1, 1, folder_create},
    {L"folder", L"rename", L"PATH NAME [--profile NAME]", L"give a folder another name", 2, 2, folder_rename},
    {L"folder", L"move", L"PATH --target PATH [--profile NAME]", L"put a folder into another one; / is the top", 1, 1,
     folder_move},
    {L"folder", L"delete", L"PATH [--hard] [--profile NAME]",
     L"move a folder to the deleted items; --hard for good", 1, 1, folder_delete},
    {L"inbox", NULL, L"[--folder PATH] [--unread] [--limit COUNT] [--profile NAME]",
     L"list messages, the newest first", 0, 0, inbox},
    {L"search", NULL, L"WORDS ... [--folder PATH] [--limit COUNT] [--profile NAME]",
     L"find messages that have all of the words, the newest first", 1, 64, search_mail},
    {L"read", NULL, L"MESSAGE [--folder PATH] [--save-attachments DIR] [--headers] [--raw] [--profile NAME]",
     L"show a message and mark it read; --raw as MIME", 1, 1, read_message},
    {L"delete", NULL, L"MESSAGE ... [--folder PATH] [--hard] [--profile NAME]",
     L"move messages to the deleted items; --hard for good", 1, 4096, delete_messages},
    {L"move", NULL, L"MESSAGE ... --target PATH [--folder PATH] [--profile NAME]",
     L"move messages to another folder", 1, 4096, move_messages},
    {L"watch", NULL, L"[--exec COMMAND] [--profile NAME]",
     L"a line for each new message, until Ctrl-C", 0, 0, watch},
    {L"sync", NULL, L"[--wait SECONDS] [--profile NAME]",
     L"send what waits and fetch what is new, then end", 0, 0, sync_mail},
    {L"import", NULL, L"FILE|DIR ... [--folder PATH] [--subfolders] [--profile NAME]",
     L"take in .eml and .msg files, mbox files and Maildirs; .vcf files as contacts", 1, 4096, import_messages},
    {L"export", NULL, L"PATH|MESSAGE TARGET [--format eml|mbox|maildir|msg] [--folder PATH] [--subfolders]\n"
     L"        [--profile NAME]",
     L"write a folder or a message to files; / with --subfolders is all mail", 2, 2, export_messages},
    {L"contacts", L"list", L"[--search TEXT] [--profile NAME]", L"list the contacts", 0, 0, contacts_list},
    {L"contacts", L"show", L"CONTACT [--profile NAME]", L"show a contact, or a list and its members", 1, 1,
     contacts_show},
    {L"contacts", L"add", L"NAME [--address ADDRESS] [--first-name TEXT] [--last-name TEXT] [--company TEXT]\n"
     L"        [--title TEXT] [--phone NUMBER] [--mobile NUMBER] [--note TEXT]\n"
     L"        [--list [--member CONTACT|ADDRESS ...]] [--profile NAME]",
     L"add a contact or a distribution list", 1, 1, contacts_add},
    {L"contacts", L"delete", L"CONTACT ... [--profile NAME]", L"delete contacts and lists", 1, 4096, contacts_delete},
    {L"contacts", L"import", L"FILE ... [--profile NAME]", L"take in vCards (.vcf)", 1, 4096, contacts_import},
    {L"contacts", L"export", L"FILE [--version 3.0|4.0] [--search TEXT] [--profile NAME]",
     L"write the contacts as vCards", 1, 1, contacts_export},
    {L"forms", L"list", L"[--personal | --folder PATH] [--profile NAME]", L"list the forms of a library", 0, 0, forms_list},
    {L"forms", L"install", L"FILE [--replace] [--personal | --folder PATH] [--profile NAME]",
     L"take in a form by its configuration file (.cfg)", 1, 1, forms_install},
    {L"forms", L"remove", L"CLASS [--personal | --folder PATH] [--profile NAME]", L"remove the form of a message class",
     1, 1, forms_remove},
    {L"store", L"check", L"FILE", L"say whether a message store's file is whole", 1, 1, store_check},
    {L"store", L"repair", L"FILE", L"take what can be read of a damaged one into a new one", 1, 1, store_repair},
    {L"store", L"backup", L"FILE TARGET", L"copy one, also while it is in use", 2, 2, store_backup},
    {L"store", L"compact", L"FILE", L"give back what is free inside one", 1, 1, store_compact},
    {L"store", L"stats", L"FILE", L"show what is in one", 1, 1, store_stats},
    {L"simple", L"show", L"", L"say where a MAPISendMail goes, and why", 0, 0, simple_show},
    {L"simple", L"set", L"[--order 'client profile native'] [--command COMMAND] [--folder DIR]",
     L"set where it goes; '' takes a setting back", 0, 0, simple_set},
    {L"shutdown-report", NULL, L"", L"show the last fast shutdown: who was asked and what each said", 0, 0,
     shutdown_report},
    {L"doctor", NULL, L"", L"say what is wrong with this prefix's MAPI and how to mend it", 0, 0, doctor}
};

static int usage(void)
{
    size_t i;

    print(
        L"Usage: mapictl [--json] COMMAND ...\n\n"
        L"Looks after the MAPI subsystem of a Wine prefix (profiles, services, providers), its mail and its contacts.\n\n");
    for (i = 0; i < ARRAYSIZE(commands); i++)
        print(L"  mapictl %s%s%s%s%s\n        %s\n", commands[i].noun,
              commands[i].verb ? L" " : L"", commands[i].verb ? commands[i].verb : L"",
              *commands[i].usage ? L" " : L"", commands[i].usage, commands[i].help);
    print(
        L"\n  --json     lists as JSON\n"
        L"  --help     this text\n\n"
        L"TAG=VALUE sets a property of the service: eight hexadecimal digits, identifier then "
        L"type as in\n"
        L"MapiSvc.inf, for example 66010003=5 or 6602001e=mail.example. Exit status: 0 done, 1 "
        L"failed,\n"
        L"2 not understood.\n\n"
        L"PATH names a folder from the top, as 'mapictl folders' lists them; inbox, outbox, sent and trash\n"
        L"stand for the store's own. MESSAGE is a number of 'mapictl inbox', or an entry in its --json.\n"
        L"CONTACT is a name, or what begins its words, or an entry of 'mapictl --json contacts list'.\n");
    return EXIT_OK;
}

static void remove_argument(struct arguments *args, int index, int count)
{
    memmove(args->values + index, args->values + index + count,
            (args->count - index - count) * sizeof(*args->values));
    args->count -= count;
}

BOOL take_flag(struct arguments *args, const WCHAR *name)
{
    int i;

    for (i = 0; i < args->count; i++)
    {
        if (lstrcmpW(args->values[i], name)) continue;
        remove_argument(args, i, 1);
        return TRUE;
    }
    return FALSE;
}

const WCHAR *take_value(struct arguments *args, const WCHAR *name)
{
    const WCHAR *value;
    int i;

    for (i = 0; i + 1 < args->count; i++)
    {
        if (lstrcmpW(args->values[i], name)) continue;
        value = args->values[i + 1];
        remove_argument(args, i, 2);
        return value;
    }
    return NULL;
}

static const struct command *find_command(struct arguments *args)
{
    size_t i;

    for (i = 0; args->count && i < ARRAYSIZE(commands); i++)
    {
        if (lstrcmpiW(args->values[0], commands[i].noun)) continue;
        if (!commands[i].verb)
        {
            remove_argument(args, 0, 1);
            return &commands[i];
        }
        if (args->count < 2 || lstrcmpiW(args->values[1], commands[i].verb)) continue;
        remove_argument(args, 0, 2);
        return &commands[i];
    }
    return NULL;
}

/* What follows an option in the command's usage; NULL: it has no such option. */
static const WCHAR *find_option(const struct command *command, const WCHAR *option)
{
    size_t length = wcslen(option);
    const WCHAR *p;

    for (p = command->usage; (p = wcsstr(p, option)); p += length)
        if (length > 2 && (!p[length] || wcschr(L" ]\n", p[length]))) return p + length;
    return NULL;
}

/* How many of the arguments are options and their values; -1 when one is none of the command's. */
static int options_in(const struct command *command, const struct arguments *args)
{
    const WCHAR *follows;
    int i, count = 0;

    for (i = 0; i < args->count; i++)
    {
        if (wcsncmp(args->values[i], L"--", 2)) continue;
        if (!(follows = find_option(command, args->values[i]))) return -1;
        count++;
        if (follows[0] != ' ' || !follows[1] || wcschr(L"[|-.", follows[1])) continue;
        count++;
        i++;
    }
    return count;
}

int main(void)
{
    const struct command *command;
    struct arguments args;
    WCHAR **argv;
    int ret, count, options;
    HRESULT hr;

    if (!(argv = CommandLineToArgvW(GetCommandLineW(), &args.count))) return EXIT_FAILED;
    args.values = argv + 1;
    args.count--;
    json_output = take_flag(&args, L"--json");
    if (!args.count || take_flag(&args, L"--help") || take_flag(&args, L"-h")
        || take_flag(&args, L"/?"))
        return usage();
    if (!(command = find_command(&args)))
    {
        fail(L"no such command; 'mapictl --help' lists them");
        return EXIT_USAGE;
    }
    options = options_in(command, &args);
    count = args.count - options;
    if (options < 0 || count < command->least || count > command->most)
    {
        fail(L"usage: mapictl %s%s%s %s", command->noun, command->verb ? L" " : L"",
             command->verb ? command->verb : L"", command->usage);
        return EXIT_USAGE;
    }
    if (FAILED(hr = MAPIInitialize(NULL)) && command->run != doctor
        && command->run != shutdown_report)
        return fail_hr(hr, L"MAPI does not start; see 'mapictl doctor'");
    ret = command->run(&args);
    if (SUCCEEDED(hr)) MAPIUninitialize();
    LocalFree(argv);
    return ret;
}
