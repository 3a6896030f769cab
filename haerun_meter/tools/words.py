"""Choices that the hookup project has too: one list each, kept there."""

from odoo.addons.haerun_customer_rep.models.hookup import (
    haerun_hookup_meter_issue,
    haerun_hookup_project,
    haerun_hookup_project_account,
)

#: what the water is used for
USES = haerun_hookup_project_account.USES
#: nominal diameters, as text of millimetres
DIAMETERS = haerun_hookup_project.DIAMETERS
#: how a meter is read
METER_KINDS = haerun_hookup_meter_issue.KINDS
