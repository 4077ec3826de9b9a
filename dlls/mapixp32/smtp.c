/*
 * Mail transport: SMTP
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
 * One message in one conversation. Each recipient has the server's own answer; those that it takes
 * get the message even if it takes others not. The moment that matters is the end of the data:
 * before it nobody has the message, after the server's answer it is known who has it, between the
 * two it is not. So mail->commit is called before that end is sent, and SMTP_IN_DOUBT returned if
 * no answer comes, for which the server has ten minutes (RFC 5321, 4.5.3.2.6).
 */

#include "transport.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define FINAL_TIMEOUT (10 * 60 * 1000)

struct reply
{
    int code;
    char text[200];                     /* of the last line that has any */
};

static enum net read_reply(struct connection *connection, struct reply *reply,
                           struct smtp_features *features)
{
    struct smtp_line parsed;
    char line[1024];
    enum net net;
    int lines;

    reply->code = 0;
    reply->text[0] = 0;
    for (lines = 0; lines < 1000; lines++)
    {
        if ((net = connection_line(connection, line, sizeof(line)))) return net;
        if (!smtp_parse_line(line, &parsed)) return connection_nonsense(connection, line);
        reply->code = parsed.code;
        if (parsed.text[0]) lstrcpynA(reply->text, parsed.text, sizeof(reply->text));
        if (features && lines) smtp_parse_feature(parsed.text, features);
        if (!parsed.more) return NET_OK;
    }
    return connection_nonsense(connection, line);
}

static BOOL is_ascii(const char *data, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++)
        if ((unsigned char)data[i] >= 0x80) return FALSE;
    return TRUE;
}

/* An address must not end the command it stands in. */
static BOOL is_safe(const char *address)
{
    const char *p;

    for (p = address; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == '<' || *p == '>' || *p == 0x7f) return FALSE;
    return p != address && p - address <= 320;
}

static void set_answer(struct smtp_recipient *recipient, int code, const char *text)
{
    recipient->code = code;
    lstrcpynA(recipient->text, text, sizeof(recipient->text));
}

/* CR LF at the ends of lines, and a dot more before one that begins with a dot. */
static enum net write_data(struct connection *connection, const char *data, size_t size)
{
    const char *end = data + size, *line = data, *stop;
    struct bytes block = { 0 };
    enum net net = NET_OK;
    BOOL ok = TRUE;
    size_t length;

    while (line < end && ok && !net)
    {
        stop = memchr(line, '\n', end - line);
        length = (stop ? stop : end) - line;
        if (length && line[length - 1] == '\r') length--;
        if (length && line[0] == '.') ok = bytes_add(&block, ".", 1);
        ok = ok && bytes_add(&block, line, length) && bytes_add(&block, "\r\n", 2);
        line = stop ? stop + 1 : end;
        if (block.size >= 32768 || line == end)
        {
            net = ok ? connection_write(connection, block.data, block.size) : NET_FAILED;
            block.size = 0;
        }
    }
    bytes_free(&block);
    if (!ok) words_set(connection->words, "there is no memory to send the message");
    return ok ? net : NET_FAILED;
}

/* What a failure before the end of the data comes to. */
static enum smtp_result not_sent(enum net net)
{
    if (net == NET_CANCELLED) return SMTP_CANCELLED;
    return net == NET_REFUSED ? SMTP_REFUSED : SMTP_NOT_SENT;
}

static enum smtp_result answered(struct connection *connection, const struct reply *reply,
                                 const char *what)
{
    words_set(connection->words, "the server answered to %s: %d %s", what, reply->code,
              reply->text);
    return reply->code >= 500 && reply->code < 600 ? SMTP_REJECTED : SMTP_NOT_SENT;
}

static enum net ask_features(struct connection *connection, struct smtp_features *features)
{
    struct reply reply;
    char name[256];
    enum net net;

    memset(features, 0, sizeof(*features));
    if (gethostname(name, sizeof(name)) || !is_safe(name)) strcpy(name, "localhost");
    if ((net = connection_printf(connection, "EHLO %s", name))) return net;
    if ((net = read_reply(connection, &reply, features))) return net;
    if (reply.code != 250) memset(features, 0, sizeof(*features));
    return NET_OK;
}

#define NOTIFY_MAX 1100                 /* 320 bytes of an address, each as three at most, and words */

/* RFC 3461: reports that are asked for, or not even wanted. Nobody gets one for a report. */
static void recipient_notify(const struct smtp_recipient *recipient, const struct smtp_mail *mail,
                             const struct smtp_features *features, char notify[NOTIFY_MAX])
{
    char address[NOTIFY_MAX - 100];

    notify[0] = 0;
    if (!features->dsn || !mail->sender[0]) return;
    if (recipient->report_nothing) strcpy(notify, " NOTIFY=NEVER");
    else if (recipient->report_success) strcpy(notify, " NOTIFY=SUCCESS,FAILURE,DELAY");
    else return;
    if (is_ascii(recipient->address, strlen(recipient->address))
        && smtp_write_xtext(recipient->address, address, sizeof(address)))
        snprintf(notify + strlen(notify), NOTIFY_MAX - strlen(notify), " ORCPT=rfc822;%s", address);
}

/* RCPT for each; *taken: how many the server takes. */
static enum net name_recipients(struct connection *connection, struct smtp_mail *mail,
                                const struct smtp_features *features, size_t *taken)
{
    struct smtp_recipient *recipient;
    char notify[NOTIFY_MAX];
    struct reply reply;
    enum net net;
    size_t i;

    *taken = 0;
    for (i = 0; i < mail->count; i++)
    {
        recipient = &mail->recipients[i];
        if (!is_safe(recipient->address))
        {
            set_answer(recipient, 501, "this is no address that mail can be sent to");
            continue;
        }
        if (!features->utf8 && !is_ascii(recipient->address, strlen(recipient->address)))
        {
            set_answer(recipient, 553, "the server does not know addresses with such characters");
            continue;
        }
        recipient_notify(recipient, mail, features, notify);
        if ((net = connection_printf(connection, "RCPT TO:<%s>%s", recipient->address, notify)))
            return net;
        if ((net = read_reply(connection, &reply, NULL))) return net;
        set_answer(recipient, reply.code, reply.text);
        if (reply.code / 100 == 2) (*taken)++;
        if (reply.code == 421)
        {
            words_set(connection->words, "the server closes the connection: %s", reply.text);
            return NET_FAILED;
        }
    }
    return NET_OK;
}

static enum smtp_result begin_mail(struct connection *connection, struct smtp_mail *mail,
                                   const struct smtp_features *features)
{
    char size[40] = "", dsn[120] = "", *body = (char *)"", *utf8 = (char *)"";
    struct reply reply;
    enum net net;
    size_t i;

    if (features->size_limit && mail->size > features->size_limit)
    {
        words_set(connection->words,
                  "the message has %lu bytes, and the server takes no more than %llu",
                  (unsigned long)mail->size, (unsigned long long)features->size_limit);
        return SMTP_REJECTED;
    }
    if (features->size) snprintf(size, sizeof(size), " SIZE=%lu", (unsigned long)mail->size);
    if (features->eight_bit && !is_ascii(mail->data, mail->size)) body = (char *)" BODY=8BITMIME";
    for (i = 0; i < mail->count && features->utf8; i++)
        if (!is_ascii(mail->recipients[i].address, strlen(mail->recipients[i].address)))
            utf8 = (char *)" SMTPUTF8";
    /* The key is hexadecimal, and so is as it stands. */
    if (features->dsn && mail->sender[0])
        snprintf(dsn, sizeof(dsn), " RET=HDRS ENVID=%.80s", mail->id);
    if ((net = connection_printf(connection, "MAIL FROM:<%s>%s%s%s%s", mail->sender, size, body,
                                 utf8, dsn)))
        return not_sent(net);
    if ((net = read_reply(connection, &reply, NULL))) return not_sent(net);
    if (reply.code / 100 == 2) return SMTP_SENT;
    /* Who has not logged on is for the account to mend. A sender whom the server will not have
     * never changes by waiting: the report says so. */
    if (reply.code == 530 || reply.code == 535)
    {
        answered(connection, &reply, "the sender's address");
        return SMTP_REFUSED;
    }
    return answered(connection, &reply, "the sender's address");
}

static enum smtp_result finish_mail(struct connection *connection, struct smtp_mail *mail)
{
    struct reply reply;
    enum net net;

    /* A connection that broke before leaves no doubt. */
    if ((net = connection_check(connection))) return not_sent(net);
    if (!mail->commit(mail->context))
    {
        words_set(connection->words, "it cannot be noted down that the message is being sent");
        return SMTP_NOT_SENT;
    }
    /* Whatever of this does not go out, the server has not seen the end. */
    if ((net = connection_write(connection, ".\r\n", 3))) return not_sent(net);
    connection->timeout = max(connection->timeout, FINAL_TIMEOUT);
    connection->stop = NULL;
    if (read_reply(connection, &reply, NULL)) return SMTP_IN_DOUBT;
    if (reply.code / 100 == 2) return SMTP_SENT;
    return answered(connection, &reply, "the message");
}

static enum smtp_result send_mail(struct connection *connection, struct smtp_mail *mail)
{
    struct smtp_features features;
    enum smtp_result result;
    struct reply reply;
    enum net net;
    size_t taken;

    if ((net = ask_features(connection, &features))) return not_sent(net);
    if ((result = begin_mail(connection, mail, &features))) return result;
    if ((net = name_recipients(connection, mail, &features, &taken))) return not_sent(net);
    if (!taken) return SMTP_SENT;       /* to none of them: each has its answer */
    if ((net = connection_printf(connection, "DATA"))) return not_sent(net);
    if ((net = read_reply(connection, &reply, NULL))) return not_sent(net);
    if (reply.code != 354) return answered(connection, &reply, "the message");
    if ((net = write_data(connection, mail->data, mail->size))) return not_sent(net);
    return finish_mail(connection, mail);
}

enum smtp_result smtp_send(const struct settings *settings, HANDLE stop, struct smtp_mail *mail,
                           WCHAR words[WORDS_MAX])
{
    struct connection *connection;
    enum smtp_result result;
    enum net net;

    net = connection_open("smtp", &settings->smtp, settings, stop, &connection, words);
    if (net) return not_sent(net);
    result = send_mail(connection, mail);
    lstrcpynW(words, connection->words, WORDS_MAX);
    if (result != SMTP_IN_DOUBT && result != SMTP_CANCELLED)
        connection_printf(connection, "QUIT");
    connection_close(connection);
    TRACE("result %d %s\n", result, debugstr_w(words));
    return result;
}

enum net smtp_try(const struct settings *settings, HANDLE stop, WCHAR words[WORDS_MAX])
{
    struct connection *connection;
    enum net net;

    net = connection_open("smtp", &settings->smtp, settings, stop, &connection, words);
    if (!net) connection_printf(connection, "QUIT");
    connection_close(connection);
    return net;
}
