# SPDX-License-Identifier: Apache-2.0
"""An emergency of a county over HTTP (14.2.5): declared by one administrator, felt by everybody, over a restart, ended by
another. The same on either engine of the business store."""
import pathlib
import sqlite3
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "partner")]
import demo  # noqa: E402
from client import Person, Refused  # noqa: E402
from peer import Partner  # noqa: E402

TABLE = "小区名称,幢号,单元号,所在层,总层数,房号,建筑面积(㎡),房屋用途,有无电梯,业主姓名,证件号码,交付日期\r\n" + "".join(
    f"应急苑（样例）,1幢,1单元,{floor},3,{floor}01,60.00,住宅,有,样例置业有限公司,91990000MAMJ585K95,2020-05-01\r\n"
    for floor in (1, 2, 3))
UNIT = {"kind": "11", "name": "应急样例有限公司", "local_code": "YJ1"}


def same(found, wanted):
    assert found == wanted, f"{found!r} instead of {wanted!r}"


def refused(status, code, work, *args):
    try:
        work(*args)
    except Refused as r:
        same((r.status, r.code), (status, code))
        return r.error["message"]
    raise AssertionError(f"not refused with {code}")


class Emergency:
    def __init__(self, node):
        self.node = node
        self.system, self.security, self.audit = (node.people[name] for name in ("system", "security", "audit"))
        self.clerk, self.reviewer = node.people["jingban"], node.people["fuhe"]

    def payment(self):
        """One payment that waits for its posting."""
        path = self.node.folder / "emergency.csv"
        path.write_text(TABLE, encoding="gb18030")
        self.clerk.import_file(path, "building_table")
        area = next(self.clerk.view("deposit.areas"))["id"]
        self.clerk.command("deposit.assess", {"property_area_id": area})
        self.clerk.command("deposit.issue_notice", {"property_area_id": area})
        notice = next(self.clerk.view("deposit.notices"))
        self.paid = self.clerk.command("deposit.enter_payment", {
            "notice_number": notice["notice_number"], "amount": notice["amount"], "method": demo.BANK_TRANSFER,
            "bank_reference": "YJ1", "value_date": "2026-03-02"})["output"]["payment_id"]

    def declare(self, who, kind, *measures):
        return who.command("identity.declare_emergency", {
            "kind": kind, "reason": "演练", "measures": [{"measure": m} for m in measures]})["output"]["id"]

    def end(self, who, emergency, report="查明原因，已恢复。"):
        return who.command("identity.end_emergency", {"emergency_id": emergency, "report": report})

    def partner_answer(self):
        """What a system with a certificate is told at the partners' port."""
        peer = Partner(self.node.folder, "stranger", self.node.partners, self.node.certificate)
        status, answer = peer.get("deposit-state", unit_code="1")
        return status, answer["error"]["code"]


def money(e):
    """Only what moves money waits."""
    made = e.declare(e.security, "bank_link", "hold_money")
    told = refused(422, "identity.emergency_money", e.reviewer.command, "deposit.post", {"payment_id": e.paid})
    name = e.security.call("GET", "/api/me")["person"]["name"]
    assert name in told and "银行接口故障" in told, told
    e.clerk.command("essential.create_organization", UNIT)
    assert "read_only" in e.clerk.call("GET", "/api/me")["emergency"]
    same(e.clerk.call("GET", "/api/me")["emergency"]["read_only"], False)
    e.end(e.system, made)
    assert "emergency" not in e.clerk.call("GET", "/api/me")
    e.reviewer.command("deposit.post", {"payment_id": e.paid})


def reading(e):
    """The office may only read; measures are added; each door says who declared it and since when."""
    made = e.declare(e.system, "data_damaged", "read_only")
    refused(422, "identity.emergency_stands", e.declare, e.security, "other")
    told = refused(422, "identity.emergency_read_only", e.clerk.command, "essential.create_organization",
                   UNIT | {"local_code": "YJ2", "name": "另一样例有限公司"})
    since = e.clerk.call("GET", "/api/me")["emergency"]
    at = time.strftime("%Y-%m-%d %H:%M", time.gmtime(int(since["declared_at"]) / 1000 + 8 * 3600))
    assert since["declared_by"] in told and at in told and since["read_only"], told
    same(e.audit.call("GET", "/api/me")["emergency"]["read_only"], False)
    assert list(e.clerk.view("deposit.notices"))
    path = e.node.folder / "emergency.csv"
    try:
        outcome = e.clerk.import_file(path, "building_table")
    except (Refused, RuntimeError):
        outcome = None
    assert not outcome or not outcome.get("created"), outcome
    e.security.command("identity.set_post_rule", {"kind": "supervisor", "amount_max": "100000", "factors": "", "reason": "演练"})
    same(e.partner_answer(), (401, "node.partner_unknown"))
    e.security.command("identity.take_measure", {"emergency_id": made, "measure": "close_partners"})
    refused(422, "identity.emergency_taken", e.security.command, "identity.take_measure",
            {"emergency_id": made, "measure": "read_only"})
    same(e.partner_answer(), (503, "identity.emergency_partners"))
    e.node.stop()
    e.node.start()
    for person in e.node.people.values():
        person.connection = None
        person.enter()
    refused(422, "identity.emergency_read_only", e.clerk.command, "essential.create_organization", UNIT)
    same(e.partner_answer(), (503, "identity.emergency_partners"))
    refused(422, "node.same_person", e.end, e.system, made)
    e.end(e.security, made)
    same(e.partner_answer(), (401, "node.partner_unknown"))
    e.clerk.command("essential.create_organization", UNIT | {"local_code": "YJ2", "name": "另一样例有限公司"})


def people(e):
    """Sessions end, ordinary people stay out, the plan is ticked off, the report says what was done."""
    made = e.declare(e.security, "leaked_account", "end_sessions", "close_login")
    refused(401, "node.not_logged_in", e.clerk.call, "GET", "/api/me")
    told = refused(422, "identity.emergency_login", e.clerk.enter)
    assert "账户泄露" in told, told
    wrong = Person(e.node.web, e.node.certificate, e.clerk.login, "Wrong-Horse-99")
    refused(401, "node.wrong_login", wrong.enter)
    same(e.system.call("GET", "/api/me")["person"]["login"], "system")
    e.audit.enter()
    steps = list(e.system.view("identity.emergency_steps", emergency=made))
    assert [s["place"] for s in steps] == list(range(1, len(steps) + 1)) and len(steps) > 5, steps
    e.system.command("identity.tick_emergency_step", {"emergency_step_id": steps[0]["id"], "note": "已报告"})
    e.audit.command("identity.tick_emergency_step", {"emergency_step_id": steps[1]["id"], "note": "已保存"})
    refused(422, "identity.emergency_step_done", e.audit.command, "identity.tick_emergency_step",
            {"emergency_step_id": steps[1]["id"], "note": "再次"})
    refused(403, "node.forbidden", e.audit.command, "identity.declare_emergency",
            {"kind": "other", "reason": "无权", "measures": []})
    e.end(e.audit, made)
    e.clerk.enter()
    e.reviewer.enter()
    row = next(r for r in e.security.view("identity.emergencies") if r["id"] == made)
    same((row["steps_done"], row["steps_open"], row["state"]), (2, len(steps) - 2, "ended"))
    assert row["sessions"] >= 2, row
    refused(422, "identity.emergency_ended", e.end, e.security, made)
    refused(403, "node.forbidden", e.clerk.command, "identity.declare_emergency",
            {"kind": "other", "reason": "无权", "measures": []})


def traces(e):
    """Every step is in the chain and before the eyes of the audit administrator."""
    kinds = [row["kind"] for row in e.audit.view("identity.security_events")]
    for kind, count in (("emergency_declared", 3), ("emergency_measure", 1), ("emergency_step", 2), ("emergency_ended", 3)):
        same((kind, kinds.count(kind)), (kind, count))
    assert "emergency_login" in kinds
    with sqlite3.connect(f"file:{e.node.folder}/state/system.db?mode=ro", uri=True) as database:
        for command, count in (("declare_emergency", 3), ("take_measure", 1), ("tick_emergency_step", 2),
                               ("end_emergency", 3)):
            same((command, database.execute("SELECT COUNT(*) FROM chain WHERE command = ?",
                                            (f"identity.{command}",)).fetchone()[0]), (command, count))
    e.node.stop()
    same(e.node.tool("verify", check=False).returncode, 0)
