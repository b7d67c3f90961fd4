"""The sealed name a browser carries while a demo person is chosen: readable by anyone, forgeable by nobody.

Only a demo store uses it; a real store signs people in through its identity provider. The key lies in
a file of its own beside the store, so a copied store does not carry it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

COOKIE = "cc_demo_person"
_BYTES = 32


def seal(person: str, secret: bytes) -> str:
    """The cookie's value: the person's id, a dot, and its HMAC-SHA256 in hex digits."""
    return f"{person}.{_mac(person, secret)}"


def opened(value: str, secret: bytes) -> str | None:
    """The person's id; None when the value is malformed or was sealed with another key."""
    person, dot, mac = value.rpartition(".")
    if (
        not dot
        or not person
        or not hmac.compare_digest(mac.encode(), _mac(person, secret).encode())
    ):
        return None
    return person


def secret_beside(store: Path) -> bytes:
    """The key of one store, made (readable by its owner only) when there is none yet."""
    path = store.with_name(store.name + ".secret")
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # whole or not at all, and the first of two wins
        fresh.unlink()
    return path.read_bytes()


def _mac(person: str, secret: bytes) -> str:
    return hmac.new(secret, b"demo person:" + person.encode(), hashlib.sha256).hexdigest()
