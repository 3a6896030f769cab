from odoo import models

DONE = "已向客户当面致歉，并补发停通水告知短信;班组晨会已通报"
#: what the customer of the demo finds wrong, and where
PHASES = (("勘察", "survey"), ("通水", "connection"))


class HookupDemo(models.AbstractModel):
    """Return visits of the demo's projects: tried, made, redone, verified."""

    _inherit = "haerun.hookup.demo"

    def _go_account_opened(self, project, way):
        result = super()._go_account_opened(project, way)
        if way.turns("tried") and (visit := self._visit(project)):
            with self._at(way.ago(float(way.row["account_opened"]) / 2)):
                visit.action_no_answer()
        return result

    def _go_visited(self, project, way):
        """The representative calls; who is dissatisfied has it redone and verified."""
        row = way.row
        hours = float(row["visited"])
        with self._at(way.at("visited")):
            self._answer(self._visit(project), row["satisfaction"], row["said"])
        if way.turns("redone"):
            redo = project._redos()
            redo = redo.with_user(redo.acting_user_id)
            with self._at(way.ago(hours * 0.8)):
                redo.result = DONE
                redo.action_done()
            with self._at(way.ago(hours * 0.7)):
                self._answer(self._visit(project), "4", "处理得很及时，没有意见了")
        if row["section"]:
            with self._at(way.ago(hours * 0.6)):
                visitor = self._user("user_gaofei")
                action = project.with_user(visitor).action_visit()
                visit = self.env["haerun.return.visit"].browse(action["res_id"])
                self._answer(visit.with_user(visitor), row["section"], "")

    def _visit(self, project):
        """The representative's visit that is to be made, as he sees it."""
        visit = project._visits().filtered(
            lambda v: v.visitor == "coordinator" and v.state in ("due", "tried")
        )[-1:]
        return visit.with_user(visit.acting_user_id)

    def _answer(self, visit, satisfaction, said):
        """The customer answers the phone and every question."""
        visit.action_reached()
        dissatisfied = satisfaction < "3"
        phase = next((code for word, code in PHASES if word in said), "whole")
        for answer in visit.answer_ids:
            if answer.kind == "satisfaction":
                bad = dissatisfied and answer.phase == phase
                answer.rating = satisfaction if bad or not dissatisfied else "4"
                if bad:
                    answer.text = said
            elif answer.kind == "yes_no":
                # whether the promised time was kept, whether anybody took advantage
                answer.yes_no = "no" if "吃拿卡要" in answer.name else "yes"
        values = {"satisfaction": satisfaction}
        if dissatisfied:
            values |= {"complaint": said, "complaint_phase": phase}
        else:
            values["note"] = said
        visit.write(values)
        visit.action_conclude()
