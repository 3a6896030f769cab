from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.context import without_defaults
from ...tools.evidence import by_steps
from ...tools.state import check_state

CASE = "haerun.accountability.case"
#: where a case stands when its reports are judged
JUDGED = ("investigating", "opinion", "approval", "decided", "appeal", "executed")
VERDICTS = [
    ("in_time", "True and in Time"),
    ("late", "Late Report"),
    ("false", "False Report"),
    ("withheld", "Withheld Report"),
]


class AccountabilityReport(models.Model):
    """情况报告: a unit reports as asked, in time and truly (R118).

    It says what is asked and nothing else: not which case it is for, not even whether
    there is one. The case knows its reports, a report knows no case.
    """

    _name = "haerun.accountability.report"
    _inherit = ["haerun.confidential.mixin", "haerun.seal.mixin"]
    _description = "Report Asked of a Unit"
    _order = "id desc"
    _rec_name = "subject"

    subject = fields.Char(string="Report About", required=True, readonly=True)
    question = fields.Text(string="What Is Asked", required=True, readonly=True)
    state = fields.Selection(
        [
            ("asked", "Asked For"),
            ("submitted", "Report Submitted"),
            ("closed", "Closed"),
        ],
        default="asked",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    asked_at = fields.Datetime(readonly=True)
    text = fields.Text(string="Report")
    submitted_at = fields.Datetime(readonly=True)
    submitted_by_id = fields.Many2one("res.users", readonly=True)
    late = fields.Boolean(readonly=True, help="By its clock.")
    # what the investigator says of it, and when: a fact for assessment
    verdict = fields.Selection(VERDICTS, readonly=True, groups=fields.NO_ACCESS)
    verdict_reason = fields.Text(readonly=True, groups=fields.NO_ACCESS)
    verdict_on = fields.Date(readonly=True, groups=fields.NO_ACCESS)
    verdict_by_id = fields.Many2one("res.users", readonly=True, groups=fields.NO_ACCESS)
    verdict_shown = fields.Char(string="Verdict", compute="_compute_verdict_shown")
    is_mine = fields.Boolean(compute="_compute_is_mine")
    case_access = fields.Selection(
        [("read", "Read"), ("write", "Write")],
        compute="_compute_case_access",
        search="_search_case_access",
    )

    @property
    def _haerun_protected(self):
        return by_steps(self, frozenset({"text", "attachment_ids"}))

    # ------------------------------------------------------------ compute
    @api.depends("acting_user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for report in self:
            report.is_mine = report.acting_user_id == self.env.user

    @api.depends_context("uid")
    def _compute_case_access(self):
        for report in self:
            # record rules call this as superuser, in the name of a user
            case = report.sudo()._case().sudo(False)
            report.case_access = (
                (
                    case.has_access("write")
                    and "write"
                    or case.has_access("read")
                    and "read"
                )
                if case
                else False
            )

    @api.model
    def _search_case_access(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = self.browse()
        for mode in {"read", "write"} & set(value):
            # record rules ask as superuser, in the name of a user
            rules = self.env["ir.rule"].sudo(False)
            cases = self.env[CASE].sudo().search(rules._compute_domain(CASE, mode))
            found |= cases.report_ids
        return Domain("id", "in", found.ids)

    @api.depends("verdict", "case_access")
    @api.depends_context("uid")
    def _compute_verdict_shown(self):
        names = dict(VERDICTS)
        for report in self:
            known = report.case_access and report.sudo().verdict
            labels = self._fields["verdict"]._description_selection(self.env)
            report.verdict_shown = known and dict(labels).get(known, names[known])

    def _case(self):
        """The case for which it was asked, as superuser."""
        self.ensure_one()
        return self.env[CASE].sudo().search([("report_ids", "in", self.ids)], limit=1)

    # --------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("A report is asked for by the buttons of the investigation.")
            )
        quiet = without_defaults(self).with_context(mail_create_nosubscribe=True)
        return super(AccountabilityReport, quiet).create(vals_list)

    def write(self, vals):
        if not self.env.su and {"text", "attachment_ids"} & vals.keys():
            self._check_reporter()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A report is evidence and is never deleted."))

    # ------------------------------------------------------------- action
    def action_submit(self):
        """Submit the report; its clock gets its verdict (R118).

        :raise UserError: for an empty report
        """
        self.ensure_one()
        self._check_reporter()
        if not (self.text or "").strip():
            raise UserError(
                self.env._("“%s”: write the report first.", self.display_name)
            )
        report = self.sudo()  # state and times are set by the system
        report._seal()
        report._reach("submitted")
        clock = report.clock_ids.filtered(lambda one: one.state in ("met", "missed"))
        report.write(
            {
                "state": "submitted",
                "submitted_at": fields.Datetime.now(),
                "submitted_by_id": self.env.uid,
                "late": clock.sorted("id")[-1:].state == "missed",
            }
        )
        case = report._case()
        case._tell(
            case.acting_user_id, self.env._("%s has reported.", report.unit_id.name)
        )
        return True

    def action_verdict(self):
        """Open the window in which the investigator says what it is worth (R118)."""
        self.ensure_one()
        case = self._case().with_env(self.env)
        case._check_working(*JUDGED)
        return case._ask("verdict", self.env._("Verdict"), report_id=self.id)

    # ----------------------------------------------------------- business
    @api.model
    def _ask_of(self, case, unit, subject, question):
        """Ask ``unit`` for a report; its head, or the next not concerned, gets it."""
        case._check_working("investigating", "opinion")
        if not (subject or "").strip() or not (question or "").strip():
            raise UserError(self.env._("%s: say what is to be reported.", unit.name))
        if case.number in f"{subject} {question}":
            raise UserError(
                self.env._(
                    "The unit does not learn the number of the case: leave %s out.",
                    case.number,
                )
            )
        report = self.sudo().create(
            {
                "unit_id": unit.id,
                "subject": subject.strip(),
                "question": question.strip(),
                "asked_at": fields.Datetime.now(),
            }
        )
        case.sudo().report_ids |= report
        report._settle_addressee(case.sudo())
        report._reach("asked")
        if not report.acting_user_id:
            raise UserError(
                self.env._(
                    "Nobody leads %s or a unit above who is not concerned: ask in "
                    "writing and put the answer on file.",
                    unit.name,
                )
            )
        return report.with_env(self.env)

    def _settle_addressee(self, cases):
        """Who must report is the unit's head, or the next above not concerned."""
        away = self.env["haerun.representative"]._haerun_users_away()
        for report in self.sudo().filtered(lambda one: one.state == "asked"):
            case = cases.filtered(lambda one, r=report: r in one.report_ids)
            out = case.person_ids._users()
            unit = report.unit_id
            # who is away cannot report; where all are, the head is asked all the same
            head = unit._haerun_head(besides=out | away) or unit._haerun_head(out)
            head = head.sudo(False)
            if head == report.acting_user_id:
                continue
            holder = {"owner_user_id": head.id, "acting_user_id": head.id}
            report.write(holder)
            report._open_clocks().write(holder)
            self.env.flush_all()
            case._haerun_forget_traces()
            report._haerun_purge()
            report._tell_assigned()

    def _check_reporter(self):
        self.check_access("read")
        check_state(self, "asked")
        if not self.is_mine:
            raise AccessError(
                self.env._(
                    "“%(report)s” is reported by %(name)s alone.",
                    report=self.display_name,
                    name=self.acting_user_id.sudo().name or "?",
                )
            )

    def _judge(self, verdict, reason):
        """The investigator says what the report is worth (R118).

        Whether it came in time says its clock: neither is it called late when it was
        not, nor in time when it was late.
        """
        self.ensure_one()
        case = self._case().with_env(self.env)
        case._check_working(*JUDGED)
        report = self.sudo()  # rights were checked above
        if report.verdict:
            raise UserError(self.env._("“%s” has its verdict already.", report.subject))
        if not verdict or (verdict != "in_time" and not (reason or "").strip()):
            raise UserError(
                self.env._("“%s”: say the verdict and why.", report.subject)
            )
        overdue = report.due_at and report.due_at < fields.Datetime.now()
        wrong = {
            "in_time": report.late or report.state == "asked",
            "late": not report.late,
            "withheld": report.state != "asked" or not overdue,
            "false": report.state == "asked",
        }[verdict]
        if wrong:
            raise UserError(
                self.env._(
                    "“%s”: this is not what its clock and its state say.",
                    report.subject,
                )
            )
        if verdict == "withheld":
            report._clock_cancel(reason)
        report.write(
            {
                "state": "closed",
                "verdict": verdict,
                "verdict_reason": reason,
                "verdict_on": self.env.company._haerun_today(),
                "verdict_by_id": self.env.uid,
            }
        )

    # -------------------------------------------------------------- mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "=", "asked")]

    def _haerun_title(self):
        self.ensure_one()
        return f"情况报告 {self.subject}"

    def _haerun_is_evidence(self):
        return self.state != "asked"
