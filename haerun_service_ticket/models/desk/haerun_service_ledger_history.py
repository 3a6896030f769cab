from collections import defaultdict

from markupsafe import Markup

from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.state import choices

#: of a petition's ledger: the ticket's own ledger tells the rest of it
OWN = ("received", "dismissed", "linked", "unlinked")


class ServiceLedger(models.Model):
    """What happened with a row of the ledger, in order (R100-R103)."""

    _inherit = "haerun.service.ledger"

    @api.depends("petition_id", "ticket_id")
    def _compute_history(self):
        lines = self._history()
        for row in self:
            row.history = Markup(
                '<table class="table table-sm o_haerun_history">{}</table>'
            ).format(
                Markup("").join(
                    Markup(
                        "<tr><td class='text-nowrap'>{}</td><td class='fw-bold'>{}</td>"
                        "<td>{}</td><td>{}</td></tr>"
                    ).format(f"{line['at']:%Y-%m-%d %H:%M}", *_texts(line))
                    for line in lines[row.id]
                )
            )

    def _history(self):
        """Return what happened with each of these rows, oldest first.

        The number of queries does not grow with the number of rows.

        :return: ``{row id: [{"at": local datetime, "kind", "label", "who", "for",
            "text"}]}``
        """
        # sudo: whoever may read the row reads its ledger; names of colleagues
        rows = self.sudo()
        local = self.env.company._haerun_local
        by_ticket = self._lines_of(
            rows.env["haerun.ticket.event"].search(
                [("ticket_id", "in", rows.ticket_id.ids)], order="id"
            ),
            "ticket_id",
        )
        by_petition = self._lines_of(
            rows.env["haerun.petition.event"].search(
                [("petition_id", "in", rows.petition_id.ids), ("kind", "in", OWN)],
                order="id",
            ),
            "petition_id",
        )
        history = {}
        for row in rows:
            # stable: what bears one second keeps the order in which it was written
            lines = by_petition[row.petition_id.id] + by_ticket[row.ticket_id.id]
            history[row.id] = [
                {**line, "at": local(line["at"])}
                for line in sorted(lines, key=lambda line: line["at"])
            ]
        return history

    @api.model
    def _lines_of(self, events, name):
        labels = choices(events, "kind")
        lines = defaultdict(list)
        for event in events:
            principal = "for_id" in event._fields and event.for_id
            lines[event[name].id].append(
                {
                    "at": event.at,
                    "kind": event.kind,
                    "label": labels[event.kind],
                    "who": event.user_id.name,
                    "for": principal and principal.name,
                    "text": event.text or "",
                }
            )
        return lines


def _texts(line):
    who = line["who"]
    if line["for"]:
        who = f"{who}（{line['for']}）"
    return line["label"], who, line["text"]
