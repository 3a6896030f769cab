from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import rating

#: charges of the bills to look at, in the order in which they count
CHARGES = SQL(
    """SELECT row_number() OVER (ORDER BY date_to, bill_id, seq)::int AS ord, *
         FROM haerun_rerated_charge"""
)


class Rerating(models.Model):
    """重算: a year of tiers in which something was put right later (RULES, Tariff).

    A household grew, an account was closed: the bills of the year from the first one
    that would be another are reversed and made anew, each for its period. What is to
    be done stands here until it is done, and by which posting it was. Corrected
    readings and settled estimates are the bill runs' own business.
    """

    _name = "haerun.rerating"
    _description = "Year to Rate Anew"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"

    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    year = fields.Integer(required=True, aggregator=None)
    reason = fields.Char(required=True)
    state = fields.Selection(
        [("due", "To do"), ("done", "Done"), ("same", "Nothing changed")],
        required=True,
        default="due",
    )
    done_at = fields.Datetime()
    bill_count = fields.Integer(string="Bills Made Anew")
    difference = fields.Float(string="Difference (yuan)", digits=(16, 2))
    posting_id = fields.Many2one(
        "haerun.posting", index="btree_not_null", ondelete="restrict"
    )

    _due_uniq = models.UniqueIndex("(account_id, year) WHERE state = 'due'")

    @api.depends("account_id", "year")
    def _compute_display_name(self):
        for one in self:
            # sudo: the number of an account is shown wherever its year is
            one.display_name = f"{one.sudo().account_id.number} {one.year}"

    # --------------------------------------------------------- business
    @api.model
    def _note(self, accounts, years, reason):
        """Years of these accounts are to be looked at, where bills count in them.

        :param accounts: recordset of accounts
        :param years: set of years
        """
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO haerun_rerating (account_id, year, reason, state,
                   create_uid, create_date, write_uid, write_date)
               SELECT DISTINCT account_id, year, %(reason)s, 'due', %(uid)s::int,
                      now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                 FROM haerun_bill_part
                WHERE counts AND account_id = ANY(%(accounts)s)
                  AND year = ANY(%(years)s)
               ON CONFLICT (account_id, year) WHERE state = 'due' DO NOTHING""",
            {
                "reason": reason,
                "uid": self.env.uid,
                "accounts": accounts.ids,
                "years": sorted(years),
            },
        )
        self.invalidate_model()

    @api.model
    def _cron_rerate(self):
        """Scheduled action: make anew what was put right, a hundred accounts a time."""
        due = self.search([("state", "=", "due")], order="id", limit=5000)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for start in range(0, len(due), 100):
            found = due[start : start + 100]
            found._rerate()
            if not cron._commit_progress(len(found)):
                break

    def _rerate(self):
        """Reverse and make anew the bills of these years that would be others."""
        for (unit, year), found in self.grouped(
            lambda one: (one.account_id.unit_id, one.year)
        ).items():
            found._rerate_year(unit, year)

    def _rerate_year(self, unit, year):
        self._stage_charges(year)
        changed = self._changed_bills(year)
        if not changed:
            self.write({"state": "same", "done_at": fields.Datetime.now()})
            return
        bills = self.env["haerun.water.bill"]
        old = bills.browse([bill for bill, _account in changed])
        before = old.sudo().grouped("account_id")
        posting = self.env["haerun.posting"]._open(
            "correction",
            unit,
            self.env._("Rated anew: %s", year),
            fields.Date.context_today(self),
        )
        due = {bill.account_id.id: bill.due_on for bill in old}
        self._keep_changed(old.ids)
        old._reverse(self.env._("Rated anew: %s", self[0].reason), posting=posting)
        new = self._make_anew(old)
        new._issue(posting, max(due.values()))
        posting._post()
        for one in self:
            was = before.get(one.account_id, bills)
            made = new.filtered(lambda bill, of=one: bill.account_id == of.account_id)
            difference = sum(made.mapped("amount")) - sum(was.mapped("amount"))
            one.write(
                {
                    "state": "done" if was else "same",
                    "done_at": fields.Datetime.now(),
                    "bill_count": len(made),
                    "difference": round(difference, 2),
                    "posting_id": posting.id if was else False,
                }
            )

    # ------------------------------------------------------------ steps
    def _stage_charges(self, year):
        """What the issued bills of the year, and of those after it, were charged for.

        A bill across the new year stands at the beginning of the next one's counter.
        """
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("DROP TABLE IF EXISTS pg_temp.haerun_rerated_charge")
        cr.execute(
            """CREATE TEMP TABLE haerun_rerated_charge ON COMMIT DROP AS
               SELECT part.bill_id, part.account_id, part.reading_id, bill.period,
                      min(part.id) AS seq, min(part.date_from) - 1 AS date_from,
                      max(part.date_to) AS date_to, sum(part.volume) AS volume
                 FROM haerun_bill_part AS part
                 JOIN haerun_water_bill AS bill ON bill.id = part.bill_id
                WHERE part.counts AND bill.state = 'issued'
                  AND part.bill_id IN (
                      SELECT bill_id FROM haerun_bill_part
                       WHERE counts AND year >= %(year)s
                         AND account_id = ANY(%(accounts)s))
                GROUP BY part.bill_id, part.account_id, part.reading_id, bill.period""",
            {"year": year, "accounts": self.account_id.ids},
        )
        cr.execute("ANALYZE haerun_rerated_charge")

    def _changed_bills(self, year):
        """From the first bill of each account that would be another.

        :return: rows ``(bill id, account id)`` in the order in which they count
        """
        today = fields.Date.context_today(self)
        lines = rating.lines(
            rating.counted(
                rating.pieces(
                    SQL(
                        "SELECT ord, account_id, date_from, date_to, volume"
                        " FROM (%s) AS charge",
                        CHARGES,
                    )
                ),
                # where the counters would stand without these bills
                SQL(
                    """(SELECT counter.account_id, counter.tariff_id, counter.year,
                               counter.used - coalesce(sum(part.volume), 0) AS used
                          FROM haerun_tariff_counter AS counter
                          JOIN (SELECT DISTINCT account_id
                                  FROM haerun_rerated_charge) AS one
                         USING (account_id)
                          LEFT JOIN haerun_bill_part AS part
                            ON part.account_id = counter.account_id AND part.counts
                           AND part.tariff_id = counter.tariff_id
                           AND part.year = counter.year
                           AND part.bill_id IN (
                               SELECT bill_id FROM haerun_rerated_charge)
                         GROUP BY counter.id)"""
                ),
            ),
            self.env["haerun.tariff"].sudo()._limits(year - 1, today.year + 1),
        )
        self.env.cr.execute(
            SQL(
                """WITH then_line AS MATERIALIZED (
                       SELECT charge.bill_id, line.year, line.version_id, line.tier_id,
                              line.component_id, sum(line.quantity) AS quantity,
                              sum(line.amount) AS amount
                         FROM (%(lines)s) AS line
                         JOIN (%(charges)s) AS charge USING (ord)
                        GROUP BY 1, 2, 3, 4, 5),
                   now_line AS (
                       SELECT line.bill_id, part.year, line.version_id, line.tier_id,
                              line.component_id, sum(line.quantity) AS quantity,
                              sum(line.amount) AS amount
                         FROM haerun_bill_line AS line
                         JOIN haerun_bill_part AS part ON part.id = line.part_id
                        WHERE line.bill_id IN (
                              SELECT bill_id FROM haerun_rerated_charge)
                        GROUP BY 1, 2, 3, 4, 5),
                   odd AS (
                       SELECT DISTINCT bill_id
                         FROM then_line FULL JOIN now_line
                        USING (bill_id, year, version_id, tier_id, component_id)
                        WHERE then_line.amount IS DISTINCT FROM now_line.amount
                           OR then_line.quantity IS DISTINCT FROM now_line.quantity),
                   turn AS (
                       SELECT bill_id, account_id, min(ord) AS ord
                         FROM (%(charges)s) AS charge GROUP BY bill_id, account_id),
                   first AS (
                       SELECT turn.account_id, min(turn.ord) AS ord
                         FROM turn JOIN odd USING (bill_id)
                        GROUP BY turn.account_id)
                   SELECT turn.bill_id, turn.account_id
                     FROM turn JOIN first USING (account_id)
                    WHERE turn.ord >= first.ord ORDER BY turn.ord""",
                lines=lines,
                charges=CHARGES,
            )
        )
        return self.env.cr.fetchall()

    def _keep_changed(self, bills):
        """Fix what is to be charged before the old bills are reversed."""
        cr = self.env.cr
        cr.execute("DROP TABLE IF EXISTS pg_temp.haerun_rerated")
        cr.execute(
            SQL(
                """CREATE TEMP TABLE haerun_rerated ON COMMIT DROP AS
                   SELECT charge.*, bill.unit_id, bill.book_id, bill.reader_id,
                          bill.use_class, bill.provisional, found.reading_ids
                     FROM (%s) AS charge
                     JOIN haerun_water_bill AS bill ON bill.id = charge.bill_id
                    CROSS JOIN LATERAL (
                          SELECT array_agg(billed.reading_id) AS reading_ids
                            FROM haerun_bill_reading AS billed
                           WHERE billed.bill_id = bill.id AND NOT billed.released
                             AND billed.reading_id = charge.reading_id
                          ) AS found
                    WHERE charge.bill_id = ANY(%s)""",
                CHARGES,
                bills,
            )
        )

    def _make_anew(self, old):
        """Rate what was kept, a period after the other, as it counts."""
        bills = self.env["haerun.water.bill"]
        made = bills
        for period in sorted(set(old.mapped("period"))):
            source = SQL(
                """(SELECT ord, account_id, reading_id,
                          coalesce(reading_ids, '{}') AS reading_ids, date_from,
                          date_to, volume, unit_id, book_id, reader_id, use_class,
                          provisional
                     FROM haerun_rerated WHERE period = %s) AS src""",
                period,
            )
            made += bills.browse(bills._rate_charges(source, period=period)["ids"])
        # a person has put right what they follow from: nothing is to be looked at
        made.filtered(lambda bill: bill.state == "held").write(
            {"state": "rated", "hold_note": self[0].reason}
        )
        return made

    @api.model
    def _years_between(self, first, last):
        """Years from one day to another, this year at most."""
        today = fields.Date.context_today(self)
        return set(range(first.year, min(last or today, today).year + 1))
