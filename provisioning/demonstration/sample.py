# SPDX-License-Identifier: Apache-2.0
"""The demonstration's sample: files as a county would have them. Deterministic; all people and places are invented,
identity numbers carry the area code 990000, which belongs to nobody."""
import csv
import datetime
import random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰梅秀文斌宇浩凯晨曦子涵佳怡"
TODAY_MAX = datetime.date(2026, 10, 31)

# name, delivered, buildings, units, floors, apartments a floor, lift, share paid
COUNTIES = {
    "510104": [
        ("锦绣苑（样例）", (2016, 5, 20), 6, 2, 11, 2, True, 0.97),
        ("滨江雅居（样例）", (2018, 9, 10), 4, 2, 18, 2, True, 0.94),
        ("望月里（样例）", (2017, 3, 1), 5, 3, 6, 2, False, 0.90),
        ("东湖国际（样例）", (2021, 6, 30), 8, 1, 18, 4, True, 0.88),
        ("云锦府（样例）", (2024, 12, 15), 3, 2, 30, 2, True, 0.71),
    ],
    "510129": [
        ("雪山新城（样例）", (2016, 8, 1), 6, 2, 11, 2, True, 0.95),
        ("斜江花园（样例）", (2019, 4, 18), 4, 2, 18, 2, True, 0.91),
        ("安仁小筑（样例）", (2017, 11, 11), 5, 3, 6, 2, False, 0.83),
        ("静惠山庄（样例）", (2022, 7, 8), 8, 1, 18, 4, True, 0.79),
        ("晨曦里（样例）", (2025, 3, 28), 3, 2, 30, 2, True, 0.58),
    ],
    "320102": [
        ("玄武湖畔（样例）", (2016, 10, 10), 6, 2, 11, 2, True, 0.98),
        ("钟麓花园（样例）", (2018, 1, 15), 4, 2, 18, 2, True, 0.96),
        ("珠江路小区（样例）", (2020, 5, 6), 5, 3, 6, 2, False, 0.93),
        ("紫金雅苑（样例）", (2021, 9, 25), 8, 1, 18, 4, True, 0.90),
        ("台城里（样例）", (2024, 6, 18), 3, 2, 30, 2, True, 0.77),
    ],
}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(rng):
    birth = datetime.date(1950, 1, 1) + datetime.timedelta(days=rng.randrange(19000))
    body = f"990000{birth:%Y%m%d}{rng.randrange(1000):03d}"
    return body + "10X98765432"[sum(w * int(c) for w, c in zip(WEIGHTS, body)) % 11]


def person_name(rng):
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def households(division):
    """One dict for each apartment, in the order of the building table."""
    rng = random.Random(int(division))
    for name, delivered, buildings, units, floors, each, lift, share in COUNTIES[division]:
        day = datetime.date(*delivered)
        areas = [rng.randrange(6200, 14300) for _ in range(each)]
        for building in range(1, buildings + 1):
            for unit in range(1, units + 1):
                for floor in range(1, floors + 1):
                    for place in range(each):
                        area = areas[place] + (0 if floor < floors else rng.randrange(0, 600))
                        paid = day + datetime.timedelta(days=min(rng.randrange(-60, 60) + int(rng.expovariate(1 / 150)),
                                                                 900))
                        yield {
                            "area": name, "building": str(building), "unit": str(unit), "floor": floor,
                            "floors": floors, "room": f"{floor}{place + 1:02d}", "covered": area,
                            "inner": area * 81 // 100, "lift": lift, "owner": person_name(rng),
                            "id": identity_number(rng), "delivered": day, "paid_on": paid,
                            "pays": rng.random() < share and paid <= TODAY_MAX,
                        }


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def write(division, standard_fen, folder):
    """Building table and bank list of one county; returns (households, owed, paid) in fen.
    standard_fen: {lift: fen per square metre}."""
    rows = list(households(division))
    with open(folder / "楼盘表.csv", "w", encoding="gb18030", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["小区名称", "幢号", "单元号", "所在层", "总层数", "房号", "建筑面积(㎡)", "套内面积(㎡)",
                        "房屋用途", "有无电梯", "业主姓名", "证件号码", "交付日期"])
        for r in rows:
            table.writerow([r["area"], r["building"] + "幢", r["unit"] + "单元", r["floor"], r["floors"], r["room"],
                            yuan(r["covered"]), yuan(r["inner"]), "住宅", "有" if r["lift"] else "无", r["owner"],
                            r["id"], f"{r['delivered']:%Y-%m-%d}"])
    owed = paid = serial = 0
    with open(folder / "银行交存清单.csv", "w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["小区名称", "幢号", "单元", "房号", "交存日期", "金额", "银行流水号"])
        for r in sorted(rows, key=lambda row: row["paid_on"]):
            # half a fen and more goes up
            amount = (r["covered"] * standard_fen[r["lift"]] + 50) // 100
            owed += amount
            if r["pays"]:
                paid += amount
                serial += 1
                table.writerow([r["area"], r["building"] + "幢", r["unit"] + "单元", r["room"],
                                f"{r['paid_on']:%Y-%m-%d}", yuan(amount), f"B{division}{serial:08d}"])
    return len(rows), owed, paid
