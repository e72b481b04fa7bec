# SPDX-License-Identifier: Apache-2.0
"""A person at a node's pages: the same HTTP calls a browser makes."""
import http.client
import json
import os
import ssl
import time
import urllib.parse
import uuid


class Refused(Exception):
    """The node said no: .status, .code and .message as docs/api.md gives them."""

    def __init__(self, status, error):
        self.status, self.code, self.error = status, error.get("code", ""), error
        super().__init__(f"{status} {self.code}: {error.get('message', '')}")


class Person:
    def __init__(self, address, certificate, login, password):
        self.host, self.port = address.rsplit(":", 1)
        self.origin = f"https://{address}"
        self.context = ssl.create_default_context(cafile=certificate)
        self.login, self.password, self.cookie, self.connection = login, password, None, None

    def _connect(self):
        if self.connection is None:
            self.connection = http.client.HTTPSConnection(self.host, int(self.port), context=self.context, timeout=150)
        return self.connection

    def _send(self, method, path, body, headers):
        for attempt in (1, 2):
            try:
                connection = self._connect()
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                return answer, answer.read()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
                # a kept connection that the other side had closed meanwhile; keys make the repeat harmless
                self.connection = None
                if attempt == 2:
                    raise

    def call(self, method, path, body=None, headers=None, raw=False):
        sent = {"Origin": self.origin, "X-Fundnode": "1"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        answer, content = self._send(method, path, body, sent)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";", 1)[0]
        if answer.status >= 400:
            try:
                error = json.loads(content).get("error", {})
            except ValueError:
                error = {"message": content[:200].decode("utf-8", "replace")}
            raise Refused(answer.status, error)
        if raw:
            return content
        return json.loads(content) if content else None

    def enter(self, new_password=None):
        """Logs in; changes a one-time password where the node asks for it."""
        answer = self.call("POST", "/api/login", {"login": self.login, "password": self.password})
        if answer.get("must_change"):
            self.call("POST", "/api/password", {"old": self.password, "new": new_password})
            self.password = new_password
            self.call("POST", "/api/login", {"login": self.login, "password": self.password})
        return self

    def prove(self, name, body):
        """The second authentication; asks again where the door to passwords was asked too often."""
        asked = {"password": self.password, "command": name, "input": body}
        for _ in range(600):
            try:
                return self.call("POST", "/api/step-up", asked)["proof"]
            except Refused as refused:
                if refused.status != 429:
                    raise
                time.sleep(0.1)
        raise RuntimeError("no proof was given within a minute")

    def command(self, name, body, key=None):
        key = key or uuid.uuid4().hex
        headers = {"X-Idempotency-Key": key}
        try:
            return self.call("POST", f"/api/command/{name}", body, headers)
        except Refused as refused:
            if refused.code != "node.step_up":
                raise
        proof = self.prove(name, body)
        return self.call("POST", f"/api/command/{name}", body, {**headers, "X-Step-Up": proof})

    def view(self, name, limit=500, **filters):
        """All rows of a list, page by page."""
        after = None
        while True:
            parameters = {f"f.{column}": value for column, value in filters.items()} | {"limit": limit}
            if after:
                parameters["after"] = after
            page = self.call("GET", f"/api/view/{name}?" + urllib.parse.urlencode(parameters))
            yield from page["rows"]
            after = page.get("next")
            if not after:
                return

    def run(self, run, shown=None):
        """Follows a run by its event stream until it ends; returns its result."""
        while True:
            stream = http.client.HTTPSConnection(self.host, int(self.port), context=self.context, timeout=150)
            stream.request("GET", f"/api/runs/{run}/events", headers={"Cookie": self.cookie, "Origin": self.origin})
            answer = stream.getresponse()
            for line in answer:
                if line.startswith(b"data:") and shown:
                    told = json.loads(line[5:])
                    shown(told.get("done", 0), told.get("total", 0))
            stream.close()
            told = self.call("GET", f"/api/runs/{run}")
            if told["state"] in ("done", "failed"):
                return told

    def import_file(self, path, kind, shown=None):
        """Upload, preview, then the good rows: what a clerk does on the import page."""
        with open(path, "rb") as file:
            content = file.read()
        name = urllib.parse.quote(os.path.basename(path))
        upload = self.call("POST", f"/api/upload?purpose=import&name={name}", content,
                           {"Content-Type": "application/octet-stream"})["upload"]
        preview = self.call("POST", "/api/import/preview", {"upload": upload, "kind": kind,
                                                            "name": os.path.basename(path)})["run"]
        checked = self.run(preview)
        if checked["state"] == "failed":
            raise RuntimeError(f"{path}: {checked['result']}")
        done = self.run(self.call("POST", "/api/import/apply", {"run": preview, "mode": "good_rows"})["run"], shown)
        if done["state"] == "failed":
            raise RuntimeError(f"{path}: {done['result']}")
        return done["result"]


def until(condition, seconds, pause=0.2):
    """Asks again and again until the answer is true; None when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(pause)
    return None
