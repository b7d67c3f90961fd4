"""One rule of a market: documented by the platform with its source, or our guess."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Rule(BaseModel):
    """One rule: `source` is empty when it is guessed."""

    model_config = ConfigDict(frozen=True)

    name: str
    says: str
    status: Literal["documented", "guessed"]
    source: str = ""


def known(name: str, says: str, source: str) -> Rule:
    """A rule the platform (or, where said so, somebody else) has written down."""
    return Rule(name=name, says=says, status="documented", source=source)


def guess(name: str, says: str) -> Rule:
    """A rule nobody has written down; what is said is what this market does."""
    return Rule(name=name, says=says, status="guessed")
