from odoo import fields, models
from odoo.tools import SQL

from ...tools import triggers

#: whatever moves a plan's figures notes it: (table, event, when, plans that moved)
TRIGGERS = {
    "haerun_reading_task_made": SQL(
        """AFTER INSERT ON haerun_reading_task
           REFERENCING NEW TABLE AS moved FOR EACH STATEMENT
           EXECUTE FUNCTION haerun_reading_touch_plans()"""
    ),
    "haerun_reading_task_moved": SQL(
        """AFTER UPDATE ON haerun_reading_task
           REFERENCING NEW TABLE AS moved FOR EACH STATEMENT
           EXECUTE FUNCTION haerun_reading_touch_plans()"""
    ),
    "haerun_reading_task_gone": SQL(
        """AFTER DELETE ON haerun_reading_task
           REFERENCING OLD TABLE AS moved FOR EACH STATEMENT
           EXECUTE FUNCTION haerun_reading_touch_plans()"""
    ),
    # a reading taken for a point moves the point too, but for these two
    "haerun_meter_reading_made": SQL(
        """AFTER INSERT ON haerun_meter_reading FOR EACH ROW
           WHEN (NEW.task_id IS NOT NULL AND NEW.source IN ('fitted', 'removed'))
           EXECUTE FUNCTION haerun_reading_touch_task()"""
    ),
    "haerun_meter_reading_moved": SQL(
        """AFTER UPDATE ON haerun_meter_reading FOR EACH ROW
           WHEN (NEW.task_id IS NOT NULL AND
                 (OLD.state, OLD.decided_at, OLD.volume, OLD.task_id) IS DISTINCT FROM
                 (NEW.state, NEW.decided_at, NEW.volume, NEW.task_id))
           EXECUTE FUNCTION haerun_reading_touch_task()"""
    ),
    "haerun_reading_plan_moved": SQL(
        """AFTER UPDATE ON haerun_reading_plan FOR EACH ROW
           WHEN (OLD.planned_on IS DISTINCT FROM NEW.planned_on)
           EXECUTE FUNCTION haerun_reading_touch_plan()"""
    ),
}
FUNCTIONS = {
    "haerun_reading_touch_plans": SQL("SELECT DISTINCT moved.plan_id FROM moved"),
    "haerun_reading_touch_task": SQL(
        "SELECT t.plan_id FROM haerun_reading_task AS t WHERE t.id = NEW.task_id"
    ),
    "haerun_reading_touch_plan": SQL("SELECT NEW.id"),
}


class ReadingTouch(models.Model):
    """A plan whose figures have moved since they were last settled.

    The database notes it itself, in the transaction that moves them, whichever
    statement it was: what stands here is counted live. Rows are only ever added, so
    that readers never wait for each other; who settles the figures takes away those
    rows alone that he saw. What a transaction notes that ended meanwhile stays, and
    its plan is counted live until the next time: figures cannot be stale unseen.
    """

    _name = "haerun.reading.touch"
    _description = "Reading Figures That Moved"
    _log_access = False
    _order = "id"

    plan_number = fields.Integer(
        required=True,
        index=True,
        aggregator=None,
        help="The plan's id; no foreign key, as its lock would make readers wait.",
    )

    def init(self):
        self.pool.post_init(self._make_triggers)

    def _make_triggers(self):
        """Let the database note what moves; plans from before are counted live."""
        triggers.make(
            self.env.cr,
            {
                name: SQL("INSERT INTO haerun_reading_touch (plan_number) %s", plans)
                for name, plans in FUNCTIONS.items()
            },
            {
                name: (name.rpartition("_")[0], event)
                for name, event in TRIGGERS.items()
            },
        )
        self.env.cr.execute(
            """
            INSERT INTO haerun_reading_touch (plan_number)
            SELECT p.id FROM haerun_reading_plan AS p
             WHERE NOT EXISTS (SELECT 1 FROM haerun_reading_figure AS f
                                WHERE f.plan_id = p.id)
            """
        )
