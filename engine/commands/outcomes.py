"""Judging what was carried out, once its days are final: one row and one line of the ledger for each act."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import Any

from engine.commands.house import House
from engine.model.acts import lowered
from engine.model.credit import FINAL_AFTER_DAYS
from engine.model.effects import DAYS, Done, Sides, effect, is_due, near, sentence, together
from engine.model.errors import GiveUp
from engine.model.time import account_day, day_start
from engine.store import clients, codec, effects, sources
from engine.store.clients import Client
from engine.store.effects import Outcome
from engine.store.passes import book
from engine.store.questions import Line
from policies.actions import budget_changes

MARK = "outcomes"
_LOOK_BACK = timedelta(days=120)  # acts older than this that were never judged are left alone


def judge_outcomes(house: House, client: str, now: datetime) -> None:
    """Judge every act of one client that has become due at ``now`` (UTC), at most once an account-day.

    An act judged before is left as it is, so doing it twice is doing it once.
    """
    with house.store.read() as conn:
        today = account_day(now, clients.client(conn, client).time_zone)
        if sources.marks(conn, client).get(MARK) == today.isoformat():
            return
    house.store.write(lambda conn: judge(conn, client, now))


def judge(conn: Any, client: str, now: datetime) -> int:
    """The same inside a transaction, whatever the day; returns how many acts were judged."""
    who = clients.client(conn, client)
    today = account_day(now, who.time_zone)
    since = day_start(today, who.time_zone) - _LOOK_BACK
    rows = effects.carried_out(conn, client, since - timedelta(days=DAYS + 1))
    acts = {row["decision_id"]: _done(row, who.time_zone) for row in rows}
    known: dict[date, dict[str, Sides]] = {}
    found: list[Outcome] = []
    lines: list[Line] = []
    for row in rows:
        act = acts[row["decision_id"]]
        waits = not row["judged"] and row["applied_at"] >= since and act.campaigns
        if not waits or not is_due(act.day, today, FINAL_AFTER_DAYS):
            continue
        if act.day not in known:
            known[act.day] = effects.sides(conn, client, act.day, who.currency)
        one = _outcome(who, row, act, list(acts.values()), known[act.day], today, now)
        found.append(one)
        lines.append(_line(one, row["sentence"]))
    effects.keep(conn, found)
    book(conn, client, now, lines)
    sources.set_bookmark(conn, client, MARK, today.isoformat())
    return len(found)


def _outcome(
    who: Client,
    row: dict[str, Any],
    act: Done,
    acts: list[Done],
    sides: dict[str, Sides],
    today: date,
    now: datetime,
) -> Outcome:
    touched = frozenset().union(*(a.campaigns for a in near(act.day, acts)))
    own = _sum(s for name, s in sides.items() if name in act.campaigns)
    others = _sum(s for name, s in sides.items() if name and name not in touched)
    beside, said = together(act, acts), effect(own, others)
    return Outcome(
        client=who.client,
        decision_id=act.decision_id,
        agent=row["agent"],
        word=said.word,
        sentence=sentence(said, beside),
        acted_on=act.day,
        judged_on=today,
        ratio=said.ratio,
        low=said.low,
        high=said.high,
        compared=int(said.compared),
        together=beside,
        leads_before=own.before.leads,
        leads_after=own.after.leads,
        cost_before_micros=own.before.cost_micros,
        cost_after_micros=own.after.cost_micros,
        at=now,
    )


def _sum(found: Any) -> Sides:
    return reduce(add, found, Sides())


def _line(one: Outcome, act: str) -> Line:
    detail = {
        "word": one.word,
        "ratio": one.ratio,
        "low": one.low,
        "high": one.high,
        "together": one.together,
        "leads_before": one.leads_before,
        "leads_after": one.leads_after,
    }
    act = lowered(act.rstrip("."))
    return ("outcome", one.decision_id, f"Outcome of \u201c{act}\u201d. {one.sentence}", detail)


def _done(row: dict[str, Any], zone: str) -> Done:
    return Done(row["decision_id"], account_day(row["applied_at"], zone), _campaigns(row))


def _campaigns(row: dict[str, Any]) -> frozenset[str]:
    """The campaigns an act touched; none where this version cannot read it."""
    try:
        action = codec.action(row["action_json"])
    except GiveUp:
        return frozenset()
    named = {c.campaign for c in budget_changes(action)}
    alone = getattr(action, "campaign", "")
    return frozenset(named | ({alone} if alone else set()))
