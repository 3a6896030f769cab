"""The world of the rights tests: everybody who has a role, and one of everything.

The project of A (``project``) is handed over, A is away and B acts for A, C helps.
``window`` still lies with the clerk who accepted it, ``works`` with EMD: A coordinates
them and C joins their acceptance for the branch.
"""

from contextlib import contextmanager
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import GROUP
from .hookup_common import HookupCommon

#: role → group; who the role is towards ``project`` is set up below
ROLES = {
    "clerk": "intake_clerk",
    "clerk2": "intake_clerk",
    "owner": "representative",
    "deputy": "representative",
    "collab": "representative",
    "branch": "representative",
    "head": "unit_manager",
    "head2": "unit_manager",
    "csd_e": "csd_engineering",
    "csd_m": "csd_marketing",
    "csd_s": "csd_service",
    "superv": "supervision",
    "account": "accountability",
    "rules": "rules_admin",
    "reader": "meter_reader",
    "cashier": "cashier",
    "plain": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}


class Undo(Exception):
    """Takes back what was tried."""


class RightsCommon(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        known = {
            "clerk": cls.user_clerk,
            "owner": cls.user_a,
            "deputy": cls.user_b,
            "branch": cls.user_branch,
            "head": cls.user_head,
            "csd_e": cls.user_csd,
            "superv": cls.user_section,
            "rules": cls.user_rules,
        }
        cls.users = {role: known.get(role) or cls._role(role) for role in ROLES}
        cls.rep_collab = cls._representative(cls.users["collab"], cls.branch)
        cls.branch.manager_id = cls._employee(cls.users["head2"], cls.branch)
        # A's post and work: what A holds, then A goes away and B acts
        cls.window = cls._accept(complete=False, address="青岛市试验路8号")
        cls.project = cls._accept()
        cls.project = cls.project.with_env(cls.env)
        cls.window = cls.window.with_env(cls.env)
        cls.project.collaborator_ids = cls.rep_collab
        now = fields.Datetime.now()
        cls.substitution = cls.env["haerun.substitution"].create(
            {
                "principal_id": cls.rep_a.id,
                "deputy_id": cls.rep_b.id,
                "date_from": now - timedelta(hours=1),
                "date_to": now + timedelta(days=9),
                "source": "manual",
            }
        )
        cls.survey = cls._survey(cls.project).with_env(cls.env)
        cls.invitation = cls.env["haerun.survey.invitation"].create(
            {"survey_id": cls.survey.id, "department_id": cls.unit.id}
        )
        cls.ready, *planned = (cls._surveyed() for _number in range(3))
        cls.plan, cls.pending = (cls._plan(project) for project in planned)
        cls.pending.action_submit()
        cls.plan, cls.pending = (cls.plan | cls.pending).with_env(cls.env)
        cls.window_notice = cls.window._give_notice()
        cls.notice = cls.project._issue_notices("urge", "请办理")
        cls.clock = cls.project._open_clocks()[:1]
        cls.window_clock = cls.window._open_clocks()[:1]
        # works that EMD holds, A coordinates and C joins for the branch (R30)
        cls.env["haerun.area.responsible"].create(
            [
                {"area_id": cls.area.id, "representative_id": rep.id}
                for rep in (cls.rep_emd, cls.rep_collab)
            ]
        )
        cls.works = cls._standing("construction_filed", address="青岛市试验路9号")
        cls.watered = cls._standing("meters_accepted", address="青岛市试验路10号")
        cls.env.flush_all()

    @classmethod
    def _surveyed(cls):
        """A project of A whose survey record is signed; a plan may be compiled."""
        project = cls._accept(address="青岛市试验路9号").with_env(cls.env)
        project.collaborator_ids = cls.rep_collab
        survey = cls._find(cls._survey(project))
        survey.action_record()
        survey.write({"signature": cls._signature(), "signer_name": "王芳"})
        survey.action_sign()
        return project

    @classmethod
    def _role(cls, role):
        group = ROLES[role]
        return new_test_user(
            cls.env,
            f"rights_{role}",
            groups=group if "." in group else GROUP % group,
            name=f"角色 {role}",
            tz="Asia/Shanghai",
            notification_type="email" if role in ("portal", "public") else "inbox",
        )

    @contextmanager
    def undone(self):
        """Whatever happens inside is taken back."""
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                yield
                self.env.flush_all()
                raise Undo
        except Undo:
            pass
        finally:
            self.env.cr.clear()
            self.env.transaction.invalidate_field_data()

    def refused(self, call, closed=False):
        """Call, take it back, and tell the refusal (or None).

        :param closed: nothing is to take back, as nothing should happen
        """
        try:
            if closed:
                call()
            else:
                with self.undone():
                    call()
        except UserError as error:
            return error
        return None

    @classmethod
    def _link(cls, *records):
        return [Command.link(record.id) for record in records]
