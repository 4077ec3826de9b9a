#!/usr/bin/env python3
"""A server for the failures that a real one does not make on demand.

smtpd.py PORT FOLDER [CERT KEY [now]]

What it accepted stands in FOLDER, a file a message: the envelope, a blank line, the data. With CERT it offers STARTTLS, with "now"
it speaks TLS at once. It does as the message's addresses and subject say:

    to gone@            550              to grey@           450 the first time
    to toomany@         452 each time    subject drop-data  the connection drops in mid-message, the first time
    subject drop-dot    the message is taken, and the connection drops before the answer
    subject temp-data   451 at the end, the first time      subject bad-data    554 at the end
    from banned@        550
    subject slow        12 s before the last answer         subject drop-rcpt   drops at RCPT, the first time

What MAIL and RCPT had besides the addresses stands in the file's third line, "WITH ...". A file FOLDER/down makes it answer 421 to whoever comes.

Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.
"""

import os
import re
import socketserver
import ssl
import sys
import threading
import time

port, folder = int(sys.argv[1]), sys.argv[2]
certificate = sys.argv[3:5]
at_once = sys.argv[5:] == ["now"]
lock = threading.Lock()
seen = set()
count = 0


def first_time(what):
    with lock:
        if what in seen:
            return False
        seen.add(what)
        return True


def keep(sender, recipients, parameters, data):
    global count
    with lock:
        count += 1
        name = os.path.join(folder, "%03d.eml" % count)
    with open(name + ".new", "wb") as out:
        out.write(("FROM %s\nTO %s\nWITH %s\n\n" % (sender, " ".join(recipients), " ".join(parameters))).encode() + data)
    os.rename(name + ".new", name)


class Drop(Exception):
    pass


class Session(socketserver.BaseRequestHandler):
    def say(self, text):
        self.request.sendall((text + "\r\n").encode())

    def secure(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.file = self.request.makefile("rb")

    def handle(self):
        self.file = self.request.makefile("rb")
        try:
            if at_once:
                self.secure()
            self.talk()
        except (Drop, OSError):
            pass
        try:
            self.request.shutdown(2)
        except OSError:
            pass

    def recipient(self, address):
        local = address.split("@")[0]
        if local == "gone":
            return "550 5.1.1 nobody of that name"
        if local == "toomany" or local == "grey" and first_time("grey"):
            return "450 4.2.0 come back later"
        self.recipients.append(address)
        return "250 2.1.5 fine"

    def data(self):
        lines = []
        while True:
            line = self.file.readline()
            if not line:
                raise Drop()
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
            if line.lower().startswith(b"subject:") and b"drop-data" in line and first_time("drop-data"):
                raise Drop()
        data = b"".join(lines)
        subject = re.search(rb"^subject: *(.*?)\r$", data, re.I | re.M)
        subject = subject.group(1).decode() if subject else ""
        if "bad-data" in subject:
            return "554 5.6.0 no such mail here"
        if "temp-data" in subject and first_time("temp-data"):
            return "451 4.3.0 not now"
        if "slow" in subject:
            time.sleep(12)
        keep(self.sender, self.recipients, self.parameters, data)
        if "drop-dot" in subject:
            raise Drop()
        return "250 2.0.0 taken"

    def talk(self):
        if os.path.exists(os.path.join(folder, "down")):
            self.say("421 4.3.2 closed")
            return
        self.say("220 test ESMTP")
        self.sender, self.recipients = None, []
        while True:
            line = self.file.readline().decode(errors="replace").strip()
            if not line:
                return
            word = line.split()[0].upper()
            if word == "EHLO":
                offers = ["test", "8BITMIME", "SIZE 20000000", "DSN"]
                if certificate and not isinstance(self.request, ssl.SSLSocket):
                    offers.append("STARTTLS")
                for offer in offers[:-1]:
                    self.say("250-" + offer)
                self.say("250 " + offers[-1])
            elif word == "STARTTLS":
                self.say("220 go on")
                self.secure()
            elif word == "MAIL":
                self.sender, self.recipients = re.search("<(.*?)>", line).group(1), []
                self.parameters = line[line.index(">") + 1:].split()
                self.say("550 5.7.1 not you" if self.sender.startswith("banned@") else "250 fine")
            elif word == "RCPT":
                address = re.search("<(.*?)>", line).group(1)
                self.parameters += line[line.index(">") + 1:].split()
                if address.startswith("drop-rcpt") and first_time("drop-rcpt"):
                    raise Drop()
                self.say(self.recipient(address))
            elif word == "DATA":
                self.say("354 go on")
                self.say(self.data())
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


os.makedirs(folder, exist_ok=True)
with Server(("127.0.0.1", port), Session) as server:
    server.serve_forever()
