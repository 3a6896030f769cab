"""Triggers of the database: what it notes itself, whichever statement moved a row."""

from odoo.tools import SQL


def make(cr, functions, triggers):
    """Make trigger functions and triggers anew.

    :param functions: ``{name: SQL of what it does}``, one statement each
    :param triggers: ``{name: (table, SQL from AFTER to EXECUTE FUNCTION …)}``
    """
    for name, statement in functions.items():
        cr.execute(
            SQL(
                """CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS $$
                   BEGIN
                       %s;
                       RETURN NULL;
                   END $$ LANGUAGE plpgsql""",
                SQL.identifier(name),
                statement,
            )
        )
    for name, (table, event) in triggers.items():
        cr.execute(
            SQL(
                "DROP TRIGGER IF EXISTS %s ON %s",
                SQL.identifier(name),
                SQL.identifier(table),
            )
        )
        cr.execute(SQL("CREATE TRIGGER %s %s", SQL.identifier(name), event))
