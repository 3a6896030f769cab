import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestIntakeJson2(IntakeCommon, HttpCase):
    """What 12345 and others send: kept once, each answered for itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_system = new_test_user(
            cls.env,
            "test_petition_system",
            groups="haerun_service_ticket.group_petition_system",
        )
        cls.gateway = cls.Ticket.with_user(cls.user_system)

    def _row(self, number, **values):
        return {
            "channel": "12345",
            "external_no": number,
            "text": "晚上六楼没水，水压小",
            "caller": "王芳",
            "phone": "13869817766",
            "address": "试验路片区8号",
            **values,
        }

    def _found(self, number):
        return self.Petition.search([("external_no", "=", number)])

    def test_once(self):
        """R86, R88, R99: taken in, forwarded, kept once however often it is sent."""
        row = self._row("J1")
        for _turn in range(2):
            answer = self.gateway.intake([row, row])
            self.assertEqual(answer, {"accepted": ["J1", "J1"], "rejected": []})
        petition = self._found("J1")
        self.assertEqual(len(petition), 1)
        ticket = petition.ticket_id
        self.assertEqual((ticket.step, ticket.handler_id), ("forwarded", self.handler))
        self.assertEqual(ticket.category_id, self._category("pressure_low"))
        self.assertEqual(petition.intake_user_id, self.user_system)

    def test_other_channel(self):
        """R88: the same number of another channel is another petition."""
        self.gateway.intake([self._row("J2"), self._row("J2", channel="数字化城管")])
        self.assertEqual(len(self._found("J2")), 2)

    def test_rejected(self):
        """R98: each malformed row is answered by a code and a sentence."""
        self.gateway.intake([self._row("J0")])
        rows = {
            "bad_external_no": self._row("", text="x"),
            "no_text": self._row("J3", text=" "),
            "unknown_channel": self._row("J4", channel="传真"),
            "bad_phone": self._row("J5", phone="12"),
            "unknown_account": self._row("J6", account_no="000"),
            "unknown_category": self._row("J7", category="天气"),
            "bad_moment": self._row("J8", received_at="昨天"),
            "changed": self._row("J0", text="另一件事"),
        }
        more = [
            self._row("J9", received_at="2999-01-01T00:00:00"),
            self._row("JA", due_at="2001-01-01T00:00:00"),
            self._row(["J"]),
            self._row("x" * 65),
            self._row("JB", text={"a": 1}),
            self._row("JC", channel=7),
            self._row("JD", phone=[1]),
            self._row("JE", account_no={"a": 1}),
        ]
        good = self._row("JF", phone="13900008888", address="试验路片区99号")
        answer = self.gateway.intake([*rows.values(), *more, good])
        self.assertEqual(answer["accepted"], ["JF"])
        codes = [line["code"] for line in answer["rejected"]]
        self.assertEqual(codes[: len(rows)], list(rows))
        self.assertEqual(len(codes), len(rows) + len(more))
        self.assertTrue(all(line["error"] for line in answer["rejected"]))
        self.assertEqual(len(self._found("J3")), 0)

    def test_not_a_list(self):
        """R98: a call that is no list of objects is refused as a whole."""
        for payload in ({}, "x", [1], [None], [self._row("J")] * 1001):
            with self.assertRaises(UserError):
                self.gateway.intake(payload)

    def test_nul(self):
        """R98: what no database keeps does not break the call."""
        answer = self.gateway.intake([self._row("JN", text="没水\0", caller="\ud800")])
        self.assertEqual(answer["accepted"], ["JN"])
        self.assertEqual(self._found("JN").text, "没水")

    def test_burst(self):
        """R48: a burst main called in by a road is one ticket; the rest wait."""
        rows = [
            self._row(
                f"B{number}",
                text="路面冒水，爆管了",
                phone=f"1390000{number:04d}",
                address=f"试验路片区{number}号" if number else "试验路片区路口",
            )
            for number in range(6)
        ]
        for one in rows:
            one["address"] = one["address"].replace("试验路片区", "试验路")
        self.gateway.intake(rows)
        petitions = self.Petition.search([("external_no", "=like", "B_")], order="id")
        self.assertEqual(petitions.mapped("state"), ["linked"] + ["waiting"] * 5)
        self.assertTrue(petitions[0].ticket_id.danger)
        waiting = petitions[1:].with_user(self.user_csd_service)
        waiting._link(petitions[0].ticket_id)
        self.assertEqual(petitions[0].ticket_id.repeat_count, 5)

    def test_who(self):
        """R120: a petition system's own user alone, who reads nothing."""
        for user in (self.user_csd_service, self.user_clerk):
            with self.assertRaises(AccessError):
                self.Ticket.with_user(user).intake([self._row("J")])
        self.gateway.intake([self._row("JW")])
        self.assertFalse(self.gateway.has_access("read"))
        petition = self._found("JW").with_user(self.user_system)
        self.assertFalse(petition.has_access("read"))

    def test_over_http(self):
        """R86, R98: as it is called."""
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.user_system)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        answer = self.url_open(
            "/json/2/haerun.ticket/intake",
            data=json.dumps({"payload": [self._row("JH")]}),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json(), {"accepted": ["JH"], "rejected": []})
        self.env.invalidate_all()
        self.assertTrue(self._found("JH").ticket_id)
