from odoo import api, fields, models

ADMIN = "haerun_customer_rep.user_wufang"
MINUTES = {"confirmed": True, "legal_basis": "客户服务部2026年第12次业务例会纪要"}
#: so many days ago, which rule, and what was written
CHANGED = [
    (26, "limit_hookup_filing", MINUTES),
    (26, "limit_hookup_contact", {"confirmed": True}),
    (9, "limit_hookup_water_on", MINUTES),
    (5, "notice_template_circulate", {"name": "通报（超期5个工作日）"}),
]


class RuleDemo(models.AbstractModel):
    """What the demo's rules administrator has changed of late (demo only)."""

    _name = "haerun.rule.demo"
    _description = "Demo of Changed Rules"

    @api.model
    def _build(self):
        """Confirm, reword and renew some rules, once."""
        changes = self.env["haerun.rule.change"]
        if not self.env.su or changes.search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN")
        for days, name, vals in CHANGED:
            self._play(f"haerun_customer_rep.{name}", days, **vals)
        self._renew(
            "haerun_customer_rep.ladder_notice", name="催办单、督办单的答复（2027年）"
        )

    def _play(self, xmlid, days, **vals):
        """Let the rules administrator write ``vals``, so many days ago."""
        changes = self.env["haerun.rule.change"].with_user(self.env.ref(ADMIN))
        rule = self.env.ref(xmlid).with_env(changes.env)
        kind = self.env["haerun.rule.registry"]._by_model()[rule._name]
        before = changes._before(rule)
        rule.write(vals)
        self._keep(days, changes._differences(kind, rule, before))

    def _renew(self, xmlid, **vals):
        """The next version of a rule, which comes into force in some weeks."""
        changes = self.env["haerun.rule.change"].with_user(self.env.ref(ADMIN))
        rule = self.env.ref(xmlid).with_env(changes.env)
        begins = fields.Date.add(fields.Date.today(), days=40)
        registry = self.env["haerun.rule.registry"]
        kind = registry._by_model()[rule._name]
        before = changes._before(rule)
        rule.date_to = fields.Date.subtract(begins, days=1)
        successor = rule.copy(
            {
                "version": rule.version + 1,
                "date_from": begins,
                "date_to": False,
                "confirmed": True,
                **vals,
            }
        )
        rows = changes._differences(kind, rule, before)
        said = registry._in_words(successor)
        rows.append({**changes._of(kind, successor, "create"), "new_value": said})
        self._keep(2, rows)

    def _keep(self, days, rows):
        day = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        at = day.replace(hour=1, minute=40 + days % 7, second=0, microsecond=0)
        self.env["haerun.rule.change"]._keep([{**row, "at": at} for row in rows])
