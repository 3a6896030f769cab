"""What callers send over JSON, as the database can take it."""

from odoo.exceptions import UserError


def check_rows(env, rows, most):
    """:raise UserError: for what is no list of at most ``most`` objects"""
    if (
        not isinstance(rows, list)
        or len(rows) > most
        or not all(isinstance(row, dict) for row in rows)
    ):
        raise UserError(env._("Send a list of at most %s objects.", most))


def text(value, longest=500):
    """A string without what no database keeps (NUL, half a surrogate), cut off."""
    if value is None or value is False:
        return ""
    clean = str(value).replace("\0", "")
    return clean.encode("utf-8", "ignore").decode("utf-8")[:longest].strip()


def is_key(value, shortest=1, longest=64):
    """Whether it is a string that can be looked for as it stands."""
    return (
        isinstance(value, str)
        and shortest <= len(value) <= longest
        and text(value, longest) == value.strip()
    )


def record_id(value):
    """A positive id that fits into the database's integer, else None."""
    ok = isinstance(value, int) and not isinstance(value, bool)
    return value if ok and 0 < value < 2**31 else None
