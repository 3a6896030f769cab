"""What the system alone writes."""

from odoo.exceptions import AccessError


def refuse(records, names, vals):
    """Refuse a write of one of the fields ``names`` by anybody but the superuser.

    :raise AccessError: names the field and the record
    """
    touched = sorted(names & vals.keys()) if not records.env.su else ()
    if touched:
        raise AccessError(
            records.env._(
                "%(field)s of “%(record)s” is set by the system: use the buttons.",
                field=records._fields[touched[0]]._description_string(records.env),
                record=records[:1].display_name or records._description,
            )
        )
