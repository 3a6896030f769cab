"""A sample that nobody can pick and everybody can check."""

import hashlib


def drawn(seed: str, key: str, share: float) -> bool:
    """Whether ``key`` belongs to the sample.

    Each key is drawn by itself, by a hash: the fate of one does not depend on what
    else there is, and who does not know the seed cannot tell it beforehand.

    :param seed: secret of the rule that samples
    :param key: what is sampled, by an identity that never changes
    :param share: percent of all that is to be drawn
    """
    digest = hashlib.sha256(f"{seed}\x1f{key}".encode()).digest()
    return int.from_bytes(digest[:8]) < share / 100 * 2**64
