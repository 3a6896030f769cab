"""Rates in SQL."""

from odoo.tools import SQL


def percent(above: SQL, below: SQL) -> SQL:
    """100 × above ÷ below; NULL, which is "no data", where there is nothing below."""
    return SQL("100.0 * %s / NULLIF(%s, 0)", above, below)
