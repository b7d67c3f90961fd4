"""The people page as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.model.people import Role

ROLE_WORDS: Mapping[Role, str] = {
    "client": "Client",
    "team": "Team",
    "strategist": "Strategist",
    "admin": "Admin",
}
"""A role as people say it."""


@dataclass(frozen=True)
class Held:
    """What a person is for one client."""

    role: Role
    senior: bool

    @property
    def words(self) -> str:
        """Such as "Senior strategist"."""
        word = ROLE_WORDS[self.role]
        return f"Senior {word.lower()}" if self.senior else word


@dataclass(frozen=True)
class Who:
    """One person: their rights by client in the reader's reach, and their sign-ins (wall time, UTC).

    ``elsewhere``: they also act for clients out of reach, so nobody here ends their access as a whole. ``met``:
    they signed in once, and are known by the provider's own name for them. ``open`` counts sign-ins that still
    count; ``seen_at`` is None for who never signed in.
    """

    person: str
    name: str
    email: str
    role: Role
    active: bool
    rights: Mapping[str, Held]
    elsewhere: bool
    met: bool
    open: int
    seen_at: datetime | None

    @property
    def state(self) -> str:
        """Their sign-in in two words."""
        if not self.active:
            return "shut out"
        if self.open:
            return "signed in"
        if self.met:
            return "signed out"
        return "not met yet" if self.email else "no address"


@dataclass(frozen=True)
class People:
    """Everybody in reach, the clients (name by id) and what waits for a second senior person, in sentences."""

    people: Sequence[Who]
    clients: Mapping[str, str]
    waiting: Sequence[str]


def waiting(client: str, seniors: Sequence[str]) -> str | None:
    """Which acts wait while a client has fewer than two active senior people; None with two or more.

    ``seniors`` are their names.
    """
    if len(seniors) >= 2:
        return None
    if not seniors:
        return (
            f"{client} has no senior person: no guardrail is published, no plan and no structural "
            "decision is approved until there is one."
        )
    one = seniors[0]
    return (
        f"{client} has one senior person, {one}: guardrails {one} wrote that are no proven tightening "
        f"wait for a second to publish them, and while {one} is away so does every plan and structural decision."
    )
