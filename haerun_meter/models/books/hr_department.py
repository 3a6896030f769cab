from odoo import fields, models


class Department(models.Model):
    _inherit = "hr.department"

    haerun_partner_id = fields.Many2one(
        "res.partner",
        string="Water Customers in the Books",
        copy=False,
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Whose receivable and prepayment the branch's summary entries are.",
    )

    def _haerun_books_partner(self):
        """Who stands for the branch's customers in the books; made when needed."""
        self.ensure_one()
        # sudo: master data of the books, made by whoever posts first
        unit = self.sudo()
        if not unit.haerun_partner_id:
            unit.haerun_partner_id = unit.env["res.partner"].create(
                {
                    "name": self.env._("Water customers (summary), %s", unit.name),
                    "company_type": "company",
                }
            )
        return unit.haerun_partner_id
