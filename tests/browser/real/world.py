#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The empty demonstration for the browser tests: eight real nodes, the county's line through a small relay that can be
cut. Takes one JSON command a line from standard input, answers one JSON line each, ends with its input."""
import argparse
import json
import os
import pathlib
import select
import signal
import socket
import sqlite3
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "provisioning/demonstration"), str(ROOT / "tests/partner")]

import demo  # noqa: E402
from peer import Partner  # noqa: E402
import sample  # noqa: E402
from tree import Tree  # noqa: E402

CUT_OFF = "510129"
HEARS_PARTNERS = "510104"


class Line:
    """Passes bytes between a county and its city until it is cut; then every connection ends and none is taken."""

    def __init__(self):
        self.target, self.listener, self.pairs, self.lock = None, None, set(), threading.Lock()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def join(self):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(16)
        self.listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self.target)
            except OSError:
                near.close()
                continue
            with self.lock:
                if self.listener is not listener:
                    near.close()
                    far.close()
                    return
                self.pairs.add((near, far))
            threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near, far):
        other = {near: far, far: near}
        try:
            while True:
                for side in select.select([near, far], [], [])[0]:
                    got = side.recv(65536)
                    if not got:
                        return
                    other[side].sendall(got)
        except (OSError, ValueError):
            return
        finally:
            with self.lock:
                self.pairs.discard((near, far))
            near.close()
            far.close()

    def cut(self):
        with self.lock:
            listener, self.listener = self.listener, None
            pairs = list(self.pairs)
        if listener:
            # wakes the thread that waits in accept
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for near, far in pairs:
            for side in (near, far):
                try:
                    side.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


def damage(node):
    """One amount of a payment one fen higher, as somebody with the file in hand would do it."""
    with sqlite3.connect(node.folder / "state/business.db") as database:
        row = database.execute("SELECT id, amount FROM payment ORDER BY id LIMIT 1").fetchone()
        database.execute("UPDATE payment SET amount = amount + 1 WHERE id = ?", (row[0],))
    database.close()
    return {"row": str(row[0]), "amount": row[1]}


def both_posts(node):
    """One person with the clerk's and the reviewer's post: what keeps the two apart is the person, not the post."""
    admins = node.people
    made = demo.staff(node, admins["system"], admins["security"],
                      [("liangang", "韩两岗", ("operator", "reviewer"), ())])
    node.people.update(made)


def partner_of(tree, node):
    """A survey system that the county has registered and approved, made at first use."""
    if not hasattr(node, "survey"):
        made = Partner(tree.folder, "survey", node.partners, node.certificate)
        person = node.people["system"].command("identity.create_person", {"name": "测绘系统（样例）", "login": "survey"})
        made.id = node.people["jingban"].command("essential.create_partner", {
            "name": "测绘系统（样例）", "kind": "survey", "person_id": person["output"]["person"],
            "fingerprint": made.fingerprint, "push_areas": True, "push_ownership": True, "push_building_table": True,
            "valid_from": "2020-01-01"})["output"]["id"]
        node.people["fuhe"].command("essential.approve_partner",
                                    {"partner_id": made.id, "fingerprint": made.fingerprint})
        node.survey = made
    return node.survey


class Unseen:
    """A bar that nobody sees: standard output speaks JSON."""

    def add(self, count=1):
        pass


def load(tree, node):
    """One property area of the sample, through import, assessment, notices and the bank's list."""
    name, delivered, _, units, floors, each, lift, share = sample.COUNTIES[node.division][0]
    sample.COUNTIES[node.division] = [(name, delivered, 1, units, floors, each, lift, share)]
    folder = tree.folder / "files" / node.division
    folder.mkdir(parents=True, exist_ok=True)
    households, *_ = sample.write(node.division, demo.STANDARD, folder)
    demo.load_county(node, folder, {step: Unseen() for step in ("import", "notices", "payments")})
    # one more that waits for its review
    clerk = node.people["jingban"]
    notice = next(row for row in clerk.view("deposit.notices") if row["state"] == "issued")
    clerk.command("deposit.enter_payment", {
        "notice_number": notice["notice_number"], "amount": notice["amount"], "method": demo.BANK_TRANSFER,
        "bank_reference": "T20261123099", "value_date": "2026-11-23"})
    return {"households": households}


def serve(tree, line):
    def answer(value):
        print(json.dumps(value, ensure_ascii=False), flush=True)

    nodes = {node.division: {"name": node.name, "address": f"https://{node.web}/", "logins": node.logins}
             for node in tree}
    answer({"nodes": nodes})
    for text in sys.stdin:
        asked = json.loads(text)
        node = tree.nodes.get(asked.get("node", ""))
        try:
            match asked["do"]:
                case "cut":
                    line.cut()
                    answer({})
                case "join":
                    line.join()
                    answer({})
                case "kill":
                    node.stop(kill=True)
                    answer({})
                case "load":
                    answer(load(tree, node))
                case "stop":
                    node.stop()
                    answer({})
                case "start":
                    node.start()
                    answer({})
                case "push":
                    status, body = partner_of(tree, node).push(**asked["message"])
                    answer({"status": status, "body": body})
                case "damage":
                    answer(damage(node))
                case "verify":
                    done = node.tool("verify", check=False)
                    answer({"code": done.returncode, "text": done.stdout + done.stderr})
                case other:
                    answer({"error": f"unknown: {other}"})
        except (OSError, RuntimeError, sqlite3.Error) as error:
            answer({"error": str(error)})


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--console", required=True)
    arguments.add_argument("--folder", required=True)
    given = arguments.parse_args()
    os.umask(0o077)
    line = Line()
    tree = Tree(ROOT, given.folder, given.program, given.console,
                extra=lambda node: {"parent": f"127.0.0.1:{line.port}"} if node.division == CUT_OFF else {})
    line.target = ("127.0.0.1", int(tree.nodes[CUT_OFF].parent.wire.rsplit(":", 1)[1]))
    line.join()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        tree.nodes[HEARS_PARTNERS].partners = f"127.0.0.1:{probe.getsockname()[1]}"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # the progress of the start is for people: standard output speaks JSON
    told, sys.stdout = sys.stdout, sys.stderr
    try:
        demo.bring_up(tree)
        both_posts(tree.nodes[CUT_OFF])
        sys.stdout = told
        serve(tree, line)
    finally:
        tree.stop()


if __name__ == "__main__":
    main()
