"""What a record is called, the state it is in, and whether its next step is due."""

from odoo.exceptions import UserError


def called(records):
    """The first record's name; of none, what such records are called."""
    names = records.env["ir.model"]._get(records._name)
    return records[:1].display_name or names.name


def choices(records, name="state"):
    """What the values of a selection field are called in the user's language.

    :return: ``{value: words}``, in the field's order
    """
    return dict(records._fields[name]._description_selection(records.env))


def label(record, name="state"):
    """What the value of a selection field is called; "" where there is none."""
    return choices(record, name).get(record[name], "")


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
