from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class Posting(models.Model):
    """Whether something may still join a posting."""

    _inherit = "haerun.posting"

    def _check_joinable(self):
        """What belongs to a posting that is in the books comes too late.

        The rows are locked against being posted meanwhile.

        :raise UserError: names the posting
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM haerun_posting WHERE id IN %s AND state = 'open'"
                " FOR SHARE",
                tuple(self.ids) or (0,),
            )
        )
        is_open = {found for (found,) in self.env.cr.fetchall()}
        for posting in self:
            if posting.id not in is_open:
                raise UserError(
                    self.env._(
                        "%s is in the books already: what follows belongs to another "
                        "session or to a correction.",
                        posting.name,
                    )
                )
        if not self:
            raise UserError(
                self.env._("Money belongs to a session, a run or a file: open one.")
            )
