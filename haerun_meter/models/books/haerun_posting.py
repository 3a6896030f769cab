from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL


class Posting(models.Model):
    """One summary entry a posting, made once (DESIGN, Money)."""

    _inherit = "haerun.posting"

    move_id = fields.Many2one(
        "account.move",
        string="Journal Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    problem = fields.Char(
        string="Why Not in the Books",
        readonly=True,
        copy=False,
        help="What stood in the way when it was last tried.",
    )
    posted_at = fields.Datetime(readonly=True)
    posted_by_id = fields.Many2one("res.users", readonly=True, string="Posted By")

    _online_once = models.UniqueIndex("(date) WHERE kind = 'online' AND state = 'open'")

    # ----------------------------------------------------------- action
    def action_post(self):
        """Put these postings into the books; done by the accountant.

        :raise AccessError: for anybody else
        :raise UserError: for what is still under way, naming it
        """
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not user.has_group(
            "haerun_customer_rep.group_accountant"
        ):
            raise AccessError(
                self.env._("%s is put into the books by an accountant.", self[:1].name)
            )
        waiting = self.filtered(lambda posting: posting._under_way())[:1]
        if waiting:
            raise UserError(
                self.env._(
                    "%s is still under way: it goes into the books when the session "
                    "is handed over, or the bills are all issued.",
                    waiting.name,
                )
            )
        self._post()
        stuck = self.filtered(lambda posting: posting.state == "open")[:1]
        if stuck:
            raise UserError(stuck.problem)
        return True

    def action_open_entry(self):
        """Open the entry in Odoo's own books."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.sudo().move_id.id,
            "views": [(False, "form")],
        }

    # --------------------------------------------------------- business
    def _under_way(self):
        """Whether more may still join it."""
        self.ensure_one()
        # sudo: asks for the session or the run of a posting that may be read
        posting = self.sudo()
        if posting.kind == "session":
            sessions = posting.env["haerun.cash.session"]
            return bool(
                sessions.search_count(
                    [
                        ("posting_id", "=", posting.id),
                        ("state", "not in", ("handed_over", "closed")),
                    ],
                    limit=1,
                )
            )
        if posting.kind == "run":
            bills = posting.env["haerun.water.bill"]
            runs = bills.search([("posting_id", "=", posting.id)], limit=1).run_id
            return runs._bills_move()
        return False

    def _post(self):
        """Put what belongs to these postings into the books, one entry each.

        Those that are in the books already stay as they are; one to which nothing
        belongs needs no entry. What stands in the way (an account that is missing, a
        period that is closed) hinders no counter and no run: the posting stays open
        with the sentence, and is tried again every night.
        """
        for posting in self.sudo():
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM haerun_posting WHERE id = %s AND state = 'open'"
                    " FOR UPDATE",
                    posting.id,
                )
            )
            if not self.env.cr.fetchone():
                continue
            try:
                with self.env.cr.savepoint():
                    entry = posting._make_entry()
                    self.env.flush_all()
            except (UserError, ValidationError) as error:
                self.env.invalidate_all()
                posting.problem = str(error)
                continue
            posting.write(
                {
                    "state": "posted",
                    "problem": False,
                    "move_id": entry.id,
                    "posted_at": fields.Datetime.now(),
                    "posted_by_id": self.env.uid,
                }
            )

    @api.model
    def _cron_post(self):
        """What is done of days before, into the books, each in its own transaction."""
        today = self.env.company._haerun_today()
        postings = self.sudo().search([("state", "=", "open"), ("date", "<", today)])
        done = postings.filtered(
            lambda posting: posting.kind != "session" and not posting._under_way()
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(done))
        for posting in done:
            posting._post()
            if not cron._commit_progress(1):
                break
