from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.sentence import joined
from ...tools.window import open_form


class ContactLog(models.Model):
    """What becomes of a contact: done, dropped, followed up, planned anew."""

    _inherit = "haerun.contact.log"

    # ----------------------------------------------------------- action
    def action_done(self):
        """The contact took place; what came of it is written (R7, R10, R26)."""
        self.ensure_one()
        self.check_access("write")
        self._check_planned()
        project = self.project_id
        if self.before_work:
            project.check_access("write")
            project._check_level("construction_filed")
        missing = self._missing_result()
        if missing:
            raise UserError(
                self.env._(
                    "%(contact)s is not complete: %(missing)s.",
                    contact=self.display_name,
                    missing=joined(self.env, missing),
                )
            )
        now = fields.Datetime.now()
        # sudo: state, time and by whom are set by the system alone
        self.sudo().write(
            {
                "state": "done",
                "contact_at": self.contact_at or now,
                "done_at": now,
                "done_by_id": self.env.uid,
                "done_for_id": self._on_behalf().id,
            }
        )
        self._activity_over()
        if self.before_work and not project.ended:
            project._reach("contacted")
        if matter := self._matter():
            matter.with_env(self.env)._contact_made(self)
        if self.mode == "regular":
            self._plan_next()
        return True

    def action_cancel(self):
        """The contact does not take place; the resolution says why."""
        for log in self:
            log.check_access("write")
            log._check_planned()
            if not (log.resolution or "").strip():
                raise UserError(
                    self.env._(
                        "%s: write in the resolution why it is dropped.",
                        log.display_name,
                    )
                )
        # sudo: the state is set by the system alone
        self.sudo().write({"state": "cancelled"})
        self._activity_over()
        return True

    def action_follow_up(self):
        """Another contact, about the point that this one left open."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "done":
            raise UserError(
                self.env._("%s is not done yet: complete it.", self.display_name)
            )
        until = self.open_until or self.env.company._haerun_today()
        follow_up = self._copy_planned(
            planned_at=self._at_morning(until),
            matter=self.open_point or self.matter,
            mode="ad_hoc",
            follows_id=self.id,
        )
        return open_form(self._name, follow_up.id)

    # ------------------------------------------------------------ gates
    def _missing_result(self):
        missing = []
        if not self.how:
            missing.append(self.env._("say how you were in touch"))
        if not (self.resolution or "").strip() and not self.open_point:
            missing.append(
                self.env._("write what was agreed, or what remains open until when")
            )
        return missing

    def _check_planned(self):
        over = self.filtered(lambda log: log.state != "planned")
        if over:
            raise UserError(
                self.env._(
                    "%s is over and stays as it is: write a follow-up.",
                    over[0].display_name,
                )
            )

    # ----------------------------------------------------------- holder
    def _on_behalf(self):
        """The principal for whom the present user acts here, or none."""
        self.ensure_one()
        return self.env["haerun.supervised.mixin"]._principal_of(self)

    @api.model
    def _holder(self, vals):
        """Who is to make the contact: the post that the user acts for (R121).

        :param vals: values of the entry; of its matter's posts his comes first
        :return: values of the holder
        """
        posts = (
            self.env["haerun.representative"]
            .sudo()  # one's own posts
            .search(
                [
                    ("state", "=", "valid"),
                    "|",
                    ("acting_user_id", "=", self.env.uid),
                    ("user_id", "=", self.env.uid),
                ],
                order="rep_class, id",
            )
        )
        on_matter = posts.browse()
        for name in self._matter_fields():
            model = self._fields[name].comodel_name
            # sudo: whose a matter is, is no secret to who may read it
            on_matter |= self.env[model].sudo().browse(vals.get(name))._contact_posts()
        own = posts.filtered(lambda post: post.user_id == self.env.user)
        rep = ((on_matter & posts) or own or posts)[:1]
        user = self.env.user
        return {
            "representative_id": rep.id,
            "owner_user_id": rep.user_id.id or user.id,
            "acting_user_id": rep.acting_user_id.id or user.id,
            "unit_id": rep.unit_id.id or user.employee_id.department_id.id,
        }

    @api.model
    def _follow_acting(self, representatives):
        """Planned contacts follow who acts for these posts now (R121)."""
        logs = self.sudo().search(
            [
                ("representative_id", "in", representatives.ids),
                ("state", "=", "planned"),
            ]
        )
        for rep, group in logs.grouped("representative_id").items():
            before = group.acting_user_id
            group.write({"acting_user_id": rep.acting_user_id.id})
            group.activity_ids.filtered(lambda a, old=before: a.user_id in old).write(
                {"user_id": rep.acting_user_id.id}
            )

    # -------------------------------------------------------- activities
    def _plan_activity(self):
        """A planned contact is a task of who acts, in "My work today"."""
        activity_type = self.env.ref("haerun_customer_rep.mail_activity_contact")
        planned = self.sudo().filtered(
            lambda log: log.state == "planned" and log.planned_at and log.acting_user_id
        )
        planned.activity_ids.filtered(
            lambda a: a.activity_type_id == activity_type
        ).unlink()
        self.env["mail.activity"].sudo().with_context(
            mail_activity_quick_update=True
        ).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": log.id,
                    "user_id": log.acting_user_id.id,
                    "date_deadline": fields.Datetime.context_timestamp(
                        log.with_context(tz="Asia/Shanghai"), log.planned_at
                    ).date(),
                    "summary": log.display_name,
                }
                for log in planned
            ]
        )

    def _activity_over(self):
        # sudo: the task may lie with the principal while the deputy does it
        self.sudo().activity_ids.filtered(
            lambda a: (
                a.activity_type_id
                == self.env.ref("haerun_customer_rep.mail_activity_contact")
            )
        ).unlink()

    # --------------------------------------------------------- plan anew
    def _plan_next(self):
        """Plan the next of a regular contact, in its rhythm and still to come."""
        self.ensure_one()
        step = timedelta(weeks=self.every_weeks)
        at = (self.planned_at or self.contact_at) + step
        while at <= fields.Datetime.now():
            at += step
        return self._copy_planned(planned_at=at, mode="regular")

    def _copy_planned(self, **values):
        """Another planned entry with the same partner and holder."""
        log = self.sudo()  # the holder is set by the system alone
        return log.create(
            {
                "with_whom": log.with_whom,
                "external_unit_id": log.external_unit_id.id,
                "department_id": log.department_id.id,
                **{name: log[name].id for name in self._matter_fields()},
                "matter": log.matter,
                "every_weeks": log.every_weeks,
                **log._present_holder(),
                **values,
            }
        ).with_env(self.env)

    def _present_holder(self):
        """The holder of this entry, as who stands for the post now."""
        rep = self.representative_id
        if not rep or rep.state != "valid":
            return {
                name: self[name].id
                for name in (
                    "representative_id",
                    "owner_user_id",
                    "acting_user_id",
                    "unit_id",
                )
            }
        return {
            "representative_id": rep.id,
            "owner_user_id": rep.user_id.id,
            "acting_user_id": rep.acting_user_id.id,
            "unit_id": rep.unit_id.id,
        }

    def _at_morning(self, day):
        """09:00 of that day on the company's clock, in naive UTC."""
        moment = fields.Datetime.to_datetime(day)
        return fields.Datetime.add(moment, hours=1)
