# SPDX-License-Identifier: Apache-2.0
"""Scanners speak plain HTTP and know no session: what they send goes on to the node with a person's session, the headers
the node asks for and a key of its own for each command; what the node answers goes back as it is."""
import http.client
import http.server
import sqlite3
import threading
import urllib.parse
import uuid

DROPPED = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "cookie", "origin", "referer",
           "accept-encoding", "set-cookie"}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    person, counts, lock = None, None, threading.Lock()
    lines = threading.local()

    def line(self):
        if getattr(self.lines, "connection", None) is None:
            self.lines.connection = http.client.HTTPSConnection(self.person.host, int(self.person.port), timeout=60,
                                                                context=self.person.context)
        return self.lines.connection

    def forward(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size) if size else None
        sent = {name: value for name, value in self.headers.items() if name.lower() not in DROPPED}
        sent |= {"Cookie": self.person.cookie, "Origin": self.person.origin, "X-Fundnode": "1",
                 "X-Idempotency-Key": uuid.uuid4().hex}
        for attempt in (1, 2):
            try:
                self.line().request(self.command, self.path, body, sent)
                answer = self.line().getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.lines.connection = None
                if attempt == 2:
                    self.send_error(502)
                    return
        with self.lock:
            self.counts[answer.status] = self.counts.get(answer.status, 0) + 1
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in DROPPED:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = forward

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass            # scanners hang up when they have seen enough


class Relay:
    """with Relay(person) as address: …; .counts has the node's answers by status."""

    def __init__(self, person, handler=Handler):
        self.counts = {}
        handler = type("PersonHandler", (handler,), {"person": person, "counts": self.counts})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Sieve(Handler):
    """A page with the very hole that is looked for: a scanner that misses it proves nothing of the node."""

    def forward(self):
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("f.name", [""])[0]
        database = sqlite3.connect(":memory:")
        database.executescript("CREATE TABLE area (id, name); INSERT INTO area VALUES (1, '1'), (2, '2');")
        try:
            content = str(database.execute(f"SELECT id FROM area WHERE name = '{asked}'").fetchall()).encode()
        except sqlite3.Error as error:
            content = f"sqlite3.{type(error).__name__}: {error}".encode()
        database.close()
        self.send_response_only(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = forward
