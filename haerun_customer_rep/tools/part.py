"""Rights of what is part of a matter: those of the matter."""

from odoo.fields import Domain


def access(matter):
    """Return what the user of ``matter`` may do with it: ``write``, ``read``, False.

    :param matter: at most one record, in the name of the user who asks
    """
    if matter.has_access("write"):
        return "write"
    return matter.has_access("read") and "read"


def access_domain(parts, path, model, modes):
    """Return the domain of the parts whose matter the user may use so.

    Record rules ask for it as superuser, in the name of a user.

    :param parts: an empty recordset of the part's model
    :param path: way from the part to its matter, dotted
    :param model: technical name of the matter's model
    :param modes: iterable of ``read`` and ``write``
    """
    rules = parts.env["ir.rule"].sudo(False)
    return Domain.OR(
        Domain(path, "any!", rules._compute_domain(model, mode))
        for mode in modes
        if mode in ("read", "write")
    )
