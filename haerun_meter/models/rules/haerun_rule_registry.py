from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.rules import Kind, number
from odoo.addons.haerun_customer_rep.tools.sentence import joined


class HaerunRuleRegistry(models.AbstractModel):
    """The rules of metering and money (R120)."""

    _inherit = "haerun.rule.registry"

    @api.model
    def _groups(self):
        return super()._groups() + [
            (110, "account", self.env._("Accounts and meters")),
            (120, "reading", self.env._("Meter reading")),
            (130, "check", self.env._("Site checks")),
            (140, "tariff", self.env._("Prices and payment")),
            (150, "dunning", self.env._("Dunning and payment notices")),
        ]

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "haerun.opening.need": Kind("account", ("kind", "field")),
            "haerun.account.checklist": Kind(
                "account",
                ("contract", "handbook", "handbook_way", "book", "size_months"),
            ),
            "haerun.meter.life": Kind("account", ("years", "ends", "warn_days")),
            "haerun.reading.rule": Kind("reading", say=_reading_rule),
            "haerun.reading.limit": Kind("reading", line_of="rule_id"),
            "haerun.reading.exception": Kind(
                "reading", ("kind", "without_value", "wants_photo", "opens_check")
            ),
            "haerun.reading.cycle": Kind("reading", ("months", "first_month")),
            "haerun.estimate.method": Kind(
                "reading",
                ("basis", "months", "exception_ids", "streak_from", "multiplier"),
                basis="clause",
            ),
            "haerun.remote.alarm": Kind("reading", ("vendor_id", "code")),
            "haerun.conduct.item": Kind("reading", ("help",)),
            "haerun.check.kind": Kind("check", ("danger", "wants_answer", "guidance")),
            "haerun.check.finding": Kind(
                "check", ("recommend", "rectify_days", "demand")
            ),
            "haerun.tariff": Kind("tariff", ("use_class", "hold_above", "version_id")),
            "haerun.tariff.version": Kind("tariff", say=_tariff_version),
            "haerun.tariff.tier": Kind("tariff", line_of="version_id"),
            "haerun.tariff.price": Kind("tariff", line_of="version_id"),
            "haerun.tariff.component": Kind(
                "tariff", ("on_behalf", "vat_rate"), confirm="books_confirmed"
            ),
            "haerun.tender": Kind("tariff", ("kind", "at_counter", "needs_reference")),
            "haerun.bank": Kind("tariff", ("encoding", "ok_words")),
            "haerun.bank.column": Kind("tariff", line_of="bank_id"),
            "haerun.dunning.policy": Kind(
                "dunning",
                ("min_amount", "rest_days", "pass_days", "dunnings", "notice_days"),
            ),
            "haerun.collection.result": Kind(
                "dunning", ("reached", "promises", "dispute", "next_days")
            ),
            "haerun.notice.policy": Kind("dunning", ("sms_text",)),
        }


def _reading_rule(rule):
    severity = dict(rule._fields["severity"]._description_selection(rule.env))
    parts = [severity.get(rule.severity, "")]
    if rule.formula:
        parts.append(rule.formula)
    if rule.limit_ids:
        parts.append(rule.env._("%s lines of figures", len(rule.limit_ids)))
    return joined(rule.env, parts)


def _tariff_version(version):
    env = version.env
    tiers = [
        env._(
            "up to %(limit)s m³ a year %(price)s yuan/m³",
            limit=number(tier.upto),
            price=f"{tier.price:.2f}",
        )
        if tier.upto
        else env._("without limit %s yuan/m³", f"{tier.price:.2f}")
        for tier in version.tier_ids
    ]
    return joined(env, tiers) if tiers else ""
