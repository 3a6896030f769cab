from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.sentence import joined
from ...tools.state import choices
from .haerun_hookup_design import HOW

#: what is recorded of the unit that a customer chooses
CHOICE = ("unit_name", "qualification_no", "qualification_until")


class HookupProject(models.Model):
    """Design by the customer's own unit: chosen, then finished (R23, R24)."""

    _inherit = "haerun.hookup.project"

    design_ids = fields.One2many(
        "haerun.hookup.design", "project_id", string="Design Units", copy=False
    )
    design_id = fields.Many2one(
        "haerun.hookup.design",
        string="Design Unit",
        compute="_compute_design_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        ondelete="set null",
        help="Chosen by the customer, never by us.",
    )

    @api.depends("design_ids")
    def _compute_design_id(self):
        for project in self:
            project.design_id = project.design_ids.sorted("id")[-1:]

    # ----------------------------------------------------------- action
    def action_choose_design(self):
        """Record which design unit the customer has chosen (R23)."""
        self.ensure_one()
        self.check_access("write")
        self._check_choice()
        return self._design_window(
            "haerun.hookup.design.choice", self.env._("The Customer's Design Unit")
        )

    def action_finish_design(self):
        """Record the customer's notice that the design is finished (R24)."""
        self.ensure_one()
        self.check_access("write")
        self._check_level("design_finished")
        self._refuse_step(
            "design_finished",
            [
                *self._gate_open(),
                *self._gate_no_round(),
                *self._gate_design_order(),
                *self._gate_design_unit(),
            ],
        )
        return self._design_window(
            "haerun.hookup.design.finish", self.env._("Design-Finished Notice")
        )

    def _design_window(self, model, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_project_id": self.id},
        }

    # ------------------------------------------------------------ gates
    def _gate_design_finished(self):
        """A unit of the customer's choice, qualified today, and its drawings (R24).

        How many drawings come with the notice stands in the context: they are its
        part, not the project's.
        """
        missing = self._gate_design_unit()
        if not self.env.context.get("haerun_drawings"):
            missing.append(self.env._("no drawing is attached, attach the drawings"))
        return missing

    def _gate_design_unit(self):
        # sudo: the register is no secret to who may read the project
        design = self.sudo().design_id
        if not design:
            return [
                self.env._(
                    "the customer has not chosen a design unit, record the choice"
                )
            ]
        return design.unit_id._missing_qualification(self.env.company._haerun_today())

    def _gate_design_order(self):
        """Reached once the plan is with the customer; also without a design step."""
        if self._next_code() == self._design_step():
            return []
        return self._gate_order("design_finished")

    def _gate_no_round(self):
        review = self.review_id
        if review.state != "open":
            return []
        return [
            self.env._("round %s of the review is not concluded yet", review.number)
        ]

    def _design_step(self):
        """The step that the customer's notice leads to.

        Without a design step of its own, the notice opens the review all the same.
        """
        return "design_finished" if self.goes_design else "review_passed"

    def _check_choice(self):
        """:raise UserError: unless the plan is with the customer, drawings not in"""
        self._check_level("design_finished")
        missing = self._gate_open()
        if not missing and not (self.goes_design or self.goes_review):
            missing = [self.env._("its service type needs no design")]
        if not missing:
            missing = self._gate_no_round() or self._gate_design_order()
        if missing:
            raise UserError(
                self.env._(
                    "%(project)s: no design unit can be recorded now: %(missing)s.",
                    project=self.display_name,
                    missing=joined(self.env, missing),
                )
            )

    # --------------------------------------------------------- business
    def _choose_design(self, vals, how):
        """Record the customer's own choice of a design unit (R23).

        :param vals: ``unit_name``, ``qualification_no``, ``qualification_grade``,
            ``qualification_until`` (date or its ISO text), ``contact_name``,
            ``contact_phone`` and, where given, ``unit_id`` (of the register, instead
            of a name), ``note``, ``attachment_ids`` (files or their ids)
        :param how: ``page``, ``written`` or ``told``
        :return: ``haerun.hookup.design``
        :raise UserError: one sentence that says what is missing
        """
        self.ensure_one()
        self.check_access("write")
        self._check_choice()
        vals = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in vals.items()
        }
        papers = self.env["haerun.hookup.design"]._given_papers(
            vals.get("attachment_ids")
        )
        unit = self._chosen_unit(vals, how)
        # sudo: a choice is recorded here alone, rights were checked above
        design = (
            self.env["haerun.hookup.design"]
            .sudo()
            .create(
                {
                    "project_id": self.id,
                    "unit_id": unit.id,
                    "unit_name": unit.name,
                    "qualification_no": vals["qualification_no"],
                    "qualification_grade": vals.get("qualification_grade"),
                    "qualification_until": vals["qualification_until"],
                    "contact_name": vals.get("contact_name") or unit.contact_name,
                    "phone": vals.get("contact_phone") or unit.phone_plain,
                    "how": how,
                    "note": vals.get("note"),
                    "attachment_ids": [Command.set(papers.ids)],
                    "chosen_at": fields.Datetime.now(),
                    "recorded_by_id": self.env.uid,
                    "recorded_for_id": self._on_behalf().id,
                }
            )
        )
        self.sudo().message_post(
            body=self.env._(
                "The customer has chosen %(unit)s for the design (%(how)s).",
                unit=unit.name,
                how=choices(design, "how")[how],
            ),
            author_id=self.env.user.partner_id.id,
        )
        return design.with_env(self.env)

    def _chosen_unit(self, vals, how):
        """The unit of the register, found or entered; completes ``vals`` from it.

        A unit that is known keeps what the register says when the customer's page
        says otherwise; what a representative was shown renews it.
        """
        # sudo: a customer may name a unit, nobody else's right is touched
        units = self.env["haerun.external.unit"].sudo()
        unit = units.browse(vals.get("unit_id"))
        if unit and unit.kind != "design":
            raise UserError(
                self.env._("%s is no design unit: choose another.", unit.display_name)
            )
        unit = unit or units._find("design", vals.get("unit_name"))
        if unit:
            vals["unit_name"] = unit.name
        for name in ("qualification_no", "qualification_grade", "qualification_until"):
            vals[name] = vals.get(name) or (unit and unit[name]) or False
        self._check_choice_complete(vals, how)
        told = {
            name: vals[name]
            for name in ("qualification_no", "qualification_grade")
            if vals[name]
        }
        told["qualification_until"] = vals["qualification_until"]
        if not unit:
            return units.create(
                {
                    "kind": "design",
                    "name": vals["unit_name"],
                    "contact_name": vals.get("contact_name"),
                    "phone": vals.get("contact_phone"),
                    **told,
                }
            )
        known = unit.qualification_until
        if not known or (how != "page" and known < vals["qualification_until"]):
            unit.write(told)
        if not unit.active:
            unit.active = True
        return unit

    def _check_choice_complete(self, vals, how):
        """:raise UserError: when the choice lacks what R23 wants recorded"""
        if how not in dict(HOW):
            raise UserError(self.env._("Say how the customer told the choice."))
        if isinstance(vals["qualification_until"], str):
            try:
                vals["qualification_until"] = fields.Date.to_date(
                    vals["qualification_until"]
                )
            except ValueError as error:
                raise UserError(
                    self.env._(
                        "%s is no date: give the day until which the qualification "
                        "is valid.",
                        vals["qualification_until"],
                    )
                ) from error
        design = self.env["haerun.hookup.design"]
        lacking = [
            design._fields[name]._description_string(self.env)
            for name in CHOICE
            if not vals.get(name)
        ]
        if lacking:
            raise UserError(
                self.env._(
                    "%(project)s: of the customer's design unit this is still "
                    "missing: %(fields)s.",
                    project=self.display_name,
                    fields="、".join(lacking),
                )
            )

    def _finish_design(self, note, attachments, how):
        """The customer's design-finished notice: it starts a review round (R24).

        :param note: text of the notice, may be empty
        :param attachments: the drawings, ``ir.attachment`` or their ids
        :param how: ``page``, ``written`` or ``told``
        :return: the ``haerun.hookup.review`` round, empty when the service type
            has no review
        :raise UserError: one sentence that says what is missing
        """
        self.ensure_one()
        self.check_access("write")
        if how not in dict(HOW):
            raise UserError(self.env._("Say how the customer gave the notice."))
        drawings = self.env["haerun.hookup.review"]._given_papers(attachments)
        asked = self.with_context(haerun_drawings=len(drawings))
        if self.goes_design:
            asked._check_gate("design_finished")
        else:
            self._check_level("design_finished")
            self._refuse_step(
                "design_finished",
                [
                    *self._gate_open(),
                    *self._gate_no_round(),
                    *self._gate_design_order(),
                    *asked._gate_design_finished(),
                ],
            )
        if not self.goes_review:
            self.message_post(
                body=self.env._("Design finished: %s", note or ""),
                attachment_ids=drawings.ids,
            )
            self._advance("design_finished")
            return self.env["haerun.hookup.review"]
        review = self._open_round(drawings, note, how)
        if self.goes_design:
            self._advance("design_finished")
        else:
            self._reach("design_finished")
        return review
