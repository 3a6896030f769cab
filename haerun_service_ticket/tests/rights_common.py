"""The world of the rights tests: who has a role, and a record of every model."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.haerun_customer_rep.tests import rights_common, rights_sheet
from odoo.addons.haerun_customer_rep.tests.common import GROUP

from .order_common import OrderCommon

#: role: its group, or the user of the world; those with a 2 serve another branch
ROLES = {
    "clerk": None,
    "clerk2": "intake_clerk",
    "cashier": "cashier",
    "handler": None,
    "collab": "representative",
    "rep2": "representative",
    "csdrep": None,
    "head": None,
    "head2": "unit_manager",
    "csd_s": None,
    "csd_m": None,
    "csd_e": "csd_engineering",
    "superv": "supervision",
    "rules": "rules_admin",
    "fitter": None,
    "reader": "meter_reader",
    "accnt": "accountant",
    "plain": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
    "system": "haerun_service_ticket.group_petition_system",
}


class RightsCommon(rights_sheet.RightsSheet, OrderCommon):
    addon = "haerun_service_ticket"
    arguments = {
        "haerun.ticket.intake": {"payload": []},
        "haerun.ticket.replies": {"channel": "phone"},
        "haerun.ticket.replies_fetched": {"channel": "phone", "received": []},
        "haerun.outage.submit": {"payload": []},
    }
    undone = rights_common.RightsCommon.undone

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        known = {
            "clerk": cls.user_clerk,
            "handler": cls.user_handler,
            "csdrep": cls.user_csd_rep,
            "head": cls.user_branch_head,
            "csd_s": cls.user_csd_service,
            "csd_m": cls.user_csd_marketing,
            "fitter": cls.user_fitter,
        }
        cls.users = {
            role: known.get(role) or cls._role(role, group)
            for role, group in ROLES.items()
        }
        elsewhere = cls.env["hr.department"].create(
            {"name": "市南营业分公司(试)", "haerun_level": "branch"}
        )
        elsewhere.manager_id = cls._employee(cls.users["head2"], elsewhere)
        cls._representative(cls.users["rep2"], elsewhere, "service")
        helper = cls._representative(cls.users["collab"], cls.branch, "marketing")
        ticket = cls._taken("meter_test")
        ticket.with_user(cls.user_clerk)._give_notice()
        ticket.material_ids.sudo().write({"received": True})
        ticket.with_user(cls.user_csd_service)._forward(cls.handler)
        ticket.collaborator_ids = helper
        mine = ticket.with_user(cls.user_handler)
        mine._note_contact("phone", "已联系", told_limit=True)
        mine.write({"draft": "已校表", "result": "solved"})
        mine._submit_reply()
        ticket.with_user(cls.user_csd_service)._audit(False, "重写")
        mine._ask_extension(2, "等检定")
        petition = (
            cls.env["haerun.petition"]
            .with_user(cls.user_clerk)
            .create(
                {
                    "channel_id": cls.phone_channel.id,
                    "text": "要求校表",
                    "phone": "13869817766",
                }
            )
        )
        petition.with_user(cls.user_csd_service)._link(ticket)
        cls.world = {
            "haerun.petition": petition,
            "haerun.petition.event": petition.event_ids[:1],
            "haerun.ticket": ticket,
            "haerun.ticket.event": ticket.event_ids[:1],
            "haerun.ticket.reply": ticket.reply_ids[:1],
            "haerun.ticket.request": ticket.request_ids[:1],
            "haerun.ticket.material": ticket.material_ids[:1],
            "haerun.ticket.notice": ticket.notice_once_ids,
            "haerun.ticket.notice.line": ticket.notice_once_ids.line_ids[:1],
            "haerun.ticket.category": ticket.category_id,
            "haerun.ticket.category.material": ticket.category_id.material_ids[:1],
            "haerun.ticket.rule": ticket.category_id.rule_ids[:1],
            "haerun.contact.log": ticket.contact_ids,
            **cls._answer_world(ticket),
            **cls._order_world(ticket),
            **cls._figures_world(ticket),
        }
        cls.env.flush_all()
        cls.world |= cls._desk_world(ticket)

    @classmethod
    def _desk_world(cls, ticket):
        """The ledger's row of the ticket, and the ledger of the branch's month."""
        ledger = cls.env["haerun.service.ledger"]
        months = cls.env["haerun.ledger.month"]
        return {
            "haerun.service.ledger": ledger.search([("ticket_id", "=", ticket.id)]),
            "haerun.ledger.month": months.create(
                {"unit_id": cls.branch.id, "month": "2026-01-01"}
            ),
        }

    @classmethod
    def _answer_world(cls, ticket):
        """An outage of the branch, announced and told; a shared reply; an article."""
        cls.phone_channel.system_user_ids = cls.users["system"]
        reply = cls.env.ref("haerun_service_ticket.canned_satisfied_reply")
        reply._note_use(ticket)
        article = cls.env.ref("haerun_service_ticket.article_yellow")
        article.answer = "放水"
        cls._account(address="试验路8号", phone="13900003333")
        start = fields.Datetime.now()
        outage = cls.env["haerun.outage"].create(
            {
                "kind": "burst",
                "reason": "x",
                "unit_id": cls.branch.id,
                "planned_from": start,
                "planned_to": start + timedelta(hours=8),
                "place_ids": [Command.create({"road": "试验路"})],
            }
        )
        outage._announce()
        outage._message("announced")
        return {
            "haerun.canned.reply": reply,
            "haerun.canned.use": cls.env["haerun.canned.use"].search([], limit=1),
            "haerun.knowledge.article": article,
            "haerun.knowledge.version": article.version_ids[:1],
            "haerun.outage": outage,
            "haerun.outage.place": outage.place_ids,
            "haerun.outage.event": outage.event_ids[:1],
            "haerun.outage.message": cls.env["haerun.outage.message"].search(
                [("outage_id", "=", outage.id)], limit=1
            ),
            "haerun.outage.policy": cls.env["haerun.outage.policy"]._get(),
        }

    @classmethod
    def _order_world(cls, ticket):
        """A work order of the ticket, there and done, and shown to the customer."""
        order = cls._opened("visit", ticket=ticket, user=cls.user_handler)
        order.tick_ids.sudo().photo = False
        mine = order.with_user(cls.user_fitter)
        mine.action_tick_all()
        mine.action_depart()
        mine.action_arrive()
        mine.action_tick_all()
        material = cls.env.ref("haerun_service_ticket.work_material_11")
        use = mine.use_ids.create({"order_id": order.id, "material_id": material.id})
        mine.write(
            {
                "work_done": "已说明",
                "photo_ids": [Command.link(cls._photo_of(cls.user_fitter).id)],
            }
        )
        mine.action_done()
        sheet = mine._show_sheet()
        order.with_user(cls.user_branch_head)._sample("good")
        return {
            "haerun.work.order": order,
            "haerun.work.event": order.event_ids[:1],
            "haerun.work.tick": order.tick_ids[:1],
            "haerun.work.use": use,
            "haerun.work.sheet": sheet,
            "haerun.work.sample": order.sample_ids,
            "haerun.work.team": cls.team,
            "haerun.work.kind": order.kind_id,
            "haerun.work.material": material,
            "haerun.work.checklist": order.tick_ids.checklist_id[:1],
            "haerun.work.checklist.item": order.tick_ids.checklist_id[:1].item_ids[:1],
        }

    @classmethod
    def _figures_world(cls, ticket):
        """What the ticket adds to the figures."""
        cls.env.flush_all()
        report = cls.env["haerun.ticket.report"]
        found = report.search([("ticket_id", "=", ticket.id), ("kind", "=", "ticket")])
        return {"haerun.ticket.report": found}

    @classmethod
    def _role(cls, role, group):
        return new_test_user(
            cls.env,
            f"ticket_rights_{role}",
            groups=group if "." in group else GROUP % group,
            tz="Asia/Shanghai",
            notification_type="email" if role in ("portal", "public") else "inbox",
        )

    @classmethod
    def _window_values(cls, name):
        """What a window of this add-on cannot be without."""
        ticket = cls.world["haerun.ticket"]
        petition = cls.world["haerun.petition"]
        order = cls.world["haerun.work.order"]
        return {
            "haerun.petition.turn": {
                "petition_ids": petition.ids,
                "kind": "unlink",
                "reason": "x",
            },
            "haerun.petition.desk": {"channel_id": cls.phone_channel.id, "text": "x"},
            "haerun.outage.turn": {
                "outage_id": cls.world["haerun.outage"].id,
                "kind": "extend",
            },
            "haerun.petition.import": {"channel_id": cls.phone_channel.id},
            "haerun.work.turn": {
                "order_ids": order.ids,
                "kind": "cancel",
                "reason": "x",
            },
            "haerun.work.ticking": {"tick_id": order.tick_ids[:1].id},
            "haerun.work.signing": {
                "sheet_id": cls.world["haerun.work.sheet"].id,
                "way": "refused",
                "reason": "x",
                "witness": "x",
            },
            "haerun.work.sampling": {"order_id": order.id},
            "haerun.ticket.workbook": {},
            "haerun.ticket.turn": {
                "ticket_ids": ticket.ids,
                "kind": "cancel",
                "reason": "x",
            },
            "haerun.ticket.contacting": {"ticket_id": ticket.id, "said": "x"},
            "haerun.ticket.measures": {"ticket_id": ticket.id, "text": "x"},
            "haerun.ticket.feedback": {
                "ticket_id": ticket.id,
                "channel_id": cls.phone_channel.id,
                "text": "x",
            },
        }[name]

    def _target(self, model, user):
        if self.env[model]._transient:
            values = self._window_values(model)
            return self.env[model].with_user(user).create(values)
        return super()._target(model, user)
