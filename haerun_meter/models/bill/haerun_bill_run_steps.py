from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state


class BillRun(models.Model):
    """A run's way: rated, approved by another person, issued; or reversed (R60)."""

    _inherit = "haerun.bill.run"

    # ----------------------------------------------------------- action
    def action_rate(self):
        """Let background jobs rate the readings of the chosen books."""
        self.ensure_one()
        self.env.user._haerun_check_bills(self)
        check_state(self, "draft")
        plans = self._audited_plans()
        self._check_alone(plans)
        # sudo: figures and states are set by these methods alone
        run = self.sudo()
        run.plan_ids = plans
        run.posting_id = self.env["haerun.posting"]._open(
            "run", run.unit_id, run.display_name, self.env.company._haerun_today()
        )
        run.rated_by_id = self.env.user
        run._begin("rating", run._count_accounts())
        return True

    def action_stop(self):
        """Stop behind the chunk that runs; what was done stays done."""
        self.ensure_one()
        self.env.user._haerun_check_bills(self)
        check_state(self, *self._fields["phase"].get_values(self.env))
        self.sudo().state = "stopped"
        return True

    def action_resume(self):
        """Go on behind the last chunk."""
        self.ensure_one()
        self.env.user._haerun_check_bills(self)
        check_state(self, "stopped")
        self.sudo().state = self.phase
        self.sudo()._delay_chunk()
        return True

    def action_approve(self):
        """The figures are right: another person than who has rated says so."""
        self.ensure_one()
        self.env.user._haerun_check_bills(self)
        check_state(self, "rated")
        if self.rated_by_id == self.env.user and not self.env.su:
            raise AccessError(
                self.env._(
                    "You have rated %s yourself: another head or the Customer Service "
                    "Department approves it.",
                    self.display_name,
                )
            )
        if not self.has_rated:
            raise UserError(
                self.env._(
                    "%s has no bill to approve: release what is held, or reverse it.",
                    self.display_name,
                )
            )
        self.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        return True

    def action_issue(self):
        """Issue the approved bills; of an issued run those released since."""
        self.ensure_one()
        self.env.user._haerun_check_bills(self)
        check_state(self, "approved", "issued")
        if not self.has_rated:
            raise UserError(
                self.env._(
                    "%s has nothing more to issue: what is left is held.",
                    self.display_name,
                )
            )
        run = self.sudo()
        today = self.env.company._haerun_today()
        run._need_posting()
        run.due_on = today + timedelta(days=run.due_days)
        run.issued_by_id = self.env.user
        run._begin("issuing", run._count_bills("rated"))
        return True

    def action_reverse(self):
        """Ask why all bills of the run are taken back."""
        self.env.user._haerun_check_bills(self)
        return self.env["haerun.bill.deciding"]._ask("reverse_run", runs=self)

    def action_open_bills(self):
        """Open the run's bills."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "haerun_meter.water_bill_action"
            ),
            "domain": [("run_id", "=", self.id)],
            "context": {},
        }

    def action_open_held(self):
        """Open the run's bills that wait for a decision."""
        self.ensure_one()
        action = self.action_open_bills()
        return {**action, "domain": [*action["domain"], ("state", "=", "held")]}

    # --------------------------------------------------------- business
    def _audited_plans(self):
        """The audited cards of the period, of the chosen books or of all."""
        # sudo: whoever bills the branch bills all of its books
        plans = self.env["haerun.reading.plan"].sudo()
        domain = [("period", "=", self.period), ("state", "=", "audited")]
        books = self.sudo().book_ids
        if books:
            domain.append(("book_id", "in", books.ids))
        else:
            domain.append(("book_id.unit_id", "=", self.unit_id.id))
        found = plans.search(domain)
        if not found:
            raise UserError(
                self.env._(
                    "%(unit)s has no audited card of %(period)s: audit the cards "
                    "first, then bill them.",
                    unit=self.unit_id.name,
                    period=self.period_name,
                )
            )
        return found

    def _check_alone(self, plans):
        """:raise UserError: while another run rates one of these cards"""
        other = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("phase", "=", "rating"),
                ("state", "in", ("rating", "stopped")),
                ("plan_ids", "in", plans.ids),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "%(run)s is rating %(card)s: let it finish, or reverse it.",
                    run=other.display_name,
                    card=(other.plan_ids & plans)[0].display_name,
                )
            )

    def _need_posting(self):
        """What is moved from now on goes into a posting that is open."""
        if self.posting_id.state != "open":
            self.posting_id = self.env["haerun.posting"]._open(
                "run",
                self.unit_id,
                self.display_name,
                self.env.company._haerun_today(),
            )

    def _reverse_all(self, reason):
        """Take all bills back: issued ones are reversed, others dropped.

        :raise UserError: when jobs are at work, or all is reversed already
        """
        for run in self:
            self.env.user._haerun_check_bills(run)
            check_state(run, "stopped", "rated", "approved", "issued")
            one = run.sudo()
            one._need_posting()
            one.reason = reason
            one._begin("reversing", one._count_bills("rated", "held", "issued"))
