"""A case that the roles of people near to it would let them read."""

from odoo.exceptions import AccessError
from odoo.fields import Command

from .accountability_common import AccountabilityCommon

CASE = "haerun.accountability.case"
#: what a case leaves, by the model that keeps it
PARTS = (
    "person",
    "unit",
    "evidence",
    "statement",
    "obstruction",
    "referral",
    "opinion",
)


class SecrecyCommon(AccountabilityCommon):
    """A case about X that a member of the group would read, were he not hidden.

    X, his deputy Y and X's people have every role that reads cases: what hides the case
    is their nearness, nothing else.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        roles = [
            cls.env.ref(f"haerun_customer_rep.group_{name}").id
            for name in (
                "accountability",
                "supervision",
                "rules_admin",
                "csd_engineering",
            )
        ]
        cls.near = cls.user_x | cls.user_y
        roles.append(cls.env.ref("base.group_allow_export").id)
        (cls.near | cls.user_inv).write(
            {"group_ids": [Command.link(role) for role in roles[-1:]]}
        )
        cls.near.write({"group_ids": [Command.link(role) for role in roles]})
        cls.case = cls._taken()
        cls.mine = cls.case
        case = {"case_id": cls.case.id}
        cls.file = (
            cls.env["ir.attachment"]
            .with_user(cls.user_inv)
            .create({"name": "录音.txt", "raw": b"abc"})
        )
        cls.case.unit_ids.create({**case, "unit_id": cls.branch.id})
        cls.case.evidence_ids.create(
            {**case, "name": "录音", "attachment_ids": [Command.set(cls.file.ids)]}
        )
        cls.case.statement_ids.create({**case, "who": "客户", "text": "未通知"})
        cls.case.obstruction_ids.create({**case, "who": "某", "text": "删除录音"})
        cls.case.referral_ids.create(
            {
                **case,
                "person_id": cls.case.person_ids.id,
                "letter": "1号",
                "reason": "x",
            }
        )
        cls.case.message_post(body="调查情况")
        cls.case.activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.user_inv2.id, summary="核对"
        )
        cls.report = cls.env["haerun.accountability.report"]._ask_of(
            cls.case, cls.branch, "停水通知情况", "请报告近期停水通知情况"
        )
        cls._found(cls.case)
        cls.opinion = cls.case._propose("通报批评")
        cls.case = cls.case.with_env(cls.env)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def hidden(self, model, domain=(), ids=None):
        """Nobody near finds, counts, groups, names, reads or exports such records."""
        records = self.env[model].sudo().search(list(domain))
        self.assertTrue(records, model)
        for user in self.near:
            theirs = self.env[model].with_user(user)
            here = [("id", "in", records.ids)]
            try:
                self.assertFalse(theirs.search(here), model)
                self.assertEqual(theirs.search_count(here), 0, model)
                self.assertFalse(theirs.search_read(here, ["id"]), model)
                groups = theirs.formatted_read_group(here, [], ["__count"])
                self.assertEqual(groups[0]["__count"], 0, model)
            except AccessError:
                pass  # no right to the model at all hides it too
            for record in records:
                with self.assertRaises(AccessError, msg=f"{model} {user.name}"):
                    record.with_user(user).read(["id", "display_name"])
        return records
