"""A kind of rule, and what a rule's fields say in words."""

from collections.abc import Callable
from dataclasses import dataclass

from odoo.tools import format_amount, format_date, format_datetime, html2plaintext

from .state import label

#: nothing that somebody has set
_NEVER = ("message_", "activity_", "website_message_", "rating_")
_LOGGED = {"create_uid", "create_date", "write_uid", "write_date", "parent_path"}


@dataclass(frozen=True)
class Kind:
    """How one model of rules is shown, and how its changes are kept.

    :param group: key of a group of ``haerun.rule.registry``; of a line that of its rule
    :param fields: names of the fields that say what the rule is, in this order
    :param say: instead of ``fields``, a function of one rule that returns text
    :param line_of: of a line, the field that leads to its rule; it is not listed itself
    :param confirm: the boolean that says whether CSD has confirmed it, if there is one
    :param basis: the text with its legal basis, if there is one
    """

    group: str
    fields: tuple = ()
    say: Callable | None = None
    line_of: str = ""
    confirm: str = "confirmed"
    basis: str = "legal_basis"


def number(value: float) -> str:
    """A figure as a person writes it: 0.5, 3, 1250000."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def duration(env, amount: float, unit: str) -> str:
    """A time with its unit in the user's language: "3 working days".

    :param unit: as of ``haerun.time.limit``
    """
    words = {
        "minute": env._("%s minutes by the clock", number(amount)),
        "hour": env._("%s hours by the clock", number(amount)),
        "work_minute": env._("%s working minutes", number(amount)),
        "work_hour": env._("%s working hours", number(amount)),
        "work_day": env._("%s working days", number(amount)),
    }
    return words[unit]


def value_in_words(record, name: str) -> str:
    """What one field of one record says, in the user's language; "" for nothing.

    A field that is kept from others says only whether there is something.
    """
    field, value = record._fields[name], record[name]
    if field.type == "boolean":
        return record.env._("Yes") if value else record.env._("No")
    if field.type in ("integer", "float"):
        return number(value)
    if not value:
        return ""
    if field.groups:
        return "***"
    if field.type == "monetary":
        return format_amount(
            record.env, value, record[field.get_currency_field(record)]
        )
    if field.type == "selection":
        return label(record, name)
    if field.relational:
        return "、".join(value.mapped("display_name"))
    if field.type == "date":
        return format_date(record.env, value)
    if field.type == "datetime":
        return format_datetime(record.env, value)
    if field.type == "html":
        return html2plaintext(value).strip()
    return str(value)


def told_fields(model) -> list[str]:
    """Names of the fields of a model whose change is told."""
    return [
        name
        for name, field in model._fields.items()
        if field.store
        and name not in _LOGGED
        and not name.startswith(_NEVER)
        and not (field.compute and field.readonly)
        and not field.related
        and field.type not in ("one2many", "binary", "json")
    ]


def snapshot(records) -> dict:
    """Return ``{id: {field: (what is kept, what it says)}}`` of these records."""
    names = told_fields(records)
    return {
        record.id: {
            name: (_kept(record[name]), value_in_words(record, name)) for name in names
        }
        for record in records
    }


def _kept(value):
    return tuple(value.ids) if hasattr(value, "ids") else value
