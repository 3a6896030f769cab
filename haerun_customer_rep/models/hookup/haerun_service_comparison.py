from odoo import api, models

from ...tools import hookup_route

#: the two ways that versions are compared on
CASES = ("none", "needed")
PHASE_RANK = {code: rank for rank, (code, _name) in enumerate(hookup_route.PHASES)}


class ServiceType(models.Model):
    """The versions of a service type side by side: what became less (R1)."""

    _inherit = "haerun.service.type"

    @api.model
    @api.readonly
    def get_version_comparison(self, service_type_id=False):
        """What the versions of a service type ask and promise, oldest first (R1).

        :param int service_type_id: the first type when not given
        :return: dict with ``types`` to choose from, ``type_id``, ``versions`` with
            their ``figures`` by case (``none``: without outside line, ``needed``: with
            one; steps, working days, papers), ``steps`` and ``materials`` with a cell a
            version, and ``changes`` from each version to the next
        """
        types = self.search([])
        chosen = types.filtered(lambda t: t.id == service_type_id) or types[:1]
        versions = chosen.version_ids.sorted(lambda v: (v.date_from, v.version))
        return {
            "types": [{"id": kind.id, "name": kind.name} for kind in types],
            "type_id": chosen.id,
            "versions": [version._comparison_figures(chosen) for version in versions],
            "steps": versions._compared_steps(),
            "materials": versions._compared_materials(),
            "changes": [
                {"version_id": new.id, **{case: new._less(old, case) for case in CASES}}
                for old, new in zip(versions, versions[1:], strict=False)
            ],
        }

    def action_compare_versions(self):
        """Open the comparison of the versions of this service type."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_customer_rep.version_comparison_action"
        )
        return {**action, "params": {"service_type_id": self.id}}


class ServiceVersion(models.Model):
    _inherit = "haerun.service.version"

    def _comparison_figures(self, service_type):
        self.ensure_one()
        return {
            "id": self.id,
            "version": self.version,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "confirmed": self.confirmed,
            "in_force": self == service_type.current_version_id,
            "figures": {case: self._figures(case) for case in CASES},
        }

    def _figures(self, case):
        return {
            "steps": len(self.step_ids._applies(case)),
            "days": self._promised(case),
            "materials": self.material_count,
        }

    def _compared_steps(self):
        """All steps of these versions by name, a cell a version, in their order."""
        rows = {}
        for index, version in enumerate(self):
            for step in version.step_ids:
                row = rows.setdefault(
                    step.name,
                    {
                        "name": step.name,
                        "rank": (PHASE_RANK[step.phase], step.sequence, index),
                        "cells": [None] * len(self),
                    },
                )
                row["cells"][index] = {
                    "amount": step.amount,
                    "unit": step.unit,
                    "outside_line": step.outside_line,
                }
        return sorted(rows.values(), key=lambda row: row.pop("rank"))

    def _compared_materials(self):
        """All papers of these versions, ``required`` or ``optional`` a version."""
        rows = {}
        for index, version in enumerate(self):
            for line in version.material_ids:
                kind = line.material_type_id
                row = rows.setdefault(
                    kind, {"name": kind.display_name, "cells": [None] * len(self)}
                )
                row["cells"][index] = "required" if line.required else "optional"
        return list(rows.values())

    def _less(self, old, case):
        """What fell away and what is new in this version against ``old``.

        :return: dict of lists of names, and of what ``steps``, ``days`` and
            ``materials`` became less (negative: more)
        """
        steps, steps_before = (
            set(version.step_ids._applies(case).mapped("name"))
            for version in (self, old)
        )
        papers, papers_before = (
            set(version.material_ids.filtered("required").mapped("display_name"))
            for version in (self, old)
        )
        mine, before = self._figures(case), old._figures(case)
        return {
            "steps_gone": [
                step.name for step in old.step_ids if step.name in steps_before - steps
            ],
            "steps_new": [
                step.name for step in self.step_ids if step.name in steps - steps_before
            ],
            "materials_gone": [
                line.display_name
                for line in old.material_ids
                if line.display_name in papers_before - papers
            ],
            "materials_new": [
                line.display_name
                for line in self.material_ids
                if line.display_name in papers - papers_before
            ],
            "less": {name: before[name] - mine[name] for name in mine},
        }
