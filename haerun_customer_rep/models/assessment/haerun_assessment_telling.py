from odoo import api, fields, models


class HaerunAssessment(models.Model):
    """Who is told of a period, and who is urged when a stage takes too long."""

    _inherit = "haerun.assessment"

    @api.model
    def _cron_press(self):
        """Scheduled action, on working days: no stage is forgotten (R42).

        Statements that nobody has closed are closed when their time is over; who has
        still to review or to confirm is urged every working day.
        """
        today = self.env.company._haerun_today()
        if not self.env["haerun.workday"]._is_worked(today):
            return
        now = fields.Datetime.now()
        # sudo: the system presses, whoever has forgotten
        rounds = self.sudo()
        rounds.search(
            [("state", "=", "stating"), ("stated_until", "<", now)]
        ).action_to_review()
        for one in rounds.search(
            [("state", "=", "reviewing"), ("reviewed_until", "<", now)]
        ):
            sheets = one._waiting("reviewed_at")
            one._urge(
                sheets.reviewer_id,
                self.env._("%s: review the sheets of your unit", one.name),
            )
        for one in rounds.search(
            [("state", "=", "confirming"), ("confirmed_until", "<", now)]
        ):
            one._urge(
                one._confirmers(one._waiting("confirmed_at")),
                self.env._("%s: confirm the sheets of your class", one.name),
            )

    def _waiting(self, name):
        """The sheets with a score of which a stage is still empty."""
        return self.sheet_ids.filtered(
            lambda sheet: sheet.has_score and not sheet[name]
        )

    def _confirmers(self, sheets):
        """The coordinators in CSD of the classes of some sheets."""
        coordinators = self.env["haerun.escalation.level"]._coordinators
        return self.env["res.users"].union(
            *(coordinators(rep_class) for rep_class in set(sheets.mapped("rep_class")))
        )

    def _urge(self, users, title):
        self._tell(users, title, [self] * len(users), action="urge")

    # ---------------------------------------------------------- telling
    def _tell(self, users, title, records, action="assign"):
        """Put a line into the outbox of some users.

        :param records: sheets, one a user, or this round
        :param action: of ``haerun.push``
        """
        pushes = self.env["haerun.push"].sudo()  # the outbox is nobody's
        pushes.create(
            [
                {
                    "user_id": user.id,
                    "action": action,
                    "res_model": record._name,
                    "res_id": record.id,
                    "title": title,
                }
                for user, record in zip(users, records, strict=True)
                if user.active
            ]
        )

    def _tell_computed(self):
        sheets = self.sheet_ids.filtered(lambda s: s.kind == "post" and s.user_id)
        self._tell(
            [sheet.user_id for sheet in sheets],
            self.env._("%s: see your score and state on it", self.name),
            sheets,
        )

    def _tell_stage(self):
        if self.state == "reviewing":
            heads = self.sudo().sheet_ids.mapped("reviewer_id")
            self._tell(
                heads,
                self.env._("%s: review the sheets of your unit", self.name),
                [self] * len(heads),
            )

    def _tell_published(self):
        sheets = self.sheet_ids.filtered("user_id")
        self._tell(
            [sheet.user_id for sheet in sheets],
            self.env._("%s is published", self.name),
            sheets,
        )
