"""Samples of the monthly report: a draft, an issued one, who gets it, who got it."""

from odoo import Command, fields

from .rights_samples_way import Sample


class SamplesMonthly:
    """Mixed into ``SamplesCommon``, whose world it uses."""

    @classmethod
    def _samples_monthly(cls):
        reports = cls.env["haerun.monthly.report"]
        cls.monthly = reports.create({"month": "2020-01-01"})
        issued = reports.create({"month": "2020-02-01"})
        issued.state = "issued"
        sending = {
            "name": "月报",
            "user_ids": [Command.set(cls.users["rules"].ids)],
        }
        sendings, used = (
            cls._new("haerun.report.sending", **sending) for _number in range(2)
        )
        sent = {
            "sending_id": used.id,
            "report_id": issued.id,
            "user_id": cls.users["rules"].id,
            "at": fields.Datetime.now(),
            "state": "sent",
        }
        return {
            ("haerun.monthly.report", "a draft"): Sample(
                cls.monthly, {"month": "2020-03-01"}, {"month": "2020-04-01"}
            ),
            ("haerun.monthly.report", "issued"): Sample(
                issued, {"month": "2020-03-01"}, {"month": "2020-04-01"}
            ),
            ("haerun.report.sending", "-"): Sample(sendings, sending, {"day": 6}),
            ("haerun.report.sent", "to another"): Sample(
                cls._new("haerun.report.sent", **sent),
                {**sent, "report_id": cls.monthly.id},
                {"email": "x"},
            ),
        }
