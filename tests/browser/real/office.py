#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A county's office at work: enrolled at the nation, staffed, with its book open; a survey system, and keys as people carry
them in a pocket. Takes one JSON command a line, answers one line each, ends with its input."""
import argparse
import datetime
import decimal
import http.server
import json
import os
import pathlib
import signal
import socket
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "provisioning/demonstration"), str(ROOT / "tests/partner")]

import demo  # noqa: E402
from client import Refused  # noqa: E402
from peer import Partner, openssl, raw_signature  # noqa: E402
from tree import Tree  # noqa: E402

NODES = [("000000", "全国", "nation", None), ("510129", "大邑县", "county", "000000")]
DISTINCT = "distid:1234567812345678"


class Key:
    """An SM2 key and what its owner's reader says of it."""

    def __init__(self, folder):
        self.path = folder / "sm2.key"
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", self.path)

    @property
    def point(self):
        return openssl("pkey", "-in", self.path, "-pubout", "-outform", "DER")[-65:].hex()

    def sign(self, text):
        (self.path.parent / "challenge").write_bytes(text.encode())
        der = openssl("pkeyutl", "-sign", "-inkey", self.path, "-rawin", "-digest", "sm3", "-pkeyopt", DISTINCT,
                      "-in", self.path.parent / "challenge")
        return raw_signature(der).hex()


class Agent(http.server.ThreadingHTTPServer):
    """The program at the workplace: signs what a page of this node asks for, or says what it was told to say."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), AgentTalk)
        self.key, self.origin, self.refusal = None, None, None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class AgentTalk(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body=None):
        self.send_response(status)
        if self.headers.get("Origin") == self.server.origin:
            self.send_header("Access-Control-Allow-Origin", self.server.origin)
            self.send_header("Access-Control-Allow-Headers", "Content-Type")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        if body is not None:
            self.wfile.write(json.dumps(body, ensure_ascii=False).encode())

    def do_OPTIONS(self):
        self.answer(204)

    def do_POST(self):
        text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
        if self.headers.get("Origin") != self.server.origin or not text.startswith("fundnode-login:"):
            self.answer(403, {"error": {"message": "不认识的网页"}})
        elif self.server.refusal:
            self.answer(422, {"error": {"message": self.server.refusal}})
        else:
            self.answer(200, {"signature": self.server.key.sign(text)})

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def bring_up(tree):
    for node in tree:
        if node.parent:
            tree.root_key = next(iter(tree)).identity
        node.init()
        if node.parent:
            demo.enrol(node.parent, node)
            node.partners = f"127.0.0.1:{free_port()}"
            node.agent = Agent()
            node.agent.origin = f"https://{node.web}"
            node.edge_options = ["--key-agent", node.agent.address]
        node.start_edge()
        node.start()
        demo.people_of(node)
    demo.open_books(node)
    return node


def take_over(tree, node, rows):
    """Balances of the old system: the accountant brings the list, the reviewer posts it. Rows: area, building, unit,
    room, then principal and interest in yuan."""
    path = pathlib.Path(tree.folder) / "余额表.csv"
    lines = ["小区名称,幢号,单元号,房号,首期实交(元),分摊收益(元),余额(元)"]
    for *place, principal, interest in rows:
        total = decimal.Decimal(principal) + decimal.Decimal(interest)
        lines.append(",".join([*place, principal, interest, str(total)]))
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    node.people["kuaiji"].import_file(path, "balance")
    today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date().isoformat()
    for batch in list(node.people["fuhe"].view("accounting.openings", state="entered")):
        node.people["fuhe"].command("accounting.post_opening", {
            "opening_id": batch["id"], "cutover_date": today, "confirmed_balance": batch["balance"]})


def survey_of(tree, node):
    if not hasattr(node, "survey"):
        made = Partner(tree.folder, "survey", node.partners, node.certificate)
        person = node.people["system"].command("identity.create_person", {"name": "测绘系统（样例）",
                                                                         "login": "survey"})
        made.id = node.people["jingban"].command("essential.create_partner", {
            "name": "测绘系统（样例）", "kind": "survey", "person_id": person["output"]["person"],
            "fingerprint": made.fingerprint, "push_areas": True, "push_ownership": True, "push_building_table": True,
            "valid_from": "2020-01-01"})["output"]["id"]
        node.people["fuhe"].command("essential.approve_partner",
                                    {"partner_id": made.id, "fingerprint": made.fingerprint})
        node.survey = made
    return node.survey


def answer_of(tree, node, asked):
    match asked["do"]:
        case "command":
            return node.people[asked["login"]].command(asked["name"], asked["input"])["output"]
        case "view":
            return {"rows": list(node.people[asked["login"]].view(asked["name"], **asked.get("filters", {})))}
        case "balances":
            take_over(tree, node, asked["rows"])
            return {}
        case "push":
            status, body = survey_of(tree, node).push(**asked["message"])
            return {"status": status, "body": body}
        case "staff":
            people = demo.staff(node, node.people["system"], node.people["security"],
                                [(asked["login"], asked["name"], asked["posts"], ())])
            node.people.update(people)
            return {"password": node.logins[asked["login"]]}
        case "key":
            node.agent.key = Key(tree.folder)
            return {"point": node.agent.key.point}
        case "sign":
            return {"signature": node.agent.key.sign(asked["text"])}
        case "agent":
            node.agent.refusal = asked["refusal"]
            return {}
    raise RuntimeError(f"unknown: {asked['do']}")


def serve(tree, node):
    for text in sys.stdin:
        try:
            answer = answer_of(tree, node, json.loads(text))
        except (OSError, RuntimeError, Refused) as error:
            answer = {"error": str(error)}
        print(json.dumps(answer, ensure_ascii=False), flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--console", required=True)
    arguments.add_argument("--folder", required=True)
    given = arguments.parse_args()
    os.umask(0o077)
    tree = Tree(ROOT, given.folder, given.program, given.console, nodes=NODES)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # the progress of the start is for people: standard output speaks JSON
    told, sys.stdout = sys.stdout, sys.stderr
    try:
        node = bring_up(tree)
        sys.stdout = told
        nodes = {node.division: {"name": node.name, "address": f"https://{node.web}/", "logins": node.logins}}
        print(json.dumps({"nodes": nodes}, ensure_ascii=False), flush=True)
        serve(tree, node)
    finally:
        tree.stop()


if __name__ == "__main__":
    main()
