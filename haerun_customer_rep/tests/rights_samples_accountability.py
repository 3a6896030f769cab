"""Samples of accountability: cases that CSD investigates about a reader of a branch."""

from odoo import fields

from .rights_samples_way import Sample

PREFIX = "haerun.accountability"


class SamplesAccountability:
    """Mixed into ``SamplesCommon``, whose world it uses."""

    @classmethod
    def _accountability_case(cls):
        """A case about “reader” that “account” investigates, in his name."""
        case = cls.env[f"{PREFIX}.case"].with_user(cls.users["account"])
        case = case._open_case(
            {
                "name": "停水未通知",
                "what": "客户反映停水未通知",
                "phone": "13812345678",
                "employees": cls._employee(cls.users["reader"], cls.branch),
            }
        )
        case.action_take()
        case.evidence_ids.create({"case_id": case.id, "name": "录音"})
        return case

    @classmethod
    def _accountability_proposed(cls):
        """Another one whose handling opinion waits for the head of CSD."""
        case = cls._accountability_case()
        case.person_ids.write(
            {
                "finding": "true",
                "facts": "未通知",
                "liability": "未履行职责",
                "sanction_id": cls.env.ref("haerun_customer_rep.sanction_educate").id,
            }
        )
        case.action_investigated()
        return case._propose("批评教育")

    @classmethod
    def _samples_accountability(cls):
        case = cls._accountability_case()
        of = {"case_id": case.id}
        statement = {**of, "who": "客户", "text": "未通知"}
        hindered = {**of, "who": "某", "text": "删除录音"}
        person = case.person_ids
        referred = {
            **of,
            "person_id": person.id,
            "letter": "1号",
            "reason": "涉嫌违纪",
        }
        named = {**of, "employee_id": cls._employee(cls.users["cashier"]).id}
        units = {**of, "unit_id": cls.branch.id}
        report = cls.env[f"{PREFIX}.report"]._ask_of(
            case, cls.branch, "通知情况", "请报告"
        )
        opinion = cls._accountability_proposed()
        decided = cls._accountability_proposed()
        while decided.sudo().state == "pending":
            decided.with_user(decided.sudo().approver_ids[0])._approve()
        decided.case_id.action_serve()
        decision = decided.sudo().case_id.decision_ids
        decision.with_user(cls.users["account"])._execute(
            cls.env.company._haerun_today(), "已谈话", cls.env["ir.attachment"]
        )
        appeal = cls.env[f"{PREFIX}.appeal"].with_user(cls.users["reader"])
        appeal = appeal._file(decision.with_user(cls.users["reader"]), "不属实")
        level = cls.env["haerun.escalation.level"].search([], limit=1)
        proposal = cls.env[f"{PREFIX}.proposal"]._propose_for([(cls.clock, level)])
        cls.accountability = {
            "case": case,
            "opinion": opinion,
            "decision": decision,
            "appeal": appeal,
            "report": report,
            "proposal": proposal,
            "referral": case.referral_ids.create(dict(referred)),
        }
        cls.accountability = {
            name: record.with_env(cls.env)
            for name, record in cls.accountability.items()
        }
        new = {
            "case": (case, {"name": "x", "what": "y"}, {"impact": "x"}),
            "person": (person, named, {"why": "x"}),
            "unit": (case.unit_ids.create(dict(units)), None, {"note": "x"}),
            "evidence": (case.evidence_ids, {**of, "name": "照片"}, {"name": "x"}),
            "statement": (
                case.statement_ids.create(dict(statement)),
                statement,
                {"text": "x"},
            ),
            "obstruction": (
                case.obstruction_ids.create(dict(hindered)),
                hindered,
                {"text": "x"},
            ),
            "referral": (cls.accountability["referral"], referred, {"letter": "x"}),
            "opinion": (opinion, {**of, "text": "x"}, {"text": "x"}),
            "decision": (
                decision,
                {"case_id": case.id, "person_id": person.id},
                {"facts": "x"},
            ),
            "execution": (
                decision.execution_ids,
                {**of, "decision_id": decision.id, "kind": "executed"},
                {"note": "x"},
            ),
            "appeal": (
                appeal,
                {"decision_id": decision.id, "text": "x"},
                {"text": "x"},
            ),
            "report": (report, {"subject": "x", "question": "y"}, {"text": "x"}),
            "proposal": (proposal, {"clock_id": cls.clock.id}, {"refuse_reason": "x"}),
        }
        samples = {}
        for name, (record, values, change) in new.items():
            other = cls.env["hr.department"].create({"name": "另一部门"})
            values = values or {**of, "unit_id": other.id}
            whose = "of A" if name == "proposal" else "of reader"
            samples[f"{PREFIX}.{name}", whose] = Sample(
                record.with_env(cls.env), values, change
            )
        sanction = {
            "name": "提醒",
            "code": "rights_a",
            "degree": 9,
            "date_from": fields.Date.today(),
        }
        samples["haerun.sanction", "-"] = Sample(
            cls.env["haerun.sanction"].create(dict(sanction)),
            {**sanction, "code": "rights_new"},
            {"points": 1},
        )
        return samples

    @classmethod
    def _wizards_accountability(cls):
        return {
            f"{PREFIX}.open": {"name": "x", "what": "y", "unit_id": cls.branch.id},
            f"{PREFIX}.step": {
                "kind": "dismiss",
                "case_id": cls.accountability["case"].id,
                "text": "不属实",
            },
            f"{PREFIX}.appeal.wizard": {
                "text": "不属实",
                "decision_id": cls.accountability["decision"].id,
            },
        }
