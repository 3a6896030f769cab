from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.haerun_meter.tools import sent

MAX_ROWS = 1000


class Ticket(models.Model):
    """Replies go back to 12345, 96111 … over JSON-2 (R86, R88, R97)."""

    _inherit = "haerun.ticket"

    @api.model
    def replies(self, channel, limit=200, since=None):
        """Return what a channel has not fetched yet of its petitions, oldest first.

        The same is returned until it is acknowledged by :meth:`replies_fetched`.

        :param channel: code or name of the channel
        :param limit: at most so many, 1 to 1000
        :param since: a ``version``; then what is newer, acknowledged or not
        :return: list of dicts ``external_no``, ``number`` (ours), ``version``,
            ``state`` (``waiting``, ``in_hand``, ``answered``, ``dismissed``), ``step``
            (of its ticket, or False), ``answer``, ``answered_at`` and ``due_at`` (ISO
            8601 in UTC, or False)
        :raise AccessError: for whoever is not this channel's own system
        :raise UserError: for an unknown channel, and a limit that is none
        """
        channel = self._fetching(channel)
        if sent.record_id(limit) is None or limit > MAX_ROWS:
            raise UserError(self.env._("Ask for 1 to %s replies.", MAX_ROWS))
        if since not in (None, False, 0) and sent.record_id(since) is None:
            raise UserError(self.env._("“since” is the version of a reply."))
        self.env["haerun.petition"].flush_model()
        newer = (
            SQL("news > %s", since)
            if since
            else SQL("news > 0 AND coalesce(fetched, 0) < news")
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM haerun_petition
                 WHERE channel_id = %s AND external_no IS NOT NULL AND %s
                 ORDER BY news LIMIT %s
                """,
                channel.id,
                newer,
                limit,
            )
        )
        # sudo: they are of the channel that asks
        petitions = self.env["haerun.petition"].sudo()
        found = petitions.browse(row[0] for row in self.env.cr.fetchall())
        return [self._reply_row(petition) for petition in found]

    @api.model
    def replies_fetched(self, channel, received):
        """Acknowledge replies; twice is the same as once.

        A petition of which there is newer news by now is returned again.

        :param channel: code or name of the channel
        :param received: list of at most 1000 dicts ``external_no``, ``version``
        :return: ``{"accepted": [external_no, …],
            "rejected": [{"external_no", "code", "error"}]}``
        :raise AccessError: for whoever is not this channel's own system
        :raise UserError: when the call is no list of dicts, or too long
        """
        channel = self._fetching(channel)
        sent.check_rows(self.env, received, MAX_ROWS)
        rows = {
            row["external_no"]: row["version"]
            for row in received
            if sent.is_key(row.get("external_no"))
            and sent.record_id(row.get("version")) is not None
        }
        known = self._acknowledge(channel, rows)
        accepted, rejected = [], []
        for row in received:
            number = row.get("external_no")
            if isinstance(number, str) and number in known:
                accepted.append(number)
                continue
            rejected.append(
                {
                    "external_no": sent.text(number, 64),
                    "code": "unknown",
                    "error": self.env._(
                        "This channel has fetched no such version of this number."
                    ),
                }
            )
        return {"accepted": accepted, "rejected": rejected}

    # --------------------------------------------------------- business
    @api.model
    def _fetching(self, code):
        """Return the channel, if the present user is its system."""
        if not self.env.su and not self.env.user.has_group(
            "haerun_service_ticket.group_petition_system"
        ):
            raise AccessError(
                self.env._("Replies are fetched by a petition system's own user.")
            )
        channel = self.env["haerun.channel"]._by_code(code)
        channel._check_system()
        return channel

    @api.model
    def _acknowledge(self, channel, rows):
        """Note up to where a channel has fetched; return the numbers it has."""
        self.env["haerun.petition"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE haerun_petition AS petition
                   SET fetched = greatest(coalesce(petition.fetched, 0), got.version),
                       fetched_at = now() AT TIME ZONE 'UTC'
                  FROM unnest(%s::varchar[], %s::int[]) AS got(external_no, version)
                 WHERE petition.channel_id = %s
                   AND petition.external_no = got.external_no
                   AND got.version <= petition.news
                RETURNING petition.external_no
                """,
                list(rows),
                list(rows.values()),
                channel.id,
            )
        )
        known = {number for (number,) in self.env.cr.fetchall()}
        self.env["haerun.petition"].invalidate_model(["fetched", "fetched_at"])
        return known

    @api.model
    def _reply_row(self, petition):
        """What its channel is told of a petition."""

        def moment(at):
            return f"{at.isoformat()}Z" if at else False

        states = {"linked": "in_hand", "told": "answered"}
        last = petition.event_ids.filtered(lambda line: line.id == petition.news)
        dismissed = petition.state == "dismissed"
        return {
            "external_no": petition.external_no,
            "number": petition.number,
            "version": petition.news,
            "state": states.get(petition.state, petition.state),
            "step": petition.ticket_id.step,
            "answer": (last.text if dismissed else petition.told_text) or False,
            "answered_at": moment(petition.told_at or petition.dismissed_at),
            "due_at": moment(petition.due_at),
        }
