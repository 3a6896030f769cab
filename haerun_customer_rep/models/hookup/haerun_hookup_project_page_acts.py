import base64
from io import BytesIO

from PIL import Image

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import hookup_route

#: largest file and photo of a signature that the page takes, in bytes
LARGEST, LARGEST_SIGNATURE = 10 * 1024 * 1024, 5 * 1024 * 1024
#: files of one material or one notice
MOST_FILES = 20
MESSAGE = 2000


class HookupProject(models.Model):
    """What the customer does on the page, each when its step asks for it."""

    _name = "haerun.hookup.project"
    _inherit = ["haerun.hookup.project", "rating.mixin"]

    # ------------------------------------------------------------- asks
    def _page_asks(self):
        """Return what is asked of the customer now, as a set of names of forms."""
        self.ensure_one()
        project = self.sudo()
        asks = set()
        order = hookup_route.ORDER
        number = order.get(project.step, -1)
        if number >= order["water_on"] and not project._page_rating():
            asks.add("rate")
        if project.step in hookup_route.ENDED:
            return asks
        asks.add("message")
        if project.suspended_at:
            return asks
        if project.step == "accepted" and project.material_notice_ids:
            if project._missing_materials():
                asks.add("materials")
        if project.step == "plan_approved" and project.plan_id.state == "approved":
            asks.add("sign")
        if project.step == "plan_delivered" and (
            project.goes_design or project.goes_review
        ):
            asks.add("finish" if project.design_id else "design")
        if order["plan_delivered"] <= number <= order["meters_accepted"]:
            asks.add("water")
        return asks

    def _check_page_ask(self, ask):
        """:raise UserError: when the step does not ask for it (any more)"""
        if ask not in self._page_asks():
            raise UserError(
                self.env._("This is not asked for now: the page shows what is.")
            )

    def _page_rating(self):
        ratings = self.env["rating.rating"].sudo()
        return ratings.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("consumed", "=", True),
            ],
            limit=1,
        )

    # ------------------------------------------------------------- acts
    def _page_bring(self, material, files):
        """The customer uploads a missing paper; the clerk looks at it (R15).

        :param material: id of a missing line of the checklist
        :param files: list of (name, bytes)
        """
        self._check_page_ask("materials")
        line = self._missing_materials().filtered(lambda m: m.id == material)
        if not line:
            raise UserError(self.env._("This paper is not missing."))
        if len(line.attachment_ids) + len(files) > MOST_FILES:
            raise UserError(self.env._("At most %s files of a paper.", MOST_FILES))
        attachments = self._page_files(files, line)
        line.attachment_ids |= attachments
        self._page_tell(
            self.env._("Papers brought by the customer: %s", line.display_name),
            attachments,
        )

    def _page_sign(self, signer_name, signature):
        """The customer signs for the plan (R22).

        :param signature: bytes of a picture
        """
        self._check_page_ask("sign")
        self.plan_id._receive(
            signer_name, base64.b64encode(self._page_picture(signature)), how="page"
        )

    def _page_plan(self):
        """The plan that is the customer's: approved or already in his hands (R22)."""
        plan = self.sudo().plan_id
        return plan if plan.state in ("approved", "delivered") else plan.browse()

    def _page_plan_pdf(self):
        """Return the customer's plan as PDF, or None when there is none yet."""
        plan = self._page_plan()
        if not plan:
            return None
        # sudo: the plan is the customer's own
        pdf, _kind = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("haerun_customer_rep.haerun_hookup_plan_report", plan.ids)
        )
        return pdf

    def _page_finish(self, note, files):
        """The customer's design-finished notice (R24)."""
        self._check_page_ask("finish")
        drawings = self._page_files(files)
        self._finish_design((note or "")[:MESSAGE], drawings, how="page")

    def _page_say(self, text):
        """A message of the customer to whoever acts."""
        self._check_page_ask("message")
        text = (text or "").strip()[:MESSAGE]
        if not text:
            raise UserError(self.env._("Write what you want to tell us."))
        self._page_tell(text)

    def _page_rate(self, stars, text):
        """The customer rates the service, once (R39).

        :param stars: 1 to 5
        """
        self._check_page_ask("rate")
        if stars not in ("1", "2", "3", "4", "5"):
            raise UserError(self.env._("Give one to five stars."))
        # sudo of the caller: customers have no right on ratings
        self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": self.id,
                "partner_id": self.partner_id.id,
                "rated_partner_id": self.acting_user_id.partner_id.id,
                "rating": int(stars),
                "feedback": (text or "").strip()[:MESSAGE],
                "consumed": True,
            }
        )

    # ---------------------------------------------------------- helpers
    def _page_tell(self, text, attachments=None):
        """Note it as the customer's and ask who acts to look at it."""
        self.message_post(
            body=text,
            author_id=self.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        user = self.acting_user_id or self.intake_user_id
        kind = self.env.ref("haerun_customer_rep.mail_activity_page")
        waiting = self.activity_ids.filtered(
            lambda a: a.activity_type_id == kind and a.user_id == user
        )
        if not waiting:
            self.activity_schedule(
                activity_type_id=kind.id,
                user_id=user.id,
                summary=text[:80],
                date_deadline=fields.Date.context_today(self),
            )

    def _page_files(self, files, record=None):
        """Return files of the customer as attachments, checked by what they hold.

        :param files: list of (name, bytes)
        :param record: record that they belong to, or none yet
        """
        if not files:
            raise UserError(self.env._("Choose a file first."))
        if len(files) > MOST_FILES:
            raise UserError(self.env._("At most %s files at once.", MOST_FILES))
        values = []
        for name, content in files:
            if len(content) > LARGEST:
                raise UserError(self.env._("“%s” is larger than 10 MB.", name))
            kind = self._page_kind(content)
            if not kind:
                raise UserError(
                    self.env._("“%s” is neither a PDF nor a JPEG or PNG photo.", name)
                )
            values.append(
                {
                    "name": f"{name.rpartition('.')[0] or name}"[:100] + kind[1],
                    "raw": content,
                    "mimetype": kind[0],
                    "description": "customer",
                    "res_model": record._name if record else False,
                    "res_id": record.id if record else 0,
                }
            )
        return self.env["ir.attachment"].create(values)

    def _page_kind(self, content):
        """Return (type, ending) that the bytes themselves prove, or None."""
        if content.startswith(b"%PDF-"):
            return "application/pdf", ".pdf"
        try:
            with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as picture:
                picture.verify()
                kind = picture.format
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return None
        return f"image/{kind.lower()}", ".png" if kind == "PNG" else ".jpg"

    def _page_picture(self, content):
        """Return a signature if it is a picture of decent size."""
        kind = len(content) <= LARGEST_SIGNATURE and self._page_kind(content)
        if not kind or not kind[0].startswith("image/"):
            raise UserError(self.env._("Draw your signature, or take a photo of it."))
        return content
