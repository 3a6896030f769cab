from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.haerun_customer_rep.tools import cells
from odoo.addons.haerun_meter.tools import sent

from ...tools.links import SKEW

LONGEST = 10000
ZONE = ZoneInfo("Asia/Shanghai")


class BadRow(Exception):
    """What is wrong with a row: a code."""


class Petition(models.Model):
    """Rows of files and other systems become petitions, or are named with a reason."""

    _inherit = "haerun.petition"

    @api.model
    def _read_rows(self, rows, keyed, local=False):
        """Return for each row its values and False, or None and a code.

        :param rows: dicts of ``channel``, ``external_no``, ``text``, ``title``,
            ``caller``, ``phone``, ``address``, ``account_no``, ``category``,
            ``received_at``, ``due_at``
        :param keyed: whether the channel's number is a must
        :param local: moments without an offset are of Shanghai; else of UTC
        """
        terms = {
            "channel": self._by_words("haerun.channel"),
            "category": self._by_words("haerun.ticket.category"),
            "account": self._accounts_of(rows),
        }
        read = []
        for row in rows:
            try:
                read.append((self._row_values(row, terms, keyed, local), False))
            except BadRow as error:
                read.append((None, error.args[0]))
        return read

    @api.model
    def _by_words(self, model):
        """Ids by code and by name, as anybody might write them."""
        # sudo: names of channels and categories are no secret
        records = self.env[model].sudo().search([])
        return {cells.key(record.name): record.id for record in records} | {
            cells.key(record.code): record.id for record in records if record.code
        }

    @api.model
    def _accounts_of(self, rows):
        numbers = [
            row["account_no"] for row in rows if sent.is_key(row.get("account_no"))
        ]
        # sudo: the sender names an account, he is told nothing of it
        accounts = self.env["haerun.water.account"].sudo()
        found = accounts.search([("number", "in", numbers)])
        return {account.number: account.id for account in found}

    @api.model
    def _row_values(self, row, terms, keyed, local):
        number = row.get("external_no") or False
        if isinstance(number, int) and not isinstance(number, bool):
            number = str(number)
        if (keyed or number) and not sent.is_key(number):
            raise BadRow("bad_external_no")
        text = row.get("text")
        if not isinstance(text, str) or not sent.text(text, LONGEST):
            raise BadRow("no_text")
        values = {
            "channel_id": self._row_term(terms, "channel", row.get("channel")),
            "external_no": number and number.strip(),
            "text": sent.text(text, LONGEST),
            "title": sent.text(row.get("title"), 80) or False,
            "caller": sent.text(row.get("caller"), 80) or False,
            "phone": self._row_phone(row.get("phone")),
            "address": sent.text(row.get("address"), 200) or False,
        }
        if not values["channel_id"]:
            raise BadRow("unknown_channel")
        # sudo: what a channel asks for is no secret
        channel = self.env["haerun.channel"].sudo().browse(values["channel_id"])
        if channel.reply_by_number and not number:
            raise BadRow("bad_external_no")
        for name, term in (("category", "category"), ("account_no", "account")):
            if row.get(name):
                values[f"{term}_id"] = self._row_term(terms, term, row[name])
                if not values[f"{term}_id"]:
                    raise BadRow(f"unknown_{term}")
        for name in ("received_at", "due_at"):
            if row.get(name):
                values[name] = self._row_moment(row[name], local)
        now = datetime.now(UTC).replace(tzinfo=None)
        received = values.get("received_at") or now
        if received > now + SKEW or values.get("due_at", received) < received:
            raise BadRow("bad_moment")
        return values

    @api.model
    def _row_term(self, terms, name, word):
        if not isinstance(word, str):
            return None
        word = word.strip() if name == "account" else cells.key(word)
        return terms[name].get(word)

    @api.model
    def _row_phone(self, text):
        if isinstance(text, int) and not isinstance(text, bool):
            text = str(text)
        if text and not isinstance(text, str):
            raise BadRow("bad_phone")
        try:
            return self._plain_phone(text or "")
        except ValidationError as error:
            raise BadRow("bad_phone") from error

    @api.model
    def _row_moment(self, text, local):
        """Naive UTC of a moment as it is written."""
        try:
            moment = cells.to_date(text) if local else datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=ZONE if local else UTC)
            moment = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        except (AttributeError, TypeError, ValueError, OverflowError) as error:
            raise BadRow("bad_moment") from error
        return moment

    @api.model
    def _row_sentence(self, code):
        """What a code of refusal means, and the way out."""
        return {
            "bad_external_no": self.env._(
                "The channel's own number is missing or longer than 64 characters."
            ),
            "no_text": self.env._("What is asked is missing: send the text."),
            "unknown_channel": self.env._(
                "No channel has this code or name: ask for the list of channels."
            ),
            "unknown_category": self.env._(
                "No category has this code or name: leave it out, the words decide."
            ),
            "unknown_account": self.env._(
                "No account has this number: leave it out when in doubt."
            ),
            "bad_phone": self.env._(
                "This is no phone number: give 11 digits of a mobile, or a landline "
                "with its area code."
            ),
            "bad_moment": self.env._(
                "A moment is no such, lies in the future, or the deadline lies before "
                "it was received."
            ),
            "changed": self.env._(
                "This number came before with another text: send the new text under a "
                "number of its own."
            ),
        }[code]
