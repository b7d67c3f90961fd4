"""The ways from a moment on the chart to what is on record about it: the ledger, the inbox, the client's decisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode

from pages.parts import go

DECISIONS = "pages/client/decisions.py"


@dataclass(frozen=True)
class Way:
    """A page of the reader's menu and what is opened there. ``client``: its id where they have several.

    A button leaves it out, since the pick made on this page stays; a link starts a new session and needs it.
    """

    page: str
    query: dict[str, str]
    client: str | None = None

    @property
    def href(self) -> str:
        """The same as a link inside a drawing, relative to the page it is on."""
        named = {"client": self.client} if self.client else {}
        path = Path(self.page).stem.replace("_", "-")
        return f"{path}?{urlencode({**self.query, **named}, quote_via=quote)}"

    def button(self, label: str, key: str) -> None:
        """The way as a line of text that can be pressed."""
        go.to(label, self.page, key, kind="tertiary", wrap=True, **self.query)


def told(
    ref: str, kind: Literal["decision", "question"], client: str, names: dict[str, str]
) -> Way:
    """Where the reader finds one decision or one question of a client."""
    several = client if len(names) > 1 else None
    if kind == "question" and go.open_to(go.INBOX):
        return Way(go.INBOX, {"e": ref}, several)
    page = go.LEDGER if go.open_to(go.LEDGER) else DECISIONS
    return Way(page, {"find": ref}, several)
