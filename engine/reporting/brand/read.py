"""What the brand page shows: the rules in force, the files on record, and the presets there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.model.brand import BrandFile
from engine.model.errors import GiveUp
from engine.model.people import Role, Scope
from engine.model.time import account_day
from engine.reporting.brand.box import FAMILIES, LOOKERS
from engine.reporting.words import count, stamp
from engine.store import Store, brand, clients, policies
from engine.store.reads import moves
from policies.presets import brand as presets
from policies.reading import BadPolicy, read_policy

SOON = timedelta(days=30)
"""A file that ends within it says so."""
_BRINGERS: tuple[Role, ...] = ("team", "strategist")
_NAMES = {"evidence": "Evidence", "image": "Picture", "logo": "Logo"}


@dataclass(frozen=True)
class RuleLine:
    """One brand rule in force, in words."""

    name: str
    title: str
    describe: str


@dataclass(frozen=True)
class FileLine:
    """One file as it is told; ``state`` is waiting, in date, soon, expired, not yet, rejected or retired."""

    record: BrandFile
    title: str
    state: str
    badge: str
    facts: tuple[str, ...]
    approves: bool
    retires: bool


@dataclass(frozen=True)
class Preset:
    """A sector's brand rules."""

    name: str
    title: str
    about: str


@dataclass(frozen=True)
class Brand:
    """The page of one client. ``version`` is that of the policy in force, None where there is none."""

    lead: str
    version: int | None
    rules: tuple[RuleLine, ...]
    evidence: tuple[FileLine, ...]
    pictures: tuple[FileLine, ...]
    presets: tuple[Preset, ...]
    today: date
    writes: bool
    decides: bool


def brand_of(store: Store, scope: Scope, now: datetime, client: str) -> Brand:
    """The brand of a client at ``now`` (aware UTC); days are the client's own.

    Raises:
        AskPerson: the client is out of reach, or the role may not look.
    """
    scope.check(client, *LOOKERS)
    with store.read() as conn:
        who = clients.client(conn, client)
        stored = policies.current(conn, client)
        files = brand.all_files(conn, client)
        names = moves.names(conn)
    role = scope.role_for(client)
    today = account_day(now, who.time_zone)
    told = [_line(f, names, today, who.time_zone, now, scope, role) for f in files]
    evidence = tuple(t for t in told if t.record.kind == "evidence")
    rules = _rules(stored.body_json if stored else None)
    held = sum(t.state in ("in date", "soon") for t in evidence)
    waiting = sum(t.state == "waiting" for t in told)
    lead = (
        f"{count(len(rules), 'brand rule')} in force; {count(held, 'evidence file')} in date,"
        f" {count(waiting, 'file')} waiting for a second person."
        if rules
        else "No policy is in force yet, so nothing may be shipped."
    )
    return Brand(
        lead=lead,
        version=stored.version if stored else None,
        rules=rules,
        evidence=evidence,
        pictures=tuple(t for t in told if t.record.kind != "evidence"),
        presets=tuple(Preset(n, presets.title(n), presets.about(n)) for n in presets.NAMES),
        today=today,
        writes=role in (*_BRINGERS, "operator"),
        decides=role in ("strategist", "operator"),
    )


def preview(store: Store, scope: Scope, client: str, number: int) -> tuple[BrandFile, bytes]:
    """One file with its bytes, to be looked at.

    Raises:
        AskPerson: the client is out of reach, or the role may not look.
        GiveUp: there is no such file, or its bytes are gone.
    """
    scope.check(client, *LOOKERS)
    with store.read() as conn:
        record = brand.one(conn, client, number)
    return record, brand.get_bytes(store, client, record.file)


def _rules(body: str | None) -> tuple[RuleLine, ...]:
    if body is None:
        return ()
    try:
        rails = read_policy(body, suffix=".json").guardrails
    except BadPolicy:
        raise GiveUp("The policy in force cannot be read; open the guardrails.") from None
    return tuple(
        RuleLine(r.name, r.title, r.describe())
        for r in rails
        if getattr(r, "family", "") in FAMILIES
    )


def _line(
    found: BrandFile,
    names: dict[str, str],
    today: date,
    zone: str,
    now: datetime,
    scope: Scope,
    role: Role,
) -> FileLine:
    state, badge = _state(found, today)
    by = names.get(found.uploaded_by, found.uploaded_by)
    facts = [f"brought by {by}, {stamp(found.uploaded_at, zone, now)}"]
    if found.decided_by:
        who = names.get(found.decided_by, found.decided_by)
        facts.append(f"{found.state} by {who}{f': {found.reason}' if found.reason else ''}")
    if found.width:
        facts.append(f"{found.width:,} x {found.height:,} pixels")
    if found.kind == "logo":
        facts.append(f"clear space {found.clear_millionths / 10_000:.0f}%")
    facts += [f"{found.size_bytes / 1024:,.0f} kB", f"SHA-256 {found.file[:12]}"]
    if found.source:
        facts.append(found.source)
    waits, open_ = found.state == "waiting", found.state == "approved"
    return FileLine(
        record=found,
        title=found.claim or f"{_NAMES[found.kind]}: {found.name}",
        state=state,
        badge=badge,
        facts=tuple(facts),
        approves=waits and role == "strategist" and found.uploaded_by != scope.person,
        retires=open_ and role in _BRINGERS,
    )


def _state(found: BrandFile, today: date) -> tuple[str, str]:
    if found.state != "approved":
        words = {"waiting": "waits for a second person"}
        return found.state, words.get(found.state, found.state)
    if found.since > today:
        return "not yet", f"counts from {found.since:%-d %b %Y}"
    if found.until is None:
        return "in date", "in date"
    if found.until < today:
        return "expired", f"ended {found.until:%-d %b %Y}"
    soon = found.until - today <= SOON
    return ("soon" if soon else "in date"), f"until {found.until:%-d %b %Y}"
