import re

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.fields import Command

from ...tools import cells
from .haerun_hookup_project import DIAMETERS

SEPARATORS = re.compile(r"[\s,;、；，/|+]+")
ALL_RECEIVED = frozenset({"齐全", "全部", "已齐", "齐", "all"})


class HookupProject(models.Model):
    """Applications that come from a file or another system (R15)."""

    _inherit = "haerun.hookup.project"

    @api.model
    def intake(self, payload):
        """Accept one application or many; a repeated call changes nothing (R15, R16).

        :param payload: dict or list of dict with ``channel`` and ``service_type``
            (code or name), ``external_no``, ``applicant``, ``phone``, ``id_number``,
            ``address`` and, where known, ``expected_use`` (m³ a month), ``diameter``,
            ``materials`` (codes or names received), ``remark``
        :return: for each application a dict ``id``, ``number``, ``created`` (False
            when the channel had sent this number before), ``step``, ``missing``
            (names of materials), ``representative``, ``due_at`` (naive UTC)
        :raise UserError: one sentence that says what is wrong with which application;
            nothing is accepted then
        """
        self._check_may_intake()
        many = isinstance(payload, list)
        rows = payload if many else [payload]
        if not rows or not all(isinstance(row, dict) for row in rows):
            raise UserError(
                self.env._("Send one application as a dictionary, or a list of them.")
            )
        prepared = self._intake_prepare(rows, keyed=True)
        for row, values in zip(rows, prepared, strict=True):
            if isinstance(values, str):
                raise UserError(
                    self.env._(
                        "Application %(number)s: %(reason)s",
                        number=row.get("external_no") or row.get("applicant") or "?",
                        reason=values,
                    )
                )
        keys = [(values["channel_id"], values["external_no"]) for values in prepared]
        known = self._known_external(keys)
        fresh = {
            key: values
            for key, values in zip(keys, prepared, strict=True)
            if key not in known
        }
        try:
            with self.env.cr.savepoint():
                created = self.create(list(fresh.values()))
                self.env.flush_all()
        except psycopg2.errors.UniqueViolation as error:
            # another call has just accepted it: Odoo repeats this one, which finds it
            raise ConcurrencyError(str(error)) from error
        known.update(zip(fresh, created, strict=True))
        answers = [known[key]._intake_answer(known[key] in created) for key in keys]
        return answers if many else answers[0]

    def _intake_answer(self, created: bool) -> dict:
        project = self.sudo()  # the channel learns the fate of what it sent
        due_at = fields.Datetime.to_string(project.due_at) or False
        return {
            "id": project.id,
            "number": project.number,
            "created": created,
            "step": project.step,
            "missing": project._missing_materials().material_type_id.mapped("name"),
            "representative": project.owner_id.display_name or False,
            "due_at": due_at,
        }

    @api.model
    def _check_may_intake(self):
        if not self.env.su and not self.env.user.has_group(
            "haerun_customer_rep.group_intake_clerk"
        ):
            raise AccessError(
                self.env._(
                    "Applications are accepted by acceptance clerks: ask for that role."
                )
            )

    @api.model
    def _known_external(self, keys) -> dict:
        """Projects that came in before, by (channel id, external number)."""
        # sudo: a number is taken whoever took it in
        found = self.sudo().search(
            [("external_no", "in", [number for _channel, number in keys if number])]
        )
        wanted = set(keys)
        return {
            key: project.with_env(self.env)
            for project in found
            if (key := (project.channel_id.id, project.external_no)) in wanted
        }

    @api.model
    def _intake_prepare(self, rows: list[dict], keyed=False) -> list[dict | str]:
        """Turn applications into values, or a sentence that says what is wrong.

        :param rows: as for :meth:`intake`, each value text or number
        :param keyed: whether the external number is a must
        """
        terms = {
            "channel": self._by_name("haerun.channel"),
            "service_type": self._by_name("haerun.service.type"),
            "material": self._by_name("haerun.hookup.material.type"),
        }
        versions = (
            self.env["haerun.service.type"]
            .search([])
            ._versions_on(fields.Date.context_today(self))
        )
        prepared = []
        for row in rows:
            try:
                prepared.append(self._intake_values(row, terms, versions, keyed))
            except (UserError, ValidationError) as error:
                prepared.append(str(error.args[0]))
        return prepared

    @api.model
    def _intake_values(self, row, terms, versions, keyed) -> dict:
        text = {name: self._row_text(row, name) for name in row if name != "materials"}
        self._check_complete(text, keyed)
        channel = self._term(terms, "channel", text["channel"])
        service_type = self._term(terms, "service_type", text["service_type"])
        version = versions.get(service_type)
        if not version:
            raise UserError(
                self.env._(
                    "No rules are in force for service type %s.", text["service_type"]
                )
            )
        received = self._received(row.get("materials"), terms, version)
        phone = self._plain_phone(text["phone"])
        return {
            "channel_id": channel,
            "external_no": text.get("external_no") or False,
            "applicant_name": text["applicant"],
            "phone": phone,
            "id_number": self._plain_id_number(text.get("id_number")),
            "address": text["address"],
            "service_type_id": service_type,
            "expected_use": self._use(text.get("expected_use")),
            "diameter": self._diameter(text.get("diameter")),
            "remark": text.get("remark") or False,
            "material_ids": [
                Command.create(
                    {**line, "received": line["material_type_id"] in received}
                )
                for line in self._checklist(version)
            ],
        }

    @api.model
    def _row_text(self, row, name) -> str:
        value = row.get(name)
        if isinstance(value, dict | list):
            raise UserError(self.env._("“%s” must be a text or a number.", name))
        return "" if value is None or value is False else cells.value_text(value)

    @api.model
    def _check_complete(self, text, keyed):
        labels = {
            "channel": self.env._("channel"),
            "applicant": self.env._("applicant"),
            "phone": self.env._("phone"),
            "address": self.env._("address"),
            "service_type": self.env._("service type"),
        }
        if keyed:
            labels["external_no"] = self.env._("external number")
        missing = [label for name, label in labels.items() if not text.get(name)]
        if missing:
            raise UserError(self.env._("Missing: %s.", "、".join(missing)))

    @api.model
    def _by_name(self, model) -> dict[str, int]:
        """Ids by code and by name, written as anybody might."""
        records = self.env[model].search([])
        return {cells.key(record.name): record.id for record in records} | {
            cells.key(record.code): record.id for record in records
        }

    @api.model
    def _term(self, terms, kind, text) -> int:
        """Id of what ``text`` names: its code, its name, or how only its name begins.

        :raise UserError: when nothing or more than one thing is meant; it lists them
        """
        key = cells.key(text)
        found = {terms[kind][key]} if key in terms[kind] else set()
        if not found and len(key) > 1:
            found = {id_ for name, id_ in terms[kind].items() if name.startswith(key)}
        if len(found) != 1:
            models_ = {
                "channel": "haerun.channel",
                "service_type": "haerun.service.type",
                "material": "haerun.hookup.material.type",
            }
            known = self.env[models_[kind]].browse(set(terms[kind].values()))
            names = "、".join(known.sorted().mapped("name"))
            message = {
                "channel": self.env._(
                    "There is no channel “%(text)s”: use one of %(names)s.",
                    text=text,
                    names=names,
                ),
                "service_type": self.env._(
                    "There is no service type “%(text)s”: use one of %(names)s.",
                    text=text,
                    names=names,
                ),
                "material": self.env._(
                    "There is no material “%(text)s”: use one of %(names)s.",
                    text=text,
                    names=names,
                ),
            }
            raise UserError(message[kind])
        return found.pop()

    @api.model
    def _received(self, materials, terms, version) -> set[int]:
        """Ids of the material types that came with the application."""
        if isinstance(materials, str):
            if cells.clean(materials) in ALL_RECEIVED:
                return set(version.material_ids.material_type_id.ids)
            materials = SEPARATORS.split(cells.clean(materials))
        return {
            self._term(terms, "material", str(material))
            for material in materials or []
            if material and str(material) not in ("无", "-")
        }

    @api.model
    def _use(self, text) -> float:
        try:
            use = cells.to_number(text or "") or 0.0
        except ValueError as error:
            raise UserError(
                self.env._("“%s” is no expected use: give m³ a month.", text)
            ) from error
        if use < 0:
            raise UserError(self.env._("An expected use below zero cannot be."))
        return use

    @api.model
    def _diameter(self, text) -> str | bool:
        size = re.sub(r"\.0+$", "", re.sub(r"(?i)^dn|mm$", "", text or "").strip())
        if not size:
            return False
        if size not in dict(DIAMETERS):
            raise UserError(
                self.env._(
                    "“%(text)s” is no diameter: use one of %(known)s.",
                    text=text,
                    known=", ".join(label for _size, label in DIAMETERS),
                )
            )
        return size
