from markupsafe import Markup

from odoo import api, fields, models

from ...tools.context import without_defaults
from ...tools.state import choices

ACTIONS = [
    ("assign", "New matter"),
    ("remind", "Reminder"),
    ("urge", "Urging"),
    ("supervise", "Supervision"),
    ("circulate", "Circulation"),
    ("review", "Accountability proposal"),
]
#: the heaviest first: what a message leads with
WEIGHT = [action for action, _label in reversed(ACTIONS)]


class HaerunPush(models.Model):
    """What somebody is still to be told: the outbox between scan and inbox.

    Rows are written in the transaction that decides on them and sent, all of one
    person in one message, in the transaction that marks them sent; a crash between
    the two neither loses nor doubles anything.
    """

    _name = "haerun.push"
    _description = "Push"
    _order = "id"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    clock_id = fields.Many2one("haerun.clock", index="btree_not_null")
    level_id = fields.Many2one("haerun.escalation.level", ondelete="restrict")
    cycle = fields.Integer()
    action = fields.Selection(ACTIONS, required=True)
    urgent = fields.Boolean(help="Sent at once, quiet hours or not.")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    title = fields.Char(required=True)
    detail = fields.Char()
    due_at = fields.Datetime()
    created_at = fields.Datetime(default=fields.Datetime.now, required=True)
    sent_at = fields.Datetime(readonly=True)
    message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    failure = fields.Char(readonly=True)

    _waiting_idx = models.Index(
        "(user_id, urgent) WHERE sent_at IS NULL AND failure IS NULL"
    )
    _once = models.UniqueIndex(
        "(clock_id, level_id, cycle, user_id) WHERE level_id IS NOT NULL",
        "This person has been told of this level already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super(HaerunPush, without_defaults(self)).create(vals_list)

    # ------------------------------------------------------------
    # Action
    # ------------------------------------------------------------

    def action_retry(self):
        """Send anew what could not be sent (rules administrator)."""
        self.check_access("read")
        # sudo: nobody writes the outbox; this changes nothing but the flag
        self.sudo().filtered("failure").write({"failure": False})
        self.env.ref("haerun_customer_rep.ir_cron_scan").sudo()._trigger()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _forget(self, clocks):
        """Drop what is still unsent about clocks that have ended."""
        self.search([("clock_id", "in", clocks.ids), ("sent_at", "=", False)]).unlink()

    def _message_values(self, user):
        """Return what the message to ``user`` says, in his language and time zone."""
        mine = self.with_context(lang=user.lang, tz=user.tz or "Asia/Shanghai")
        pushes = mine.sorted(lambda push: (WEIGHT.index(push.action), push.id))
        # a matter that is new and urged at once stands in the message once
        matters = pushes.grouped(lambda push: (push.res_model, push.res_id))
        heads = pushes.browse(group[0].id for group in matters.values())
        single = len(heads) == 1
        return {
            "model": heads.res_model if single else False,
            "res_id": heads.res_id if single else False,
            "partner_ids": user.partner_id.ids,
            "subject": heads._subject(),
            "body": Markup("<ul>{rows}</ul>").format(
                rows=Markup("").join(group._row() for group in matters.values())
            ),
        }

    def _subject(self):
        """E.g. "督办 2 · 催办 1": how many matters, the heaviest first."""
        labels = choices(self, "action")
        if len(self) == 1:
            return f"{labels[self.action]}·{self.title}"
        by_action = self.grouped("action")
        return " · ".join(
            f"{labels[action]} {len(by_action[action])}"
            for action in WEIGHT
            if action in by_action
        )

    def _row(self):
        """Return the line about one matter, led by the heaviest of its pushes."""
        head = self[0]
        labels = choices(self, "action")
        details = dict.fromkeys(push.detail for push in self if push.detail)
        return Markup(
            '<li>{label} <a href="/mail/view?model={model}&amp;res_id={res_id}">'
            "{title}</a> {details}{due}</li>"
        ).format(
            label=labels[head.action],
            model=head.res_model,
            res_id=head.res_id,
            title=head.title,
            details="、".join(details),
            due=head._due_text(),
        )

    def _due_text(self):
        if not self.due_at:
            return ""
        local = fields.Datetime.context_timestamp(self, self.due_at)
        return self.env._(" (due %s)", local.strftime("%m-%d %H:%M"))
