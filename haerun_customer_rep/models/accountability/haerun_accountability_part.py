from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import part as parts

CASE = "haerun.accountability.case"


class AccountabilityPart(models.AbstractModel):
    """Part of an accountability case: its rights are those of the case (R119).

    Each model has two global record rules on ``case_access``: none of another group
    can widen them.
    """

    _name = "haerun.accountability.part"
    _inherit = ["haerun.secret.mixin"]
    _description = "Part of an Accountability Case"

    case_id = fields.Many2one(
        CASE,
        string="Accountability Case",
        required=True,
        index=True,
        ondelete="restrict",
    )
    case_access = fields.Selection(
        [("read", "Read"), ("write", "Write")],
        compute="_compute_case_access",
        search="_search_case_access",
    )

    @api.depends(
        "case_id.hidden_user_ids",
        "case_id.body",
        "case_id.acting_user_id",
        "case_id.owner_user_id",
        "case_id.leader_user_id",
    )
    @api.depends_context("uid")
    def _compute_case_access(self):
        for one in self:
            # record rules call this as superuser, in the name of a user
            one.case_access = parts.access(one.sudo().case_id.sudo(False))

    @api.model
    def _search_case_access(self, operator, value):
        if operator != "in":
            return NotImplemented
        return parts.access_domain(self, "case_id", CASE, value)


class AccountabilityFile(models.AbstractModel):
    """What is put on the file of a case: by whom, when, and never changed (R116).

    Who works on the case writes it once, while the case is investigated; a mistake is
    corrected by another one.
    """

    _name = "haerun.accountability.file"
    _inherit = ["haerun.accountability.part", "haerun.seal.mixin"]
    _description = "On the File of an Accountability Case"
    _order = "id"

    #: fields that are filled in by hand, once
    _haerun_by_hand = frozenset({"case_id"})
    #: states of the case in which it may be put on file
    _haerun_states = ("investigating", "opinion")

    put_at = fields.Datetime(string="Put on File", readonly=True)
    put_by_id = fields.Many2one("res.users", string="Put on File By", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: unless the case is one's own and being investigated"""
        for vals in vals_list:
            strange = sorted(vals.keys() - self._haerun_by_hand)
            if strange and not self.env.su:
                raise AccessError(
                    self.env._(
                        "%s is noted by the system: leave it out.",
                        self._fields[strange[0]]._description_string(self.env)
                        if strange[0] in self._fields
                        else strange[0],
                    )
                )
        stamp = {"put_at": fields.Datetime.now(), "put_by_id": self.env.uid}
        clean = self.with_context(
            {k: v for k, v in self.env.context.items() if not k.startswith("default_")}
        )
        found = super(AccountabilityFile, clean).create(
            [{**vals, **stamp} for vals in vals_list]
        )
        if not self.env.su:
            found.case_id._check_working(*self._haerun_states)
        return found

    def write(self, vals):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "What is on the file of a case stays as it is: add another one "
                    "that corrects it."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What is on the file of a case is evidence and is not deleted.")
        )
