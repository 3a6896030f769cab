"""The seal of a signed paper: SHA-256 over each part and over all of them (R110).

Pure functions: the parts are bytes, text, numbers, None or lists of them.
"""

import hashlib
import json


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def hashed(parts: dict) -> dict:
    """Return ``{name: SHA-256}`` of what is sealed.

    :param parts: ``{name: part}``; bytes are hashed as they are, all else as JSON,
        so that ``"1"``, ``1`` and nothing differ
    """
    return {name: digest(_bytes(part)) for name, part in parts.items()}


def seal(hashes: dict) -> str:
    """Return the SHA-256 over all of ``hashes``, in the order of their names."""
    return digest(_bytes(hashes))


def differences(parts: dict, hashes: dict, sealed: str) -> list:
    """Return the names of the parts that are not what was sealed.

    :param parts: what lies there now
    :param hashes: of :func:`hashed` when it was sealed
    :param sealed: of :func:`seal` when it was sealed
    :return: sorted names; ``seal`` among them when the hashes were touched
    """
    now = hashed(parts)
    changed = {
        name for name in now.keys() | hashes.keys() if now.get(name) != hashes.get(name)
    }
    if seal(hashes) != sealed:
        changed.add("seal")
    return sorted(changed)


def _bytes(part) -> bytes:
    if isinstance(part, bytes):
        return b"b" + part
    return b"j" + json.dumps(part, sort_keys=True, ensure_ascii=False).encode()
