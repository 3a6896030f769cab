from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import sent

MAX_ROWS = 1000


class Payment(models.Model):
    """Payments from WeChat, Alipay and other systems, over JSON-2 (R78)."""

    _inherit = "haerun.payment"

    @api.model
    def submit(self, payments):
        """Take in payments; sent twice, each is kept once.

        :param payments: list of at most 1000 dicts: ``uuid`` (8 to 64 characters,
            chosen by the sender), ``account_no``, ``amount`` (yuan, two decimals),
            ``tender`` (code of a way of paying that systems may send), ``reference``
            (the order's number), ``paid_at`` (ISO 8601; without an offset it is UTC)
        :return: ``{"accepted": [uuid, …], "rejected": [{"uuid", "code", "error"}]}``
        :raise UserError: when the call is no list of dicts, or too long
        :raise AccessError: for whoever is no payment system
        """
        if not self.env.su and not self.env.user.has_group(
            "haerun_meter.group_payment_system"
        ):
            raise AccessError(
                self.env._("Payments are sent by a payment system's own user.")
            )
        sent.check_rows(self.env, payments, MAX_ROWS)
        # sudo: rows are written by the statement, the sender's right was asked for
        return self.sudo()._submit(payments)

    def _submit(self, payments):
        rows = self._submitted_rows(payments)
        world = self._world_of(rows)
        known = self._taken_before([row["uuid"] for row in rows])
        accepted, rejected, clean = [], [], {}
        for row in rows:
            code = row.pop("code")
            if not code:
                code, taken = self._clean_taken(row, world, known)
            if code and code != "known":
                rejected.append(
                    {
                        "uuid": row["uuid"],
                        "code": code,
                        "error": self._taken_sentence(code, row),
                    }
                )
                continue
            accepted.append(row["uuid"])
            if not code:
                known[taken["uuid"]] = (taken["account_id"], taken["amount"])
                clean[taken["uuid"]] = taken
        if clean:
            self._take_clean(list(clean.values()), None, self._online_posting())
        return {"accepted": accepted, "rejected": rejected}

    def _submitted_rows(self, payments):
        """Rows as :meth:`_take` wants them, with what is wrong of each."""
        numbers = [
            row.get("account_no")
            for row in payments
            if sent.is_key(row.get("account_no"))
        ]
        accounts = {
            account.number: account.id
            for account in self.env["haerun.water.account"].search(
                [("number", "in", numbers)]
            )
        }
        tenders = {
            tender.code: tender.id
            for tender in self.env["haerun.tender"].search([("by_system", "=", True)])
        }
        moment = self.env["haerun.meter.reading"]._moment
        rows = []
        for row in payments:
            number, tender = row.get("account_no"), row.get("tender")
            paid_at = moment(row.get("paid_at"))
            rows.append(
                {
                    "uuid": row.get("uuid"),
                    "account_id": accounts.get(number)
                    if isinstance(number, str)
                    else None,
                    "tender_id": tenders.get(tender)
                    if isinstance(tender, str)
                    else None,
                    "amount": row.get("amount"),
                    "reference": row.get("reference"),
                    "paid_at": paid_at,
                    "code": None if paid_at else "bad_moment",
                }
            )
        return rows

    def _online_posting(self):
        """The day's posting of what systems have sent."""
        today = self.env.company._haerun_today()
        postings = self.env["haerun.posting"]
        return postings.search(
            [("kind", "=", "online"), ("date", "=", today), ("state", "=", "open")],
            limit=1,
        ) or postings._open(
            "online",
            self.env["hr.department"],
            self.env._("Online payments of %s", fields.Date.to_string(today)),
            today,
        )
