from odoo import api, models

#: company's setting or component/tender code: (code of its account, name, type)
SETTINGS = {
    "haerun_receivable_id": ("112210", "应收账款—水费", "asset_receivable"),
    "haerun_prepaid_id": ("220410", "合同负债—预存水费", "liability_current"),
    "haerun_vat_id": ("222110", "应交税费—简易计税", "liability_current"),
    "haerun_other_income_id": ("630110", "营业外收入—违约金", "income_other"),
}
#: to be confirmed by Accounting: water by the simplified method, 3 % in the price
COMPONENTS = {
    "water": ("600110", "主营业务收入—水费", "income", 3.0),
    "sewage": ("224110", "其他应付款—代收污水处理费", "liability_current", 0.0),
    "resource": ("224120", "其他应付款—代收水资源费", "liability_current", 0.0),
}
#: kinds of tender
TENDERS = {
    "cash": ("100100", "库存现金", "asset_cash"),
    "cheque": ("100200", "银行存款", "asset_cash"),
    "card": ("100200", "银行存款", "asset_cash"),
    "bank": ("100200", "银行存款", "asset_cash"),
    "code": ("101210", "其他货币资金—扫码收款", "asset_current"),
}
CHART = "cn_large_bis"


class ResCompany(models.Model):
    """The Chinese chart of accounts, and the sub-accounts of water charges."""

    _inherit = "res.company"

    @api.model
    def _haerun_keep_books(self):
        """Give the company its chart and its accounts, where it has none yet.

        Called by every installation and upgrade. A company whose books have begun
        under another chart keeps it; what is set by hand stays.
        """
        company = self.env.ref("base.main_company").sudo()
        books = self.env["account.chart.template"].sudo().with_company(company)
        if not company._existing_accounting():
            company._haerun_be_chinese()
            if not (company.chart_template or "").startswith("cn"):
                # not try_loading: it asks for all modules, ours needs those below
                books._load(CHART, company, install_demo=False)
                company._haerun_be_chinese()
            # account would put its generic chart over ours at the end of the run
            if hasattr(self.env.registry, "_auto_install_template"):
                del self.env.registry._auto_install_template
        company._haerun_seed_accounts()

    def _haerun_be_chinese(self):
        """Country, fiscal country and currency, as the chart supposes them."""
        country, currency = self.env.ref("base.cn"), self.env.ref("base.CNY")
        currency.active = True
        values = {
            "country_id": country.id,
            "account_fiscal_country_id": country.id,
            "currency_id": currency.id,
        }
        odd = {name for name, value in values.items() if self[name].id != value}
        # the context keeps account from loading a chart of its own meanwhile
        self.with_context(chart_template_load=True).write(
            {name: values[name] for name in sorted(odd)}
        )

    def _haerun_seed_accounts(self):
        """Set the accounts that nobody has set (to confirm by Accounting)."""
        self.ensure_one()
        for name, account in SETTINGS.items():
            if not self[name]:
                self[name] = self._haerun_account(*account)
        components = self.env["haerun.tariff.component"].sudo()
        components = components.with_context(active_test=False)
        for component in components.search([("account_id", "=", False)]):
            if component.code in COMPONENTS:
                *account, rate = COMPONENTS[component.code]
                component.write(
                    {"account_id": self._haerun_account(*account), "vat_rate": rate}
                )
        tenders = self.env["haerun.tender"].sudo().with_context(active_test=False)
        for tender in tenders.search([("account_id", "=", False)]):
            tender.account_id = self._haerun_account(*TENDERS[tender.kind])
        if not self.haerun_journal_id:
            journals = self.env["account.journal"].sudo().with_company(self)
            self.haerun_journal_id = journals.search(
                [("code", "=", "SF"), ("company_id", "=", self.id)], limit=1
            ) or journals.create(
                {
                    "name": "水费",
                    "code": "SF",
                    "type": "general",
                    "company_id": self.id,
                    "show_on_dashboard": True,
                }
            )

    def _haerun_account(self, code, name, account_type):
        accounts = self.env["account.account"].sudo().with_company(self)
        return accounts.search(
            [("code", "=", code), ("company_ids", "in", self.ids)], limit=1
        ) or accounts.create(
            {
                "code": code,
                "name": name,
                "account_type": account_type,
                "reconcile": account_type == "asset_receivable",
                "company_ids": [(6, 0, self.ids)],
            }
        )
