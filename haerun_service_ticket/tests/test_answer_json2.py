from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.haerun_meter.tests.json2_common import Json2Case

from .answer_common import AnswerCommon


@tagged("-at_install", "post_install")
class TestAnswerJson2(AnswerCommon, Json2Case):
    """Replies go back to the channel's system; outages come from dispatch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_12345 = new_test_user(
            cls.env,
            "test_system_12345",
            groups="haerun_service_ticket.group_petition_system",
        )
        cls.user_dispatch = new_test_user(
            cls.env,
            "test_system_dispatch",
            groups="haerun_service_ticket.group_outage_system",
        )
        cls.hotline.system_user_ids = cls.user_12345
        cls.gateway = cls.Ticket.with_user(cls.user_12345)
        # what the demo has to tell is fetched already
        cls.env.cr.execute("UPDATE haerun_petition SET fetched = news")

    def _answered(self, number, **values):
        petition = self._petition(number, text="停水公告看不到", **values)
        ticket = petition.with_user(self.user_csd_service)._open_tickets(False)
        ticket._answer("在公众号可查")
        return petition

    # ---------------------------------------------------------- replies
    def test_replies(self):
        """R86, R88, R97: answers are returned until they are acknowledged."""
        self._petition("R0")
        self._answered("R1", category_id=self._category("outage_ask").id)
        dismissed = self._petition("R2")
        dismissed.with_user(self.user_csd_service)._dismiss("不属于供水")
        other = self._answered(
            "R3", channel=self.city, category_id=self._category("outage_ask").id
        )
        rows = self.gateway.replies("12345")
        self.assertEqual([row["external_no"] for row in rows], ["R1", "R2"])
        self.assertEqual(
            [(row["state"], row["step"], row["answer"]) for row in rows],
            [
                ("answered", "closed", "在公众号可查"),
                ("dismissed", False, "不属于供水"),
            ],
        )
        self.assertTrue(rows[0]["answered_at"].endswith("Z"))
        self.assertEqual(self.gateway.replies("12345"), rows)
        self.assertEqual(self.gateway.replies("12345", limit=1), rows[:1])
        for _turn in range(2):
            answer = self.gateway.replies_fetched("12345", rows)
            self.assertEqual(answer, {"accepted": ["R1", "R2"], "rejected": []})
        self.assertEqual(self.gateway.replies("12345"), [])
        again = self.gateway.replies("12345", since=rows[0]["version"])
        self.assertEqual([row["external_no"] for row in again], ["R2"])
        self.assertFalse(other.fetched_at)

    def test_news(self):
        """R97: an old acknowledgement leaves what came after it to be fetched."""
        petition = self._petition("N1", category_id=self._category("outage_ask").id)
        ticket = petition.with_user(self.user_csd_service)._open_tickets(False)
        first = self.gateway.replies("12345")
        self.assertEqual([row["state"] for row in first], ["in_hand"])
        ticket._answer("已答复")
        self.gateway.replies_fetched("12345", first)
        rows = self.gateway.replies("12345")
        self.assertEqual([row["state"] for row in rows], ["answered"])

    def test_rejected(self):
        """R86: what is not this channel's, or of no version, is named."""
        self._answered("R5", category_id=self._category("outage_ask").id)
        row = self.gateway.replies("12345")[0]
        received = [
            {"external_no": "R5", "version": row["version"] + 1},
            {"external_no": "nobody", "version": row["version"]},
            {"external_no": 5, "version": "x"},
            {},
        ]
        answer = self.gateway.replies_fetched("12345", received)
        self.assertEqual(answer["accepted"], [])
        self.assertEqual(len(answer["rejected"]), 4)
        self.assertEqual(len(self.gateway.replies("12345")), 1)
        for bad in (None, "x", ["x"], [{}] * 1001):
            with self.assertRaises(UserError):
                self.gateway.replies_fetched("12345", bad)
        for bad in (0, "x", 1001, True):
            with self.assertRaises(UserError):
                self.gateway.replies("12345", limit=bad)
        for bad in ("传真", 5, None):
            with self.assertRaises(UserError):
                self.gateway.replies(bad)

    def test_who(self):
        """R120: a channel's own system alone, of its own channel alone."""
        for code in ("city", "96111"):
            with self.assertRaises(AccessError):
                self.gateway.replies(code)
        for user in (self.user_csd_service, self.user_dispatch, self.user_clerk):
            with self.assertRaises(AccessError):
                self.Ticket.with_user(user).replies("12345")

    def test_over_http(self):
        """R86, R97: as it is called, there and back."""
        self._answered("RH", category_id=self._category("outage_ask").id)
        answer = self._json2(
            self.user_12345, "haerun.ticket", "replies", channel="12345"
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        rows = answer.json()
        self.assertEqual([row["external_no"] for row in rows], ["RH"])
        answer = self._json2(
            self.user_12345,
            "haerun.ticket",
            "replies_fetched",
            channel="12345",
            received=rows,
        )
        self.assertEqual(answer.json(), {"accepted": ["RH"], "rejected": []})
        refused = self._json2(
            self.user_12345, "haerun.ticket", "replies", channel="city"
        )
        self.assertEqual(refused.status_code, 403, refused.text)

    # ---------------------------------------------------------- outages
    def _row(self, number, **values):
        return {
            "external_no": number,
            "kind": "burst",
            "reason": "DN300爆管",
            "from": "2026-03-02T01:00:00+08:00",
            "to": "2999-03-02T18:00:00+08:00",
            "unit": self.branch.name,
            "places": [{"road": "试验路", "house_from": 2, "house_to": 98}],
            **values,
        }

    def test_outages(self):
        """R48, R88: sent twice it is one; what became of it takes it on."""
        outages = self.Outage.with_user(self.user_dispatch)
        row = self._row("D1")
        for _turn in range(2):
            answer = outages.submit([row])
            self.assertEqual(answer, {"accepted": ["D1"], "rejected": []})
        outage = self.Outage.search([("external_no", "=", "D1")])
        self.assertEqual((len(outage), outage.step), (1, "announced"))
        self.assertEqual(str(outage.planned_from), "2026-03-01 17:00:00")
        self.assertEqual(self._met("试验路8号"), [outage])
        later = self._row("D1", to="2999-03-03T01:00:00+08:00", state="running")
        for _turn in range(2):
            outages.submit([later])
        self.assertEqual(outage.step, "running")
        kinds = outage.event_ids.mapped("kind")
        self.assertEqual(kinds, ["announced", "extended", "began"])
        outages.submit([{**later, "state": "restored"}])
        self.assertEqual(outage.step, "restored")
        self.assertFalse(self._met("试验路8号"))

    def test_outages_rejected(self):
        """R48: each bad one is answered by a sentence, nothing half is written."""
        outages = self.Outage.with_user(self.user_dispatch)
        before = self.Outage.search_count([])
        rows = [
            self._row(""),
            self._row("E1", kind="x"),
            self._row("E2", reason=""),
            self._row("E3", unit="火星"),
            self._row("E4", places=[]),
            self._row("E5", places=[{"road": "试验路", "area": "x"}]),
            self._row("E6", places=[{"account_no": "0"}]),
            self._row("E7", **{"from": "昨天"}),
            self._row("E8", to="2026-01-01T00:00:00"),
            self._row("E9", state="x"),
            self._row("EA", kind="planned", **{"from": "2026-03-02T01:00:00"}),
        ]
        answer = outages.submit(rows)
        self.assertEqual(answer["accepted"], [])
        self.assertEqual(len(answer["rejected"]), len(rows))
        self.assertTrue(all(row["error"] for row in answer["rejected"]))
        self.assertEqual(self.Outage.search_count([]), before)
        outages.submit([self._row("EB")])
        answer = outages.submit([self._row("EB", reason="别的原因")])
        self.assertIn("number of its own", answer["rejected"][0]["error"])
        for bad in (None, "x", [1], [{}] * 101):
            with self.assertRaises(UserError):
                outages.submit(bad)
        for user in (self.user_csd_service, self.user_12345):
            with self.assertRaises(AccessError):
                self.Outage.with_user(user).submit([])

    def test_outages_over_http(self):
        """R48: as dispatch calls it."""
        answer = self._json2(
            self.user_dispatch, "haerun.outage", "submit", payload=[self._row("DH")]
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["accepted"], ["DH"])
        self.env.invalidate_all()
        outage = self.Outage.search([("external_no", "=", "DH")])
        self.assertLess(outage.announced_at, fields.Datetime.now().replace(year=2999))

    def test_halls(self):
        """R98: each of the 15 halls is a channel."""
        halls = self.env["haerun.channel"].search([("hall_id", "!=", False)])
        self.assertEqual(len(halls), 15)
        self.assertEqual(set(halls.mapped("kind")), {"window"})
