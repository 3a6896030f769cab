from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

from .haerun_work_sample import VERDICTS


class WorkOrder(models.Model):
    """Finished work is looked at by a sample that nobody can foresee (R108)."""

    _inherit = "haerun.work.order"

    to_sample = fields.Boolean(
        string="Drawn as Sample", readonly=True, copy=False, index="btree_not_null"
    )
    sample_ids = fields.One2many(
        "haerun.work.sample", "order_id", string="Samples", readonly=True
    )
    sample_verdict = fields.Selection(
        VERDICTS, string="Quality", readonly=True, copy=False
    )

    # ----------------------------------------------------------- action
    def action_sample(self):
        """Open the window in which the inspector says what he has seen."""
        self.ensure_one()
        self._check_may("inspect", "done", "closed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspect the Work"),
            "res_model": "haerun.work.sampling",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_redo(self):
        """Open a work order that does this one anew."""
        self.ensure_one()
        self._check_may("plan", "done", "closed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Do It Anew"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_redo_of_id": self.id,
                "default_kind_id": self.kind_id.id,
                "default_account_id": self.account_id.id,
                "default_customer": self.customer,
                "default_address": self.address,
                "default_area_id": self.area_id.id,
                "default_task": self.task,
            },
        }

    # --------------------------------------------------------- business
    def _sample(self, verdict, text=None, faults=None, photos=None):
        """Record what an inspector saw (R108).

        :param verdict: ``good`` or ``faults``
        :param faults: haerun.work.tick records that are not as they were ticked
        :param photos: ir.attachment records
        :return: the haerun.work.sample
        :raise UserError: for faults without a word
        """
        self.ensure_one()
        self._check_may("inspect", "done", "closed")
        if verdict == "faults" and not ((text or "").strip() or faults):
            raise UserError(
                self.env._("%s: write what is not in order.", self.display_name)
            )
        # sudo: samples are evidence, written here alone
        samples = self.env["haerun.work.sample"].sudo()
        sample = samples.create(
            {
                "order_id": self.id,
                "at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "verdict": verdict,
                "text": text,
                "fault_ids": faults and faults.ids,
            }
        )
        if photos:
            sample.photo_ids = sample._kept(photos.with_env(sample.env))
        names = choices(samples, "verdict")
        told = " ".join(filter(None, (names[verdict], text)))
        self._take_step(
            "sampled", {"sample_verdict": verdict, "to_sample": False}, told
        )
        if verdict == "faults":
            self._tell(self.sudo().acting_user_id | self._workers(), told)
        return sample.with_env(self.env)
