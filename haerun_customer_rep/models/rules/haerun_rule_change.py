from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults
from ...tools.rules import snapshot
from ...tools.window import open_form

ACTIONS = [
    ("create", "Set up"),
    ("write", "Changed"),
    ("unlink", "Deleted"),
]


class HaerunRuleChange(models.Model):
    """Who changed what in the rules, and when: append-only (R120, R122).

    A line a field, with what it said before and says now, as words of the language of
    who changed it. Nothing writes or deletes a line, not even the superuser; lines are
    added by the methods below alone, which every create, write and unlink of a rule
    calls.
    """

    _name = "haerun.rule.change"
    _description = "Change of a Rule"
    _order = "id desc"
    _rec_name = "name"
    _log_access = False

    at = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)
    model = fields.Selection(
        "_selection_model", string="Kind of Rule", required=True, readonly=True
    )
    res_id = fields.Many2oneReference(
        string="Rule ID", model_field="model", required=True, readonly=True
    )
    name = fields.Char(
        string="Rule", required=True, readonly=True, help="As it was called then."
    )
    line_model = fields.Char(readonly=True)
    line = fields.Char(
        string="Part of the Rule", readonly=True, help="A level, a step, a tier …"
    )
    action = fields.Selection(
        ACTIONS, string="What Was Done", required=True, readonly=True
    )
    field = fields.Char(string="Technical Field", readonly=True)
    field_label = fields.Char(string="What Changed", compute="_compute_field_label")
    old_value = fields.Text(string="Before", readonly=True)
    new_value = fields.Text(string="After", readonly=True)

    _of_rule = models.Index("(model, res_id, id DESC)")

    @api.model
    def _selection_model(self):
        """The kinds of rules, by what they are called."""
        names = self.env["ir.model"]
        return [
            (model, names._get(model).name)
            for model, kind in self.env["haerun.rule.registry"]._by_model().items()
            if not kind.line_of
        ]

    @api.depends("line_model", "model", "field")
    def _compute_field_label(self):
        for change in self:
            model = self.env.get(change.line_model or change.model)
            field = model._fields.get(change.field) if model is not None else None
            change.field_label = (
                field._description_string(self.env) if field else change.field
            )

    # ------------------------------------------------------------ CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super(HaerunRuleChange, without_defaults(self)).create(vals_list)

    def write(self, vals):
        raise UserError(self.env._("What was changed in the rules is never rewritten."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was changed in the rules is never deleted."))

    def action_open_rule(self):
        """Open the rule as it is now.

        :raise UserError: when it has been deleted since
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: only whether it is still there; its form asks for its own rights
        if self.model not in self.env or not (
            self.env[self.model].sudo().browse(self.res_id).exists()
        ):
            raise UserError(
                self.env._(
                    "“%s” has been deleted: what it said is told by its changes.",
                    self.name,
                )
            )
        return open_form(self.model, self.res_id)

    # ------------------------------------------------------------ Business

    @api.model
    def _before(self, rules):
        """What rules or lines say, as :meth:`_tell_changed` wants it."""
        return snapshot(self._told(rules))

    @api.model
    def _tell_created(self, kind, rules):
        """Rules have been set up; lines of a rule are told when it was there before."""
        registry = self.env["haerun.rule.registry"]
        rows = []
        for rule in self._told(rules):
            if kind.line_of and self._is_new(rule[kind.line_of]):
                continue
            said = rule.display_name if kind.line_of else registry._in_words(rule)
            rows.append({**self._of(kind, rule, "create"), "new_value": said})
        self._keep(rows)

    @api.model
    def _tell_changed(self, kind, rules, before):
        """:param before: what :meth:`_before` returned"""
        there_before = rules.filtered(
            lambda rule: not self._is_new(rule[kind.line_of] if kind.line_of else rule)
        )
        self._keep(self._differences(kind, there_before, before))

    @api.model
    def _differences(self, kind, rules, before):
        """Return a row a field that says something else than ``before``."""
        rules = self._told(rules)
        after = snapshot(rules)
        return [
            {
                **self._of(kind, rule, "write"),
                "field": name,
                "old_value": before[rule.id][name][1],
                "new_value": said,
            }
            for rule in rules
            for name, (kept, said) in after[rule.id].items()
            if kept != before[rule.id][name][0]
        ]

    @api.model
    def _deleted(self, kind, rules):
        """What is to be kept once these rules or lines are gone."""
        registry = self.env["haerun.rule.registry"]
        return [
            {
                **self._of(kind, rule, "unlink"),
                "old_value": (
                    rule.display_name if kind.line_of else registry._in_words(rule)
                ),
            }
            for rule in self._told(rules)
        ]

    @api.model
    def _keep(self, rows):
        # sudo: whoever may change a rule is told of, and cannot write this himself
        self.sudo().create(rows)

    def _told(self, rules):
        """The rules as they are told: whole, in the language of who changes them."""
        # sudo: also what a group may not see of a rule counts as changed
        return rules.sudo().with_context(
            lang=self.env.lang or self.env.user.lang, active_test=False
        )

    def _is_new(self, rule):
        """Whether a rule was set up in this transaction: its first wording is told."""
        return rule._log_access and rule.create_date == self.env.cr.now()

    def _of(self, kind, rule, action):
        whole = rule[kind.line_of] if kind.line_of else rule
        return {
            "at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "model": whole._name,
            "res_id": whole.id,
            "name": whole.display_name or whole._description,
            "line_model": rule._name if kind.line_of else False,
            "line": rule.display_name if kind.line_of else False,
            "action": action,
        }
