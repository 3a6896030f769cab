"""What the system alone writes."""

from odoo.exceptions import AccessError

from .state import called


def keep_within(records, vals, names):
    """Nothing is moved to, or hung onto, what the user has no business with.

    A record rule asks before a write whether the record is one's own, not afterwards
    whether it still is; and a link to a record tells its name.

    :param names: relational fields of ``records`` that say whose they are
    :raise AccessError: for a record that the user may not read, or write by then
    """
    touched = names & vals.keys() if not records.env.su else ()
    for name in touched:
        # sudo: what was linked is checked here, whatever the user may see of it
        records.sudo()[name].with_env(records.env).check_access("read")
    if touched:
        records.check_access("write")


def by_steps(records, by_hand):
    """Return the names of all fields that are kept but those written ``by_hand``.

    :param by_hand: set of names; what Odoo's own mixins write is theirs
    """
    return {
        name
        for name, field in records._fields.items()
        if name not in by_hand
        and not name.startswith(("message_", "activity_", "website_message_"))
        and (field.store or field.type == "one2many")
    }


def refuse(records, names, vals):
    """Refuse a write of one of the fields ``names`` by anybody but the superuser.

    No commands to a list are no write: a form sends them with every new record.

    :raise AccessError: names the field and the record
    """
    if records.env.su:
        return
    touched = sorted(name for name in names & vals.keys() if vals[name] != [])
    if touched:
        raise AccessError(
            records.env._(
                "%(field)s of “%(record)s” is set by the system: use the buttons.",
                field=records._fields[touched[0]]._description_string(records.env),
                record=called(records),
            )
        )
