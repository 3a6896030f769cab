from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.evidence import refuse
from odoo.addons.haerun_customer_rep.tools.numbering import fresh_numbers

from .haerun_petition import BY_HAND, CORRECTABLE


class Petition(models.Model):
    """How petitions are written down, and what may be put right afterwards."""

    _inherit = "haerun.petition"

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Write petitions down as they came; they wait at the desk to be taken in.

        :raise AccessError: for fields that the system sets, and for who takes none in
        :raise UserError: for a number that this channel has sent already
        """
        if not self.env.su:
            self.browse().check_access("create")
            for vals in vals_list:
                refuse(self, self._protected, vals)
                self._check_account(vals)
        completed = self._completed(vals_list)
        quiet = without_defaults(self, self._protected).with_context(
            mail_create_nosubscribe=True
        )
        # sudo: what the system sets is set here, rights were checked above
        petitions = super(Petition, quiet.sudo()).create(completed)
        petitions = petitions.with_env(self.env)
        if not self.env.su:
            petitions.check_access("create")
        petitions._note("received")
        return petitions

    def write(self, vals):
        if not self.env.su:
            refuse(self, self._protected, vals)
            self._check_account(vals)
            self._check_writable(vals)
        vals = self._clean_number(vals)
        result = super().write(vals)
        if {"due_at", "received_at", "reply_owed"} & vals.keys():
            self.sudo().ticket_id._petitions_changed()
        return result

    # --------------------------------------------------------- business
    @api.model
    def _completed(self, vals_list):
        now = fields.Datetime.now()
        numbers = fresh_numbers(
            self.env, "haerun_service_ticket.sequence_petition", len(vals_list)
        )
        # sudo: where the user is employed, and what is on the account
        unit = self.env.user.sudo().employee_id.department_id
        accounts = self.env["haerun.water.account"].sudo()
        completed = []
        vals_list = [self._clean_number(vals) for vals in vals_list]
        self._check_new_numbers(vals_list)
        for vals, number in zip(vals_list, numbers, strict=True):
            account = accounts.browse(vals.get("account_id") or [])
            completed.append(
                {
                    **vals,
                    "title": vals.get("title") or self._beginning(vals.get("text")),
                    "category_id": vals.get("category_id") or self._likeliest(vals),
                    "caller": vals.get("caller") or account.name,
                    "address": vals.get("address") or account.address,
                    "phone": self._plain_phone(vals.get("phone")),
                    "number": number,
                    "taken_at": now,
                    "intake_user_id": self.env.uid,
                    "intake_unit_id": unit.id,
                }
            )
        return completed

    @api.model
    def _likeliest(self, vals):
        """Id of the category to which the words point, or False."""
        words = f"{vals.get('title') or ''} {vals.get('text') or ''}"
        found = self.env["haerun.ticket.rule"]._suggest(words, 1)
        return found[0]["category_id"] if found else False

    @api.model
    def _beginning(self, text):
        """The first words of a text, as its title."""
        words = " ".join((text or "").split())
        return words if len(words) <= 30 else f"{words[:29]}…"

    @api.model
    def _clean_number(self, vals):
        if "external_no" not in vals:
            return vals
        return {**vals, "external_no": (vals["external_no"] or "").strip() or False}

    # ----------------------------------------------------------- checks
    def _check_account(self, vals):
        """What one may not read, one hangs nothing onto."""
        if vals.get("account_id"):
            accounts = self.env["haerun.water.account"]
            accounts.browse(vals["account_id"]).check_access("read")

    @api.model
    def _check_new_numbers(self, vals_list):
        known = self._known(
            [(vals.get("channel_id"), vals.get("external_no")) for vals in vals_list]
        )
        for petition in known.values():
            raise UserError(
                self.env._(
                    "%(channel)s has sent %(external)s already: it is %(number)s.",
                    channel=petition.channel_id.name,
                    external=petition.external_no,
                    number=petition.number,
                )
            )

    @api.model
    def _known(self, keys):
        """Petitions that came in before, by (channel id, external number).

        :return: ``{key: haerun.petition}`` as superuser
        """
        keys = {key for key in keys if key[0] and key[1]}
        # sudo: a number is taken whoever took it in
        found = self.sudo().search(
            [("external_no", "in", sorted({number for _channel, number in keys}))]
        )
        return {
            key: petition
            for petition in found
            if (key := (petition.channel_id.id, petition.external_no)) in keys
        }

    def _check_writable(self, vals):
        """What is in hand is put right by CSD; what was said is never changed."""
        touched = vals.keys() & BY_HAND
        for petition in self if touched else ():
            if petition.state == "waiting":
                continue
            late = sorted(touched - CORRECTABLE)
            if late or petition.state != "linked":
                raise UserError(
                    self.env._(
                        "%(field)s of %(petition)s stays as it came in.",
                        field=self._fields[
                            (late or sorted(touched))[0]
                        ]._description_string(self.env),
                        petition=petition.display_name,
                    )
                )
            if not self.env.user.has_group("haerun_customer_rep.group_csd_service"):
                raise AccessError(
                    self.env._(
                        "%s is in hand: CSD puts it right.", petition.display_name
                    )
                )
