import base64

from odoo import api, fields, models

from ...tools import seal
from ...tools.order_way import SIGNS


class WorkSheet(models.Model):
    """The paper that the customer was shown, and what he did with it (R110).

    Rendered before it is signed; the signature is bound by SHA-256 to these very
    bytes. Evidence: nobody changes it by hand, and whoever changes it otherwise is
    told by :meth:`_differences`.
    """

    _name = "haerun.work.sheet"
    _description = "Signed Work Sheet"
    _inherit = ["haerun.work.part", "haerun.evidence.mixin", "haerun.photo.mixin"]
    _order = "id desc"

    order_id = fields.Many2one(
        "haerun.work.order", required=True, index=True, ondelete="restrict"
    )
    shown_at = fields.Datetime(string="Shown", required=True)
    shown_by_id = fields.Many2one("res.users", required=True)
    content_digest = fields.Char(
        required=True, help="SHA-256 of what the sheet tells, as the order stood."
    )
    pdf = fields.Binary(string="Sheet", attachment=True, required=True)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    way = fields.Selection(SIGNS, string="Outcome")
    signer = fields.Char(string="Signed By")
    signature = fields.Binary(attachment=True)
    satisfaction = fields.Char()
    opinion = fields.Char(string="Customer's Opinion")
    reason = fields.Char(string="Why Not Signed")
    witness = fields.Char()
    signed_at = fields.Datetime(string="Signed At")
    user_id = fields.Many2one("res.users", string="Before Whom")
    for_id = fields.Many2one("res.users", string="On Behalf Of")
    hashes = fields.Json(help="SHA-256 of each part that was signed.")
    seal = fields.Char(string="Check Code", help="SHA-256 over all that was signed.")
    tampered = fields.Char(
        string="Changed Since",
        compute="_compute_tampered",
        help="Parts that are not what was signed.",
    )

    _once = models.UniqueIndex(
        "(order_id) WHERE way IS NOT NULL", "This work order is signed already."
    )

    @api.depends("order_id", "way")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = sheet.order_id.number

    @api.depends("order_id")
    def _compute_pdf_name(self):
        for sheet in self:
            sheet.pdf_name = f"工作任务单 {sheet.order_id.number}.pdf"

    def _compute_tampered(self):
        names = self._part_names()
        for sheet in self:
            changed = sheet._differences() if sheet.way else []
            sheet.tampered = "、".join(names[part] for part in changed) or False

    # ----------------------------------------------------------- action
    def action_open_pdf(self):
        """Open the paper itself, the one that was shown and signed."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/pdf/{self.pdf_name}",
            "target": "new",
        }

    # --------------------------------------------------------- business
    def _parts(self):
        """Return what is sealed, as it lies there now.

        :return: ``{part: bytes, text or list}``
        """
        self.ensure_one()
        sheet = self.sudo().with_context(bin_size=False)
        return {
            "order": sheet.order_id.number,
            "pdf": base64.b64decode(sheet.pdf or b""),
            "way": sheet.way or "",
            "signer": sheet.signer or "",
            "signature": base64.b64decode(sheet.signature or b""),
            "opinion": [sheet.satisfaction or "", sheet.opinion or ""],
            "reason": [sheet.reason or "", sheet.witness or ""],
            "photos": sorted(
                seal.digest(photo.raw or b"") for photo in sheet.photo_ids
            ),
            "signed_at": fields.Datetime.to_string(sheet.signed_at) or "",
            "before": [sheet.user_id.id, sheet.for_id.id],
        }

    @api.model
    def _part_names(self):
        """What the parts are called, in the user's language."""
        return {
            "order": self.env._("Work order"),
            "pdf": self.env._("Sheet"),
            "way": self.env._("Outcome"),
            "signer": self.env._("Signer"),
            "signature": self.env._("Signature"),
            "opinion": self.env._("Opinion"),
            "reason": self.env._("Reason and witness"),
            "photos": self.env._("Photos"),
            "signed_at": self.env._("Time of signing"),
            "before": self.env._("Before whom"),
            "seal": self.env._("Check code"),
        }

    def _differences(self):
        """Return the parts that are not what was signed; none when all is whole.

        :return: sorted keys of :meth:`_part_names`
        """
        self.ensure_one()
        return seal.differences(self._parts(), self.hashes or {}, self.seal or "")

    def _seal_up(self):
        """Bind what was signed together; called once, when it is signed."""
        self.ensure_one()
        hashes = seal.hashed(self._parts())
        self.write({"hashes": hashes, "seal": seal.seal(hashes)})

    def _haerun_is_evidence(self):
        """Paper, signature and photos of a signed sheet stay as they are."""
        self.ensure_one()
        return bool(self.seal)
