"""One tick: one pass for one client, from the state of the world. Read this first.

    see        read every source; a late one never stops the others
    settle     look up writes whose answer was lost, before anything is planned over them
    carry out  what people approved, judged again on the state of this moment
    think      plan when due, make variants when due, let agents propose and watches look
    decide     the gate judges every wish; what it cannot allow becomes a question to a person, or nothing
    carry out  what was allowed

Every step starts from what is true, never from what happened last: a missed or repeated tick changes nothing.
Money is looked at once per account-day; alarms at each pass; what was changed past us is asked about first.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine import attribution, creative, optimisation, planning
from engine.execution import Hands
from engine.model.errors import Fault
from engine.model.plans import Infeasible, Plan
from engine.model.ports import DealSource, Platform
from engine.model.results import TickResult
from engine.model.world import World
from engine.signal import Sources, aged, see
from engine.store import Store, passes, worlds
from engine.store.decided import Outcome, decided
from engine.store.intents import StoredIntents
from engine.store.passes import Known
from engine.store.register import StoredRegister
from engine.store.worlds import Due
from policies.gate import judge
from policies.policy import Policy

MONEY_HOUR = 6
"""The hour of the account's day from which yesterday's cost is whole and money may move."""


def tick(
    store: Store,
    platforms: Mapping[str, Platform],
    deals: Mapping[str, DealSource],
    client: str,
    now: datetime,
) -> TickResult:
    """One pass for one client at ``now`` (aware UTC).

    A source or platform that fails ends the pass as late, and the next one goes on from what is true then.

    Raises:
        GiveUp: there is no such client.
    """
    began = time.monotonic()
    known = store.write(lambda conn: passes.begin(conn, client, now))
    result = TickResult(client, now)
    late = ["The pass broke off on a fault of its own."]
    try:
        late = _pass(store, platforms, deals, known, now, result)
    except Fault as fault:
        late = [str(fault)]
    except Exception:
        _end(store, known, result, late, began)
        raise
    _end(store, known, result, late, began)
    return result


def _end(store: Store, known: Known, result: TickResult, late: list[str], began: float) -> None:
    if late:
        result.state, result.sentence = "late", " ".join(dict.fromkeys(late))
    seconds, now, client = time.monotonic() - began, result.now, known.client.client
    store.write(lambda conn: passes.end(conn, client, known.tick_id, result, seconds, now))


def _pass(
    store: Store,
    platforms: Mapping[str, Platform],
    deals: Mapping[str, DealSource],
    known: Known,
    now: datetime,
    result: TickResult,
) -> list[str]:
    who, policy = known.client, known.policy
    marks = (known.last_day, known.bookmarks, known.recent)
    sources = Sources(who.client, who.currency, known.accounts, platforms, deals, *marks)
    seen = see(sources, now)
    store.write(lambda conn: passes.saw(conn, who.client, seen.accounts, seen.crm, now))
    log, register = StoredIntents(store), StoredRegister(store, who, now)
    hands = Hands(who.client, now, policy, platforms, log, register, seen.snapshots, known.desired)
    try:
        if known.paused:
            hands.stop_all()
            result.state, result.sentence = "paused", "Paused: nothing is sent but stops."
        else:
            hands.settle()
            hands.carry_out()
            if policy is not None:
                _think_and_decide(store, known, policy, hands, result)
                hands.carry_out()
    finally:
        result.changes = hands.changes
    no_policy = [] if policy else ["No policy can be read, so nothing may be decided."]
    return [*seen.late, *hands.doubts, *no_policy]


def _think_and_decide(
    store: Store, known: Known, policy: Policy, hands: Hands, result: TickResult
) -> None:
    edits = hands.edits(known.client.currency)
    with store.read() as conn:
        world = worlds.world(
            conn, known, policy, list(hands.snapshots.values()), hands.desired, hands.now
        )
        due = worlds.due(conn, replace(known, desired=hands.desired), policy, hands.now)
    ages = tuple(aged(state, hands.now) for state in world.sources)
    views = attribution.views(world.facts, world.deals, world.today)
    world = replace(world, views=views, sources=ages)
    wishes, plan, marks = _think(world, due, edits.left_alone | world.hands_off)
    verdicts = [judge(wish, policy, world.standing) for wish in (*edits.wishes, *wishes)]
    alarms = [*edits.alarms, *optimisation.watch(world)]
    out = Outcome(verdicts, alarms, plan, marks)
    told = store.write(lambda conn: decided(conn, known, world, out))
    result.decisions, result.escalations = told


def _think(
    world: World, due: Due, left_alone: frozenset[str]
) -> tuple[list[Any], Plan | Infeasible | None, dict[str, str]]:
    wishes, marks = optimisation.stops(world)  # by the policy's own dates: nothing holds them up
    plan: Plan | Infeasible | None = None
    if due.local_hour < MONEY_HOUR or not world.snapshots or world.late_sources:
        return wishes, plan, marks  # nothing is marked as looked at: the next pass looks again
    if due.plan:
        launches = creative.launches(due.briefs, due.concepts, due.hashes, world)
        plan = planning.plan_for(world, launches)
        stands = isinstance(plan, Plan)
        marks["plan"] = due.plan_mark if stands else worlds.no_plan(due.plan_mark, world.today)
    free = replace(world, desired={k: c for k, c in world.desired.items() if k not in left_alone})
    if due.review and not due.plan_waits and plan is None:  # money waits for the plan it is about
        wishes += optimisation.propose(free)
        marks["review"] = world.today.isoformat()
    if due.creative:
        wishes += creative.weekly(due.concepts, due.hashes, due.stopped_lines, free, due.week)
        marks["creative"] = due.week
    return wishes, plan, marks
