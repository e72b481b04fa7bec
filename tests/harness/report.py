#!/usr/bin/env python3
"""Counts the cases of test logs and keeps which clauses of the standard they prove.

report.py collect RESULTS STAGE LOG...   reads meson testlog.json or TAP files, appends to RESULTS (one JSON a line)
report.py case RESULTS STAGE NAME ok|not-ok [CLAUSE...]
report.py finish RESULTS                 prints failures and the line 'N passed, N failed'; exit 1 when any failed
"""
import json
import re
import sys

TAP = re.compile(r"^(not ok|ok)\b\s*(\d+)?\s*(?:-\s*)?(.*?)(\s+#\s*SKIP.*)?$", re.I)
CLAUSES = re.compile(r"\[((?:[0-9]+|A)\.[0-9A-Za-z. ]*)\]")


def tap_cases(text):
    for line in text.splitlines():
        match = TAP.match(line.strip())
        if match and not match.group(4):
            name = match.group(3).strip()
            yield name, match.group(1).lower() == "ok", " ".join(CLAUSES.findall(name)).split()


def append(results, rows):
    with open(results, "a", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def collect(results, stage, logs):
    for log in logs:
        with open(log, encoding="utf-8") as lines:
            text = lines.read()
        if not log.endswith(".json"):
            append(results, [dict(stage=stage, name=n, ok=ok, clauses=c) for n, ok, c in tap_cases(text)])
            continue
        for line in text.splitlines():
            test = json.loads(line)
            rows = [dict(stage=stage, name=f"{test['name']}: {n}", ok=ok, clauses=c)
                    for n, ok, c in tap_cases(test.get("stdout", ""))]
            good = test["result"] in ("OK", "EXPECTEDFAIL")
            if test["result"] == "SKIP":
                continue
            # A program that died, or that says nothing case by case, counts as one.
            if not rows or (not good and all(row["ok"] for row in rows)):
                rows.append(dict(stage=stage, name=test["name"], ok=good, clauses=[]))
            for row in rows:
                if not row["ok"]:
                    row["output"] = (test.get("stdout", "")[-3000:] + test.get("stderr", "")[-3000:])
            append(results, rows)


def finish(results):
    with open(results, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    failed = [row for row in rows if not row["ok"]]
    shown = set()
    for row in failed:
        print(f"FAILED [{row['stage']}] {row['name']}")
        output = row.get("output", "")
        if output and output not in shown:
            shown.add(output)
            print("    " + output.replace("\n", "\n    "))
    proven = sorted({c for row in rows if row["ok"] for c in row["clauses"]})
    print(f"clauses proven: {len(proven)}: {' '.join(proven)}")
    print(f"{len(rows) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not rows else 0


def main():
    verb, results, *rest = sys.argv[1:]
    if verb == "collect":
        collect(results, rest[0], rest[1:])
        return 0
    if verb == "case":
        append(results, [dict(stage=rest[0], name=rest[1], ok=rest[2] == "ok", clauses=rest[3:])])
        return 0
    return finish(results)


sys.exit(main())
