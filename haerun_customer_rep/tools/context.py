"""What a caller's context may fill in."""


def without_defaults(records, names=None):
    """Return ``records`` without ``default_`` keys in their context.

    Rights are checked on the values of a create; a context fills in what the values
    leave out, and reaches through ``sudo`` into what the system writes itself.

    :param names: fields whose defaults are dropped; all when not given
    """
    context = records.env.context
    forged = {
        key
        for key in context
        if key.startswith("default_") and (names is None or key[8:] in names)
    }
    if not forged:
        return records
    return records.with_context(
        {key: value for key, value in context.items() if key not in forged}
    )
