"""A file of columns, whose headings its sender's words tell."""

from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools import tabular

from . import remote_file


def read(env, content, filename, sender, synonyms, required):
    """Read a table and find its columns.

    :param content: bytes of a CSV or XLSX, or of one that is gzipped
    :param sender: name of the vendor or bank whose columns they are
    :param synonyms: ``{column code: [headings]}``
    :param required: codes without which it is of no use
    :return: the ``tabular.Table`` and ``{column code: position}``
    :raise UserError: names the file and what is wrong with it
    """
    terms = [word for words in synonyms.values() for word in words]
    try:
        content = remote_file.unpack(content)
        table = tabular.read(content, filename.removesuffix(".gz"), terms)
    except tabular.TableError as error:
        raise UserError(
            env._(
                "%(file)s is no table that can be read (%(code)s): save it as CSV or "
                "XLSX and load it again.",
                file=filename,
                code=error.code,
            )
        ) from error
    mapping = tabular.guess_mapping(table.columns, synonyms)
    places = {code: position for position, code in mapping.items()}
    missing = [code for code in required if code not in places]
    if missing:
        raise UserError(
            env._(
                "%(file)s has no column for “%(column)s”: add its heading to the "
                "columns of %(sender)s.",
                file=filename,
                column="、".join(synonyms.get(code, [code])[0] for code in missing),
                sender=sender,
            )
        )
    return table, places
