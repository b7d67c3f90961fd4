"""Secrets of outside systems: encrypted in a file of their own, outside the store, never shown again.

Fernet (AES-128-CBC with HMAC-SHA256) of the ``cryptography`` package; the key comes from outside the file.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from cryptography.fernet import Fernet, InvalidToken

from engine.model.errors import AskPerson

LEAST_KEY = 32

_OF_FILE: dict[Path, Lock] = {}
_MAKING = Lock()


class Vault:
    """Named secrets in one file (0600), written whole or not at all.

    ``key`` is any text of at least 32 bytes; empty: none is set, and every call says so.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        with _MAKING:
            self._lock = _OF_FILE.setdefault(path.absolute(), Lock())

    def names(self) -> list[str]:
        """The names of everything kept; needs no key."""
        return sorted(self._read())

    def get(self, name: str) -> str | None:
        """One secret; None when there is none of that name.

        Raises:
            AskPerson: no key is set, or it is not the one the file was written with.
        """
        found = self._read().get(name)
        if found is None:
            return None
        try:
            return self._cipher().decrypt(found.encode()).decode()
        except InvalidToken:
            raise AskPerson(
                f"{self._path.name} was written with another key; set CC_KEY to that one, or enter"
                " what it held again."
            ) from None

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, in place of the one of that name.

        Raises:
            AskPerson: no key is set.
        """
        sealed = self._cipher().encrypt(secret.encode()).decode()
        with self._alone():
            self._write({**self._read(), name: sealed})

    def remove(self, name: str) -> None:
        """Forget one; nothing happens when there is none."""
        if name not in self._read():
            return
        with self._alone():
            kept = self._read()
            kept.pop(name, None)
            self._write(kept)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Neither threads nor processes change the file at once: one would write over what the other put in.

        The folder is locked, because the file itself is another one after each write.
        """
        with self._lock:
            folder = os.open(self._path.parent, os.O_RDONLY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                yield
            finally:
                os.close(folder)

    def _cipher(self) -> Fernet:
        if len(self._key) < LEAST_KEY:
            raise AskPerson(
                f"No key is set for secrets; set CC_KEY to a random text of {LEAST_KEY} characters or"
                " more and start again."
            )
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"vault:" + self._key).digest()))

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            raise AskPerson(
                f"{self._path.name} cannot be read; restore it from a backup, or remove it and enter"
                " what it held again."
            ) from None
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def _write(self, kept: dict[str, str]) -> None:
        fresh = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file)
        fresh.replace(self._path)
