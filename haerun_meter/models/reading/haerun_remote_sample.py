import math
import random

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STATES = [
    ("open", "To look at"),
    ("passed", "Passed"),
    ("failed", "Not passed"),
]
#: a sample of a small site is no share but so many meters
LEAST = 5


class RemoteSample(models.Model):
    """抽检: some meters of a site are compared on site, and their result holds for all.

    Holding back six hundred new households until each was seen would stop work. The
    system draws who is looked at, so that nobody takes the easy ones. One that does
    not agree fails the sample; the next one of these meters is twice as large (R54).
    """

    _name = "haerun.remote.sample"
    _description = "Sample of Remote Meters"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "id desc"

    name = fields.Char(required=True)
    state = fields.Selection(STATES, required=True, default="open", index=True)
    covered_count = fields.Integer(string="Meters Covered", aggregator=None)
    drawn_count = fields.Integer(string="Drawn", aggregator=None)
    seen_count = fields.Integer(string="Compared", compute="_compute_seen_count")
    line_ids = fields.One2many("haerun.remote.sample.line", "sample_id")
    drawn_line_ids = fields.One2many(
        "haerun.remote.sample.line",
        "sample_id",
        string="To Look At",
        domain=[("drawn", "=", True)],
    )
    drawn_by_id = fields.Many2one("res.users", string="Drawn By", required=True)
    drawn_at = fields.Datetime(required=True)
    decided_at = fields.Datetime()

    @api.depends("line_ids.verification_id")
    def _compute_seen_count(self):
        counts = dict(
            self.env["haerun.remote.sample.line"]._read_group(
                [("sample_id", "in", self.ids), ("verification_id", "!=", False)],
                ["sample_id"],
                ["__count"],
            )
        )
        for sample in self:
            sample.seen_count = counts.get(sample, 0)

    @api.model
    def _draw(self, installations, name):
        """Draw which of these meters are looked at on site.

        :param installations: haerun.meter.installation that hang and are remote
        :return: the sample
        :raise UserError: when one is in an open sample already, or of another branch
        """
        taken = self.env["haerun.remote.sample.line"].search(
            [
                ("installation_id", "in", installations.ids),
                ("sample_id.state", "=", "open"),
            ],
            limit=1,
        )
        if taken:
            raise UserError(
                self.env._(
                    "Meter %(meter)s is in the sample “%(sample)s” already: finish "
                    "that one first.",
                    meter=taken.installation_id.meter_id.number,
                    sample=taken.sample_id.name,
                )
            )
        if len(installations.account_id.unit_id) > 1:
            raise UserError(
                self.env._("A sample is of one branch: choose meters of one branch.")
            )
        count = self._size(installations)
        drawn = set(random.SystemRandom().sample(installations.ids, count))
        # sudo: samples are written by these methods alone
        return (
            self.sudo()
            .create(
                {
                    "name": name,
                    "unit_id": installations.account_id.unit_id.id,
                    "covered_count": len(installations),
                    "drawn_count": count,
                    "drawn_by_id": self.env.uid,
                    "drawn_at": fields.Datetime.now(),
                    "line_ids": [
                        fields.Command.create(
                            {"installation_id": res_id, "drawn": res_id in drawn}
                        )
                        for res_id in installations.ids
                    ],
                }
            )
            .with_env(self.env)
        )

    @api.model
    def _size(self, installations):
        """How many are drawn: the rule's share, doubled after each failed sample."""
        rule = self.env.ref("haerun_meter.rule_unverified").sudo()
        share = rule.limit_ids[:1].share or 1
        lines = self.env["haerun.remote.sample.line"].sudo()
        failed = lines.search(
            [
                ("installation_id", "in", installations.ids),
                ("sample_id.state", "=", "failed"),
            ]
        ).sample_id
        count = max(LEAST, math.ceil(len(installations) * share)) * 2 ** len(failed)
        return min(count, len(installations))

    @api.model
    def _settle_lines(self, verifications):
        """Drawn meters have been compared: decide the samples that are complete."""
        lines = self.env["haerun.remote.sample.line"].search(
            [
                ("installation_id", "in", verifications.installation_id.ids),
                ("drawn", "=", True),
                ("sample_id.state", "=", "open"),
            ]
        )
        newest = {one.installation_id: one for one in verifications}
        for line in lines:
            line.verification_id = newest[line.installation_id]
        for sample in lines.sample_id:
            seen = sample.drawn_line_ids.verification_id
            if "failed" in seen.mapped("verdict"):
                sample._decide("failed")
            elif len(seen) == sample.drawn_count:
                sample._decide("passed")

    def _decide(self, state):
        self.write({"state": state, "decided_at": fields.Datetime.now()})
        if state == "passed":
            self._let_count()

    def _let_count(self):
        """All meters of the sample count as verified, but for those that failed."""
        until = min(self.drawn_line_ids.verification_id.mapped("valid_until"))
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE haerun_meter_installation AS h
                      SET verified_until = greatest(h.verified_until, %s)
                     FROM haerun_remote_sample_line AS line
                    WHERE line.sample_id = %s AND h.id = line.installation_id
                      AND h.date_to IS NULL AND NOT coalesce(h.remote_failed, FALSE)
                   RETURNING h.id""",
                until,
                self.id,
            )
        )
        hung = self.env["haerun.meter.installation"]
        covered = hung.browse([row[0] for row in self.env.cr.fetchall()])
        hung.invalidate_model(["verified_until"])
        self.env["haerun.remote.verification"]._release(covered)
