"""Which rules judged: a hash of the source of this package, kept beside every judgement."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def edition() -> str:
    """``policies 3f2a9c01b7de``: the first digits of the SHA-256 over every source file of ``policies``.

    Two judgements of the same edition, policy, action and standing are the same.
    """
    found = hashlib.sha256()
    for file in sorted(HERE.rglob("*.py")):
        found.update(file.relative_to(HERE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return f"policies {found.hexdigest()[:12]}"
