from odoo import api, models

#: windows whose files move on to the record that they make
WINDOWS = frozenset({"haerun.hookup.design.choice", "haerun.hookup.design.finish"})


class HookupPapers(models.AbstractModel):
    """Papers that lie with a record: they follow its rights and stay as evidence."""

    _name = "haerun.hookup.papers"
    _description = "Papers of a Hookup Record"

    #: many2many of attachments
    _haerun_papers = "attachment_ids"

    @api.model
    def _given_papers(self, attachments):
        """The files that a user brings along: those that he may read himself.

        :param attachments: ``ir.attachment`` or their ids
        :return: ``ir.attachment``
        :raise AccessError: when one of them is not his to show
        """
        files = self.env["ir.attachment"].browse(
            [getattr(file, "id", file) for file in attachments or ()]
        )
        files.check_access("read")
        return files

    def _own_papers(self):
        """Files follow the rights of the record, not those of who loaded them."""
        for record in self.sudo():
            loose = record[self._haerun_papers].filtered(
                lambda file: not file.res_id or file.res_model in WINDOWS
            )
            loose.write({"res_model": self._name, "res_id": record.id})

    def _haerun_is_evidence(self):
        return True
