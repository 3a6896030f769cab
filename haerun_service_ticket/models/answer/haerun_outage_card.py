from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.window import open_form
from odoo.addons.haerun_meter.tools.places import render

from ...tools import outage_way as way


class Outage(models.Model):
    """What is told of an outage, in words, and what its buttons open."""

    _inherit = "haerun.outage"

    # ----------------------------------------------------------- action
    def action_open(self):
        """Open the outage, from a card or a calendar."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self._name, self.id)

    def action_open_accounts(self):
        """Show the accounts without water, those to be called first."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Without Water: %s", self.display_name),
            "res_model": "haerun.water.account",
            "views": [(False, "list"), (False, "form")],
            "domain": [("outage_ids", "in", self.ids)],
            "context": {"create": False},
        }

    def action_open_petitions(self):
        """Show the petitions that hang on this outage."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.petition_action_all"
        )
        return {**action, "domain": [("outage_id", "=", self.id)], "context": {}}

    def action_open_messages(self):
        """Show the text messages of this outage."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.outage_message_action"
        )
        return {**action, "domain": [("outage_id", "=", self.id)]}

    def action_print(self):
        """Print the notice (停水公告)."""
        self.check_access("read")
        report = self.env.ref("haerun_service_ticket.outage_report")
        return report.report_action(self)

    # --------------------------------------------------------- business
    def _what(self):
        """计划停水 or 抢修停水: texts to customers are in Chinese."""
        return way.CALLED[self.kind or "planned"]

    def _values(self):
        """Return ``{place: text}`` of the texts about this outage."""
        self.ensure_one()
        # sudo: what is announced is no secret
        outage = self.sudo()
        return {
            "number": outage.number,
            "what": outage._what(),
            "place": outage.place_text,
            "reason": outage.reason,
            "from": self._moment(outage.began_at or outage.planned_from),
            "to": self._moment(outage.planned_to),
            "restored": self._moment(outage.restored_at),
            "water": outage.water_points,
            "unit": outage.unit_id.name,
            "company": (outage.unit_id.company_id or self.env.company).name,
        }

    @api.model
    def _moment(self, at):
        if not at:
            return ""
        local = self.env.company._haerun_local(at)
        return f"{local.month}月{local.day}日{local:%H:%M}"

    @api.model
    def _fill(self, text, values):
        """Fill a text in; a line about what is not known is left out."""
        known = {place: value for place, value in values.items() if value}
        unknown = [f"{{{place}}}" for place in values if place not in known]
        lines = [
            line
            for line in (text or "").splitlines()
            if not any(place in line for place in unknown)
        ]
        return render("\n".join(lines), known)

    def _answer_text(self):
        """What a caller or petitioner is told now."""
        self.ensure_one()
        policy = self.env["haerun.outage.policy"]._get()
        name = "restored_text" if self.step == "restored" else "answer_text"
        return policy._worded(name, self, customer="客户")

    def _printed_day(self):
        """The day under the printed notice: that on which it was announced."""
        self.ensure_one()
        local = self.env.company._haerun_local(self.announced_at or self.create_date)
        return f"{local.year}年{local.month}月{local.day}日"
