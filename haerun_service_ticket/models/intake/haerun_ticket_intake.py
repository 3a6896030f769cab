import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError

from odoo.addons.haerun_meter.tools import sent

MAX_ROWS = 1000


class Ticket(models.Model):
    """Petitions from 12345, 96111, the official account …, over JSON-2 (R86, R98)."""

    _inherit = "haerun.ticket"

    @api.model
    def intake(self, payload):
        """Take in petitions; sent twice, each is kept once.

        What is clear becomes a ticket and goes to who is responsible at once; what may
        belong to an open ticket waits at CSD's desk.

        :param payload: list of at most 1000 dicts: ``channel`` (code or name),
            ``external_no`` (the channel's own number, at most 64 characters), ``text``
            and, where known, ``title``, ``caller``, ``phone``, ``address``,
            ``account_no``, ``category`` (code or name), ``received_at`` and ``due_at``
            (ISO 8601; without an offset it is UTC)
        :return: ``{"accepted": [external_no, …],
            "rejected": [{"external_no", "code", "error"}]}``
        :raise UserError: when the call is no list of dicts, or too long
        :raise AccessError: for whoever is no petition system
        """
        if not self.env.su and not self.env.user.has_group(
            "haerun_service_ticket.group_petition_system"
        ):
            raise AccessError(
                self.env._("Petitions are sent by a petition system's own user.")
            )
        sent.check_rows(self.env, payload, MAX_ROWS)
        return self._intake(payload)

    @api.model
    def _intake(self, payload):
        # sudo: petitions are written here, the sender's right was asked for
        petitions = self.env["haerun.petition"].sudo()
        accepted, rejected, fresh = [], [], {}
        read = petitions._read_rows(payload, keyed=True)
        known = petitions._known(
            [(v["channel_id"], v["external_no"]) for v, code in read if not code]
        )
        for row, (values, code) in zip(payload, read, strict=True):
            if not code:
                key = (values["channel_id"], values["external_no"])
                before = fresh.get(key) or known.get(key)
                if before and before["text"] != values["text"]:
                    code = "changed"
            if code:
                rejected.append(
                    {
                        "external_no": sent.text(row.get("external_no"), 64),
                        "code": code,
                        "error": petitions._row_sentence(code),
                    }
                )
                continue
            accepted.append(values["external_no"])
            if not before:
                fresh[key] = values
        if fresh:
            try:
                with self.env.cr.savepoint():
                    petitions._receive(list(fresh.values()))
                    self.env.flush_all()
            except psycopg2.errors.UniqueViolation as error:
                # another call has just taken it: Odoo repeats this one
                raise ConcurrencyError(str(error)) from error
        return {"accepted": accepted, "rejected": rejected}
