from odoo import fields, models
from odoo.fields import Domain


class HaerunSupervisedHolding(models.AbstractModel):
    """To whom a matter's time is charged, kept as ``haerun.holding``.

    A model that wants it sets ``_haerun_holdings`` and has a field ``step``.
    """

    _inherit = "haerun.supervised.mixin"

    _haerun_holdings = False

    holding_ids = fields.One2many(
        "haerun.holding",
        "res_id",
        string="Holdings",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
    )

    def _haerun_worker(self):
        """Return who holds the matter at its present step (a key of HOLDERS)."""
        self.ensure_one()
        return "company"

    def _holders_now(self):
        """Return ``{record id: holder}`` of those of these matters that are open.

        A matter whose clocks all stand still lies with whom they wait for.
        """
        clocks = self._open_clocks().grouped("res_id")
        holders = {}
        for record in self.filtered_domain(Domain(self._haerun_open_domain())):
            mine = clocks.get(record.id)
            waits = mine and all(clock.state == "paused" for clock in mine)
            holders[record.id] = (
                mine.sorted("paused_at")[-1].pause_reason_id.holder
                if waits
                else record._haerun_worker()
            )
        return holders

    def _sync_holdings(self):
        """End the holdings that are no longer true and begin those that are.

        A holding that began at this very instant is put right instead: nobody held
        the matter for no time at all.
        """
        if not self._haerun_holdings or not self:
            return
        now = fields.Datetime.now()
        records = self.sudo()
        holders = records._holders_now()
        holdings = self.env["haerun.holding"].sudo()
        running = holdings.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", records.ids),
                ("ended_at", "=", False),
            ]
        ).grouped("res_id")
        ended, vals_list = holdings, []
        for record in records:
            current = running.get(record.id, holdings)
            wanted = record.id in holders and {
                **record._haerun_clock_holder(),
                "step": record.step,
                "holder": holders[record.id],
            }
            if wanted:
                wanted.pop("owner_user_id")
            if current and wanted and not current._differs(wanted):
                continue
            if current and wanted and current.started_at == now:
                current.write(wanted)
                continue
            ended |= current
            if wanted:
                key = {"res_model": self._name, "res_id": record.id}
                vals_list.append({**wanted, **key, "started_at": now})
        ended._end(now)
        # the partial unique index must see them ended
        ended.flush_recordset(["ended_at"])
        holdings.create(vals_list)

    def _haerun_clocks_changed(self, kind):
        """Hook: clocks of these matters had an event other than their verdict.

        :param kind: ``pause``, ``resume``, ``extend``, ``cancel``, ``reopen`` or
            ``reschedule``
        """
        self._sync_holdings()
