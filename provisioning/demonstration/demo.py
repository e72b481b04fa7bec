#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Brings up the demonstration: eight nodes on loopback, enrolled, staffed, with a sample loaded by its clerks through
the same pages and files that an office uses. Called by provisioning/demo, which builds first."""
import argparse
import concurrent.futures
import csv
import json
import os
import pathlib
import signal
import sys
import threading
import time

import sample
import support
from client import Person, Refused, until
from tree import LEVELS, Tree, password, stop_by_pid

STANDARD = {True: 8000, False: 4000}          # fen per square metre, with a lift and without
BUILDING_CLASS = {True: "01", False: "02"}     # codes of building_class
BANK_TRANSFER = "02"                           # code of pay_method
SHEET = 60                                     # payments a reviewer signs at once
LONG_AGO = "2008-02-01"
# capabilities: 1 business, 2 detail, 4 facts
CHILD_SHAPE = {"province": {"level": 3, "capabilities": 4}, "city": {"level": 2, "capabilities": 6},
               "county": {"level": 1, "capabilities": 1}}
MEASURES = ("deposit.households", "deposit.owed", "deposit.paid")


class Bar:
    """A line that grows: on a terminal in place, elsewhere one line for each tenth."""

    def __init__(self, label, total):
        self.label, self.total, self.done, self.shown = label, max(total, 1), 0, -1
        self.lock, self.begun = threading.Lock(), time.monotonic()
        self.add(0)

    def add(self, count=1):
        with self.lock:
            self.done += count
            tenth = self.done * 10 // self.total
            if not sys.stdout.isatty() and tenth == self.shown:
                return
            self.shown = tenth
            filled = min(self.done * 30 // self.total, 30)
            end = "" if sys.stdout.isatty() else "\n"
            seconds = int(time.monotonic() - self.begun)
            print(f"\r{self.label:<28} [{'#' * filled}{'.' * (30 - filled)}] {self.done}/{self.total} {seconds} s",
                  end=end, flush=True)

    def end(self):
        with self.lock:
            self.done = self.total
        self.shown = -1
        self.add(0)
        if sys.stdout.isatty():
            print()


def administrators(node):
    """The three administrators after their first log-in."""
    people = {}
    for login in ("system", "security", "audit"):
        chosen = password()
        people[login] = Person(node.web, node.certificate, login, node.logins[login]).enter(chosen)
        node.logins[login] = chosen
    return people


def staff(node, system, security, members):
    """Registers persons and posts: (login, name, posts, further functions)."""
    people = {}
    for login, name, posts, functions in members:
        made = system.command("identity.create_person", {"name": name, "login": login})["output"]
        for kind in posts:
            security.command("identity.set_post", {"person": made["person"], "kind": kind, "valid_from": LONG_AGO})
        for function in functions:
            security.command("identity.grant_right", {"person": made["person"], "function": function,
                                                      "valid_from": LONG_AGO})
        chosen = password()
        people[login] = Person(node.web, node.certificate, login, made["password"]).enter(chosen)
        node.logins[login] = chosen
    return people


def people_of(node):
    admins = administrators(node)
    if node.level == "county":
        members = [("jingban", "林经办", ("operator",), ()), ("fuhe", "周复核", ("reviewer",), ()),
                   ("kuaiji", "许会计", ("accountant",), ()), ("jianguan", "唐监管", ("supervisor",), ())]
    else:
        members = [("jianguan", "唐监管", ("supervisor",), ())]
    node.people = {**admins, **staff(node, admins["system"], admins["security"], members)}


def enrol(parent, child):
    """One person at the parent makes the code, the child asks, another person at the parent approves."""
    code = parent.people["system"].command(
        "federation.issue_code", {"name": child.name, "division_code": child.division,
                                  **CHILD_SHAPE[child.level]})["output"]["code"]
    failure = []

    def ask():
        try:
            child.enrol(code)
        except RuntimeError as error:
            failure.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    waiting = until(lambda: failure or [row for row in parent.people["security"].view("federation.enrolments")
                                        if row["state"] == "requested" and row["division_code"] == child.division], 60)
    if not waiting or failure:
        raise RuntimeError(f"{child.name} did not ask to enrol: {failure}")
    parent.people["security"].command("federation.approve_enrolment", {"enrolment": waiting[0]["id"]})
    asking.join(90)
    if asking.is_alive() or failure:
        raise RuntimeError(f"{child.name} was not enrolled: {failure}")


def bring_up(tree):
    bar = Bar("starting and enrolling", len(tree.nodes))
    for node in tree:
        if node.parent:
            tree.root_key = next(iter(tree)).identity
        node.init()
        if node.parent:
            enrol(node.parent, node)
        node.start_edge()
        node.start()
        people_of(node)
        bar.add()
    bar.end()


def open_books(node, standards=True):
    """A book, its bank account, and the standards: the accountant's and the clerk's first day."""
    accountant, clerk = node.people["kuaiji"], node.people["jingban"]
    book = accountant.command("accounting.create_book", {"name": f"{node.name}商品住宅维修资金",
                                                         "nature": "commodity"})["output"]["id"]
    accountant.command("accounting.create_bank_account", {
        "book_id": book, "bank_name": f"中国工商银行{node.name}支行（样例）", "cnaps": "102100099996",
        "account_name": f"{node.name}维修资金专户", "account_number": f"9900{node.division}0000001"})
    for lift in (True, False) if standards else ():
        clerk.command("deposit.create_standard", {
            "name": "有电梯住宅" if lift else "无电梯住宅", "division": node.division,
            "building_class": BUILDING_CLASS[lift], "per_m2": str(STANDARD[lift]), "valid_from": LONG_AGO})


def household_key(row):
    return row["area_name"], row["building_name"], row["unit_name"], row["room_number"]


def load_county(node, folder, steps):
    """Import, assess, notices, the bank's list entered by the clerk and posted by the reviewer."""
    open_books(node)
    clerk, reviewer = node.people["jingban"], node.people["fuhe"]
    seen = [0]

    def shown(done, total):
        steps["import"].add(max(done - seen[0], 0))
        seen[0] = max(seen[0], done)

    delivered = {name: "-".join(f"{part:02d}" for part in day) for name, day, *_ in sample.COUNTIES[node.division]}
    support.load_lists(node, folder, list(delivered))
    clerk.import_file(folder / "楼盘表.csv", "building_table", shown)
    areas = {row["area_name"]: row["id"] for row in clerk.view("deposit.areas")}
    support.load_services(node, {name: (area, delivered[name]) for name, area in areas.items()})
    for name, area in areas.items():
        for command, body in (("deposit.assess", {"assessed_on": delivered[name]}), ("deposit.issue_notice", {})):
            remaining = 1
            while remaining:
                output = clerk.command(command, {"property_area_id": area, **body})["output"]
                remaining = output["remaining"]
                steps["notices"].add(output.get("issued", 0))
    notices = {household_key(row): row for row in clerk.view("deposit.notices")}
    with open(folder / "银行交存清单.csv", encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    # the reviewer signs a sheet at a time: its count, its sum, its payments
    for start in range(0, len(lines), SHEET):
        sheet, total = [], 0
        for line in lines[start:start + SHEET]:
            notice = notices[(line["小区名称"], line["幢号"].removesuffix("幢"), line["单元"].removesuffix("单元"),
                              line["房号"])]
            fen = int(line["金额"].replace(".", ""))
            body = {"notice_number": notice["notice_number"], "amount": str(fen), "method": BANK_TRANSFER,
                    "bank_reference": line["银行流水号"], "value_date": line["交存日期"]}
            payment = clerk.command("deposit.enter_payment", body, key=line["银行流水号"] + "-entered")["output"]
            sheet.append({"payment_id": payment["payment_id"]})
            total += fen
        reviewer.command("deposit.post_batch", {"payments": sheet, "count": len(sheet), "sum": str(total)})
        steps["payments"].add(len(sheet))


def load_sample(tree):
    counties = tree.level("county")
    folders, households, payments = {}, 0, 0
    for node in counties:
        folders[node] = tree.folder / "files" / node.division
        folders[node].mkdir(parents=True, exist_ok=True)
        count, owed, paid = sample.write(node.division, STANDARD, folders[node])
        node.expected = {"deposit.households": count, "deposit.owed": owed, "deposit.paid": paid}
        households += count
        with open(folders[node] / "银行交存清单.csv", encoding="utf-8-sig") as file:
            payments += sum(1 for _ in file) - 1
    steps = {"import": Bar("importing building tables", households), "notices": Bar("issuing notices", households),
             "payments": Bar("entering and posting", payments)}
    with concurrent.futures.ThreadPoolExecutor(len(counties)) as pool:
        for done in [pool.submit(load_county, node, folders[node], steps) for node in counties]:
            done.result()
    for bar in steps.values():
        bar.end()


def figures(node):
    """What a node's own theme page shows for itself."""
    answer = node.people["jianguan"].call("GET", "/api/facts?by=child&measures=" + ",".join(MEASURES))
    return {name: int(answer["total"]["values"].get(name) or 0) for name in MEASURES}


def expected_of(node):
    if node.level == "county":
        return node.expected
    return {name: sum(expected_of(child)[name] for child in node.children) for name in MEASURES}


def wait_equal(tree, seconds):
    bar = Bar("agreeing at all tiers", len(tree.nodes))
    agreed = set()

    def all_agree():
        for node in tree:
            if node not in agreed and figures(node) == expected_of(node):
                agreed.add(node)
                bar.add()
        return len(agreed) == len(tree.nodes)

    equal = until(all_agree, seconds, 0.5)
    bar.end()
    return bool(equal)


def yuan(fen):
    return f"{fen // 100:,}.{fen % 100:02d}"


def rate(paid, owed):
    if owed == 0:
        return "-"
    hundredths = (paid * 100000 // owed + 5) // 10
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def print_table(tree):
    print(f"\n{'node':<12}{'level':<6}{'households':>11}{'owed':>20}{'paid':>20}{'rate':>10}   same as the files")
    for node in tree:
        now = figures(node)
        households, owed, paid = (now[name] for name in MEASURES)
        same = "yes" if now == expected_of(node) else "NO"
        print(f"{node.name:<10}\t{LEVELS[node.level]:<4}{households:>11,}{yuan(owed):>20}{yuan(paid):>20}"
              f"{rate(paid, owed):>10}   {same}")


def print_logins(tree):
    print("\naddresses and log-ins (also in logins.json of the folder):")
    kept = {}
    for node in tree:
        kept[node.division] = {"name": node.name, "address": f"https://{node.web}", "logins": node.logins}
        shown = "  ".join(f"{login} {word}" for login, word in node.logins.items())
        print(f"  {node.name}  https://{node.web}\n      {shown}")
    path = tree.folder / "logins.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(prog="provisioning/demo")
    arguments.add_argument("--root", required=True)
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--console", required=True)
    arguments.add_argument("--folder", required=True)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--empty", action="store_true")
    given = arguments.parse_args()

    os.umask(0o077)
    stop_by_pid(given.folder)
    tree = Tree(given.root, given.folder, given.program, given.console)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        bring_up(tree)
        equal = True
        if not given.empty:
            load_sample(tree)
            equal = wait_equal(tree, 600)
            print_table(tree)
        print_logins(tree)
        print("\nVERDICT: " + ("all tiers agree" if equal else "THE TIERS DO NOT AGREE"), flush=True)
        if not given.check:
            print("Ctrl-C ends the demonstration; its state is removed at the next start.", flush=True)
            signal.pause()
        return 0 if equal else 1
    except (RuntimeError, Refused) as error:
        print(f"\nfailed: {error}\nVERDICT: the demonstration could not be brought up", flush=True)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        tree.stop()


if __name__ == "__main__":
    sys.exit(main())
