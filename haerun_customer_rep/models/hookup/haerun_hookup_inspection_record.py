from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools.inspection import JOINED, STEP
from ...tools.window import open_form


class HookupInspection(models.Model):
    """On site: concluded, made again, joined by the branch (R12, R30)."""

    _inherit = "haerun.hookup.inspection"

    # ----------------------------------------------------------- action
    def action_pass(self):
        """All is in order: the inspection has passed (R12, R27, R32).

        :raise UserError: when a check point is unanswered or not in order, or no
            photo was taken
        """
        self.ensure_one()
        self._check_conclude()
        self._check_complete(self._missing_to_pass())
        self._conclude("passed")
        return True

    def action_fail(self):
        """Something is not in order: it stays as evidence and is made again."""
        self.ensure_one()
        self._check_conclude()
        self._check_complete(self._missing_to_fail())
        self._conclude("failed")
        self.project_id._set_back()
        return True

    def action_reinspect(self):
        """Inspect again what did not pass; opens the new record."""
        self.ensure_one()
        self._check_conclude_right()
        if self.state != "failed" or not self.standing:
            raise UserError(
                self.env._(
                    "%s: only what did not pass, and is not inspected again yet, is "
                    "inspected again.",
                    self.display_name,
                )
            )
        # sudo: what a re-inspection belongs to is set by the system alone
        again = self.sudo().create(
            {
                "project_id": self.project_id.id,
                "item_id": self.item_id.id,
                "kind": self.kind,
                "name": self.name,
                "sequence": self.sequence,
                "required": self.required,
                "place": self.place,
                "participants": self.participants,
                "previous_id": self.id,
                "branch_invited_at": self.branch_invited_at,
                "point_ids": [
                    Command.create(
                        {"name": p.name, "sequence": p.sequence, "laid": p.laid}
                    )
                    for p in self.point_ids
                ],
            }
        )
        return open_form(self._name, again.id)

    def action_next(self):
        """Open the next inspection of this stage, or the project when none is left."""
        self.ensure_one()
        self.check_access("read")
        following = self.next_open_id or self.project_id
        return open_form(following._name, following.id)

    def action_raise(self):
        """Raise a rectification opinion for each check point that is not in order.

        :return: the action that opens them
        :raise AccessError: when the user neither works on the project nor is its
            branch representative (R30)
        """
        self.ensure_one()
        self.check_access("read")
        opinions = self.env["haerun.hookup.rectification"]
        self.project_id._check_may_raise()
        if self.state != "failed":
            raise UserError(
                self.env._(
                    "%s: opinions are raised from an inspection that did not pass.",
                    self.display_name,
                )
            )
        raised = self.sudo().rectification_ids.point_id
        points = self.point_ids.filtered(lambda p: p.result == "failed") - raised
        texts = [
            (
                p,
                f"{p.name}：{p.note}"
                if p.note
                else self.env._("%s: not in order", p.name),
            )
            for p in points
        ]
        if not texts and not self.sudo().rectification_ids:
            texts = [(self.env["haerun.inspection.point"], self.remark)]
        for point, text in texts:
            opinions.create(
                {
                    "project_id": self.project_id.id,
                    "inspection_id": self.id,
                    "point_id": point.id,
                    "opinion": text,
                    "responsible": self.participants,
                    "photo_ids": self._copies_of_photos(self.photo_ids),
                }
            )
        return self.action_open_rectifications()

    def action_open_rectifications(self):
        """Open the opinions that this inspection led to."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rectification Opinions"),
            "res_model": "haerun.hookup.rectification",
            "views": [(False, "kanban"), (False, "list"), (False, "form")],
            "domain": [("inspection_id", "=", self.id)],
        }

    # --------------------------------------------------- branch (R30)
    def action_join(self):
        """The branch's representative takes part; noted with the server's time (R30).

        :raise AccessError: when the user is not the branch's representative
        """
        now = fields.Datetime.now()
        for line in self:
            line.check_access("read")
            project = line.project_id
            if not project._is_branch_user():
                raise AccessError(
                    self.env._(
                        "%(line)s: that the branch takes part is noted by its "
                        "representative %(name)s.",
                        line=line.display_name,
                        name=project.sudo().branch_rep_id.display_name
                        or self.env._("(none)"),
                    )
                )
            line._check_joinable()
            if line.branch_joined_at:
                continue
            # sudo: he reads the project and may not write it
            line.sudo().write(
                {
                    "branch_joined_at": now,
                    "branch_joined_by_id": self.env.uid,
                    "branch_joined_for_id": project._branch_on_behalf().id,
                }
            )
        return True

    def action_invite_branch(self):
        """Tell the branch's representative when the works are accepted (R30)."""
        self.check_access("write")
        for line in self:
            line._check_joinable()
        for project, lines in self.grouped("project_id").items():
            project._invite_branch(lines)
        return True

    def action_note_absence(self):
        """Ask why the branch's representative, who was invited, did not come."""
        self.check_access("write")
        return self.env["haerun.inspection.reason"]._ask("absence", self)

    def action_drop(self):
        """Ask why a line that somebody added is not to be inspected after all."""
        self.check_access("write")
        return self.env["haerun.inspection.reason"]._ask("drop", self)

    def _note_absence(self, reason):
        """:raise UserError: when the branch was not invited, or took part"""
        self.check_access("write")
        for line in self:
            line._check_joinable()
            line.project_id._check_level(STEP[line.kind])
            if line.branch_joined_at or not line.branch_invited_at:
                raise UserError(
                    self.env._("%s: the branch took part.", line.display_name)
                    if line.branch_joined_at
                    else self.env._(
                        "%s: invite the branch's representative before you note that "
                        "he did not come.",
                        line.display_name,
                    )
                )
        self.sudo().write(
            {"branch_absence": reason, "branch_absence_by_id": self.env.uid}
        )

    def _drop(self, reason):
        """An added line is void; what the template asks for is never dropped."""
        self.check_access("write")
        self._check_open()
        for line in self:
            line._check_conclude_right()
            if line.item_id or line.previous_id:
                raise UserError(
                    self.env._(
                        "%s belongs to what must be inspected and stays.",
                        line.display_name,
                    )
                )
        self._void(reason)

    def _void(self, reason):
        """These no longer hold; the record stays."""
        # sudo: that a line is void is set by the system alone
        self.sudo().write({"voided_at": fields.Datetime.now(), "void_reason": reason})

    # ----------------------------------------------------------- checks
    def _check_conclude_right(self):
        """:raise AccessError: when his post does not act on this stage (R4)"""
        self.ensure_one()
        self.check_access("write")
        self.project_id._check_level(STEP[self.kind])
        self._check_stage()

    def _check_conclude(self):
        self._check_conclude_right()
        self._check_open()

    def _check_stage(self):
        """A kind is inspected while the project is on the way to its step."""
        self.ensure_one()
        step = STEP[self.kind]
        project = self.project_id
        missing = project._gate_open() or project._gate_order(step)
        if missing:
            raise UserError(
                self.env._(
                    "%(line)s of %(project)s cannot be inspected now: %(missing)s.",
                    line=self.name,
                    project=project.display_name,
                    missing=missing[0],
                )
            )

    def _check_joinable(self):
        self.ensure_one()
        if self.kind not in JOINED:
            raise UserError(
                self.env._(
                    "%s is a construction node: the branch joins the acceptance of "
                    "sub-items and meters.",
                    self.display_name,
                )
            )
        if not self.sudo().standing:
            raise UserError(
                self.env._(
                    "%s is no longer what counts: open the newest one.",
                    self.display_name,
                )
            )
        self._check_stage()

    def _missing_to_pass(self):
        missing = []
        bad = self.point_ids.filtered(lambda p: p.result == "failed")
        unanswered = self.point_ids.filtered(lambda p: not p.result)
        if bad:
            missing.append(
                self.env._("%s is not in order, so it has not passed", bad[0].name)
            )
        if unanswered:
            missing.append(
                self.env._(
                    "answer the check points (%s)",
                    self.project_id._some(unanswered.mapped("name")),
                )
            )
        return missing + self._missing_photo()

    def _missing_to_fail(self):
        missing = []
        bad = self.point_ids.filtered(lambda p: p.result == "failed")
        if not bad and not (self.remark or "").strip():
            missing.append(
                self.env._(
                    "mark the check point that is not in order, or write it in the "
                    "remark"
                )
            )
        return missing + self._missing_photo()

    def _missing_photo(self):
        return [] if self.photo_ids else [self.env._("take a photo")]

    def _check_complete(self, missing):
        if missing:
            raise UserError(
                self.env._(
                    "%(line)s cannot be concluded: %(missing)s.",
                    line=self.display_name,
                    missing="；".join(missing)
                    if self.env.lang == "zh_CN"
                    else "; ".join(missing),
                )
            )

    def _conclude(self, state):
        # sudo: result, time and author are set by the system alone
        self.sudo().write(
            {
                "state": state,
                "inspected_at": fields.Datetime.now(),
                "inspected_by_id": self.env.uid,
                "inspected_for_id": self.project_id._on_behalf().id,
            }
        )
