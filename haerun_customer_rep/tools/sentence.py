"""Sentences made of parts that are already in the user's language."""

from functools import reduce


def joined(env, parts):
    """Return ``parts`` as one: "first; second; third".

    :param env: environment whose language they are in
    :param parts: list of one or more translated clauses without a full stop
    """
    return reduce(
        lambda so_far, part: env._("%(first)s; %(second)s", first=so_far, second=part),
        parts,
    )
