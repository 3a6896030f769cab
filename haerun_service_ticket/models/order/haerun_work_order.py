from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_mixin import (
    PROTECTED as SUPERVISED,
)
from odoo.addons.haerun_customer_rep.models.time.haerun_suspended_mixin import (
    SUSPENDED,
)
from odoo.addons.haerun_customer_rep.tools.evidence import by_steps
from odoo.addons.haerun_customer_rep.tools.state import label
from odoo.addons.haerun_meter.tools import amap

from ...tools import order_way as way


class WorkOrder(models.Model):
    """工作任务单、施工单: somebody goes out and does something (R74, R85, R104-R110).

    From a ticket, from a site check or anew. Held by a representative, whose clocks
    run; carried out by him or by a team. Each step has its checklist, each instant is
    the server's; the customer signs the sheet, and signed means locked.
    """

    _name = "haerun.work.order"
    _description = "Work Order"
    _inherit = [
        "haerun.branch.mixin",
        "haerun.photo.mixin",
        "haerun.ticket.part",
        "haerun.suspended.mixin",
        "haerun.contact.mixin",
    ]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "task", "customer", "address"]
    _haerun_photo_fields = ("photo_ids", "photo_after_ids")

    # what is to be done
    number = fields.Char(readonly=True, copy=False)
    kind_id = fields.Many2one(
        "haerun.work.kind",
        string="Kind of Work",
        required=True,
        index=True,
        ondelete="restrict",
    )
    task = fields.Text(string="What Is to Be Done", required=True)
    severe = fields.Boolean(string="Severe Leak", readonly=True, tracking=True)
    water = fields.Selection(related="kind_id.water")
    diameter = fields.Integer(
        string="Diameter (DN)",
        aggregator=None,
        help="Nominal diameter of the pipe in millimetres; the time for a repair "
        "depends on it.",
    )
    redo_of_id = fields.Many2one(
        "haerun.work.order",
        string="Does Anew",
        index="btree_not_null",
        ondelete="restrict",
    )
    redo_ids = fields.One2many("haerun.work.order", "redo_of_id", readonly=True)
    # from where
    ticket_id = fields.Many2one(
        "haerun.ticket", string="Ticket", index="btree_not_null", ondelete="restrict"
    )
    check_id = fields.Many2one(
        "haerun.site.check",
        string="Site Check",
        index="btree_not_null",
        ondelete="restrict",
    )
    requested_by_id = fields.Many2one(
        "res.users", string="Opened By", readonly=True, index=True
    )
    # where
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        index="btree_not_null",
        ondelete="restrict",
    )
    point_id = fields.Many2one(
        "haerun.service.point",
        string="Service Point",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('account_id', '=', account_id)]",
    )
    customer = fields.Char()
    address = fields.Char()
    area_id = fields.Many2one(
        "haerun.service.area", string="Service Area", index=True, ondelete="restrict"
    )
    map_url = fields.Char(string="Navigation", compute="_compute_map_url")
    # who
    team_id = fields.Many2one(
        "haerun.work.team",
        string="Team",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        group_expand="_group_expand_team_id",
    )
    worker_id = fields.Many2one(
        "res.users",
        string="Carried Out By",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('share', '=', False)]",
        help="Who goes there: the representative himself or one of the team.",
    )
    # when
    appointment_from = fields.Datetime(string="Appointment", index="btree_not_null")
    appointment_to = fields.Datetime(string="Appointment Until")
    appointment_kept = fields.Selection(way.APPOINTMENTS, readonly=True)
    # how far
    step = fields.Selection(
        way.STEPS,
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    opened_at = fields.Datetime(string="Opened", readonly=True, index=True)
    departed_at = fields.Datetime(string="Set Out", readonly=True)
    arrived_at = fields.Datetime(string="Arrived", readonly=True)
    water_stopped_at = fields.Datetime(string="Water Stopped", readonly=True)
    repair_started_at = fields.Datetime(string="Repair Begun", readonly=True)
    repaired_at = fields.Datetime(string="Repair Ended", readonly=True)
    water_restored_at = fields.Datetime(string="Water Restored", readonly=True)
    done_at = fields.Datetime(string="Work Done", readonly=True)
    closed_at = fields.Datetime(string="Closed", readonly=True, index="btree_not_null")
    cancel_reason = fields.Char(readonly=True)
    latitude = fields.Float(digits=(10, 7), aggregator=None)
    longitude = fields.Float(digits=(10, 7), aggregator=None)
    place_note = fields.Char(string="Place", help="Where it was, when no map tells it.")
    # what was done
    work_done = fields.Text(string="What Was Done")
    photo_ids = fields.Many2many(string="Photos Before")
    photo_after_ids = fields.Many2many(
        "ir.attachment", "haerun_work_order_after_rel", string="Photos After"
    )
    use_ids = fields.One2many("haerun.work.use", "order_id", string="Materials Used")
    tick_ids = fields.One2many("haerun.work.tick", "order_id", string="Checklist")
    event_ids = fields.One2many(
        "haerun.work.event", "order_id", string="Ledger", readonly=True
    )

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _appointment_ordered = models.Constraint(
        "CHECK (appointment_to IS NULL OR appointment_to > appointment_from)",
        "An appointment ends after it begins.",
    )
    _diameter_range = models.Constraint(
        "CHECK (diameter BETWEEN 0 AND 5000)",
        "Give the diameter in millimetres, 0 when it is not known.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("number", "kind_id")
    def _compute_display_name(self):
        for order in self:
            names = (order.number, order.kind_id.name)
            order.display_name = " ".join(filter(None, names))

    @api.depends("point_id", "address")
    def _compute_map_url(self):
        for order in self:
            # sudo: who goes there sees where it is
            point = order.sudo().point_id
            if point.latitude or point.longitude:
                url = amap.marker(point.longitude, point.latitude, order.address)
            else:
                url = order.address and amap.search(order.address)
            order.map_url = url

    @api.model
    def _group_expand_team_id(self, teams, domain):
        """The day board shows the teams of one's units, also those without work."""
        units = self.env.user._haerun_served_units()
        return teams | teams.search([("unit_id", "in", units.ids)])

    # --------------------------------------------------------- onchange
    @api.onchange("kind_id")
    def _onchange_kind_id(self):
        if not self.task:
            self.task = self.kind_id.task

    @api.onchange("ticket_id", "check_id", "account_id")
    def _onchange_source(self):
        """What the ticket, the check or the account tells is proposed."""
        for name, value in self._proposed(
            self.ticket_id, self.check_id, self.account_id
        ).items():
            if not self[name]:
                self[name] = value

    # ------------------------------------------------------- constrains
    @api.constrains("account_id", "point_id")
    def _check_point_id(self):
        for order in self.sudo():
            if order.point_id and order.point_id.account_id != order.account_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s: service point %(point)s is of another account.",
                        order=order.display_name,
                        point=order.point_id.display_name,
                    )
                )

    @api.constrains("appointment_from", "appointment_to")
    def _check_appointment(self):
        for order in self:
            if order.appointment_to and not order.appointment_from:
                raise ValidationError(
                    self.env._(
                        "%s: say from when the customer expects somebody.",
                        order.display_name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    def copy(self, default=None):
        raise UserError(self.env._("A work order is never copied: open a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is evidence and stays: cancel it with a reason.",
                self[:1].display_name,
            )
        )

    @property
    def _haerun_protected(self):
        """All but what is written by hand comes about by the steps."""
        return SUPERVISED | SUSPENDED | by_steps(self, way.BY_HAND | way.FREE)

    def _haerun_is_evidence(self):
        """Photos of a work order that has ended stay as they are."""
        self.ensure_one()
        return self.step in way.ENDED

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("step", "in", way.OPEN)]

    def _haerun_title(self):
        self.ensure_one()
        return f"工作任务单 {self.display_name}"

    def _haerun_clock_holder(self):
        """Without a representative, who carries it out is charged."""
        holder = super()._haerun_clock_holder()
        if not self.acting_user_id:
            order = self.sudo()
            holder["acting_user_id"] = order.worker_id.id
            holder["unit_id"] = order.team_id.unit_id.id
        return holder

    def _step_name(self):
        return label(self, "step")
