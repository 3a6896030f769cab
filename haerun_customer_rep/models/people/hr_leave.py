from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.context import without_defaults
from ...tools.substitution import overlap

LIVE_STATES = ("confirm", "validate1", "validate")
PERIOD_FIELDS = {
    "date_from",
    "date_to",
    "employee_id",
    "haerun_third_id",
    "holiday_status_id",
    "request_date_from",
    "request_date_from_period",
    "request_date_to",
    "request_date_to_period",
    "request_hour_from",
    "request_hour_to",
    "request_unit_half",
    "request_unit_hours",
    "state",
}


class HrLeave(models.Model):
    """Time off of a representative makes the deputy stand in (R121)."""

    _inherit = "hr.leave"

    haerun_third_id = fields.Many2one(
        comodel_name="haerun.representative",
        string="Third Person Standing in",
        index="btree_not_null",
        copy=False,
        tracking=True,
        help="Named by the head of the unit when holder and deputy would both be "
        "away. Stands in where the deputy is away or missing.",
    )
    haerun_third_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Third Person Named by",
        readonly=True,
        copy=False,
    )
    haerun_may_name_third = fields.Boolean(compute="_compute_haerun_may_name_third")
    haerun_substitution_ids = fields.One2many(
        comodel_name="haerun.substitution",
        inverse_name="leave_id",
        string="Substitutions",
    )

    @api.depends_context("uid")
    @api.depends("employee_id")
    def _compute_haerun_may_name_third(self):
        for leave in self:
            leave.haerun_may_name_third = leave._haerun_is_head()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._haerun_without_decider(vals) for vals in vals_list]
        decider = {"haerun_third_by_id"}
        leaves = super(HrLeave, without_defaults(self, decider)).create(vals_list)
        leaves.filtered("haerun_third_id")._haerun_name_third()
        leaves._haerun_follow()
        return leaves

    def write(self, vals):
        if not self.env.su:
            vals = self._haerun_without_decider(vals)
        result = super().write(vals)
        if "haerun_third_id" in vals:
            self._haerun_name_third()
        if PERIOD_FIELDS & vals.keys():
            self._haerun_follow()
        return result

    @api.model
    def _haerun_without_decider(self, vals):
        """Who named the third is recorded by the system."""
        return {name: vals[name] for name in vals if name != "haerun_third_by_id"}

    def unlink(self):
        self._haerun_withdraw_all()
        return super().unlink()

    # Who may name a third

    def _haerun_posts(self):
        """The posts of the employees that fall into these leaves, whatever they need.

        :return: dict employee → ``haerun.representative`` that are not over
        """
        # sudo: an employee's posts count whoever enters the time off
        groups = (
            self.env["haerun.representative"]
            .sudo()
            ._read_group(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("state", "!=", "ended"),
                ],
                ["employee_id"],
                ["id:recordset"],
            )
        )
        return dict(groups)

    def _haerun_is_head(self):
        """Whether the current user heads every unit the employee has a post in."""
        self.ensure_one()
        posts = self.sudo()._haerun_posts().get(self.sudo().employee_id)
        return bool(posts) and posts.with_env(self.env)._may_manage()

    def _haerun_name_third(self):
        for leave in self:
            if not leave._haerun_is_head():
                raise AccessError(
                    self.env._(
                        "Only the head of the unit names a third person for the time "
                        "off of %(name)s: ask them.",
                        name=leave.sudo().employee_id.name,
                    )
                )
            # sudo: who decided is recorded by the system
            leave.sudo().haerun_third_by_id = leave.haerun_third_id and self.env.user

    # Substitutions

    def _haerun_is_absence(self):
        self.ensure_one()
        return (
            self.state in LIVE_STATES
            and self.date_from
            and self.date_to > fields.Datetime.now()
            and self.holiday_status_id.time_type == "leave"
        )

    def _haerun_follow(self):
        """Refuse what leaves a post uncovered, then plan who stands in."""
        Representative = self.env["haerun.representative"]
        # sudo: planning the deputies is a consequence of the time off
        leaves = self.sudo()
        posts = leaves._haerun_posts()
        if not posts:
            leaves._haerun_withdraw_all()
            return
        Representative._haerun_serialize()
        leaves._haerun_sync(posts)

    @api.model
    def _haerun_follow_posts(self, representatives):
        """Present and coming leaves follow a change of these posts."""
        leaves = self.sudo().search(
            [
                ("employee_id", "in", representatives.sudo().employee_id.ids),
                ("state", "in", LIVE_STATES),
                ("date_to", ">", fields.Datetime.now()),
            ]
        )
        if leaves:
            leaves._haerun_sync(leaves._haerun_posts(), check=False)

    def _haerun_sync(self, posts, check=True):
        """Make the open substitutions of these leaves what they should be.

        :param dict posts: employee → posts that are not over
        :param bool check: refuse when holder and deputy would both be away
        :raise ValidationError: in that case, unless a third is named
        """
        Substitution = self.env["haerun.substitution"].sudo()
        existing = Substitution.search([("leave_id", "in", self.ids)])
        open_subs = existing.filtered(lambda sub: sub.state in ("planned", "active"))
        by_hand = {
            (sub.leave_id, sub.principal_id)
            for sub in existing
            if sub.ended_by_hand and sub.date_to > fields.Datetime.now()
        }
        to_create = []
        kept = Substitution
        for leave in self:
            subs = {sub.principal_id: sub for sub in open_subs if sub.leave_id == leave}
            employee_posts = posts.get(leave.employee_id, [])
            for post in employee_posts if leave._haerun_is_absence() else ():
                if not leave._haerun_falls_into(post) or (leave, post) in by_hand:
                    continue
                vals = leave._haerun_substitution_vals(post, check)
                sub = subs.get(post)
                if sub and sub._haerun_adjust(vals):
                    kept |= sub
                else:
                    to_create.append(
                        {**vals, "handover_note": sub and sub.handover_note}
                    )
        (open_subs - kept)._haerun_withdraw()
        Substitution.create(to_create)
        kept._haerun_settle()

    def _haerun_falls_into(self, post):
        """Whether the post is held on some day of this leave."""
        day = self.env["haerun.substitution"]._haerun_local_date
        return post.date_from <= day(self.date_to) and (
            not post.date_to or post.date_to >= day(self.date_from)
        )

    def _haerun_substitution_vals(self, post, check):
        """Who stands in for ``post`` during this leave (deputy, third or nobody)."""
        Substitution = self.env["haerun.substitution"].sudo()
        deputy = post.deputy_id if not post.deputy_missing else post.browse()
        own = Substitution.search([("leave_id", "=", self.id)])
        deputy_away, stands_in = own._haerun_conflicts(
            post, deputy, self.date_from, self.date_to
        )
        third = self.haerun_third_id
        conflicts = self._haerun_uncovered(post, deputy_away | stands_in)
        use_third = third and (conflicts or not deputy)
        if check and conflicts:
            self._haerun_check_third(post, conflicts)
        return {
            "principal_id": post.id,
            "deputy_id": third.id if use_third else deputy.id,
            "third_approved_by_id": self.haerun_third_by_id.id if use_third else False,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "source": "leave",
            "leave_id": self.id,
        }

    def _haerun_uncovered(self, post, others):
        """Those absences of ``others`` that no third named beforehand covers."""
        named = post.substitution_ids.filtered(
            lambda sub: (
                sub.source == "manual"
                and sub.third_approved_by_id
                and sub.state in ("planned", "active")
            )
        )
        uncovered = others.browse()
        for other in others:
            start, stop = overlap(
                self.date_from, self.date_to, other.date_from, other.date_to
            )
            if not any(s.date_from <= start and s.date_to >= stop for s in named):
                uncovered |= other
        return uncovered

    def _haerun_check_third(self, post, conflicts):
        third = self.haerun_third_id
        other = conflicts[:1]
        other_name = (other.principal_id - post)[:1].name
        if not third:
            raise ValidationError(
                self.env._(
                    "%(name)s and %(other)s would both be away: choose other dates or "
                    "ask %(head)s, head of %(unit)s, to name a third person.",
                    name=post.name,
                    other=other_name,
                    head=post.unit_id.manager_id.name or self.env._("nobody yet"),
                    unit=post.unit_id.name,
                )
            )
        away, _stands_in = other.browse()._haerun_conflicts(
            post, third, self.date_from, self.date_to
        )
        if away or third.employee_id == self.employee_id:
            raise ValidationError(
                self.env._(
                    "%(third)s cannot stand in for %(name)s, being away as well: name "
                    "another third person.",
                    third=third.name,
                    name=post.name,
                )
            )

    def _haerun_withdraw_all(self):
        # sudo: the substitutions end with the time off, whoever takes it back
        self.env["haerun.substitution"].sudo().search(
            [("leave_id", "in", self.ids), ("state", "in", ("planned", "active"))]
        )._haerun_withdraw()
