# SPDX-License-Identifier: Apache-2.0
"""What to send where: bodies made from the description of the node, answers as bytes that can be compared."""
import http.client
import json
import re
import time
import urllib.parse
import uuid

INCIDENT = re.compile(rb'"incident":"[^"]*"')


class Describe:
    """Every route, command and view the node speaks of, and inputs that pass its form checks."""

    def __init__(self, person, openapi, today):
        self.all = person.call("GET", "/api/describe")
        self.records, self.commands, self.views = self.all["records"], self.all["commands"], self.all["views"]
        self.today = today
        self.other_routes = [(method.upper(), path) for path, methods in openapi["paths"].items() for method in methods
                             if not path.startswith(("/api/command/", "/api/view/"))]

    def id_fields(self, record, path=()):
        """Paths of all id fields of an input, those in lines too."""
        for field in self.records[record]["fields"] if record else ():
            if field["kind"] == "id":
                yield (*path, field["name"]), field
            elif field["kind"] == "lines" and len(path) < 3:
                yield from self.id_fields(field["lines"], (*path, field["name"]))

    def value(self, field, ids):
        kind = field["kind"]
        if kind == "id":
            return ids(field.get("references"))
        if kind == "code":
            codes = self.all["codes"].get(field.get("codes"), [])
            return codes[0]["code"] if codes else "01"
        if kind == "state":
            return field["states"][0]["name"]
        if kind == "lines":
            return [self.body(field["lines"], ids)]
        return {"integer": 1, "bool": False, "money": "100", "area": "5000", "rate": "1000", "date": self.today,
                "instant": "1795432283000"}.get(kind, "甲")

    def body(self, record, ids):
        return {field["name"]: self.value(field, ids) for field in self.records[record]["fields"]
                if field.get("required") or field["kind"] in ("id", "lines")} if record else {}


def put(body, path, value):
    for name in path[:-1]:
        body = body[name][0]
    body[path[-1]] = value


class Walker:
    """One person's plain calls: status and comparable bytes, nothing raised."""

    def __init__(self, person):
        self.person, self.connection = person, None

    def send(self, method, path, body=None, headers=None):
        sent = {"Origin": self.person.origin, "X-Fundnode": "1", **(headers or {})}
        if self.person.cookie:
            sent["Cookie"] = self.person.cookie
        if body is not None:
            body = json.dumps(body, ensure_ascii=False).encode()
            sent["Content-Type"] = "application/json"
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPSConnection(self.person.host, int(self.person.port), timeout=60,
                                                              context=self.person.context)
            try:
                self.connection.request(method, path, body, sent)
                answer = self.connection.getresponse()
                return answer.status, INCIDENT.sub(b"", answer.read())
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection = None
                if attempt == 2:
                    raise
        return None

    def step_up(self, name, body):
        """Asks again where the door to passwords says that it was asked too often."""
        asked = {"password": self.person.password, "command": name, "input": body}
        for _ in range(100):
            status, content = self.send("POST", "/api/step-up", asked)
            if status != 429:
                break
            time.sleep(0.1)
        return status, content

    def command(self, name, body):
        """With the second authentication where the node asks for it: a proof is bound to the body, not to rights."""
        headers = {"X-Idempotency-Key": uuid.uuid4().hex}
        status, content = self.send("POST", f"/api/command/{name}", body, headers)
        if status == 403 and b"node.step_up" in content:
            asked, proof = self.step_up(name, body)
            if asked != 200:
                raise RuntimeError(f"step-up for {name} answers {asked}: {proof.decode()}")
            headers["X-Step-Up"] = json.loads(proof)["proof"]
            status, content = self.send("POST", f"/api/command/{name}", body, headers)
        return status, content


def view_path(name, filters):
    return f"/api/view/{name}?" + urllib.parse.urlencode({**filters, "sums": 1})
