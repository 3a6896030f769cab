"""All that Odoo and this house keep about other records: the roads that are closed."""

from odoo import api, models

TRACE = "haerun.secret.trace"
#: what has clocks, and what people are told of; each costs a look a search
TIMED = tuple(f"haerun.accountability.{name}" for name in ("case", "report", "appeal"))
TOLD = (*TIMED, "haerun.accountability.decision", "haerun.accountability.proposal")


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", TRACE]
    _haerun_left_by = TOLD
    _haerun_traced = ("model", "res_id")


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", TRACE]
    _haerun_left_by = TOLD


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", TRACE]
    _haerun_left_by = TOLD


class IrModelData(models.Model):
    """An export names what it exported, for everybody to see."""

    _name = "ir.model.data"
    _inherit = ["ir.model.data", TRACE]
    _haerun_traced = ("model", "res_id")


class TierReview(models.Model):
    _name = "tier.review"
    _inherit = ["tier.review", TRACE]
    _haerun_left_by = ("haerun.accountability.opinion",)
    _haerun_traced = ("model", "res_id")


class HaerunClock(models.Model):
    _name = "haerun.clock"
    _inherit = ["haerun.clock", TRACE]
    _haerun_left_by = TIMED


class HaerunPush(models.Model):
    _name = "haerun.push"
    _inherit = ["haerun.push", TRACE]
    _haerun_left_by = TOLD


class HaerunSupervisionNotice(models.Model):
    _name = "haerun.supervision.notice"
    _inherit = ["haerun.supervision.notice", TRACE]
    _haerun_left_by = TIMED


class HaerunAccessLog(models.Model):
    _name = "haerun.access.log"
    _inherit = ["haerun.access.log", TRACE]
    _haerun_left_by = TIMED[:1]


class SecretTraces(models.AbstractModel):
    """What becomes of traces when somebody may not know any more."""

    _inherit = "haerun.secret.mixin"

    @api.model
    def _haerun_forget_traces(self):
        """Who may read a trace depends on its record, which has changed."""
        trace = self.env.registry[TRACE]
        for name, model in self.env.registry.items():
            if issubclass(model, trace) and not model._abstract:
                self.env[name].invalidate_model(["secret_open"])

    def _haerun_purge(self):
        """Take from the inbox and the lists of all who may not read these any more.

        What was sent leaves their inbox, what is still to be sent is not; they follow
        nothing and have nothing to do.
        """
        for record in self.sudo():
            about = [("res_model", "=", record._name), ("res_id", "=", record.id)]
            pushes = self.env["haerun.push"].sudo().search(about)
            activities = self.env["mail.activity"].sudo().search(about)
            followers = self.env["mail.followers"].sudo().search(about)
            messages = (
                self.env["mail.message"]
                .sudo()
                .search([("model", "=", record._name), ("res_id", "=", record.id)])
            )
            told = messages.partner_ids | messages.notification_ids.res_partner_id
            users = pushes.user_id | activities.user_id
            users |= (
                (followers.partner_id | told).with_context(active_test=False).user_ids
            )
            out = users.filtered(
                lambda user, one=record: not one.with_user(user).has_access("read")
            )
            gone = pushes.filtered(lambda push, out=out: push.user_id in out)
            for push in gone.filtered("message_id"):
                push.message_id._haerun_withdraw(push.user_id.partner_id)
            gone.filtered(lambda push: not push.sent_at).unlink()
            activities.filtered(lambda act, out=out: act.user_id in out).unlink()
            partners = out.partner_id
            followers.filtered(lambda f, who=partners: f.partner_id in who).unlink()
            for message in messages:
                message._haerun_withdraw(partners)


class MailMessageWithdrawn(models.Model):
    _inherit = "mail.message"

    def _haerun_withdraw(self, partners):
        """This message was never for ``partners``: out of their inbox."""
        self.ensure_one()
        # sudo: whom a message reaches is settled by the system
        message = self.sudo()
        message.notification_ids.filtered(
            lambda one: one.res_partner_id in partners
        ).unlink()
        if message.partner_ids & partners:
            message.write({"partner_ids": [(3, one.id) for one in partners]})
