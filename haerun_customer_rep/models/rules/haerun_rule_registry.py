from odoo import api, models, tools

from ...tools.rules import Kind, duration, number, value_in_words
from ...tools.sentence import joined


class HaerunRuleRegistry(models.AbstractModel):
    """Which models hold rules, in which groups: each add-on names its own (R1, R120).

    A model that is not installed is left out, so that a rule may be named before the
    add-on or the room that has it is there.
    """

    _name = "haerun.rule.registry"
    _description = "Kinds of Rules"

    @api.model
    def _groups(self):
        """Return the groups in order: list of ``(sequence, key, label)``."""
        return [
            (10, "time", self.env._("Time limits and ladders")),
            (20, "hookup", self.env._("Hookup of new customers")),
            (30, "channel", self.env._("Channels of intake")),
            (40, "visit", self.env._("Return visits")),
            (900, "assessment", self.env._("Assessment and accountability")),
        ]

    @api.model
    def _kinds(self):
        """Return ``{model: Kind}`` of this and the add-ons to its left, in order."""
        return {
            "haerun.time.limit": Kind("time", say=_limit),
            "haerun.escalation.ladder": Kind("time", ("level_ids",)),
            "haerun.escalation.level": Kind("time", line_of="ladder_id"),
            "haerun.notice.template": Kind("time", ("kind", "body")),
            "haerun.pause.reason": Kind("time", ("holder",)),
            "haerun.milestone": Kind("time", ("model",)),
            "haerun.service.type": Kind("hookup", ("current_version_id",)),
            "haerun.service.version": Kind("hookup", say=_service_version),
            "haerun.service.step": Kind("hookup", line_of="version_id"),
            "haerun.service.material": Kind("hookup", line_of="version_id"),
            "haerun.hookup.material.type": Kind("hookup", ("note",)),
            "haerun.inspection.item": Kind("hookup", ("kind", "check_points")),
            "haerun.channel": Kind("channel", ("kind",)),
            "haerun.visit.rule": Kind("visit", say=_visit_rule),
            "haerun.visit.question": Kind("visit", line_of="rule_id"),
            "haerun.indicator": Kind("assessment", say=_indicator, basis="source"),
            "haerun.indicator.target": Kind("assessment", line_of="indicator_id"),
            "haerun.grade": Kind("assessment", ("least", "listed")),
            "haerun.bonus.rule": Kind(
                "assessment",
                ("period", "scope", "kind", "threshold", "formula", "amount"),
                basis="source",
            ),
            "haerun.sanction": Kind(
                "assessment", ("degree", "months", "points", "amount", "text")
            ),
            "haerun.report.sending": Kind(
                "assessment", ("unit_id", "day", "hour", "user_ids")
            ),
        }

    @api.model
    @tools.ormcache()
    def _by_model(self):
        """Return ``{model: Kind}`` of the models that are there."""
        return {
            model: kind
            for model, kind in self._kinds().items()
            if model in self.env.registry
        }

    @api.model
    def _in_words(self, rule):
        """What a rule says, in a clause or two of the user's language."""
        kind = self._by_model()[rule._name]
        if kind.say:
            return kind.say(rule)
        names = [name for name in kind.fields if name in rule._fields]
        if len(names) == 1:
            return value_in_words(rule, names[0])
        parts = [
            self.env._(
                "%(field)s: %(value)s",
                field=rule._fields[name]._description_string(self.env),
                value=value_in_words(rule, name),
            )
            for name in names
            if rule[name]
        ]
        return joined(self.env, parts) if parts else ""


def _limit(limit):
    return limit.env._(
        "%(time)s, from “%(start)s” to “%(end)s”",
        time=duration(limit.env, limit.amount, limit.unit),
        start=limit.start_milestone_id.name,
        end=limit.end_milestone_id.name,
    )


def _service_version(version):
    return version.env._(
        "promised %(plain)s, with simple outside line %(simple)s, with outside line "
        "%(line)s; %(steps)s steps, %(papers)s papers",
        plain=duration(version.env, version.promised_amount, version.promised_unit),
        simple=number(version.promised_amount_simple),
        line=number(version.promised_amount_line),
        steps=version.step_count,
        papers=version.material_count,
    )


def _visit_rule(rule):
    parts = [
        rule.env._(
            "after “%(milestone)s”: %(visitor)s, sample %(share)s %%, %(questions)s "
            "questions",
            milestone=rule.milestone_id.name,
            visitor=value_in_words(rule, "visitor"),
            share=number(rule.share),
            questions=len(rule.question_ids),
        )
    ]
    if rule.period_months:
        parts.append(rule.env._("again every %s months", rule.period_months))
    return joined(rule.env, parts)


def _indicator(indicator):
    return indicator.env._(
        "%(formula)s: target %(target)s, no points from %(limit)s, full points "
        "%(weight)s",
        formula=value_in_words(indicator, "formula"),
        target=number(indicator.target),
        limit=number(indicator.zero_at),
        weight=number(indicator.weight),
    )
