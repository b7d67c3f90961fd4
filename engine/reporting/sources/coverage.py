"""How fresh each source of a client is, which days it tells, which are missing, and what waits because of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.model.accounts import Account
from engine.model.outcomes import SourceState, maturity
from engine.model.people import Scope
from engine.model.time import account_day
from engine.reporting.words import count, dated, source, stamp
from engine.store import Store, clients, sources
from engine.store.reads import coverage

FINAL_AFTER_DAYS = 7
"""As the loop reads figures (``engine.model.world.World``)."""
GAPS_TOLD = 4
_PARTS = {
    "performance": ("ad reports", "row"),
    "deals": ("deals", "deal"),
    "leads": ("leads", "lead"),
    "web": ("web visits", "row"),
    "search": ("organic search", "row"),
    "reference": ("look-up tables", "row"),
}


@dataclass(frozen=True)
class Line:
    """One source as a screen tells it; every text is plain English and may hold names from outside.

    Attributes:
        key: Stable, for widgets.
        name: As people call it, with its account.
        state: ``fresh``, ``late``, ``failed``, ``waiting`` (never read) or ``file``.
        badge: The state in a word or two.
        as_of: How far it knows, or when the last file came.
        facts: Days, currency and rows, in short sentences.
        gaps: Missing days in between, named; empty when none is missing.
        consequence: What does not move because of it; empty while it is fresh.
    """

    key: str
    name: str
    state: str
    badge: str
    as_of: str
    facts: tuple[str, ...]
    gaps: str
    consequence: str


@dataclass(frozen=True)
class Coverage:
    """Every source of a client: those read by the loop, then files; ``lead`` is the answer in a sentence."""

    lead: str
    connected: tuple[Line, ...]
    files: tuple[Line, ...]
    zone: str


def sources_of(store: Store, scope: Scope, client: str, now: datetime) -> Coverage:
    """What comes in for one client, as of ``now`` (aware UTC).

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        zone = clients.client(conn, client).time_zone
        owned = clients.accounts(conn, client)
        states = {s.source: s for s in sources.states(conn, client)}
        told = [*coverage.accounts(conn, client), *coverage.crm(conn, client)]
        gaps = [*coverage.account_gaps(conn, client), *coverage.file_gaps(conn, client)]
        given = coverage.files(conn, client)
    connected = tuple(
        _connected(state, row, gaps, now, zone) for state, row in _paired(owned, states, told)
    )
    files = tuple(_file(row, gaps, now, zone) for row in given)
    return Coverage(_lead(connected), connected, files, zone)


def _paired(
    owned: Sequence[Account], states: dict[str, SourceState], told: Sequence[dict[str, Any]]
) -> list[tuple[SourceState, dict[str, Any]]]:
    """Each account and each CRM with its state and what is stored of it, states nobody owns included."""
    rows = [{**row, "zone": _zone(owned, row)} for row in told]
    known = {(row["source"], row.get("part")) for row in rows}
    for account in owned:
        if (account.platform, account.account) not in known:
            empty = {"source": account.platform, "part": account.account, "zone": account.time_zone}
            rows.append(empty | {"currency": account.currency})
    named = {row["source"] for row in rows}
    rows += [{"source": key} for key in states if key not in named]
    waiting = "It is read at the next full hour."
    return [
        (states.get(row["source"]) or SourceState(row["source"], None, "late", waiting), row)
        for row in sorted(
            rows, key=lambda row: (row["source"] == "crm", row["source"], str(row.get("part")))
        )
    ]


def _zone(owned: Sequence[Account], row: dict[str, Any]) -> str | None:
    mine = (
        a.time_zone for a in owned if (a.platform, a.account) == (row["source"], row.get("part"))
    )
    return next(mine, None)


def _connected(
    state: SourceState,
    row: dict[str, Any],
    gaps: Sequence[dict[str, Any]],
    now: datetime,
    zone: str,
) -> Line:
    name, part = source(state.source), row.get("part")
    never = state.as_of is None and state.state == "late"
    today = account_day(now, row.get("zone") or zone)
    return Line(
        key=f"{state.source}-{part or 'all'}",
        name=f"{name} · account {part}" if part else name,
        state="waiting" if never else state.state,
        badge="Not read yet" if never else state.state.capitalize(),
        as_of=f"as of {stamp(state.as_of, zone, now)}" if state.as_of else "not read yet",
        facts=_facts(row, "campaign-day" if part else "deal", today, told_daily=bool(part)),
        gaps=_gaps(gaps, state.source, part, today),
        consequence="" if state.state == "fresh" else _waits(state, name),
    )


def _waits(state: SourceState, name: str) -> str:
    """What stands still because of it: one late source holds every agent of the client (``engine.loop``)."""
    said = state.sentence or f"{name} is {state.state}."
    return f"{said} Until it is back no budget of this client moves by itself; its figures are only shown."


def _file(row: dict[str, Any], gaps: Sequence[dict[str, Any]], now: datetime, zone: str) -> Line:
    what, word = _PARTS.get(row["part"], (row["part"], "row"))
    today = account_day(now, zone)
    last: date | None = row["last"]
    behind = (today - last).days if last else 0
    ends = "No days told" if last is None else f"Ends {count(behind, 'day')} ago"
    return Line(
        key=f"file-{row['source']}-{row['part']}",
        name=f"{source(row['source'])} · {what}",
        state="fresh" if last and behind <= 1 else "file",
        badge="Fresh" if last and behind <= 1 else ends,
        as_of=f"last file {stamp(row['at'], zone, now)}" if row["at"] else "",
        facts=(*_facts(row, word, today, told_daily=False), *_young(row, zone)),
        gaps=_gaps(gaps, row["source"], row["part"], today),
        consequence="",
    )


def _young(row: dict[str, Any], zone: str) -> tuple[str, ...]:
    """Days that were not final when the last file came: a later download may tell them otherwise."""
    if row["part"] not in ("performance", "web") or not row["last"] or not row["at"]:
        return ()
    soft = _soft(row["last"], account_day(row["at"], zone))
    return (f"the last {count(soft, 'day')} still changed when it came",) if soft else ()


def _facts(row: dict[str, Any], word: str, today: date, *, told_daily: bool) -> tuple[str, ...]:
    """Days, how many, rows and currency; days that still change are named."""
    first, last = row.get("first"), row.get("last")
    if not row.get("rows"):
        return ("nothing stored yet",)
    found = [count(row["rows"], word)]
    if row.get("currency"):
        found.append(", ".join(sorted(row["currency"].split(", "))))
    elif row.get("part") in ("performance", "deals"):
        found.append("no currency named")
    if first and last:
        found.insert(0, dated(first, last, today.year))
    if told_daily and last and (soft := _soft(last, today)):
        found.append(f"the last {count(soft, 'day')} may still change")
    return tuple(found)


def _soft(last: date, today: date) -> int:
    """How many of the days up to ``last`` are not final yet."""
    newest = (last - timedelta(days=n) for n in range(FINAL_AFTER_DAYS + 1))
    return sum(maturity(day, today, FINAL_AFTER_DAYS) != "final" for day in newest)


def _gaps(gaps: Sequence[dict[str, Any]], key: str, part: str | None, today: date) -> str:
    mine = [g for g in gaps if g["source"] == key and g["part"] == part]
    holes = [(g["after"] + timedelta(days=1), g["before"] - timedelta(days=1)) for g in mine]
    missing = sum((last - first).days + 1 for first, last in holes)
    if not missing:
        return ""
    named = ", ".join(dated(first, last, today.year) for first, last in holes[:GAPS_TOLD])
    more = f" and {len(holes) - GAPS_TOLD} more" if len(holes) > GAPS_TOLD else ""
    return f"{count(missing, 'day')} missing in between: {named}{more}"


def _lead(connected: Sequence[Line]) -> str:
    if all(line.state == "waiting" for line in connected):
        return "No source has been read yet."
    late = [line for line in connected if line.state != "fresh"]
    if not late:
        return f"{count(len(connected), 'connected source')}, all fresh."
    named = ", ".join(f"{line.name} ({line.badge.lower()})" for line in late)
    return f"{len(connected) - len(late)} of {count(len(connected), 'connected source')} fresh; not {named}."
