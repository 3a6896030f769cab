from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.models.people.haerun_representative import CLASSES
from odoo.addons.haerun_customer_rep.models.people.hr_department import LEVELS

from ...tools.ticket_way import KINDS, PRIORITIES

AUDITS = [
    ("forwarded", "When CSD forwarded it"),
    ("always", "Always"),
    ("never", "Never"),
]


class TicketCategory(models.Model):
    """诉求类别: what a ticket is about, and what follows from it (R41, R48, R82).

    Says who handles it, how urgent it is, which papers it needs; the limits are
    ``haerun.time.limit`` with a condition on the ticket. Seed data, to be confirmed.
    """

    _name = "haerun.ticket.category"
    _description = "Ticket Category"
    _inherit = ["haerun.cached.mixin"]
    _parent_name = "parent_id"
    _parent_store = True
    _order = "sequence, complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Name used by imports and other systems.")
    complete_name = fields.Char(
        compute="_compute_complete_name", store=True, recursive=True
    )
    parent_id = fields.Many2one(
        "haerun.ticket.category", string="Parent", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("haerun.ticket.category", "parent_id")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="consultation")
    priority = fields.Selection(PRIORITIES, required=True, default="0")
    danger = fields.Boolean(
        help="Danger to life, burst main: its time runs day and night and never pauses."
    )
    complex = fields.Boolean(help="Needs several units: the longer limit applies.")
    rep_class = fields.Selection(
        CLASSES,
        string="Handled by",
        required=True,
        default="service",
        help="Class of the representative of the area who gets it.",
    )
    unit_level = fields.Selection(
        LEVELS, help="Level of his unit; a branch, else any, where it is empty."
    )
    rep_id = fields.Many2one(
        "haerun.representative",
        string="Always Goes to",
        index="btree_not_null",
        ondelete="restrict",
        help="Whatever the area, this representative gets it.",
    )
    visit_needed = fields.Boolean(
        string="Somebody Goes There",
        help="No reply without measures on site on record.",
    )
    on_the_spot = fields.Boolean(
        string="Answered on the Spot", help="Who takes it in may answer at once."
    )
    tell_limit = fields.Boolean(
        string="Limit Is Told",
        default=True,
        help="No reply before the customer was told until when it is handled.",
    )
    audit = fields.Selection(
        AUDITS, string="CSD Audits the Reply", required=True, default="forwarded"
    )
    stops_dunning = fields.Boolean(
        help="While such a ticket is open, the account's bill is in dispute."
    )
    material_ids = fields.One2many(
        "haerun.ticket.category.material",
        "category_id",
        string="Materials",
        copy=True,
    )
    rule_ids = fields.One2many("haerun.ticket.rule", "category_id", string="Words")
    guidance = fields.Text(help="What to ask the customer, what to look at.")
    confirmed = fields.Boolean(string="Confirmed by CSD")

    _code_uniq = models.UniqueIndex("(code)", "A category has this code already.")

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for category in self:
            parent = category.parent_id.complete_name
            name = category.name
            category.complete_name = f"{parent} / {name}" if parent else name

    # --------------------------------------------------------- business
    def _representative(self, area):
        """Who handles a ticket of this category in ``area`` (R47, R70, R88).

        :param area: haerun.service.area, may be empty
        :return: a valid haerun.representative, or none
        """
        self.ensure_one()
        # sudo: who answers for an area is no secret
        category, area = self.sudo(), area.sudo()
        if category.rep_id and category.rep_id.state == "valid":
            return category.rep_id
        if not area:
            return category.rep_id.browse()
        level = category.unit_level or "branch"
        return area._responsible(category.rep_class, level) or area._responsible(
            category.rep_class
        )
