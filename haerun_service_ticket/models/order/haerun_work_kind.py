from odoo import fields, models

from ...tools.order_way import WATER


class WorkKind(models.Model):
    """任务类别: what is done on site, and what must come of it (R85, R104-R110).

    Seed data, to be confirmed by CSD.
    """

    _name = "haerun.work.kind"
    _description = "Kind of Work Order"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    severe = fields.Boolean(
        string="Severe Leak",
        help="Water is stopped at once and repaired without a break; its time runs day "
        "and night and never pauses.",
    )
    water = fields.Selection(WATER, default="none", required=True)
    photo_before = fields.Boolean(string="Photo Before")
    photo_after = fields.Boolean(string="Photo After")
    signature = fields.Boolean(
        string="Customer Signs",
        default=True,
        help="The work sheet is signed by the customer, or why not is recorded.",
    )
    sample_share = fields.Float(
        string="Sample (%)",
        aggregator=None,
        help="Share of these work orders that an inspector looks at afterwards.",
    )
    task = fields.Text(string="Usual Task", help="Proposed when one is opened.")
    confirmed = fields.Boolean(string="Confirmed by CSD")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "There is such a kind: change that one.")
    _share_range = models.Constraint(
        "CHECK (sample_share BETWEEN 0 AND 100)", "Give a share of 0 to 100 per cent."
    )
