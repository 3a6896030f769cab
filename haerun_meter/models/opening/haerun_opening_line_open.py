import psycopg2
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..account.haerun_household_size import STANDARD

#: lines that become accounts in one go; one that fails is found by halving
BATCH = 50


class OpeningLine(models.Model):
    """Lines become accounts, points, meters and places in a book (R51, R55).

    All of a line or nothing: what fails is undone and named with its reason.
    """

    _inherit = "haerun.opening.line"

    def _open(self):
        """Open the accounts of these lines, in the name of the operator.

        :return: those of the lines that failed
        """
        for start in range(0, len(self), BATCH):
            self[start : start + BATCH]._open_halving()
        return self.filtered(lambda line: line.state == "failed")

    def _open_halving(self):
        """All at once; on an error the two halves, down to the culprit."""
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._open_batch()
        except (UserError, psycopg2.IntegrityError, psycopg2.DataError) as error:
            if len(self) > 1:
                middle = len(self) // 2
                self[:middle]._open_halving()
                self[middle:]._open_halving()
                return
            # sudo: what became of a line is set by the system alone
            self.sudo().write({"state": "failed", "failure": self._why(error)})

    def _open_batch(self):
        quiet = {
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
            "tracking_disable": True,
        }
        accounts = self.env["haerun.water.account"].with_context(**quiet)
        accounts = accounts.create([line._account_values() for line in self])
        by_line = dict(zip(self, accounts, strict=True))
        self.env["haerun.account.party"].create(self._party_values(by_line))
        self.env["haerun.household.size"].create(self._size_values(by_line))
        points = self.env["haerun.service.point"].create(
            [line._point_values(by_line[line]) for line in self]
        )
        meters = self._meters()
        for line, point in zip(self, points, strict=True):
            point._fit(meters[line], line.fitted_on, line.start_reading)
        for line, account, point in zip(self, accounts, points, strict=True):
            # sudo: what became of a line is set by the system alone
            line.sudo().write(
                {
                    "state": "opened",
                    "failure": False,
                    "account_id": account.id,
                    "point_id": point.id,
                    "opened_at": fields.Datetime.now(),
                    "opened_by_id": self.env.uid,
                }
            )
        self.env.flush_all()

    def _account_values(self):
        """Values of the line's account; the contact stays masked there, too."""
        request, plain = self.request_id, self.sudo()
        return {
            "name": self.name,
            "address": self.address,
            "kind": request.kind,
            "use_class": request.use_class,
            "area_id": request.area_id.id,
            "project_id": request.project_id.id,
            "phone": plain.phone_plain,
            "id_number": plain.id_number_plain,
        }

    def _party_values(self, accounts):
        """Who owns, pays for, built and looks after these accounts.

        :param accounts: ``{line: haerun.water.account}``
        """
        # sudo: a party is a name; operators may not write the address book
        partners = self.env["res.partner"].sudo()
        people = partners.create([{"name": line.name} for line in self])
        companies = {}
        for line in self:
            request = line.request_id
            for name in (line.payer, request.developer, request.property_company):
                if name and name not in companies:
                    companies[name] = self._company(name)
        rows = []
        for line, person in zip(self, people, strict=True):
            request = line.request_id
            rows += [
                (line, role, partner)
                for role, partner in (
                    (line.role, person),
                    ("payer", companies.get(line.payer) or person),
                    ("developer", companies.get(request.developer)),
                    ("property", companies.get(request.property_company)),
                )
                if partner
            ]
        return [
            {"account_id": accounts[line].id, "role": role, "partner_id": partner.id}
            for line, role, partner in rows
        ]

    def _company(self, name):
        # sudo: as above
        partners = self.env["res.partner"].sudo()
        return partners.search(
            [("name", "=", name), ("is_company", "=", True)], limit=1
        ) or partners.create({"name": name, "is_company": True})

    def _size_values(self, accounts):
        """More persons than the tiers are made for count from today for a time."""
        lists = self.env["haerun.account.checklist"]._by_kind()
        today = fields.Date.context_today(self)
        values = []
        for line in self.filtered(lambda line: line.persons > STANDARD):
            rules = lists.get(line.request_id.kind)
            months = rules.size_months if rules else 12
            values.append(
                {
                    "account_id": accounts[line].id,
                    "persons": line.persons,
                    "date_from": today,
                    "date_to": today + relativedelta(months=months, days=-1),
                }
            )
        return values

    def _point_values(self, account):
        return {
            "account_id": account.id,
            "name": self.place or self.address,
            "book_id": (self.book_id or self.request_id.book_id).id,
            "book_position": self.book_position or self.sequence,
        }

    def _meters(self):
        """Return ``{line: haerun.meter}``: those in stock, the others as new ones.

        :raise UserError: when a meter in stock has another diameter
        """
        meters = self.env["haerun.meter"]
        numbers = self.mapped("meter_no")
        # sudo: a number is taken whoever may see the meter
        known = {
            meter.number: meter
            for meter in meters.sudo().search([("number", "in", numbers)])
        }
        for line in self:
            meter = known.get(line.meter_no)
            if meter and meter.diameter != line.diameter:
                raise UserError(
                    self.env._(
                        "%(line)s: meter %(meter)s is DN%(stock)s in stock and "
                        "DN%(asked)s here; correct one of the two.",
                        line=line.display_name,
                        meter=meter.number,
                        stock=meter.diameter,
                        asked=line.diameter,
                    )
                )
        new = self.filtered(lambda line: line.meter_no not in known)
        made = meters.create(
            [
                {
                    "number": line.meter_no,
                    "diameter": line.diameter,
                    "kind": line.meter_kind or line.request_id.meter_kind,
                }
                for line in new
            ]
        )
        known.update(zip(new.mapped("meter_no"), made, strict=True))
        return {line: known[line.meter_no].with_env(self.env) for line in self}

    def _why(self, error):
        """One sentence that names the line, from what stood in its way."""
        if isinstance(error, UserError):
            reason = str(error.args[0]).strip()
        else:
            reason = getattr(error.diag, "message_primary", None) or str(error)
        return self.env._("%(line)s: %(reason)s", line=self.display_name, reason=reason)
