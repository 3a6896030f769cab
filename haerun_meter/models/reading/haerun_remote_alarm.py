import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: what stands between two alarms of one cell, and between two words of ours
SEPARATORS = re.compile(r"[\s,;|/、，；]+")


class RemoteAlarm(models.Model):
    """报警词: what a maker's system writes in its alarm column, and what it means.

    Data, not programs (R54, R71): which check an alert opens is said by the kinds of
    site checks.
    """

    _name = "haerun.remote.alarm"
    _description = "Alarm Word of Remote Systems"
    _order = "sequence, id"
    _rec_name = "words"

    sequence = fields.Integer(default=10)
    vendor_id = fields.Many2one(
        "haerun.remote.vendor",
        string="Maker",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: every maker's.",
    )
    words = fields.Char(required=True, help="As the file has them, separated by 、")
    code = fields.Char(
        string="Alert",
        help="Such as leak, low_battery, magnet. Empty: no alarm, nothing is opened.",
    )

    @api.constrains("words")
    def _check_words(self):
        for line in self:
            if not any(SEPARATORS.split(line.words)):
                raise ValidationError(
                    self.env._("Write at least one word as the file has it.")
                )

    @api.model
    def _meanings(self, vendor):
        """Return ``{word: code or False}`` of a vendor; his own go before all's."""
        lines = self.sudo().search(
            Domain("vendor_id", "in", (vendor.id, False)), order="vendor_id, sequence"
        )
        return {
            word.lower(): line.code
            for line in lines.sorted(lambda line: bool(line.vendor_id))
            for word in SEPARATORS.split(line.words)
            if word
        }

    @api.model
    def _read_cell(self, text, meanings):
        """What a cell of the alarm column says.

        A word counts as itself, else by the longest known word within it
        (“疑似漏水” is a leak), else it is unknown.

        :param meanings: of :meth:`_meanings`
        :return: ``(codes, unknown words)``, both in order, each once
        """
        codes, unknown = [], []
        for word in filter(None, SEPARATORS.split(text or "")):
            key = word.lower()
            if key not in meanings:
                within = [one for one in meanings if len(one) > 1 and one in key]
                key = max(within, key=len, default=None)
            if key is None:
                unknown.append(word)
            elif meanings[key]:
                codes.append(meanings[key])
        return list(dict.fromkeys(codes)), list(dict.fromkeys(unknown))
