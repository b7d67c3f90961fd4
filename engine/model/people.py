"""Who is asking: every query and every command takes a Scope, and no row leaves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.model.errors import AskPerson

Role = Literal["client", "strategist", "team", "admin", "worker", "site", "operator"]
ROLES: tuple[Role, ...] = ("client", "strategist", "team", "admin")


@dataclass(frozen=True)
class Scope:
    """What one caller may see and do.

    ``clients`` are the client ids in reach; ``senior`` those of them where the person may approve what a
    bound stopped. Made for people only in ``engine.commands.people``.
    """

    person: str
    name: str
    role: Role
    clients: frozenset[str]
    senior: frozenset[str] = field(default_factory=frozenset)
    everything: bool = False

    @classmethod
    def worker(cls, client: str) -> Scope:
        """The loop, for one client."""
        return cls("platform", "The platform", "worker", frozenset({client}))

    @classmethod
    def site(cls, client: str) -> Scope:
        """The collector and landing pages, for one client."""
        return cls("site", "The client's site", "site", frozenset({client}))

    @classmethod
    def operator(cls) -> Scope:
        """The command line on the machine itself: every client."""
        return cls("operator", "The operator", "operator", frozenset(), everything=True)

    def sees(self, client: str) -> bool:
        """True when rows of ``client`` may be shown to this caller."""
        return self.everything or client in self.clients

    def check(self, client: str, *roles: Role) -> None:
        """Refuse a client out of reach, or a role not listed (no roles listed: any role).

        Raises:
            AskPerson: with the sentence to show; it never tells whether the client exists.
        """
        if not self.sees(client):
            raise AskPerson("This client is not one of yours; ask an admin for the right.")
        if roles and self.role not in (*roles, "operator"):
            wanted = " or ".join(roles)
            raise AskPerson(f"This takes a {wanted}; you are signed in as {self.role}.")
