from odoo import api, fields, models

#: who investigates for CSD and for the section, and who decides, in the demo
INV, SECTION, SECTION_HEAD, CSD_HEAD = (
    "user_shiyan",
    "user_gaofei",
    "user_zhaomin",
    "user_liuyang",
)


class AccountabilityDemo(models.AbstractModel):
    """Plays some accountability cases through the real methods (demo only)."""

    _name = "haerun.accountability.demo"
    _description = "Demo of Accountability"
    _inherit = ["haerun.hookup.demo"]

    @api.model
    def _build(self):
        """Make the demo's cases once, each at another step."""
        cases = self.env["haerun.accountability.case"]
        if not self.env.su or cases.search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN")
        worktime = self.env["haerun.workday"]._worktime(
            self.env.company.resource_calendar_id
        )
        now = fields.Datetime.now()

        def ago(hours):
            return worktime.back(now, float(hours), "work_hour")

        with self._at(ago(3)):
            self._case(
                INV,
                ["zhoujie"],
                name="路面开挖后未及时恢复被媒体曝光",
                kind="media",
                severity="normal",
                what="“青岛民生”栏目报道：辽宁路施工点通水后围挡未撤、路面未恢复达六天，"
                "沿街商户出行受阻。",
                impact="相关视频播放量较大，给集团公司造成负面影响。",
            )
        self._proposals()
        self._investigated(ago)
        self._in_approval(ago)
        self._served(ago)
        self._closed(ago)
        with self._at(ago(60)):
            dismissed = self._case(
                INV,
                ["fanhua"],
                name="投诉抄表员态度生硬",
                what="客户来电称抄表员催缴时态度生硬，未留联系方式。",
            )
            dismissed.action_take()
        with self._at(ago(50)):
            dismissed._dismiss("经核对工单与通话录音，投诉人反映的人员非我公司员工。")

    def _proposals(self):
        """What a ladder would propose of limits that have passed at the branches."""
        level = self.env.ref("haerun_customer_rep.ladder_standard_review")
        clocks = self.env["haerun.clock"].search(
            [
                ("state", "=", "running"),
                ("due_at", "<", fields.Datetime.now()),
                ("unit_id.haerun_level", "in", ("branch", "emd")),
                ("acting_user_id", "!=", False),
            ],
            order="due_at, id",
            limit=2,
        )
        self.env["haerun.accountability.proposal"]._propose_for(
            [(clock, level) for clock in clocks]
        )

    def _case(self, investigator, logins, **values):
        """A case that ``investigator`` opens, about the employees ``logins``."""
        employees = self.env["hr.employee"].union(
            *(self.env.ref(f"haerun_customer_rep.employee_{login}") for login in logins)
        )
        day = self.env.company._haerun_today()
        values = {
            "happened_on": fields.Date.subtract(day, days=2),
            "complainant": "王女士",
            "phone": "13864231108",
            "employees": employees,
            "unit": employees[:1].department_id,
            **values,
        }
        cases = self.env["haerun.accountability.case"]
        return cases.with_user(self._user(investigator))._open_case(values)

    def _proof(self, case, said, shown="通话录音与工单流转记录"):
        """Evidence and a statement on the file of ``case``."""
        case.evidence_ids.create(
            {"case_id": case.id, "name": shown, "kind": "recording"}
        )
        case.statement_ids.create(
            {
                "case_id": case.id,
                "who": case.person_ids[0].sudo().employee_id.name,
                "capacity": "concerned",
                "place": "客户服务部会议室",
                "said_at": fields.Datetime.now(),
                "text": said,
            }
        )

    def _verdict(self, case, sanction, facts, liability, reasons):
        for person in case.person_ids:
            person.write(
                {
                    "finding": "true",
                    "facts": facts,
                    "liability": liability,
                    "reasons": reasons,
                    "sanction_id": self.env.ref(
                        f"haerun_customer_rep.sanction_{sanction}"
                    ).id,
                }
            )
        case.action_investigated()

    def _investigated(self, ago):
        """Under investigation; the branch has reported."""
        with self._at(ago(12)):
            case = self._case(
                INV,
                ["xiaogang"],
                name="客户投诉三次预约上门均未到场",
                what="客户反映水压低，服务代表三次约定上门均未到场，也未电话说明。",
            )
            case.action_take()
        with self._at(ago(9)):
            report = self.env["haerun.accountability.report"]._ask_of(
                case,
                self.env.ref("haerun_customer_rep.hr_department_shinan"),
                "香港中路片区近一周上门服务情况",
                "请书面报告近一周上门预约、到场、改约的记录及客户联系情况。",
            )
            self._proof(case, "当日工单较多，改约时未及时联系客户。")
        with self._at(ago(6)):
            theirs = report.with_user(self._user("user_linhai"))
            theirs.text = (
                "经核实，该片区近一周预约上门12次，到场9次，3次未到场且未改约。"
            )
            theirs.action_submit()

    def _in_approval(self, ago):
        """The handling opinion waits for the head of CSD."""
        with self._at(ago(30)):
            case = self._case(
                INV,
                ["caimei"],
                name="连续两期估抄引发信访",
                kind="petition",
                what="客户到区信访局反映：连续两期未见抄表员，水量按估算计收。",
            )
            case.action_take()
        with self._at(ago(20)):
            self._proof(case, "楼道门禁更换，未能入户，按上期估抄，没有张贴通知。")
            self._verdict(
                case,
                "circulate",
                "连续两期未实抄，未按规定张贴入户通知，也未安排回头抄表。",
                "违反抄表收费服务程序，未履行抄表并如实记录指针的职责。",
                "造成客户信访，产生负面影响；事后主动联系客户补抄，可从轻。",
            )
        with self._at(ago(16)):
            case._propose(
                "经调查，投诉属实，建议给予通报批评，并责成分公司退补水费差额。"
            )

    def _served(self, ago):
        """About somebody in CSD: the section's case; the decision is served."""
        with self._at(ago(60)):
            case = self._case(
                SECTION,
                ["zhangwei"],
                name="报装资料补正未一次性告知",
                what="开发商投诉：报装资料先后三次被要求补正，未收到一次性告知书。",
                complainant="青岛某置业公司",
                phone="13953217766",
            )
            case.action_take()
        with self._at(ago(50)):
            self._proof(
                case, "前两次是电话通知，忘记开具告知书。", "受理登记与电话记录"
            )
            self._verdict(
                case,
                "educate",
                "同一报装项目三次要求补正资料，均未出具一次性告知书。",
                "未按规定的职责和程序履行一次性告知义务。",
                "首次发生，未造成工期延误，能够认识错误。",
            )
        with self._at(ago(44)):
            opinion = case._propose("投诉属实，建议给予批评教育。")
        with self._at(ago(40)):
            opinion.with_user(self._user(SECTION_HEAD))._approve("同意")
        with self._at(ago(30)):
            case.action_serve()

    def _closed(self, ago):
        """Read, executed, final, closed."""
        with self._at(ago(300)):
            case = self._case(
                INV,
                ["heting"],
                name="合同签订拖延被投诉",
                what="企业客户反映供用水合同提交后两周无人联系。",
            )
            case.action_take()
        with self._at(ago(290)):
            self._proof(case, "合同转交后没有跟踪。", "合同流转记录")
            self._verdict(
                case,
                "educate",
                "收到合同资料后十一个工作日未联系客户。",
                "未按规定及时联系客户签订供用水合同。",
                "已向客户致歉并完成签订。",
            )
            opinion = case._propose("投诉属实，建议给予批评教育。")
        with self._at(ago(280)):
            opinion.with_user(self._user(CSD_HEAD))._approve("同意")
            case.action_serve()
            decision = case.sudo().decision_ids
            decision.with_user(self._user("user_heting")).action_read()
        with self._at(ago(270)):
            decision.with_user(case.env.user)._execute(
                self.env.company._haerun_today(),
                "由分公司负责人谈话批评，已责令改正。",
                self.env["ir.attachment"],
            )
        with self._at(ago(100)):
            case.action_close()
