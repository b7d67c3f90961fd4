"""What time alone does to questions: they wake, come back, change hands or pass their deadline. Nothing is decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands.house import House
from engine.model.escalation_life import (
    CLOCKED,
    Breach,
    Close,
    HandOver,
    Return,
    Wake,
    due_for,
    step,
)
from engine.model.working_hours import Rota
from engine.store import asking, calendars, people, policies
from engine.store import escalations as table
from engine.store.asking import Ping, Why
from engine.store.escalations import Escalation
from engine.store.passes import book
from engine.store.questions import Line


def run_out(house: House, client: str, now: datetime) -> None:
    """Do what is due for one client at ``now`` (UTC); doing it twice is doing it once."""
    house.store.write(lambda conn: due(conn, client, now))


def due(conn: Any, client: str, now: datetime) -> None:
    """The same inside a transaction."""
    waiting = table.undecided(conn, client)
    if not waiting:
        return
    names = {p.person: p.name for p in people.people(conn)}
    rota = calendars.rota(conn, client)
    lines: list[Line] = []
    for one in waiting:
        lines += _one(conn, one, rota, names, now)
    book(conn, client, now, lines)


def _one(
    conn: Any, one: Escalation, rota: Rota, names: dict[str, str], now: datetime
) -> list[Line]:
    wanted = due_for(one.life, now)
    if isinstance(wanted, Breach):
        return _breach(conn, one, names, now)
    if isinstance(wanted, Wake):
        _keep(conn, one, Wake(), now)
        one = table.get(conn, one.client, one.escalation_id) or one
    published = _published(conn, one)
    if published:
        return _in_force(conn, one, published, now)
    if wanted == "return":
        return _return(conn, one, rota, names, now)
    return _hand_over(conn, one, rota, names, now)


def _published(conn: Any, one: Escalation) -> int | None:
    """The number of the draft somebody wrote for it, once it has been in force."""
    if one.policy_draft is None:
        return None
    draft = policies.version(conn, one.client, one.policy_draft)
    return one.policy_draft if draft and draft.published_at is not None else None


def _in_force(conn: Any, one: Escalation, version: int, now: datetime) -> list[Line]:
    """The bound it asked about is another one now, so there is nothing left to ask."""
    said = f"Policy v{version}, written for it, is in force: {one.title}."
    _keep(conn, one, Close("done", f"Policy v{version} is in force."), now)
    return [("escalation_over", one.escalation_id, said, {"policy_draft": version})]


def _return(
    conn: Any, one: Escalation, rota: Rota, names: dict[str, str], now: datetime
) -> list[Line]:
    asked = one.life.asked
    if rota.absent(asked, now):
        asked = rota.asked(one.owner, one.backup, now)
    _keep(conn, one, Return(asked, rota.due(asked, now, one.sla_hours or 0.0)), now)
    said = f"Back as put off, with {names.get(asked, asked)}: {one.title}."
    return [("escalation_returned", one.escalation_id, said, {"cause": one.cause})]


def _hand_over(
    conn: Any, one: Escalation, rota: Rota, names: dict[str, str], now: datetime
) -> list[Line]:
    """Whoever is asked has gone away: the backup is asked, unless they are away too and the clock stands still."""
    life = one.life
    free = life.status in CLOCKED and life.asked != life.backup and life.due_at > now
    if not free or not rota.absent(life.asked, now) or rota.absent(life.backup, now):
        return []
    left = rota.left(life.asked, life.clock_from, life.sla_hours, now)
    _keep(conn, one, HandOver(rota.due(life.backup, now, left), left), now)
    who, backup = (names.get(p, p) for p in (life.asked, life.backup))
    why = "is away" if rota.of(life.asked).absent(now) else "is no longer asked here"
    said = f"{who} {why}, so {backup} is asked: {one.title}."
    _call(conn, one, life.backup, "handed_over", said, now)
    return [("escalation_handed_over", one.escalation_id, said, {"to": life.backup})]


def _breach(conn: Any, one: Escalation, names: dict[str, str], now: datetime) -> list[Line]:
    life, safe = one.life, one.safe or "hold"
    held = "Nothing moves for what it speaks of until somebody decides."
    _keep(conn, one, Breach(), now, safe_note=held if safe == "hold" else None)
    who, backup = (names.get(p, p) for p in (life.asked, life.backup))
    said = f"Nobody decided in time: {one.title}. {one.safe_state} {backup} is asked now; nothing was approved."
    for person in dict.fromkeys((life.backup, life.asked)):
        _call(conn, one, person, "breach", said, now)
    detail = {"cause": one.cause, "due_at": life.due_at, "was_with": who, "safe_state": safe}
    return [("escalation_breached", one.escalation_id, said, detail)]


def _keep(conn: Any, one: Escalation, event: Any, now: datetime, **more: Any) -> None:
    table.move(conn, one, step(one.life, event, now), expected_version=one.version, **more)


def _call(conn: Any, one: Escalation, person: str, why: Why, said: str, now: datetime) -> None:
    key = f"{one.escalation_id}:{why}:{person}:{one.due_at.isoformat()}"
    asking.ping(conn, Ping(one.client, key, one.escalation_id, person, why, said, now))
