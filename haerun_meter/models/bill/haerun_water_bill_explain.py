from odoo import api, fields, models

from ...tools import period as periods


class WaterBill(models.Model):
    """A bill in words and figures that a customer can follow: 14 m³ in tier 1 …

    One shape for the form, the payment notice and the portal.
    """

    _inherit = "haerun.water.bill"

    explanation = fields.Html(compute="_compute_explanation", sanitize=False)

    @api.depends("line_ids", "part_ids")
    def _compute_explanation(self):
        told = self._explained()
        for bill in self:
            bill.explanation = self.env["ir.qweb"]._render(
                "haerun_meter.bill_explanation", {"told": told[bill.id]}
            )

    def _explained(self):
        """Return how these bills come to their amounts, a few queries for all.

        :return: ``{id: {"readings": [...], "parts": [...], "notes": [...]}}``;
            readings: dicts ``meter``, ``previous``, ``value``, ``previous_on``,
            ``read_on``, ``volume``, ``estimated``; parts: ``tariff``, ``date_from``,
            ``date_to``, ``volume``, ``before``, ``after``, ``year``, ``tiers`` (dicts
            ``position``, ``upto``, ``quantity``, ``price``, ``amount``,
            ``components``: list of (name, price, amount)); notes: (text, amount)
        """
        bills = self.sudo()  # names of tariffs and meters of bills one may read
        told = {bill.id: {"readings": [], "parts": [], "notes": []} for bill in bills}
        for billed in bills.reading_ids.sorted(lambda one: one.reading_id.read_at):
            reading = billed.reading_id
            told[billed.bill_id.id]["readings"].append(
                {
                    "meter": reading.meter_id.number,
                    "previous": reading.previous_value,
                    "previous_on": self._local_day(reading.previous_id.read_at),
                    "value": reading.value,
                    "read_on": self._local_day(reading.read_at),
                    "volume": billed.volume,
                    "estimated": not reading.is_real,
                }
            )
        parts = {}
        for part in bills.part_ids:
            parts[part.id] = {
                "tariff": part.tariff_id.name,
                "date_from": part.date_from,
                "date_to": part.date_to,
                "volume": part.volume,
                "before": part.before,
                "after": part.after,
                "year": part.year,
                "tiers": [],
            }
            told[part.bill_id.id]["parts"].append(parts[part.id])
        for line in bills.line_ids:
            if not line.component_id:
                told[line.bill_id.id]["notes"].append((line.note or "", line.amount))
                continue
            part = parts.get(line.part_id.id)
            if part is None:  # of a reversal: the parts are those of what it reverses
                text = f"{line.tier_id.display_name or ''} {line.component_id.name}"
                told[line.bill_id.id]["notes"].append((text, line.amount))
                continue
            self._add_to_tier(part["tiers"], line)
        return told

    def _add_to_tier(self, tiers, line):
        """Put a line to the others of its tier, whose prices make one."""
        position = line.tier_id.position
        tier = next((one for one in tiers if one["position"] == position), None)
        if tier is None:
            tier = {
                "position": position,
                "upto": line.upto,
                "quantity": line.quantity,
                "price": 0,
                "amount": 0,
                "components": [],
            }
            tiers.append(tier)
        tier["price"] = round(tier["price"] + line.price, 4)
        tier["amount"] = round(tier["amount"] + line.amount, 2)
        tier["components"].append((line.component_id.name, line.price, line.amount))

    @api.model
    def _local_day(self, moment):
        """The day of a moment at the company, or False."""
        return moment and self.env.company._haerun_local(moment).date()

    def _open_earlier(self):
        """What else is open of the accounts of these bills, a query for all.

        :return: ``{bill id: [(period name, yuan, due day), …]}``, the oldest first
        """
        others = self.sudo().search(
            [("account_id", "in", self.account_id.ids), ("residual", ">", 0)],
            order="due_on, id",
        )
        of_account = others.grouped("account_id")
        return {
            bill.id: [
                (periods.name(other.period), other.residual, other.due_on)
                for other in of_account.get(bill.sudo().account_id, ())
                if other != bill
            ]
            for bill in self
        }
