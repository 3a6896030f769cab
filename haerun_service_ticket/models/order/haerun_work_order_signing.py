import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import order_way as way
from ...tools import seal

SATISFACTION = [
    ("5", "Very satisfied"),
    ("4", "Satisfied"),
    ("3", "Neither"),
    ("2", "Dissatisfied"),
    ("1", "Very dissatisfied"),
]


class WorkOrder(models.Model):
    """客户签字: the customer signs the paper he was shown, or why not (R110)."""

    _inherit = "haerun.work.order"

    sheet_ids = fields.One2many(
        "haerun.work.sheet", "order_id", string="Sheets", readonly=True
    )
    sheet_id = fields.Many2one(
        "haerun.work.sheet",
        string="Signed Sheet",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    sign_way = fields.Selection(
        related="sheet_id.way", string="Outcome", store=True, related_sudo=True
    )
    tampered = fields.Char(related="sheet_id.tampered")

    # ----------------------------------------------------------- action
    def action_sign(self):
        """Render the sheet and hand the phone to the customer (R110)."""
        self.ensure_one()
        sheet = self._show_sheet()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer's Signature"),
            "res_model": "haerun.work.signing",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_sheet_id": sheet.id,
                "default_signer": self.customer or False,
            },
        }

    def action_verify(self):
        """Compare what was signed with what lies there now."""
        self.ensure_one()
        self.check_access("read")
        sheet = self.sudo().sheet_id
        if not sheet:
            raise UserError(
                self.env._(
                    "%s is not signed: there is nothing to compare with.",
                    self.display_name,
                )
            )
        names = sheet._part_names()
        changed = "、".join(names[part] for part in sheet._differences())
        if changed:
            message = self.env._("Changed since it was signed: %s", changed)
        else:
            message = self.env._("Unchanged: paper and signature are those of then.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "danger" if changed else "success",
                "sticky": bool(changed),
            },
        }

    def action_open_sheet(self):
        """Open the paper that was signed."""
        self.ensure_one()
        self.check_access("read")
        return self.sheet_id.action_open_pdf()

    def action_print(self):
        """Print the sheet as it stands; with the signature once there is one."""
        self.check_access("read")
        return self.env.ref("haerun_service_ticket.work_order_report").report_action(
            self
        )

    # ------------------------------------------------------------ seams
    def _show_sheet(self):
        """Render the sheet that is to be signed; the same as long as nothing changed.

        :return: the haerun.work.sheet, not signed yet
        :raise UserError: before the work is done
        """
        self.ensure_one()
        self._check_may("work", "done")
        digest = self._content_digest()
        # sudo: papers are rendered and kept by the system alone
        sheets = self.sudo().sheet_ids
        same = sheets.filtered(
            lambda sheet: sheet.content_digest == digest and not sheet.way
        )
        if same:
            return same[:1].with_env(self.env)
        reports = self.env["ir.actions.report"].sudo().with_context(lang="zh_CN")
        pdf, _kind = reports._render_qweb_pdf(
            "haerun_service_ticket.work_order_report", self.ids
        )
        return sheets.create(
            {
                "order_id": self.id,
                "shown_at": fields.Datetime.now(),
                "shown_by_id": self.env.uid,
                "content_digest": digest,
                "pdf": base64.b64encode(pdf),
            }
        ).with_env(self.env)

    def _sign(self, sheet, signer, signature, satisfaction=None, opinion=None):
        """The customer signs the paper he was shown; from now on it is locked.

        :param sheet: the haerun.work.sheet of :meth:`_show_sheet`
        :param signature: the drawn signature, base64
        :param satisfaction: a key of ``SATISFACTION``
        :raise UserError: when something is missing, or the order is another by now
        """
        if not (signer or "").strip() or not signature:
            raise UserError(
                self.env._("%s: write who signs, and let him sign.", self.display_name)
            )
        return self._end_sheet(
            sheet,
            "signed",
            signer=signer.strip(),
            signature=signature,
            satisfaction=satisfaction or False,
            opinion=opinion or False,
        )

    def _sign_not(self, sheet, why, reason, witness=None, photos=None):
        """The customer does not sign: he refuses, or nobody is there (R110).

        :param why: ``refused`` or ``absent``
        :param witness: who else was there; else a photo is wanted
        :param photos: ir.attachment records
        """
        photos = photos or self.env["ir.attachment"]
        if not (reason or "").strip():
            raise UserError(
                self.env._("%s: write why it is not signed.", self.display_name)
            )
        if not photos and not (witness or "").strip():
            raise UserError(
                self.env._(
                    "%s: name a witness or take a photo, as nobody signs.",
                    self.display_name,
                )
            )
        return self._end_sheet(
            sheet,
            why,
            reason=reason.strip(),
            witness=(witness or "").strip() or False,
            photo_ids=sheet._kept(photos),
        )

    # --------------------------------------------------------- business
    def _end_sheet(self, sheet, outcome, **values):
        self.ensure_one()
        self._lock_row()
        self._check_may("work", "done")
        plain = sheet.sudo()
        if plain.order_id != self or plain.way:
            raise UserError(
                self.env._(
                    "%s: this paper is of another signing; open it anew.",
                    self.display_name,
                )
            )
        if plain.content_digest != self._content_digest():
            raise UserError(
                self.env._(
                    "%s was changed since the customer was shown it: show it anew, "
                    "then let him sign.",
                    self.display_name,
                )
            )
        plain.write(
            {
                **values,
                "way": outcome,
                "signed_at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "for_id": self._on_behalf().id,
            }
        )
        plain._seal_up()
        who = values.get("signer") or values.get("reason")
        text = self.env._(
            "%(who)s; check code %(seal)s", who=who, seal=plain.seal[:16].upper()
        )
        self._take_step(outcome, {"sheet_id": plain.id}, text)
        self._close()
        return sheet

    def _lock_row(self):
        """Two phones do not sign the same order at once."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT id FROM haerun_work_order WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset(["step"])

    def _content_digest(self):
        """SHA-256 over what the sheet tells."""
        return seal.seal(seal.hashed(self._content()))

    def _content(self):
        """Return what the sheet tells, as ``{name: text}``."""
        self.ensure_one()
        order = self.sudo()
        told = {
            name: order[name]
            for name in (
                "number",
                "task",
                "customer",
                "address",
                "severe",
                "diameter",
                "work_done",
                *way.REACHED.values(),
            )
        }
        told |= {
            "kind": order.kind_id.id,
            "uses": [
                (use.material_id.id, use.quantity) for use in _by_id(order.use_ids)
            ],
            "ticks": [
                (tick.id, tick.verdict, tick.note, str(tick.at))
                for tick in _by_id(order.tick_ids)
            ],
            "photos": _by_id(order.photo_ids | order.photo_after_ids).mapped(
                "checksum"
            ),
        }
        return {name: str(value) for name, value in told.items()}

    def _sign_text(self):
        """How it ended, as the ticket's ledger tells it."""
        self.ensure_one()
        sheet = self.sudo().sheet_id
        if not sheet:
            return ""
        names = choices(sheet, "way")
        who = sheet.signer or sheet.reason
        return f"{names[sheet.way]}：{who}（{sheet.seal[:16].upper()}）"

    @api.model
    def _satisfaction_name(self, key):
        return {
            "5": "非常满意",
            "4": "满意",
            "3": "一般",
            "2": "不满意",
            "1": "非常不满意",
        }.get(key, "")


def _by_id(records):
    """The same order each time, whatever the cache holds."""
    return records.sorted("id")
