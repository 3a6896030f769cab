from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, ormcache

from ...tools import china_calendar
from ...tools.state import choices

SEEDED_FROM = 2024
SEEDED_TO = 2028
_QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
}
ACTIVITY_CONFIRM = "haerun_customer_rep.mail_activity_confirm_year"


class HaerunWorkday(models.Model):
    """The working days of the country: one row a date.

    The only authority on which days are worked; shifts say at which hours. It plans
    deadlines by :meth:`HaerunPlanner.plan`.
    """

    _name = "haerun.workday"
    _inherit = ["haerun.planner", "mail.thread", "mail.activity.mixin"]
    _description = "Working Day"
    _order = "date"
    _rec_name = "date"

    date = fields.Date(
        required=True,
        index=True,
    )
    year = fields.Integer(
        compute="_compute_year",
        store=True,
        index=True,
        aggregator=False,
    )
    weekday = fields.Char(
        compute="_compute_weekday",
    )
    kind = fields.Selection(
        selection=[
            ("workday", "Workday"),
            ("holiday", "Holiday"),
            ("makeup", "Make-up workday"),
        ],
        required=True,
        default="workday",
        tracking=True,
        help="A weekend is a holiday without a name. "
        "A make-up workday is worked like the first day of the week.",
    )
    name = fields.Char(
        string="Feast",
        tracking=True,
        help="The feast to which the holiday or the make-up workday belongs.",
    )
    status = fields.Selection(
        selection=[
            ("estimated", "Estimated"),
            ("official", "Official"),
        ],
        required=True,
        default="estimated",
        index=True,
        help="Estimated: the State Council has not published the year yet. "
        "Deadlines that cross such days are computed again once it is confirmed.",
    )
    source = fields.Char(
        help="The notice or the rule from which this day was taken.",
    )
    is_edited = fields.Boolean(
        string="Edited by hand",
        readonly=True,
    )
    color = fields.Integer(
        compute="_compute_color",
    )

    _date_unique = models.Constraint(
        "UNIQUE(date)",
        "This date already stands in the working calendar: edit its row instead.",
    )

    # ------------------------------------------------------------
    # COMPUTE METHODS
    # ------------------------------------------------------------

    @api.depends("date")
    def _compute_year(self):
        for day in self:
            day.year = day.date.year if day.date else 0

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_weekday(self):
        for day in self:
            day.weekday = day.date and format_date(
                self.env, day.date, date_format="EEE"
            )

    @api.depends("kind", "name")
    def _compute_color(self):
        for day in self:
            if day.kind == "makeup":
                day.color = 2
            elif day.kind == "workday":
                day.color = 4
            else:
                day.color = 1 if day.name else 0

    @api.depends("date", "kind", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = choices(self, "kind")
        for day in self:
            parts = [day.name, kinds.get(day.kind)]
            if day.kind == "holiday" and day.name:
                parts.pop()
            day.display_name = " ".join(filter(None, parts))

    # ------------------------------------------------------------
    # CRUD METHODS
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        self.env.registry.clear_cache()
        return days

    def write(self, vals):
        if "date" in vals:
            new = fields.Date.to_date(vals["date"])
            if moved := self.filtered(lambda day: day.date != new)[:1]:
                raise UserError(
                    self.env._(
                        "%(date)s keeps its date: change the kind of the day instead.",
                        date=moved.date,
                    )
                )
        recast = self.browse()
        if "kind" in vals:
            recast = self.filtered(lambda day: day.kind != vals["kind"])
            vals = {"is_edited": True, **vals}
        settled = "status" in vals and any(d.status != vals["status"] for d in self)
        result = super().write(vals)
        self.env.registry.clear_cache()
        if recast and not self.env.context.get("haerun_calendar_quiet"):
            self._tell_clocks("_calendar_changed", recast.mapped("date"))
        if settled:
            self._tell_clocks("_recompute_estimated")
        return result

    def unlink(self):
        dates = self.mapped("date")
        result = super().unlink()
        self.env.registry.clear_cache()
        if dates:
            self._tell_clocks("_calendar_changed", dates)
        return result

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_confirm_year(self):
        """Make the years of these days official; running clocks are recomputed.

        What is published in the meantime replaces the estimate, except for days
        that were edited by hand.

        :raises AccessError: for anybody but a rules administrator (R120)
        """
        self.check_access("write")
        for year in sorted(set(self.mapped("year"))):
            self._confirm_year(year)
        return True

    @api.model
    def action_add_year(self):
        """Add the year after the last one, and show the list again."""
        self.check_access("create")
        self._ensure_years([max(self._days()).year + 1])
        self._remind_estimated()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _is_worked(self, day):
        """Whether a date is worked; of a day that no list has, it is assumed."""
        kind, _status = self._days().get(day, ("workday", ""))
        return kind != "holiday"

    # ------------------------------------------------------------
    # CALENDAR VIEW
    # ------------------------------------------------------------

    @api.model
    @api.readonly
    def get_unusual_days(self, date_from, date_to=None):
        """Return {"YYYY-MM-DD": True for a day off}, for the grey days of a view."""
        self.browse().check_access("read")
        first, last = date_from[:10], (date_to or date_from)[:10]
        return {
            str(day): kind == "holiday"
            for day, (kind, _status) in self._days().items()
            if first <= str(day) <= last
        }

    @api.model
    @api.readonly
    def estimated_years(self):
        """Return {"years": […], "can_confirm": bool} for the banner of the views."""
        self.browse().check_access("read")
        days = self.search([("status", "=", "estimated")])
        return {
            "years": [
                {"year": year, "day_id": rows[0].id}
                for year, rows in sorted(days.grouped("year").items())
            ],
            "can_confirm": self.has_access("write"),
        }

    # ------------------------------------------------------------
    # YEARS
    # ------------------------------------------------------------

    @ormcache()
    def _days(self):
        """Return {date: (kind, status)} of all known days; not to be changed."""
        # sudo: shared by all users
        rows = self.sudo().search_fetch([], ["date", "kind", "status"])
        return {row.date: (row.kind, row.status) for row in rows}

    @api.model
    def _seed(self):
        """Fill the calendar at installation, up to next year at least."""
        last = max(SEEDED_TO, fields.Date.today().year + 1)
        self._ensure_years(range(SEEDED_FROM, last + 1))
        self._remind_estimated()

    @api.model
    def _cron_ensure_next_year(self):
        """Have next year at hand, take what was published, remind of the rest."""
        year = fields.Date.today().year
        self._ensure_years([year, year + 1])
        days = self.search([("status", "=", "estimated"), ("year", "<=", year + 1)])
        for estimated in sorted(set(days.mapped("year"))):
            if china_calendar.official_year(estimated):
                self._confirm_year(estimated)
        self._remind_estimated()

    @api.model
    def _ensure_years(self, years):
        """Add the missing days of `years`, official where they are published."""
        known = self._days()
        vals_list = []
        for year in years:
            facts = china_calendar.official_year(year)
            status = "official" if facts else "estimated"
            source = (
                china_calendar.official_source()
                if facts
                else china_calendar.SOURCE_ESTIMATED
            )
            vals_list += [
                {
                    "date": fact.date,
                    "kind": fact.kind,
                    "name": fact.name,
                    "status": status,
                    "source": source,
                }
                for fact in facts or china_calendar.estimated_year(year)
                if fact.date not in known
            ]
        return self.with_context(**_QUIET).create(vals_list)

    def _confirm_year(self, year):
        self._ensure_years([year])
        days = self.search([("year", "=", year), ("status", "=", "estimated")])
        self._adopt_published(year, days.filtered(lambda day: not day.is_edited))
        days.write({"status": "official"})
        anchor = self.search([("year", "=", year)], limit=1)
        anchor.activity_unlink([ACTIVITY_CONFIRM])

    def _adopt_published(self, year, days):
        """Replace the estimate of `days` by what is published, if it is."""
        facts = china_calendar.official_year(year)
        if not facts:
            return
        days.source = china_calendar.official_source()
        facts = {fact.date: (fact.kind, fact.name) for fact in facts}
        quiet = days.with_context(haerun_calendar_quiet=True, **_QUIET)
        for (kind, name), group in quiet.grouped(lambda d: facts[d.date]).items():
            group.filtered(
                lambda d, fact=(kind, name): (d.kind, d.name or None) != fact
            ).write({"kind": kind, "name": name, "is_edited": False})

    @api.model
    def _remind_estimated(self):
        """Keep an activity for every rules administrator on each estimated year.

        It stands on the first of January and stays until the year is confirmed.
        """
        days = self.search([("status", "=", "estimated")])
        anchors = [rows[0] for _year, rows in sorted(days.grouped("year").items())]
        kind = self.env.ref(ACTIVITY_CONFIRM)
        # sudo: who administers the rules is no secret of the settings
        admins = self.env.ref("haerun_customer_rep.group_rules_admin").sudo()
        model_id = self.env["ir.model"]._get_id(self._name)
        vals_list = []
        for day in anchors:
            open_for = day.activity_search([ACTIVITY_CONFIRM]).user_id
            for user in admins.all_user_ids - open_for:
                if not user.active or user.share:
                    continue
                spoken = self.with_context(lang=user.lang).env
                vals_list.append(
                    {
                        "activity_type_id": kind.id,
                        "automated": True,
                        "date_deadline": self._confirm_deadline(day.year),
                        "note": kind.with_env(spoken).default_note,
                        "res_id": day.id,
                        "res_model_id": model_id,
                        "summary": spoken._(
                            "Confirm the working days of %(year)s", year=day.year
                        ),
                        "user_id": user.id,
                    }
                )
        quick = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        return quick.create(vals_list)

    def _confirm_deadline(self, year):
        """The notice of a year comes out in November of the year before."""
        return max(date(year - 1, 12, 1), fields.Date.today())

    def _tell_clocks(self, method, *args):
        """Let running clocks follow the calendar."""
        clocks = self.env.get("haerun.clock")
        if hasattr(clocks, method):
            getattr(clocks, method)(*args)
