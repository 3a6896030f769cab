import hashlib

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import spans
from ...tools.window import verdict

#: nobody freezes a month beside another: the key of the database's lock
LOCK = 7_211_951


class HaerunFactFreeze(models.Model):
    """A month's facts as they stood at one moment.

    The running month and the one before are frozen anew every night, until an
    assessment that was published rests on them: from then on they never change.
    """

    _name = "haerun.fact.freeze"
    _description = "Frozen Month"
    _inherit = ["haerun.evidence.mixin"]
    _order = "month desc, id desc"
    _rec_name = "month"

    month = fields.Date(required=True, index=True, help="Its first day.")
    made_at = fields.Datetime(string="Frozen At", required=True)
    current = fields.Boolean(
        default=True, help="The latest of its month: what dashboards show."
    )
    pinned = fields.Boolean(
        string="Kept for Good", help="A published assessment rests on it."
    )
    fact_count = fields.Integer(string="Facts")
    digest = fields.Char(
        string="Hash", help="SHA-256 over all its facts, taken when it was pinned."
    )

    _current_uniq = models.UniqueIndex(
        "(month) WHERE current", "This month is frozen already: freeze it anew."
    )

    @api.depends("month")
    def _compute_display_name(self):
        for freeze in self:
            freeze.display_name = freeze.month and f"{freeze.month:%Y-%m}"

    # ----------------------------------------------------------- action
    @api.model
    def _cron_freeze(self):
        """Scheduled action: the running month and the one before, oldest first."""
        today = self.env.company._haerun_today()
        month = spans.span("month", today)
        for one in (spans.before("month", month), month):
            self._freeze(one.start)
            self.env["ir.cron"]._commit_progress(1)

    # --------------------------------------------------------- business
    @api.model
    def _freeze(self, month):
        """Freeze a month, unless it is pinned.

        :param month: its first day
        :return: the month's current freeze
        """
        freezes = self.sudo()  # facts are written here alone
        self.env.flush_all()
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", LOCK))
        before = freezes.search([("month", "=", month), ("current", "=", True)])
        if before.pinned:
            return before
        before.write({"current": False})
        self.env.flush_all()
        freeze = freezes.create({"month": month, "made_at": fields.Datetime.now()})
        freeze.fact_count = freeze._fill()
        if before:
            self.env.cr.execute(
                SQL("DELETE FROM haerun_fact WHERE freeze_id = %s", before.id)
            )
            self.env.cr.execute(
                SQL("DELETE FROM haerun_fact_freeze WHERE id = %s", before.id)
            )
            self.env.invalidate_all()
        return freeze

    def _fill(self):
        """Write the facts of this month; return how many."""
        formulas = self.env["haerun.formula"].sudo()
        end = self.month + relativedelta(months=1)
        count = 0
        for code, formula in formulas._formulas().items():
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO haerun_fact (freeze_id, formula, day, unit_id,
                           representative_id, user_id, owner_id, for_another,
                           rep_class, res_id, above, below, secret)
                    WITH happened AS MATERIALIZED (%(facts)s),
                         pair AS (SELECT DISTINCT owner_id, user_id, unit_id
                                    FROM happened),
                         credited AS (%(credited)s)
                    SELECT %(freeze)s, %(code)s, h.day,
                           coalesce(h.unit_id, c.unit_id), c.post_id, h.user_id,
                           h.owner_id,
                           h.owner_id IS NOT NULL
                               AND c.post_id IS DISTINCT FROM h.owner_id,
                           c.rep_class, h.res_id, h.above, h.below,
                           %(secret)s
                      FROM happened h
                      LEFT JOIN credited c
                        ON coalesce(c.owner_id, 0) = coalesce(h.owner_id, 0)
                       AND coalesce(c.user_id, 0) = coalesce(h.user_id, 0)
                       AND coalesce(c.place_id, 0) = coalesce(h.unit_id, 0)
                     ORDER BY h.day, h.res_id
                    """,
                    facts=formulas._facts(code, self.month, end),
                    credited=self._credited_sql(),
                    freeze=self.id,
                    code=code,
                    secret=formula.secret,
                )
            )
            count += self.env.cr.rowcount
        self.env["haerun.fact"].invalidate_model()
        return count

    @api.model
    def _credited_sql(self):
        """By whose matter, who acted and where: the post that it counts for.

        The post whose matter it was, where its holder acted or nobody is known to
        have acted; else a post of who acted, of the same class, in the same unit
        first. Who acted without such a post, such as the head of the unit, is credited
        with none: it counts for the unit.
        """
        return SQL(
            """
            SELECT p.owner_id, p.user_id, p.unit_id AS place_id,
                   coalesce(own.id, other.id) AS post_id,
                   coalesce(owner.rep_class, other.rep_class) AS rep_class,
                   coalesce(owner.unit_id, other.unit_id) AS unit_id
              FROM pair p
              LEFT JOIN haerun_representative owner ON owner.id = p.owner_id
              LEFT JOIN haerun_representative own
                ON own.id = owner.id
               AND (p.user_id IS NULL OR own.user_id = p.user_id)
              LEFT JOIN LATERAL (
                    SELECT r.id, r.rep_class, r.unit_id FROM haerun_representative r
                     WHERE own.id IS NULL AND r.user_id = p.user_id
                       AND (owner.id IS NULL OR r.rep_class = owner.rep_class)
                     ORDER BY r.unit_id = coalesce(owner.unit_id, p.unit_id) DESC,
                              r.active DESC, r.id
                     LIMIT 1) other ON TRUE
            """
        )

    def _pin(self):
        """Keep these months for good: an assessment rests on them."""
        for freeze in self.sudo().filtered(lambda one: not one.pinned):
            freeze.write({"pinned": True, "digest": freeze._digest()})

    def _digest(self):
        """SHA-256 over the facts of this month, whatever order they came in."""
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                """
                SELECT concat_ws('|', formula, day, unit_id, representative_id,
                                 user_id, owner_id, rep_class, res_id, above, below)
                  FROM haerun_fact WHERE freeze_id = %s ORDER BY 1
                """,
                self.id,
            )
        )
        digest = hashlib.sha256()
        while rows := self.env.cr.fetchmany(20_000):
            digest.update("\n".join(row for (row,) in rows).encode())
            digest.update(b"\n")
        return digest.hexdigest()

    def action_verify(self):
        """Tell whether the facts are still those that were assessed."""
        self.ensure_one()
        self.check_access("read")
        freeze = self.sudo()  # the facts of others are not shown, only added up
        if not freeze.pinned:
            raise UserError(
                self.env._(
                    "%s is not kept for good yet: it is frozen anew every night "
                    "until its assessment is published.",
                    self.display_name,
                )
            )
        whole = freeze.digest == freeze._digest()
        return verdict(
            whole,
            self.env._("The facts are those that were assessed.")
            if whole
            else self.env._("The facts are not those that were assessed."),
        )
