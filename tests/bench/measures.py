# SPDX-License-Identifier: Apache-2.0
"""The figures themselves. Work and anchor alternate within one run; the median of the rounds counts."""
import contextlib
import datetime
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import threading
import time

import county
from county import County, Postgres, say

ROUNDS = int(os.environ.get("FUNDNODE_BENCH_ROUNDS", "5"))
HOUSEHOLDS = int(os.environ.get("FUNDNODE_BENCH_HOUSEHOLDS", "300000"))
PGBENCH_SECONDS = 4
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def report(name, begun_load, **figures):
    """The one line on standard output."""
    print(json.dumps({"name": name, "date": f"{datetime.datetime.now():%Y-%m-%d %H:%M}", "cores": os.cpu_count(),
                      "load_before": begun_load, "load_after": load(), **figures}, ensure_ascii=False), flush=True)


def load():
    return round(os.getloadavg()[0], 2)


def spread(values):
    return {"median": round(statistics.median(values), 1), "rounds": [round(value, 1) for value in values]}


def ratio(work, anchor):
    """The median of the ratios of each round: both sides of one ratio met the same noise."""
    return round(statistics.median(w / a for w, a in zip(work, anchor)), 3)


def a_second(measured):
    return measured["requests"] * 1e6 / measured["microseconds"]


def tree_of(pid):
    """A process and all below it."""
    found, waiting = [], [pid]
    while waiting:
        at = waiting.pop()
        found.append(at)
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for task in pathlib.Path(f"/proc/{at}/task").iterdir():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    waiting += map(int, (task / "children").read_text().split())
    return found


def cpu_us(pid):
    """Time on a core of a process, of all below it and of those below that have ended."""
    total = 0
    for at in tree_of(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            words = pathlib.Path(f"/proc/{at}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, words[11:15]))
    return total * 1000000 // TICKS_A_SECOND


def pss_kb(pid):
    """Proportional memory of a process tree: shared pages count once."""
    total = 0
    for at in tree_of(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError):
            for line in pathlib.Path(f"/proc/{at}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total


def pgbench_program():
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "pgbench").exists():
            return folder / "pgbench"
    return pathlib.Path("pgbench")


def pgbench(postgres, dsn, clients):
    """Transactions a second of TPC-B, as pgbench itself counts them without connecting, and the server's microseconds of
    a core for each."""
    before = cpu_us(postgres.pid())
    done = subprocess.run([pgbench_program(), "-n", "-c", str(clients), "-j", str(min(clients, os.cpu_count())), "-T",
                           str(PGBENCH_SECONDS), dsn], check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    told = {line.split(" ")[0] if line.startswith("tps") else line.split(":")[0]: line for line in done.stdout.splitlines()}
    count = int(told["number of transactions actually processed"].split(":")[1].split("/")[0])
    return float(told["tps"].split()[2]), (cpu_us(postgres.pid()) - before) / count


def overwrites(folder, writes):
    return a_second(json.loads(subprocess.run([county.DISK_LOAD, folder, str(writes)], check=True, text=True,
                                              stdout=subprocess.PIPE).stdout))


@contextlib.contextmanager
def bench_folder(name):
    """A folder for one run, gone afterwards; a fresh build before it."""
    county.build()
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    folder = county.folder_of(name)
    try:
        yield folder
    finally:
        county.folder_remove(folder)


class Posts:
    """Rounds of posted payments of one county."""

    def __init__(self, node, clients, count):
        self.node, self.clients, self.count = node, clients, count
        self.rates, self.cpu, self.latencies = [], [], []

    def prepare(self):
        self.node.load(max(2400, self.count * (ROUNDS + 1) * 11 // 10))
        self.node.enter_payments(self.count * (ROUNDS + 1))
        self.node.post(self.count, self.clients)     # warm, and the first verification has ended

    def round(self):
        pid = self.node.node.process.pid
        before = cpu_us(pid)
        measured = self.node.post(self.count, self.clients)
        self.cpu.append((cpu_us(pid) - before) / self.count)
        self.rates.append(a_second(measured))
        self.latencies.append((measured["median_us"], measured["p99_us"]))

    def told(self):
        return {"posts_per_s": spread(self.rates), "cpu_us_per_post": spread(self.cpu)["median"],
                "median_us": round(statistics.median(m for m, _ in self.latencies)),
                "p99_us": round(statistics.median(p for _, p in self.latencies))}


def posting(name, clients, counts, anchor_name, must, aim):
    """P1 to P3: counts are the posts of one round on SQLite and on PostgreSQL."""
    with bench_folder(name) as folder:
        postgres = Postgres(folder)
        try:
            if anchor_name == "pgbench":
                anchor_dsn = postgres.create("anchor")
                subprocess.run([pgbench_program(), "-i", "-q", "-s", "32", anchor_dsn], check=True, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
            begun, anchors, anchor_cpu = load(), [], []
            with County(folder, "sqlite") as lite, County(folder, "postgresql", postgres.create("county")) as full:
                works = [Posts(lite, clients, counts[0]), Posts(full, clients, counts[1])]
                for work in works:
                    work.prepare()
                for number in range(ROUNDS):
                    say(f"round {number + 1} of {ROUNDS}")
                    for work in works:
                        work.round()
                    if anchor_name == "pgbench":
                        rate, cpu = pgbench(postgres, anchor_dsn, clients)
                        anchor_cpu.append(cpu)
                    else:
                        rate = overwrites(folder, 20000)
                    anchors.append(rate)
            lite, full = works
            anchor = {"name": anchor_name, "per_s": spread(anchors)}
            if anchor_cpu:
                anchor["cpu_us_each"] = spread(anchor_cpu)["median"]
            report(name, begun, clients=clients, sqlite=lite.told(), postgresql=full.told(),
                   anchor=anchor, ratio=ratio(lite.rates, anchors),
                   ratio_postgresql=ratio(full.rates, anchors), must=must, aim=aim)
        finally:
            postgres.stop()


def federation(name):
    """P10: from the reviewer's post to the nation's page."""
    deposits = int(os.environ.get("FUNDNODE_BENCH_DEPOSITS", "300"))
    nodes = [("000000", "全国", "nation", None), ("510000", "四川省", "province", "000000"),
             ("510100", "成都市", "city", "510000"), ("510129", "大邑县", "county", "510100")]
    with bench_folder(name) as folder:
        with County(folder, "tiers", nodes=nodes, keep_parent=True) as tiers:
            begun = load()
            tiers.load(2400)
            tiers.enter_payments(deposits + 20)
            nation, figure = tiers.tree.nodes["000000"], "/api/facts?by=child&measures=deposit.paid"
            watcher = nation.people["jianguan"]

            def shown():
                return int(watcher.call("GET", figure)["total"]["values"].get("deposit.paid") or 0)

            paid, took, posted = shown(), [], []
            for number in range(deposits + 20):
                before, amount = time.monotonic(), tiers.amounts[tiers.waiting[0]["payment_id"]]
                tiers.reviewer.command("deposit.post", tiers.waiting.pop(0))
                acknowledged, paid = time.monotonic(), paid + amount
                while shown() != paid:
                    if time.monotonic() - before > 60:
                        raise RuntimeError(f"the nation shows {shown()}, not {paid}, after a minute")
                    time.sleep(0.002)
                if number >= 20:      # the first ones warm caches and connections
                    took.append((time.monotonic() - before) * 1000)
                    posted.append((acknowledged - before) * 1000)
            took.sort()
            report(name, begun, deposits=deposits, tiers=4, unit="ms", median=round(statistics.median(took), 1),
                   p99=round(took[len(took) * 99 // 100], 1), max=round(took[-1], 1),
                   of_which_posted=round(statistics.median(posted), 1), must=2000, aim=500)


class Memory:
    """Watches the memory of a process tree until told to end."""

    def __init__(self, pid):
        self.pid, self.samples, self.over = pid, [], threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.over.wait(0.25):
            self.samples.append(pss_kb(self.pid))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def told(self):
        return {"median_mb": round(statistics.median(self.samples) / 1024, 1), "peak_mb": round(max(self.samples) / 1024, 1)}


def settled(pid):
    """Waits until the node is idle: its verification after a start has ended."""
    before = cpu_us(pid)
    while True:
        time.sleep(2)
        now = cpu_us(pid)
        if now - before < 100000:
            return
        before = now


def memory(name):
    """P17: a loaded county while it is imported, while it verifies itself, and while 32 clients post and lists are read."""
    with bench_folder(name) as folder, County(folder, "county") as one:
        begun, pid = load(), one.node.process.pid
        fresh = pss_kb(pid)
        with Memory(pid) as importing:
            one.load(HOUSEHOLDS)
        one.enter_payments(12000)
        one.node.stop()
        one.node.start()
        pid = one.node.process.pid
        started = pss_kb(pid)
        with Memory(pid) as verifying:
            settled(pid)
        with Memory(pid) as working:
            for _ in range(ROUNDS):
                one.post(2000, 32)
                for view in ("deposit.areas", "deposit.payments", "accounting.vouchers"):
                    one.reviewer.call("GET", f"/api/view/{view}?limit=500&sums=1")
        report(name, begun, households=HOUSEHOLDS, unit="MB of PSS, process tree", empty=round(fresh / 1024, 1),
               importing=importing.told(), after_start=round(started / 1024, 1),
               verifying=verifying.told(), at_work=working.told(), must=150, aim=80)


def ready(node):
    """Milliseconds from the start of the process to its word that it is ready."""
    path = node.folder / "bench.socket"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel, open(node.folder / "node.log", "ab") as log:
        channel.bind(str(path))
        channel.settimeout(60)
        begun = time.monotonic()
        node.process = subprocess.Popen([node.tree.program, "serve", "--config", node.config], stdout=log, stderr=log,
                                        env={**os.environ, "NOTIFY_SOCKET": str(path)}, start_new_session=True)
        while b"READY=1" not in channel.recv(4096):
            pass
        return (time.monotonic() - begun) * 1000


def start(name):
    """P18: of a loaded county, stopped in order and killed at work."""
    with bench_folder(name) as folder, County(folder, "county") as one:
        begun = load()
        one.load(HOUSEHOLDS)
        one.enter_payments(2000 * ROUNDS)
        orderly, killed = [], []
        for _ in range(ROUNDS):
            one.node.stop()
            orderly.append(ready(one.node))
            one.post(2000, 32)      # leaves a write-ahead log to be read
            one.node.stop(kill=True)
            killed.append(ready(one.node))
        report(name, begun, households=HOUSEHOLDS, unit="ms", orderly=spread(orderly), after_kill=spread(killed), must=1000,
               aim=300)


# What a building table becomes. The vault, the chain and the ledger of imports have no counterpart in the anchor.
IMPORTED = ("property_area", "building", "unit", "apartment", "owner", "ownership")


def set_insert(dsn, number):
    """Seconds to insert the same rows into tables of the same indexes, one statement a table, one transaction."""
    tables = [(name, f"anchor_{number}_{name}") for name in IMPORTED]
    made = "".join(f"CREATE TABLE {copy} (LIKE {name} INCLUDING ALL);" for name, copy in tables)
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", dsn, "-c", made], check=True, stdout=subprocess.DEVNULL)
    moved = ";".join(f"INSERT INTO {copy} SELECT * FROM {name}" for name, copy in tables)
    begun = time.monotonic()
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", dsn, "-c", f"BEGIN; {moved}; COMMIT"], check=True)
    took = time.monotonic() - begun
    subprocess.run(["psql", "-qX", dsn, "-c", "".join(f"DROP TABLE {copy};" for _, copy in tables)], check=True)
    return took


def importing(name):
    """P4: a building table from its upload to the last durable row, against a set-based INSERT of the rows it made."""
    households = int(os.environ.get("FUNDNODE_BENCH_HOUSEHOLDS", "100000"))
    with bench_folder(name) as folder:
        postgres = Postgres(folder)
        try:
            begun, took, cpu = load(), {}, {}
            table = pathlib.Path(folder) / "table.csv"
            county.building_table(table, 0, households)
            dsn = postgres.create("county")
            for engine, extra in (("sqlite", None), ("postgresql", dsn)):
                with County(folder, engine, extra) as one:
                    say(f"importing {households} households on {engine}")
                    before, started = cpu_us(one.node.process.pid), time.monotonic()
                    result = one.clerk.import_file(table, "building_table")
                    took[engine] = round(time.monotonic() - started, 1)
                    cpu[engine] = round((cpu_us(one.node.process.pid) - before) / 1e6, 1)
                    if result["created"] != households:
                        raise RuntimeError(f"the import says {result}")
            anchors = [set_insert(dsn, number) for number in range(ROUNDS)]
            anchor = statistics.median(anchors)
            report(name, begun, households=households, seconds=took, cpu_s=cpu,
                   anchor={"name": "INSERT SELECT", "seconds": spread(anchors)},
                   ratio_of_time={engine: round(value / anchor, 2) for engine, value in took.items()}, must=0.8, aim=0.4)
        finally:
            postgres.stop()


MEASURES = {
    "P1": lambda name: posting(name, 1, (2000, 1000), "pgbench", 2, 3),
    "P2": lambda name: posting(name, 32, (6000, 2000), "pgbench", 1.5, 3),
    "P3": lambda name: posting(name, 1, (2000, 1000), "overwrite", 0.35, 0.5),
    "P4": importing,
    "P10": federation,
    "P17": memory,
    "P18": start,
}
