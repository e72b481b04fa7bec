#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A county's node as it is on its first day: enrolled at the nation, three administrators with their one-time passwords,
nobody else. Says one JSON line and ends with its input."""
import argparse
import json
import os
import pathlib
import signal
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "provisioning/demonstration"))

import demo  # noqa: E402
from tree import Tree  # noqa: E402

NODES = [("000000", "全国", "nation", None), ("510129", "大邑县", "county", "000000")]


def bring_up(tree):
    for node in tree:
        if node.parent:
            tree.root_key = next(iter(tree)).identity
        node.init()
        if node.parent:
            demo.enrol(node.parent, node)
        node.start_edge()
        node.start()
        if not node.parent:
            demo.people_of(node)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--console", required=True)
    arguments.add_argument("--folder", required=True)
    given = arguments.parse_args()
    os.umask(0o077)
    tree = Tree(ROOT, given.folder, given.program, given.console, nodes=NODES)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    told, sys.stdout = sys.stdout, sys.stderr
    try:
        bring_up(tree)
        sys.stdout = told
        nodes = {node.division: {"name": node.name, "address": f"https://{node.web}/", "logins": node.logins}
                 for node in tree}
        print(json.dumps({"nodes": nodes}, ensure_ascii=False), flush=True)
        sys.stdin.read()
    finally:
        tree.stop()


if __name__ == "__main__":
    main()
