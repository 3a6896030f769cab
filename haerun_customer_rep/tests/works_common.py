"""A project whose works are inspected, and what is done on its site."""

from odoo.fields import Command

from .hookup_common import HookupCommon


class WorksCommon(HookupCommon):
    @classmethod
    def _lines(cls, project, kind=None):
        """The lines of a project that count, as EMD's representative sees them."""
        return project.inspection_ids.filtered(
            lambda line: line.standing and (not kind or line.kind == kind)
        ).with_user(cls.user_emd)

    @classmethod
    def _pass(cls, line):
        """Inspected on site: all in order, one photo."""
        line.point_ids.result = "ok"
        line.photo_ids = [Command.link(cls._photo(line.env.user).id)]
        line.action_pass()

    @classmethod
    def _fail(cls, line, note="接口渗水"):
        """Inspected on site: the first check point is not in order."""
        line.point_ids[:1].write({"result": "failed", "note": note})
        line.photo_ids = [Command.link(cls._photo(line.env.user).id)]
        line.action_fail()

    @classmethod
    def _again(cls, line):
        return line.browse(line.action_reinspect()["res_id"])

    @classmethod
    def _join(cls, lines):
        lines.with_user(cls.user_branch).action_join()

    @classmethod
    def _raise(cls, project, user=None, **values):
        user = user or cls.user_emd
        return (
            cls.env["haerun.hookup.rectification"]
            .with_user(user)
            .create(
                {
                    "project_id": project.id,
                    "opinion": "阀门井渗水，重新做防水",
                    "responsible": "青岛某市政公司",
                    "photo_ids": [Command.link(cls._photo(user).id)],
                    **values,
                }
            )
        )

    @classmethod
    def _report(cls, opinion, done="已重做防水"):
        opinion = opinion.with_user(cls.user_emd)
        opinion.write(
            {
                "done": done,
                "photo_after_ids": [
                    Command.link(cls._photo(cls.user_emd, "整改后.png").id)
                ],
            }
        )
        opinion.action_report()

    @classmethod
    def _return(cls, opinion, user, reason):
        opinion = opinion.with_user(user)
        action = opinion.action_return()
        cls.env[action["res_model"]].with_user(user).with_context(
            **action["context"]
        ).create({"reason": reason}).action_confirm()
