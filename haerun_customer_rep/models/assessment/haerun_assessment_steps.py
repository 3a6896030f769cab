import hashlib
import json

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.window import verdict

#: working days of each stage, as system parameters; practice, to be confirmed by CSD
STAGES = {"stated_until": 3, "reviewed_until": 6, "confirmed_until": 9}
APPEAL_DAYS = 5
PARAMETER = "haerun_customer_rep.assessment_%s_days"


class HaerunAssessment(models.Model):
    """The stages that a period goes through, and what is locked at the end."""

    _inherit = "haerun.assessment"

    def action_to_review(self):
        """Statements are closed: the heads of the units review."""
        return self._move("stating", "reviewing")

    def action_to_confirm(self):
        """Units have reviewed: CSD looks at every sheet.

        :raise UserError: while a unit has not
        """
        for one in self:
            one._check_runs()
            one._check_all(
                "reviewed_at", self.env._("still to be reviewed by their unit")
            )
        return self._move("reviewing", "confirming")

    def action_publish(self):
        """Lock and publish (CSD's head, or the rules administrator).

        :raise UserError: while a sheet is not confirmed or an appeal is open
        """
        for one in self:
            one._check_publishes()
            one._check_state("confirming")
            one._check_all("confirmed_at", self.env._("still to be confirmed by CSD"))
            if one.appeal_count:
                raise UserError(
                    self.env._(
                        "%(round)s has %(count)s open appeals: decide them first.",
                        round=one.name,
                        count=one.appeal_count,
                    )
                )
        for one in self.sudo():  # locked by this method alone
            one._place()
            one.freeze_ids._pin()
            now = fields.Datetime.now()
            one.sheet_ids.write({"state": "published"})
            one.write(
                {
                    "state": "published",
                    "published_at": now,
                    "published_by_id": self.env.uid,
                    "appeals_until": one._days_on(now, "appeal", APPEAL_DAYS),
                    "seal": one._seal(),
                }
            )
            one._tell_published()
        return True

    def action_verify(self):
        """Work the published period out again and compare it to the cent.

        :raise UserError: before it is published
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("published")
        # what a user was shown of lists is not all that there is
        self.env.invalidate_all()
        plain = self.sudo()  # what others scored is compared, not shown
        facts = all(one.digest == one._digest() for one in plain.freeze_ids)
        wrong = plain._differences() if facts else []
        whole = facts and not wrong and plain.seal == plain._seal()
        if whole:
            message = self.env._("Worked out again from its facts: the same.")
        elif not facts:
            message = self.env._("The facts are not those that were assessed.")
        else:
            message = self.env._(
                "Not the same: %s", "、".join(wrong[:5]) or self.env._("the seal")
            )
        return verdict(whole, message, sticky=not whole)

    # --------------------------------------------------------- business
    def _move(self, before, after):
        for one in self:
            one._check_runs()
            one._check_state(before)
        self.sudo().write({"state": after})  # by these methods alone
        for one in self:
            one._tell_stage()
        return True

    def _check_publishes(self):
        """:raise AccessError: unless the user leads CSD or sets the rules"""
        user = self.env.user
        leads = any(
            unit.haerun_complete_level == "csd" for unit in user.haerun_managed_unit_ids
        )
        if not (
            self.env.su
            or leads
            or user.has_group("haerun_customer_rep.group_rules_admin")
        ):
            raise AccessError(
                self.env._(
                    "%s is published by the head of the Customer Service Department.",
                    self[:1].name,
                )
            )

    def _check_untouched(self):
        """:raise UserError: once somebody has written on a sheet of this period"""
        # sudo: whoever wrote it
        touched = self.sudo().sheet_ids.filtered(
            lambda sheet: sheet.stated_at or sheet.reviewed_at or sheet.adjustment_ids
        )
        if touched:
            raise UserError(
                self.env._(
                    "“%s” has been written on already: what is computed now stays. "
                    "Correct it by an adjustment.",
                    touched[0].display_name,
                )
            )

    def _check_all(self, name, lacking):
        """:raise UserError: names the first sheet in which ``name`` is empty"""
        # sudo: whoever may see it
        missing = self.sudo().sheet_ids.filtered(
            lambda sheet: sheet.has_score and not sheet[name]
        )
        if missing:
            raise UserError(
                self.env._(
                    "%(round)s: %(count)s sheets are %(lacking)s, the first is "
                    "“%(sheet)s”.",
                    round=self.name,
                    count=len(missing),
                    lacking=lacking,
                    sheet=missing[0].display_name,
                )
            )

    def _days_on(self, moment, stage, default):
        """The end of the working day so many days after ``moment`` (naive UTC)."""
        # sudo: a parameter that CSD sets
        days = self.env["ir.config_parameter"].sudo().get_param(PARAMETER % stage)
        return self.env["haerun.workday"].plan(
            moment, float(days or default), "work_day"
        )

    def _deadlines(self):
        now = fields.Datetime.now()
        return {
            name: self._days_on(now, name.removesuffix("_until"), default)
            for name, default in STAGES.items()
        }

    def _seal(self):
        """SHA-256 over scores, lines, adjustments and amounts of this period."""
        rows = [sheet._sealed() for sheet in self.sheet_ids.sorted("id")]
        text = json.dumps(
            [self.period, str(self.date_from), self.freeze_ids.mapped("digest"), rows],
            ensure_ascii=False,
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def _differences(self):
        """Names of the sheets that come out otherwise than they were published.

        Everything is worked out again from the frozen facts and from the aims kept
        on the lines, not from indicators that may have new versions since.
        """
        posts, units = self._sums(self.freeze_ids)
        return [
            sheet.display_name
            for sheet in self.sheet_ids
            if sheet._differs(
                (posts if sheet.kind == "post" else units).get(sheet._about(), {})
            )
        ]
