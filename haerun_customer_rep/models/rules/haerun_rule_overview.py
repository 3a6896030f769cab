from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.window import open_form

GROUPS = (
    "group_unit_manager",
    "group_csd",
    "group_supervision",
    "group_rules_admin",
)
#: changes of one rule that are shown at once
LIMIT = 50


class HaerunRuleOverview(models.AbstractModel):
    """规则一览: every rule of the company on one page (R1, R120, R122).

    It tells whoever leads, coordinates, supervises or sets the rules what they say;
    to open, confirm or follow one by a new version takes the rights of its own model.
    """

    _name = "haerun.rule.overview"
    _description = "Overview of the Rules"

    @api.model
    @api.readonly
    def get_rules(self):
        """Return all rules of all kinds, archived ones too.

        :return: dict of ``groups`` (list of dicts ``key``, ``label``, ``kinds`` (list
            of dicts ``model``, ``label``, ``may_open``, ``may_write``)), ``rules``
            (list of dicts as of :meth:`_row`) and ``today``
        :raise AccessError: unless the user leads, coordinates, supervises or sets rules
        """
        self._check_reads()
        groups = [
            {"key": key, "label": label, "kinds": []}
            for _sequence, key, label in sorted(
                self.env["haerun.rule.registry"]._groups()
            )
        ]
        by_key = {group["key"]: group for group in groups}
        rules = []
        for model, kind in self._listed().items():
            own = self.env[model]
            by_key[kind.group]["kinds"].append(
                {
                    "model": model,
                    "label": self.env["ir.model"]._get(model).name,
                    "may_open": own.has_access("read"),
                    "may_write": own.has_access("write"),
                }
            )
            rules += self._rows(model)
        return {
            "groups": [group for group in groups if group["kinds"]],
            "rules": rules,
            "today": str(fields.Date.context_today(self)),
        }

    @api.model
    @api.readonly
    def get_history(self, model, res_id):
        """Return what was changed in one rule, the latest first, at most 50.

        :return: list of dicts ``id``, ``at``, ``by``, ``what``, ``line``, ``field``,
            ``before``, ``after``
        :raise AccessError: unless the user leads, coordinates, supervises or sets rules
        """
        self._check_reads()
        changes = self.env["haerun.rule.change"].search(
            [("model", "=", self._known(model)), ("res_id", "=", int(res_id))],
            limit=LIMIT,
        )
        actions = dict(changes._fields["action"]._description_selection(self.env))
        return [
            {
                "id": change.id,
                "at": fields.Datetime.to_string(change.at),
                # sudo: who changed it is told by name, whatever unit he is of
                "by": change.user_id.sudo().name,
                "what": actions[change.action],
                "line": change.line or "",
                "field": change.field_label or "",
                "before": change.old_value or "",
                "after": change.new_value or "",
            }
            for change in changes
        ]

    @api.model
    def confirm(self, model, res_id):
        """CSD confirms a rule that was seeded from published practice.

        :return: the row of the rule
        :raise AccessError: unless the user may write such rules
        :raise UserError: when it is gone, or no such rule is ever confirmed
        """
        rule, kind = self._rule(model, res_id)
        if kind.confirm not in rule._fields:
            raise UserError(
                self.env._(
                    "“%s” is not marked “to confirm”: there is nothing to do.",
                    rule.display_name,
                )
            )
        rule.write({kind.confirm: True})
        return self._rows(model, rule.ids)[0]

    @api.model
    def new_version(self, model, res_id):
        """Follow a rule in force by its next version, and open that one.

        :raise AccessError: unless the user may set up such rules
        :raise UserError: when such a rule has no versions, or is not in force yet
        """
        rule, _kind = self._rule(model, res_id)
        if not self._versioned(rule):
            raise UserError(
                self.env._(
                    "“%s” has no versions: change it as it is.", rule.display_name
                )
            )
        rule.check_access("write")
        return rule.action_new_version()

    @api.model
    @api.readonly
    def open(self, model, res_id):
        """Return the action that opens the form of one rule.

        :raise AccessError: unless the user may read such rules
        """
        rule, _kind = self._rule(model, res_id)
        rule.check_access("read")
        return open_form(model, rule.id)

    @api.model
    @api.readonly
    def export(self):
        """Return the action that downloads the workbook of the rules in force."""
        self._check_reads()
        return {
            "type": "ir.actions.report",
            "report_type": "xlsx",
            "report_name": "haerun_customer_rep.rule_overview_xlsx",
            "report_file": "rules",
            "context": {},
        }

    # ------------------------------------------------------------ Business

    @api.model
    def _may_read(self):
        return any(
            self.env.user.has_group(f"haerun_customer_rep.{group}") for group in GROUPS
        )

    @api.model
    def _check_reads(self):
        if not self._may_read():
            raise AccessError(
                self.env._(
                    "The overview of the rules is for unit managers, CSD, supervision "
                    "and the rules administrator: ask one of them."
                )
            )

    @api.model
    def _listed(self):
        """Return ``{model: Kind}`` of what is a rule by itself."""
        return {
            model: kind
            for model, kind in self.env["haerun.rule.registry"]._by_model().items()
            if not kind.line_of
        }

    @api.model
    def _known(self, model):
        """:raise UserError: when ``model`` is no kind of rule"""
        if model not in self._listed():
            raise UserError(
                self.env._("“%s” is no kind of rule: reload the page.", model)
            )
        return model

    @api.model
    def _rule(self, model, res_id):
        """Return one rule with the user's rights, and its kind.

        :raise UserError: when it is gone
        """
        self._check_reads()
        rule = self.env[self._known(model)].browse(int(res_id)).exists()
        if not rule:
            raise UserError(
                self.env._("This rule has been deleted meanwhile: reload the page.")
            )
        return rule, self._listed()[model]

    @api.model
    def _versioned(self, rule):
        return "version" in rule._fields and hasattr(rule, "action_new_version")

    @api.model
    def _rows(self, model, ids=None):
        """Return the rules of one kind, as dicts of :meth:`_row`."""
        # sudo: whoever may see the overview is told all rules, and only by its words
        rules = self.env[model].sudo().with_context(active_test=False)
        rules = rules.browse(ids) if ids else rules.search([])
        changed = self._last_changes(rules)
        today = fields.Date.context_today(self)
        return [self._row(rule, changed.get(rule.id), today) for rule in rules]

    @api.model
    def _row(self, rule, change, today):
        """What one rule says.

        :return: dict of ``model``, ``id``, ``name``, ``code``, ``words``, ``version``
            (number or False), ``date_from``, ``date_to`` (ISO or False), ``state``
            (``now``, ``coming``, ``past``), ``to_confirm``, ``basis``, ``renewable``
            (whether it can be followed by a version now), ``changed_at`` (UTC or
            False), ``changed_by``
        """
        kind = self.env["haerun.rule.registry"]._by_model()[rule._name]
        names = rule._fields
        state = self._state(rule, today)
        date_to = rule.date_to if "date_to" in names else False
        return {
            "model": rule._name,
            "id": rule.id,
            "name": rule.display_name,
            "code": rule.code if names.get("code", 0) and rule.code else "",
            "words": self.env["haerun.rule.registry"]._in_words(rule),
            "version": rule.version if "version" in names else False,
            "date_from": str(rule.date_from) if "date_from" in names else False,
            "date_to": str(date_to) if date_to else False,
            "state": state,
            "to_confirm": (
                kind.confirm in names and not rule[kind.confirm] and state != "past"
            ),
            "basis": rule[kind.basis] or "" if kind.basis in names else "",
            "renewable": self._versioned(rule) and state == "now" and not date_to,
            "changed_at": fields.Datetime.to_string(change.at) if change else False,
            "changed_by": change.user_id.name if change else "",
        }

    @api.model
    def _state(self, rule, today):
        """Whether a rule holds ``now``, is ``coming`` or ``past``."""
        names = rule._fields
        if "active" in names and not rule.active:
            return "past"
        if "date_from" in names and rule.date_from and rule.date_from > today:
            return "coming"
        if "date_to" in names and rule.date_to and rule.date_to < today:
            return "past"
        return "now"

    @api.model
    def _last_changes(self, rules):
        """Return ``{id: its last haerun.rule.change}`` of rules that have any."""
        # sudo: as the rules themselves
        changes = self.env["haerun.rule.change"].sudo()
        last = changes._read_group(
            [("model", "=", rules._name), ("res_id", "in", rules.ids)],
            ["res_id"],
            ["id:max"],
        )
        return {
            change.res_id: change for change in changes.browse(top for _id, top in last)
        }
