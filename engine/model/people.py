"""Who is asking: every query and every command takes a Scope, and no row leaves it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from engine.model.errors import AskPerson

Role = Literal["client", "strategist", "team", "admin", "worker", "site", "operator"]
ROLES: tuple[Role, ...] = ("client", "strategist", "team", "admin")


@dataclass(frozen=True)
class Scope:
    """What one caller may see and do.

    ``clients`` are the client ids in reach; ``senior`` those of them where the person may approve what a
    bound stopped; ``roles`` what the person is for each of them, ``role`` what they are in the house: it
    chooses the screens, and counts for a client that ``roles`` does not name. Made for people only in
    ``engine.commands.people``.
    """

    person: str
    name: str
    role: Role
    clients: frozenset[str]
    senior: frozenset[str] = field(default_factory=frozenset)
    everything: bool = False
    roles: frozenset[tuple[str, Role]] = field(default_factory=frozenset)

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

    def role_for(self, client: str) -> Role:
        """What the caller is for one client."""
        return dict(self.roles).get(client, self.role)

    def acting_as(self, *roles: Role) -> Scope:
        """The same caller, with only the clients in reach for which they hold one of ``roles``."""
        mine = frozenset(c for c in self.clients if self.role_for(c) in roles)
        return replace(self, clients=mine, senior=self.senior & mine)

    def check(self, client: str, *roles: Role) -> None:
        """Refuse a client out of reach, or a role not listed (no roles listed: any role).

        Raises:
            AskPerson: with the sentence to show; it never tells whether the client exists.
        """
        if not self.sees(client):
            raise AskPerson("This client is not one of yours; ask an admin for the right.")
        role = self.role_for(client)
        if roles and role not in (*roles, "operator"):
            wanted = " or ".join(roles)
            raise AskPerson(f"This takes a {wanted}; for this client you are {role}.")
