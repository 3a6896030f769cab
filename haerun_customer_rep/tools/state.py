"""The state of a record, in words, and as a condition of its next step."""

from odoo.exceptions import UserError


def label(record, name="state"):
    """What the value of a selection field is called in the user's language."""
    field = record._fields[name]
    return dict(field._description_selection(record.env)).get(record[name], "")


def check_state(records, *states):
    """:raise UserError: names the first record that is in none of ``states``"""
    for record in records:
        if record.state not in states:
            raise UserError(
                record.env._(
                    "%(record)s stands at “%(state)s”: this is not its next step; "
                    "reload the page.",
                    record=record.display_name,
                    state=label(record),
                )
            )
