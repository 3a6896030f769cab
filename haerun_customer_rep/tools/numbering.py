"""Numbers of records that are made by the dozen."""

from odoo.tools import SQL


def serials(sequence, count):
    """Return the next ``count`` values of a sequence, by one statement.

    :param sequence: an ir.sequence of the kind ``standard``
    :return: list of integers, in order
    """
    if not count:
        return []
    sequence.env.cr.execute(
        SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            f"ir_sequence_{sequence.id:03d}",
            count,
        )
    )
    return [serial for (serial,) in sequence.env.cr.fetchall()]


def fresh_numbers(env, xmlid, count):
    """Return ``count`` fresh numbers as the sequence ``xmlid`` writes them.

    :raise ValueError: for a sequence that does not exist
    """
    # sudo: who makes a record may not read sequences
    sequence = env.ref(xmlid).sudo()
    return [sequence.get_next_char(serial) for serial in serials(sequence, count)]
