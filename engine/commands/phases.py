"""Moving a client to another phase: up on evidence, by a senior person; down at any time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.reporting.phases import facts
from engine.store import clients
from policies.promotion import ORDER, SAID, needs, next_phase
from policies.standing import Phase


def move(
    house: House, scope: Scope, now: datetime, *, client: str, seen: Phase, to: Phase, reason: str
) -> None:
    """Promote a client by one phase, or take it back to an earlier one.

    ``seen`` is the phase the person saw. A promotion needs every listed piece of evidence, looked at again here.

    Raises:
        AskPerson: not senior (to promote), the phase was changed since, or evidence is missing.
        BadInput: no reason, or no such step.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)
    if to not in ORDER:
        raise BadInput(f'There is no phase "{to}"; reload the page.')

    def write(conn: Any) -> None:
        here = clients.client(conn, client).phase
        if here != seen:
            raise AskPerson(f"The phase is {SAID[here]} by now; look at it again.")
        evidence = {}
        if ORDER.index(to) > ORDER.index(here):
            evidence = _may_rise(conn, scope, now, client, here, to)
        elif to == here:
            raise BadInput(f"The phase is {SAID[here]} already.")
        clients.set_phase(conn, client, to)
        said = f"{scope.name} moved the phase from {SAID[here]} to {SAID[to]}. {why}"
        note(conn, scope, now, client, kind="phase", ref=to, sentence=said, detail=evidence)

    house.store.write(write)


def _may_rise(
    conn: Any, scope: Scope, now: datetime, client: str, here: Phase, to: Phase
) -> dict[str, str]:
    if client not in scope.senior:
        raise AskPerson("Promotion takes a senior right for this client; ask an admin.")
    if to != next_phase(here):
        raise BadInput("A promotion goes one phase at a time.")
    found = needs(to, facts(conn, client, now))
    missing = [f"{n.words}: {n.found}, needed {n.needed}" for n in found if not n.met]
    if missing:
        raise AskPerson(f"The evidence is not there yet. {'; '.join(missing)}.")
    return {n.words: n.found for n in found}
