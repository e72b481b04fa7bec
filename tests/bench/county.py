# SPDX-License-Identifier: Apache-2.0
"""A county's node with households and payments that wait for their review, on a database of the caller's choice.

It is enrolled at a parent and set up through nginx as in the demonstration; what is measured goes to the node's own
socket. The parent is stopped before anything is measured, for a county has its cores to itself; where the way to the top
is what is measured, it stays."""
import csv
import datetime
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "provisioning/demonstration"))
import demo  # noqa: E402
import sample  # noqa: E402
from tree import Tree  # noqa: E402

BUILD = pathlib.Path(os.environ.get("FUNDNODE_BUILD", ROOT / "build"))
PROGRAM = BUILD / "gcc/node/main/fundnode"
SCGI_LOAD = BUILD / "gcc/tests/bench/scgi-load"
DISK_LOAD = BUILD / "gcc/tests/bench/disk-load"
HARNESS = ROOT / "tests/harness/postgres.sh"
NODES = [("000000", "全国", "nation", None), ("510129", "大邑县", "county", "000000")]
ROOMS_A_BUILDING = 2 * 30 * 4          # units, floors, apartments a floor
BUILDINGS_AN_AREA = 10
HOUSEHOLDS_A_FILE = 120000             # whole areas; a file of 300,000 rows is more than the import takes


demo.Bar.add = lambda bar, count=1: None


def say(text):
    print(text, file=sys.stderr, flush=True)


def build():
    """The same build as the tests' gcc stage; nothing is built when nothing changed."""
    folder = BUILD / "gcc"
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", folder, ROOT], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", folder, "node/main/fundnode", "tests/bench/scgi-load", "tests/bench/disk-load"],
                   check=True, stdout=subprocess.DEVNULL)


def building_table(path, first, end):
    """Apartments of these numbers: areas of 2,400, the last one cut short."""
    rng = random.Random(first)
    with open(path, "w", encoding="gb18030", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["小区名称", "幢号", "单元号", "所在层", "总层数", "房号", "建筑面积(㎡)", "套内面积(㎡)", "房屋用途", "有无电梯",
                        "业主姓名", "证件号码", "交付日期"])
        for number in range(first, end):
            building, place = divmod(number, ROOMS_A_BUILDING)
            area, building = divmod(building, BUILDINGS_AN_AREA)
            unit, place = divmod(place, ROOMS_A_BUILDING // 2)
            floor, room = divmod(place, 4)
            covered = rng.randrange(6200, 14300)
            table.writerow([f"量测{area + 1}区（样例）", f"{building + 1}幢", f"{unit + 1}单元", floor + 1, 30,
                            f"{floor + 1}{room + 1:02d}", sample.yuan(covered), sample.yuan(covered * 81 // 100), "住宅", "有",
                            sample.person_name(rng), sample.identity_number(rng), "2020-05-01"])


class Postgres:
    """A server of this run's own, on the same filesystem as the node's folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "server"
        self.dsn = subprocess.run([HARNESS, "start", self.folder], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()

    def pid(self):
        return int((self.folder / "data/postmaster.pid").read_text().split()[0])

    def create(self, name):
        return subprocess.run([HARNESS, "create", self.folder, name], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()

    def stop(self):
        subprocess.run([HARNESS, "stop", self.folder], check=False)


class County:
    def __init__(self, folder, name, dsn=None, nodes=NODES, keep_parent=False):
        self.folder, self.keep_parent = pathlib.Path(folder) / name, keep_parent
        self.folder.mkdir()
        (self.folder / "console").mkdir()
        extra = {"business": dsn} if dsn else {}
        self.tree = Tree(ROOT, self.folder, PROGRAM, self.folder / "console",
                         lambda node: extra if node.level == "county" else {}, nodes)
        self.node = self.tree.level("county")[0]
        self.waiting, self.keys = [], 0

    def __enter__(self):
        try:
            demo.bring_up(self.tree)
            demo.open_books(self.node)
            if not self.keep_parent:
                self.node.parent.stop()
        except BaseException:
            self.tree.stop()
            raise
        return self

    def __exit__(self, *_):
        self.tree.stop()

    clerk = property(lambda self: self.node.people["jingban"])
    reviewer = property(lambda self: self.node.people["fuhe"])

    def load(self, households):
        """Imports the building table and assesses what every apartment owes."""
        say(f"importing {households} households")
        for first in range(0, households, HOUSEHOLDS_A_FILE):
            table = self.folder / f"table-{first}.csv"
            building_table(table, first, min(first + HOUSEHOLDS_A_FILE, households))
            self.clerk.import_file(table, "building_table")
            table.unlink()
        self.areas = [row["id"] for row in self.clerk.view("deposit.areas")]
        for area in self.areas:
            remaining = 1
            while remaining:
                remaining = self.clerk.command("deposit.assess", {"property_area_id": area})["output"]["remaining"]

    def enter_payments(self, count):
        """Notices and entered payments, which wait for their review."""
        say(f"entering {count} payments")
        issued = 0
        for area in self.areas:
            remaining = 1
            while remaining and issued < count:
                output = self.clerk.command("deposit.issue_notice", {"property_area_id": area})["output"]
                remaining, issued = output["remaining"], issued + output["issued"]
        value_date = f"{datetime.date.today() - datetime.timedelta(days=1):%Y-%m-%d}"
        bodies = [{"notice_number": row["notice_number"], "amount": row["amount"], "method": demo.BANK_TRANSFER,
                   "bank_reference": f"B{row['notice_number']}", "value_date": value_date}
                  for row in self.clerk.view("deposit.notices")]
        self.send(self.clerk, "deposit.enter_payment", bodies, 8)
        entered = [row for row in self.clerk.view("deposit.payments") if row["state"] == "entered"]
        self.waiting = [{"payment_id": row["id"]} for row in entered]
        self.amounts = {row["id"]: int(row["amount"]) for row in entered}

    def send(self, person, command, bodies, clients):
        """Bodies to one command over the node's socket; what the load program measured."""
        lines = []
        for body in bodies:
            self.keys += 1
            lines.append(f"bench-{self.keys:012d} {json.dumps(body, ensure_ascii=False)}\n")
        done = subprocess.run([SCGI_LOAD, self.node.folder / "state/web.socket", f"https://{self.node.web}",
                               f"/api/command/{command}", str(clients)], input="".join(lines), text=True,
                              stdout=subprocess.PIPE, check=True, env={**os.environ, "SCGI_COOKIE": person.cookie})
        return json.loads(done.stdout)

    def post(self, count, clients):
        """Posts that many of the waiting payments."""
        if len(self.waiting) < count:
            raise RuntimeError("too few payments were entered")
        bodies, self.waiting = self.waiting[:count], self.waiting[count:]
        return self.send(self.reviewer, "deposit.post", bodies, clients)


def folder_of(name):
    """A folder for one run. FUNDNODE_BENCH chooses the filesystem."""
    folder = tempfile.mkdtemp(prefix=f"fundnode-bench-{name}-", dir=os.environ.get("FUNDNODE_BENCH"))
    os.chmod(folder, 0o711)      # PostgreSQL runs as a user of its own where this runs as root
    return folder


def folder_remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
