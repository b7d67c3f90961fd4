"""What comes in for one client: sources with their freshness, and files people gave us."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.outcomes import SourceState
from engine.model.people import Scope
from engine.store import Store, clients, imports, sources
from engine.store.imports import Import


@dataclass(frozen=True)
class Intake:
    """Sources by name, files newest first; ``zone`` is the client's."""

    sources: tuple[SourceState, ...]
    imports: tuple[Import, ...]
    zone: str


def intake(store: Store, scope: Scope, client: str) -> Intake:
    """What comes in for one client.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        return Intake(
            tuple(sources.states(conn, client)),
            tuple(imports.imports(conn, client)),
            clients.client(conn, client).time_zone,
        )
