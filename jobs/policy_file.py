"""A policy file of this machine as text."""

from __future__ import annotations

from pathlib import Path

from engine.model.errors import BadInput

MAX_BYTES = 1_000_000


class NotText(BadInput):
    """The file is there and is no text."""


def policy_file(path: Path) -> tuple[str, str]:
    """The text of a policy file and its suffix, such as ``.toml``.

    Raises:
        BadInput: there is no such file, or it is far too large to be a policy.
        NotText: it is not in UTF-8.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    if path.stat().st_size > MAX_BYTES:
        raise BadInput(f"{path} has more than {MAX_BYTES:,} bytes; a policy is a page or two.")
    try:
        return path.read_text(encoding="utf-8-sig"), path.suffix.lower()
    except UnicodeDecodeError:
        raise NotText(f"{path.name} is not text in UTF-8.") from None
