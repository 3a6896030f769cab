from odoo import fields, models
from odoo.tools import SQL


class Petition(models.Model):
    """A petition that an outage explains; what its channel has not fetched yet."""

    _inherit = "haerun.petition"

    outage_id = fields.Many2one(
        "haerun.outage",
        string="Outage",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The outage that explains it.",
    )
    news = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Number of the last line of its ledger that its channel is told of.",
    )
    fetched = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Up to which line its channel's system has acknowledged.",
    )
    fetched_at = fields.Datetime(string="Fetched by Its Channel", readonly=True)

    _news_idx = models.Index(
        "(channel_id, news) WHERE news > 0 AND coalesce(fetched, 0) < news"
    )

    # ------------------------------------------------------------ seams
    def _link(self, ticket, reason=False):
        """What belongs to a ticket belongs to the outage that explains it."""
        result = super()._link(ticket, reason)
        outage = ticket.sudo().outage_id
        if outage:
            outage._hang(self)
        return result

    def _unlink_from(self, reason):
        before = {petition: petition.sudo().ticket_id.outage_id for petition in self}
        result = super()._unlink_from(reason)
        for petition, outage in before.items():
            plain = petition.sudo()
            if outage and plain.outage_id == outage:
                # sudo: links are written by the steps alone
                plain.outage_id = plain.ticket_id.outage_id
        return result

    # --------------------------------------------------------- business
    def _clear(self):
        """What an outage explains waits for its answer; nobody is sent there."""
        return super(Petition, self - self._met_by_outages())._clear()

    def _met_by_outages(self):
        """Those of these that an open outage explains; they hang on it by now."""
        asking = self.filtered(lambda one: one.category_id.outage_explains)
        outages = self.env["haerun.outage"]
        # sudo: where it is is compared, nobody is told
        found = outages._match(
            {
                petition.id: outages._asked(petition.account_id, petition.address)
                for petition in asking.sudo()
            }
        )
        met = self.browse()
        for petition in asking:
            rows = found.get(petition.id)
            if rows:
                rows[0][0]._hang(petition)
                met |= petition
        return met

    def _tell_news(self, lines):
        """Their channels have something to fetch.

        :param lines: haerun.petition.event, the last of a petition last
        """
        last = {line.petition_id.id: line.id for line in lines}
        self.flush_model(["news"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE haerun_petition AS petition SET news = line.id
                  FROM unnest(%s::int[], %s::int[]) AS line(petition_id, id)
                 WHERE petition.id = line.petition_id
                """,
                list(last),
                list(last.values()),
            )
        )
        self.browse(last).invalidate_recordset(["news"])
