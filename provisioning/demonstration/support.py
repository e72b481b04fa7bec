# SPDX-License-Identifier: Apache-2.0
"""The demonstration's support data: divisions, the working calendar, banks, organizations and who serves which area. Lists
come through the imports, single things through the commands, as clerks bring them. All organizations are invented; their
credit codes begin with 91990000, which belongs to nobody."""
import csv
import pathlib

REFERENCE = pathlib.Path(__file__).resolve().parent.parent / "reference"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
KINDS = {"developer": "11", "property": "13", "committee": "14"}
# kind as clerks write it, name behind the county's, whether it has a credit code
OTHERS = [("公房售房单位", "直管公房管理中心（样例）", True), ("审价机构", "诚审造价咨询公司（样例）", True),
          ("监理公司", "方正监理公司（样例）", True), ("施工企业", "安居防水工程公司（样例）", True),
          ("招标代理", "明标招标代理公司（样例）", True), ("会计师事务所", "信诚会计师事务所（样例）", True),
          ("居委会", "第一社区居民委员会（样例）", False)]
BRANCHES = [("102", "中国工商银行"), ("105", "中国建设银行"), ("403", "中国邮政储蓄银行")]


def credit_code(serial):
    body = f"91990000MA{serial:07d}"
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def rows_of(name):
    with open(REFERENCE / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_divisions(division, path):
    """The way from the nation down, the city's counties, the county's streets."""
    above = {"000000", division[:2] + "0000", division[:4] + "00"}
    counties = [r for r in rows_of("divisions.csv") if r["code"] in above or r["parent"] == division[:4] + "00"]
    streets = [r for r in rows_of("streets.csv") if r["parent"] == division]
    with open(path, "w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["区划代码", "区划名称", "类别"])
        for row in counties + streets:
            table.writerow([row["code"], row["name"], row.get("kind") or "official"])


def organizations(division, areas):
    """kind, name, credit code, own number, phone of each; the roles of areas are found again by name."""
    serial = int(division) * 10
    for at, area in enumerate(areas):
        short = area.removesuffix("（样例）")
        yield "开发商", f"{short}置业公司（样例）", credit_code(serial + at), "", "028-0000000"
        yield "物业公司", f"{short}物业服务公司（样例）", credit_code(serial + 5 + at), "", f"1390000{1000 + at}"
        yield "业委会", f"{short}业主委员会（样例）", "", f"YWH-{at + 1:03d}", ""
    for at, (kind, name, coded) in enumerate(OTHERS):
        yield kind, name, credit_code(serial + 1000 + at) if coded else "", "" if coded else f"JWH-{at:03d}", ""


def write_organizations(division, areas, path):
    with open(path, "w", encoding="gb18030", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["单位名称", "单位类型", "统一社会信用代码", "本地编号", "联系电话", "行政区划"])
        for kind, name, code, own, phone in organizations(division, areas):
            table.writerow([name, kind, code, own, phone, division])


def load_lists(node, folder, areas):
    """What an office has before its first building table."""
    clerk = node.people["jingban"]
    write_divisions(node.division, folder / "行政区划.csv")
    write_organizations(node.division, areas, folder / "机构清单.csv")
    clerk.import_file(folder / "行政区划.csv", "divisions")
    clerk.import_file(folder / "机构清单.csv", "organizations")
    clerk.import_file(REFERENCE / "calendar-2026.csv", "calendar")
    heads = {row["bank_code"]: row["cnaps12"] for row in rows_of("banks.csv")}
    for code, bank in BRANCHES:
        clerk.command("essential.add_bank", {"bank_code": code, "name": f"{bank}{node.name}支行（样例）",
                                             "cnaps": heads[code]})


def load_services(node, areas):
    """areas: name -> (id, day of delivery)."""
    clerk = node.people["jingban"]
    ids = {row["name"]: row["id"] for row in clerk.view("essential.organizations")}
    for name, (area, delivered) in areas.items():
        short = name.removesuffix("（样例）")
        for kind, suffix in (("developer", "置业公司"), ("property", "物业服务公司"), ("committee", "业主委员会")):
            clerk.command("essential.add_area_service", {
                "property_area_id": area, "organization_id": ids[f"{short}{suffix}（样例）"], "role": KINDS[kind],
                "valid_from": delivered})
