from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.haerun_customer_rep.controllers.guesses import guesses
from odoo.addons.haerun_customer_rep.controllers.hookup_page import HEADERS
from odoo.addons.portal.controllers.portal import CustomerPortal

HOME = "/my/water"
PAGE = "/haerun/bill/<string:token>"
#: bills of an account that its page lists
BILLS = 36


class WaterPortal(CustomerPortal):
    """The customer's accounts and bills: by login, or one bill by its QR code (R60)."""

    # ------------------------------------------------------------ routes
    @http.route(HOME, type="http", auth="user", website=True)
    def my_water(self, **_kw):
        """Show the accounts of the customer who is logged in."""
        self._speak_chinese()
        accounts = self._my_accounts()
        values = {
            **self._prepare_portal_layout_values(),
            "accounts": accounts,
            "open": self._open_of(accounts),
            "page_name": "water",
        }
        return self._unseen(request.render("haerun_meter.portal_my_water", values))

    @http.route(HOME + "/<string:number>", type="http", auth="user", website=True)
    def my_water_account(self, number, **_kw):
        """Show the bills of one account of the customer who is logged in."""
        self._speak_chinese()
        account = self._my_accounts().filtered(lambda one: one.number == number)
        if not account:
            return request.not_found()
        values = {
            **self._prepare_portal_layout_values(),
            "account": account,
            "bills": self._bills_of(account),
            "open": self._open_of(account),
            "page_name": "water",
        }
        return self._unseen(
            request.render("haerun_meter.portal_my_water_account", values)
        )

    @http.route(
        HOME + "/<string:number>/<string:bill_number>",
        type="http",
        auth="user",
        website=True,
    )
    def my_water_bill(self, number, bill_number, **_kw):
        """Explain one bill to the customer who is logged in."""
        self._speak_chinese()
        bill = self._my_bill(number, bill_number)
        if not bill:
            return request.not_found()
        bill._seen_online()
        values = {
            **self._prepare_portal_layout_values(),
            **self._bill_values(bill),
            "notice_url": f"{HOME}/{number}/{bill_number}/notice",
            "page_name": "water",
        }
        return self._unseen(request.render("haerun_meter.portal_my_water_bill", values))

    @http.route(
        HOME + "/<string:number>/<string:bill_number>/notice",
        type="http",
        auth="user",
        website=True,
    )
    def my_water_notice(self, number, bill_number, **_kw):
        """Send the payment notice of a bill as PDF."""
        bill = self._my_bill(number, bill_number)
        if not bill or bill.state != "issued":
            return request.not_found()
        report = request.env["ir.actions.report"].sudo()
        pdf, _kind = report._render_qweb_pdf(
            "haerun_meter.bill_notice_report_single", bill.ids
        )
        name = f"交费通知单 {bill.number}.pdf"
        return self._unseen(
            request.make_response(
                pdf,
                [
                    ("Content-Type", "application/pdf"),
                    ("Content-Disposition", content_disposition(name)),
                ],
            )
        )

    @http.route(PAGE, type="http", auth="public")
    def bill_page(self, token, **_kw):
        """Show the one bill that a QR code opens, without login, its name masked."""
        self._speak_chinese()
        bills = request.env["haerun.water.bill"].sudo()
        address = request.httprequest.remote_addr
        bill = bills if guesses.too_many(address) else bills._by_token(token)
        if not bill:
            guesses.note(address)
            response = request.render("haerun_customer_rep.hookup_page_gone", {})
            response.status_code = 404
            return self._unseen(response)
        return self._unseen(
            request.render("haerun_meter.bill_page", self._bill_values(bill))
        )

    # ------------------------------------------------------------ portal
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "water_count" in counters:
            values["water_count"] = len(self._my_accounts())
        return values

    def _my_accounts(self):
        # sudo: customers have no right on accounts; they are found by whose they are
        accounts = request.env["haerun.water.account"].sudo()
        return accounts.search([("partner_id", "=", request.env.user.partner_id.id)])

    def _my_bill(self, number, bill_number):
        account = self._my_accounts().filtered(lambda one: one.number == number)
        if not account:
            return request.env["haerun.water.bill"]
        return self._bills_of(account, number=bill_number)

    def _bills_of(self, account, number=None):
        """Issued bills of an account, and those reversed; what is not issued is not."""
        # sudo: the account is the customer's own
        domain = [
            ("account_id", "=", account.id),
            ("state", "in", ("issued", "reversed")),
            ("kind", "!=", "reversal"),
        ]
        if number:
            domain.append(("number", "=", number))
        return request.env["haerun.water.bill"].sudo().search(domain, limit=BILLS)

    def _open_of(self, accounts):
        """Return {account: (yuan open, yuan overdue)}."""
        bills = request.env["haerun.water.bill"].sudo()
        bills = bills.search(
            [("account_id", "in", accounts.ids), ("residual", "!=", 0)]
        )
        found = {account: (0, 0) for account in accounts}
        for account, of_account in bills.grouped("account_id").items():
            found[account] = (
                sum(of_account.mapped("residual")),
                sum(of_account.filtered("overdue").mapped("residual")),
            )
        return found

    def _bill_values(self, bill):
        return {
            "bill": bill,
            "told": bill._explained()[bill.id],
            "earlier": bill._open_earlier()[bill.id],
        }

    # ----------------------------------------------------------- helpers
    def _speak_chinese(self):
        if request.env["res.lang"]._get_data(code="zh_CN"):
            request.update_context(lang="zh_CN")

    def _unseen(self, response):
        """No cache and no search engine keeps it."""
        response.headers.update(HEADERS)
        return response
