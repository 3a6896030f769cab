from odoo import http
from odoo.http import request

from odoo.addons.haerun_meter.controllers.water_portal import HOME, WaterPortal

HELP = HOME + "/help"


class OutagePortal(WaterPortal):
    """The customer sees when he has no water, and what the company knows (R85)."""

    @http.route()
    def my_water_account(self, number, **kw):
        response = super().my_water_account(number, **kw)
        account = getattr(response, "qcontext", {}).get("account")
        if account:
            # sudo: the account is the customer's own, outages are announced to all
            response.qcontext["outages"] = account.sudo().outage_ids
        return response

    @http.route(HELP, type="http", auth="user", website=True)
    def my_water_help(self, search="", **_kw):
        """Show the articles for customers, those that answer ``search`` first."""
        self._speak_chinese()
        # sudo: these articles are written for customers
        articles = request.env["haerun.knowledge.article"].sudo()
        search = (search or "").strip()[:80]
        ours = articles.search([("audience", "=", "customers"), ("valid", "=", True)])
        found = articles._suggest(search, limit=len(ours)) & ours if search else ours
        values = {
            **self._prepare_portal_layout_values(),
            "articles": found,
            "search": search,
            "page_name": "water",
        }
        return self._unseen(
            request.render("haerun_service_ticket.portal_my_water_help", values)
        )
