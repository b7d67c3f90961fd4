"""A person's own move, and taking one back: the same gate, the same diff, the same ledger as an agent's.

What the gate allows waits for the next pass, which judges it again and carries it out. What meets a bound becomes a
question to somebody else: nobody approves what they asked for themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.commands import live
from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.commands.live import Live
from engine.model import moves
from engine.model.acts import lowered, told
from engine.model.errors import AskPerson, BadInput
from engine.model.escalations import before_after, from_verdict
from engine.model.moves import Wanted, Who
from engine.model.people import Scope
from engine.model.time import account_day
from engine.store import calendars, codec, decisions, people, questions, rows
from engine.store.decisions import Decision
from engine.store.passes import book
from engine.store.questions import Line
from policies.actions import LaunchCampaign
from policies.case import Case
from policies.exposure import client_month_worst_case
from policies.gate import judge
from policies.verdict import Allowed, Blocked, Escalated

Verdict = Allowed | Escalated | Blocked
_STATE: dict[str, decisions.State] = {
    "allowed": "to_apply",
    "escalated": "proposed",
    "blocked": "proposed",
}
_WORDS = {"allowed": "Decided", "escalated": "Asked for", "blocked": "Stopped by a rule"}


@dataclass(frozen=True)
class Preview:
    """What a move would be, before anybody made it. Money in micros of the client's currency.

    ``seal`` is the fingerprint of exactly this diff. ``month_before`` and ``month_after`` are the most that can be
    billed this month as it is and with it; None where that cannot be told.
    """

    act: str
    verdict: str
    reasons: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    seal: str
    currency: str
    month_before: int | None
    month_after: int | None


@dataclass(frozen=True)
class Made:
    """What became of a move: its decision, the verdict, and a sentence for whoever made it."""

    decision: str
    verdict: str
    sentence: str


def preview(house: House, scope: Scope, now: datetime, *, client: str, wanted: Wanted) -> Preview:
    """What the gate says of a move, on the accounts as they are this moment. Nothing is kept.

    Raises:
        BadInput: there is no such thing, or nothing would change.
        TryLater: an account could not be read.
    """
    scope.check(client, "strategist")
    here = live.read(house, client, now)
    return _preview(here, _wish(here, scope, wanted, "A move under consideration."))


def make(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    wanted: Wanted,
    reason: str,
    seal: str,
) -> Made:
    """Make a move that was previewed.

    Raises:
        AskPerson: it is not the move that was shown any more.
        BadInput: no reason, no such thing, or nothing would change.
        TryLater: an account could not be read.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)
    here = live.read(house, client, now)
    return _made(house, scope, now, here, _wish(here, scope, wanted, why), seal)


def preview_undo(
    house: House, scope: Scope, now: datetime, *, client: str, decision: str
) -> Preview:
    """What taking back one act would be.

    Raises:
        BadInput: it was not carried out, something was changed since, or it cannot be taken back.
        TryLater: an account could not be read.
    """
    scope.check(client, "strategist")
    here = live.read(house, client, now)
    return _preview(here, _back(house, here, scope, decision, "Taken back."))


def undo(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    decision: str,
    reason: str,
    seal: str,
) -> Made:
    """Take back one act, through the gate like any other.

    Raises:
        AskPerson: it is not the move that was shown any more.
        BadInput: no reason, not carried out, changed since, or it cannot be taken back.
        TryLater: an account could not be read.
    """
    scope.check(client, "strategist")
    why = f"{reason_given(reason)} (takes back {decision})"
    here = live.read(house, client, now)
    return _made(house, scope, now, here, _back(house, here, scope, decision, why), seal)


def _wish(here: Live, scope: Scope, wanted: Wanted, reason: str) -> Any:
    return moves.action(wanted, _who(here, scope, reason), here.desired, here.snapshots)


def _back(house: House, here: Live, scope: Scope, decision: str, reason: str) -> Any:
    with house.store.read() as conn:
        found = decisions.get(conn, here.who.client, decision)
    if found is None or found.state != "applied":
        raise BadInput("Only what was carried out can be taken back; reload the page.")
    done = codec.action(found.action_json)
    return moves.reverse(done, _who(here, scope, reason), here.desired, here.snapshots)


def _who(here: Live, scope: Scope, reason: str) -> Who:
    return Who(here.who.client, here.who.currency, scope.person, reason)


def _preview(here: Live, action: Any) -> Preview:
    verdict = judge(action, here.policy, here.standing)
    before, after = _worst(here, action)
    return Preview(
        act=told(action, here.desired),
        verdict=verdict.verdict,
        reasons=tuple(r.sentence for r in verdict.reasons if r.outcome != "allow"),
        rows=before_after(action),
        seal=action.fingerprint,
        currency=here.who.currency,
        month_before=before,
        month_after=after,
    )


def _worst(here: Live, action: Any) -> tuple[int | None, int | None]:
    try:
        before = client_month_worst_case(here.standing)
        if here.policy is None or isinstance(action, LaunchCampaign):
            return before, None
        return before, Case(action, here.standing, here.policy.targets).after.month
    except (KeyError, ValueError):  # how a platform bills is not known: the verdict says so
        return None, None


def _made(house: House, scope: Scope, now: datetime, here: Live, action: Any, seal: str) -> Made:
    if action.fingerprint != seal:
        raise AskPerson("This changed after you looked at it; look again, then make your move.")
    verdict = judge(action, here.policy, here.standing)

    def write(conn: Any) -> Made:
        client = here.who.client
        number = rows.next_number(conn, client, "move")
        decision = _decision(f"M-{number}", here, action, verdict, now)
        decisions.record(conn, client, [decision])
        said = f"{_WORDS[verdict.verdict]} by {scope.name}: {lowered(decision.sentence)} {action.reason}"
        if verdict.verdict != "allowed":
            said = f"{said} {verdict.sentence}"
        detail = {"fingerprint": verdict.fingerprint, "policy_version": verdict.policy_version}
        kind = f"decision_{verdict.verdict}"
        note(
            conn,
            scope,
            now,
            client,
            kind=kind,
            ref=decision.decision_id,
            sentence=said,
            detail=detail,
        )
        sentence = _became(verdict)
        if isinstance(verdict, Escalated) and here.policy is not None:
            sentence = _ask(conn, scope, now, here, verdict, decision.decision_id)
        return Made(decision.decision_id, verdict.verdict, sentence)

    return house.store.write(write)


def _became(verdict: Verdict) -> str:
    if isinstance(verdict, Allowed):
        return "It is within every bound; the next pass judges it again and carries it out."
    return f"It was stopped: {verdict.sentence}"


def _ask(
    conn: Any, scope: Scope, now: datetime, here: Live, verdict: Escalated, decision: str
) -> str:
    """Ask somebody else than who wants it."""
    assert here.policy is not None
    rota = calendars.rota(conn, here.who.client)
    draft = from_verdict(
        verdict,
        here.policy,
        client=here.who.client,
        now=now,
        time_zone=here.who.time_zone,
        standing=here.standing,
        rota=rota,
    )
    if draft.owner == scope.person:
        draft = replace(draft, owner=draft.backup, backup=draft.owner)
    asked = draft.owner
    due = rota.due(asked, now, draft.sla_hours or 0.0)
    lines: list[Line] = []
    mine = f"{draft.cause}:by:{scope.person}"  # an agent's question about the same never takes its place
    addressed = replace(draft, cause=mine, asked=asked, due_at=due)
    questions.ask(conn, addressed, here.who.currency, decision, lines)
    book(conn, here.who.client, now, lines)
    names = {p.person: p.name for p in people.people(conn)}
    return f"It meets a bound, so {names.get(asked, asked)} was asked; nothing moves until then."


def _decision(number: str, here: Live, action: Any, verdict: Verdict, now: datetime) -> Decision:
    return Decision(
        client=here.who.client,
        decision_id=number,
        tick_id="",
        at=now,
        account_day=account_day(now, here.who.time_zone),
        agent=action.agent,
        kind=action.kind,
        action_json=codec.action_json(action),
        fingerprint=verdict.fingerprint,
        verdict=verdict.verdict,
        reasons_json=json.dumps([r.model_dump(mode="json") for r in verdict.reasons]),
        policy_version=verdict.policy_version,
        state=_STATE[verdict.verdict],
        sentence=told(action, here.desired),
    )
