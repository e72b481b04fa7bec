# SPDX-License-Identifier: Apache-2.0
"""The demonstration's tree and the processes of its nodes: configuration, start, stop by pid, wait for readiness."""
import os
import pathlib
import secrets
import select
import signal
import socket
import subprocess
import time

# division, name, level, division of the parent
NODES = [
    ("000000", "全国", "nation", None),
    ("510000", "四川省", "province", "000000"),
    ("320000", "江苏省", "province", "000000"),
    ("510100", "成都市", "city", "510000"),
    ("320100", "南京市", "city", "320000"),
    ("510104", "锦江区", "county", "510100"),
    ("510129", "大邑县", "county", "510100"),
    ("320102", "玄武区", "county", "320100"),
]
LEVELS = {"nation": "国家", "province": "省", "city": "市", "county": "县"}
WEB_PORT, WIRE_PORT = 8441, 7441


def free_ports(count, wanted):
    """The wanted ports where all are free, else any."""
    ports = list(range(wanted, wanted + count))
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                break
    else:
        return ports
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def password():
    # ten characters and more, of three kinds, none that are read wrongly
    return "Fd-" + "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(11)) + "7a"


class Node:
    def __init__(self, tree, division, name, level, parent, web_port, wire_port):
        self.tree, self.division, self.name, self.level, self.parent = tree, division, name, level, parent
        self.folder = tree.folder / division
        self.web = f"127.0.0.1:{web_port}"
        self.wire = f"127.0.0.1:{wire_port}"
        self.config = self.folder / "node.conf"
        self.certificate = self.folder / "nginx" / "certificate.pem"
        self.process = self.nginx = None
        self.partners = None  # address of the partner systems' port, where a test wants one
        self.edge_options = []  # more words for the edge's configuration, where a test wants some
        self.logins = {}      # login -> password, as people keep them
        self.children = []

    def write_config(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = {
            "name": self.name, "division": self.division, "level": self.level, "folder": self.folder / "state",
            "origin": f"https://{self.web}", "spool": self.folder / "spool",
            "parent": self.parent.wire if self.parent else "", "tree": self.tree.root_key if self.parent else "",
            "listen": self.wire if self.level != "county" else "",
        }
        lines.update(self.tree.extra_config(self))
        self.config.write_text("".join(f"{key} = {value}\n" for key, value in lines.items()), encoding="utf-8")

    def tool(self, *words, **options):
        done = subprocess.run([self.tree.program, *words[:1], "--config", self.config, *words[1:]], text=True,
                              capture_output=True, **options)
        if done.returncode != 0 and options.get("check", True) is not False:
            raise RuntimeError(f"{self.name}: fundnode {' '.join(map(str, words))}: {done.stderr.strip()}")
        return done

    def init(self):
        self.write_config()
        self.read_told(self.tool("init").stdout)

    def enrol(self, code):
        self.read_told(self.tool("enrol", "--code", code).stdout)

    def read_told(self, text):
        """What init and enrol print once: the identity key and the administrators' one-time passwords."""
        for line in text.splitlines():
            words = line.split()
            if words[0] == "identity":
                self.identity = words[1]
            elif words[0] == "login":
                self.logins[words[1]] = words[2]

    def start(self, seconds=60):
        """Starts the node and waits until it says that it is ready."""
        ready = self.folder / "ready.socket"
        ready.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.bind(str(ready))
            channel.settimeout(1)
            with open(self.folder / "node.log", "ab") as log:
                self.process = subprocess.Popen([self.tree.program, "serve", "--config", self.config], stdout=log,
                                                stderr=log, env={**os.environ, "NOTIFY_SOCKET": str(ready)},
                                                start_new_session=True)
            (self.folder / "node.pid").write_text(str(self.process.pid))
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                if self.process.poll() is not None:
                    raise RuntimeError(f"{self.name} did not start:\n{self.log_tail()}")
                try:
                    if b"READY=1" in channel.recv(4096):
                        return
                except TimeoutError:
                    continue
        raise RuntimeError(f"{self.name} was not ready within {seconds} s:\n{self.log_tail()}")

    def log_tail(self):
        return "".join((self.folder / "node.log").read_text(errors="replace").splitlines(True)[-15:])

    def start_edge(self):
        state = self.folder / "state"
        subprocess.run([self.tree.root / "provisioning/nginx/configure", "--folder", self.folder / "nginx", "--listen",
                        self.web, "--console", self.tree.console, "--socket", state / "web.socket", "--spool",
                        self.folder / "spool", "--login-rate", "1200r/m", "--login-burst", "60", "--proof-rate", "1200r/m", "--connections",
                        "200", *(["--partners", self.partners] if self.partners else []), *self.edge_options], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["nginx", "-p", self.folder / "nginx", "-e", self.folder / "nginx/error.log", "-c",
                        self.folder / "nginx/nginx.conf"], check=True)

    def stop(self, kill=False):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            self.process.wait(60)
        self.process = None
        (self.folder / "node.pid").unlink(missing_ok=True)

    def stop_edge(self):
        """Ends nginx and waits for its end, so that nothing of it is left in the folder."""
        path = self.folder / "nginx/nginx.pid"
        if not path.exists():
            return
        pid = int(path.read_text())
        try:
            ended = os.pidfd_open(pid)
        except ProcessLookupError:
            return
        os.kill(pid, signal.SIGTERM)
        select.select([ended], [], [], 30)
        os.close(ended)


class Tree:
    def __init__(self, root, folder, program, console, extra=None, nodes=None):
        self.root, self.folder = pathlib.Path(root), pathlib.Path(folder)
        self.program, self.console = pathlib.Path(program), pathlib.Path(console)
        self.root_key = ""
        self.extra_config = extra or (lambda node: {})
        nodes = nodes or NODES
        web, wire = free_ports(len(nodes), WEB_PORT), free_ports(len(nodes), WIRE_PORT)
        self.nodes = {}
        for index, (division, name, level, parent) in enumerate(nodes):
            node = Node(self, division, name, level, self.nodes.get(parent), web[index], wire[index])
            self.nodes[division] = node
            if node.parent:
                node.parent.children.append(node)

    def __iter__(self):
        return iter(self.nodes.values())

    def level(self, level):
        return [node for node in self if node.level == level]

    def stop(self):
        for node in reversed(list(self)):
            node.stop()
            node.stop_edge()


def stop_by_pid(folder):
    """Ends what an earlier start left, by the pid files of the folder."""
    for pid_file in sorted(pathlib.Path(folder).glob("*/node.pid")) + \
            sorted(pathlib.Path(folder).glob("*/nginx/nginx.pid")):
        try:
            pid = int(pid_file.read_text())
            command = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
            # the number may belong to another program by now
            if b"fundnode" in command or b"nginx" in command:
                os.kill(pid, signal.SIGTERM)
                for _ in range(300):
                    os.kill(pid, 0)
                    time.sleep(0.1)
        except (ValueError, ProcessLookupError, FileNotFoundError):
            pass
        pid_file.unlink(missing_ok=True)
