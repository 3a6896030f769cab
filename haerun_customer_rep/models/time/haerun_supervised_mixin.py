from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.context import without_defaults
from ...tools.evidence import refuse

#: who holds a matter and by when: written by this mixin's methods alone
PROTECTED = frozenset(
    {
        "owner_id",
        "owner_user_id",
        "acting_user_id",
        "unit_id",
        "due_at",
        "yellow_at",
        "due_paused",
        "limit_told_at",
        "limit_told_by",
        "limit_told_due_at",
        "limit_told_user_id",
    }
)


class HaerunSupervisedMixin(models.AbstractModel):
    """A matter with a holder, time limits, urging and supervision.

    A model that inherits this

    - overrides :meth:`_haerun_open_domain` and, where needed,
      :meth:`_haerun_title` and :meth:`_haerun_clock_holder`;
    - ships its milestones and limits as data and calls ``_reach(code)``;
    - adds fields of its own that nobody may write directly to
      ``_haerun_protected``.

    Holder and deadline are written by methods only (R5, R120): a write or create by
    a user, also through an API, is refused.
    """

    _name = "haerun.supervised.mixin"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Supervised Matter"

    _haerun_protected = PROTECTED

    owner_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        index="btree_not_null",
        readonly=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
    )
    owner_user_id = fields.Many2one(
        "res.users",
        string="Principal",
        index="btree_not_null",
        readonly=True,
        copy=False,
    )
    acting_user_id = fields.Many2one(
        "res.users",
        string="Acts now",
        index="btree_not_null",
        readonly=True,
        copy=False,
        tracking=True,
    )
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="The unit at the time of assignment; a later transfer leaves it as is.",
    )
    collaborator_ids = fields.Many2many(
        "haerun.representative", string="Collaborators", copy=False, tracking=True
    )
    clock_ids = fields.One2many(
        "haerun.clock",
        "res_id",
        string="Clocks",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        bypass_search_access=True,
    )
    notice_ids = fields.One2many(
        "haerun.supervision.notice",
        "res_id",
        string="Notices",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
    )
    due_at = fields.Datetime(
        string="Due",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The earliest deadline that runs.",
    )
    yellow_at = fields.Datetime(readonly=True, copy=False)
    due_paused = fields.Boolean(readonly=True, copy=False)
    due_state = fields.Selection(
        selection="_selection_due_state",
        string="Time",
        compute="_compute_due_state",
        search="_search_due_state",
    )
    due_color = fields.Integer(compute="_compute_due_state")
    substituted = fields.Boolean(
        string="B for A", compute="_compute_substituted", search="_search_substituted"
    )

    # ------------------------------------------------------------
    # Compute, search
    # ------------------------------------------------------------
    @api.model
    def _selection_due_state(self):
        """Colours of a deadline, with their names.

        By method: a list's names could be translated for the models of this add-on
        alone, as those of a later add-on are rows that do not exist yet.
        """
        names = {
            "red": self.env._("Overdue"),
            "yellow": self.env._("Last working day"),
            "green": self.env._("In time"),
            "paused": self.env._("Paused"),
            "none": self.env._("No deadline"),
        }
        return list(names.items())

    @api.depends("due_at", "yellow_at", "due_paused")
    def _compute_due_state(self):
        now = fields.Datetime.now()
        colors = {"red": 1, "yellow": 3, "green": 10, "paused": 4, "none": 0}
        for record in self:
            if not record.due_at:
                state = "paused" if record.due_paused else "none"
            elif record.due_at < now:
                state = "red"
            elif record.yellow_at and record.yellow_at <= now:
                state = "yellow"
            else:
                state = "green"
            record.due_state = state
            record.due_color = colors[state]

    @api.model
    def _search_due_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        running = Domain("due_at", "!=", False)
        red = Domain("due_at", "<", now)
        yellow = Domain("yellow_at", "<=", now) & Domain("due_at", ">=", now)
        domains = {
            "red": red,
            "yellow": yellow,
            "green": Domain("due_at", ">=", now)
            & (Domain("yellow_at", "=", False) | Domain("yellow_at", ">", now)),
            "paused": ~running & Domain("due_paused", "=", True),
            "none": ~running & Domain("due_paused", "=", False),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Let kanban progress bars and pivots group by the colour of the deadline."""
        if groupby_spec != "due_state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields["due_at"], "read")
        due_at = self._field_to_sql(alias, "due_at", query)
        yellow_at = self._field_to_sql(alias, "yellow_at", query)
        paused = self._field_to_sql(alias, "due_paused", query)
        now = fields.Datetime.now()
        return SQL(
            "CASE WHEN %(due_at)s < %(now)s THEN 'red'"
            " WHEN %(due_at)s IS NOT NULL AND %(yellow_at)s <= %(now)s THEN 'yellow'"
            " WHEN %(due_at)s IS NOT NULL THEN 'green'"
            " WHEN %(paused)s THEN 'paused'"
            " ELSE 'none' END",
            due_at=due_at,
            yellow_at=yellow_at,
            paused=paused,
            now=now,
        )

    @api.depends("owner_user_id", "acting_user_id")
    def _compute_substituted(self):
        for record in self:
            record.substituted = bool(
                record.owner_user_id and record.owner_user_id != record.acting_user_id
            )

    @api.model
    def _search_substituted(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = SQL(
            "(SELECT id FROM %s WHERE owner_user_id IS NOT NULL"
            " AND acting_user_id IS DISTINCT FROM owner_user_id)",
            SQL.identifier(self._table),
        )
        wanted = Domain("id", "in", ids)
        if set(value) >= {True, False}:
            return Domain.TRUE
        return wanted if True in value else ~wanted

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals)
        return super(HaerunSupervisedMixin, self._without_protected_defaults()).create(
            vals_list
        )

    def write(self, vals):
        self._check_protected(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_clocked(self):
        clock = (
            self.env["haerun.clock"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)], limit=1
            )
        )
        if clock:
            raise UserError(
                self.env._(
                    "“%s” has clocks, which are evidence: withdraw it instead of "
                    "deleting it.",
                    clock.res_name,
                )
            )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Who is told by a ladder does not become a follower of the matter."""
        if self.env.context.get("haerun_no_subscription"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    def _without_protected_defaults(self):
        """Drop ``default_`` keys of protected fields from a caller's context."""
        return without_defaults(self, self._haerun_protected)

    def _check_protected(self, vals):
        refuse(self, self._haerun_protected, vals)

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    @api.model
    def _haerun_open_domain(self):
        """Return the domain of matters that are still to be worked on."""
        return Domain.TRUE

    def _haerun_title(self):
        """Return the short title by which messages call this matter."""
        self.ensure_one()
        return self.display_name

    def _haerun_calendar(self):
        """Return the shift (resource.calendar) by which this matter's time runs."""
        self.ensure_one()
        return self.unit_id._haerun_calendar()

    def _haerun_task_done(self, task):
        """Hook: ``task``, that assists this matter, is about to be reported done."""

    def _haerun_task_dropped(self, task):
        """Hook: ``task``, that assisted this matter, was declined or withdrawn."""

    def _haerun_clock_holder(self):
        """Return who is charged with a clock that starts now, as clock values."""
        self.ensure_one()
        return {
            "owner_id": self.owner_id.id,
            "owner_user_id": self.owner_user_id.id,
            "acting_user_id": self.acting_user_id.id,
            "unit_id": self.unit_id.id,
        }

    def _on_behalf(self):
        """Return the principal (res.users) for whom the present user acts, or none."""
        self.ensure_one()
        return self._principal_of(self)

    @api.model
    def _principal_of(self, record):
        """The same for any record with ``owner_user_id`` and ``acting_user_id``."""
        if self.env.uid == record.acting_user_id.id != record.owner_user_id.id:
            return record.owner_user_id
        return self.env["res.users"]
