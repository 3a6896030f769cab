from odoo import api, fields, models


class ResPartner(models.Model):
    """Applicants are found again by their phone, which nobody reads off them."""

    _inherit = "res.partner"

    haerun_phone = fields.Char(
        string="Water Phone",
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        copy=False,
        help="Kept out of the address book: shown masked on the customer's matters.",
    )

    @api.model
    def _haerun_find_or_create(self, people: list[tuple[str, str, bool]]) -> list:
        """Partners of applicants, found by phone and name or created.

        :param people: (name, plain phone, is a company) each
        :return: partners in the same order
        """
        # sudo: a clerk may not edit the address book at large, only add applicants
        partners = self.sudo().with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        phones = list({phone for _name, phone, _company in people if phone})
        known = {
            (partner.name, partner.haerun_phone): partner
            for partner in partners.search(
                [("haerun_phone", "in", phones)], order="id desc"
            )
        }
        new: dict[tuple[str, str], dict] = {}
        for name, phone, company in people:
            if (name, phone) not in known:
                new[name, phone] = {
                    "name": name,
                    "haerun_phone": phone or False,
                    "is_company": company,
                }
        created = partners.create(list(new.values()))
        known.update(zip(new, created, strict=True))
        return [
            known[name, phone].with_env(self.env) for name, phone, _company in people
        ]
