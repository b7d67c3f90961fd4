"""The world of one client at one instant, read in one go, and what is due to be looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.model.accounts import Snapshot
from engine.model.briefs import Brief
from engine.model.concepts import Concept
from engine.model.copy import text_hash
from engine.model.desired import Desired
from engine.model.standing import standing
from engine.model.time import account_day, month_start
from engine.model.world import Access, LastMove, World
from engine.store import briefs, codec, counted, creative, deals, decisions, facts, plans, sources
from engine.store.books import books
from engine.store.creative import Variant
from engine.store.endings import not_again
from engine.store.passes import Known
from policies.actions import AdText, budget_changes
from policies.policy import Policy

HISTORY_DAYS = 120
MOVES_DAYS = 45
SETTLED_DAYS = 28
"""Younger deals may still reach the stage that makes them a primary action (a convention of the house)."""
PLAN_HOLDS = timedelta(days=3)
"""How long agents leave the money alone for a plan nobody has decided."""


@dataclass(frozen=True)
class Due:
    """What is due at this pass, and what it takes.

    ``hashes`` are the texts ever used (a variant never comes twice), ``stopped_lines`` the lines a brand
    rule stopped before; ``plan_waits`` is True while a fresh plan waits for a person; ``week`` is the ISO week of the
    account's today; ``plan_mark`` names the month and targets a plan is for.
    """

    local_hour: int
    plan: bool
    plan_mark: str
    plan_waits: bool
    review: bool
    creative: bool
    week: str
    concepts: tuple[Concept, ...]
    briefs: tuple[Brief, ...]
    hashes: frozenset[str]
    stopped_lines: frozenset[str]


def world(
    conn: Connection,
    known: Known,
    policy: Policy,
    snapshots: Sequence[Snapshot],
    desired: Desired,
    now: datetime,
) -> World:
    """Everything agents and watches may look at; views are left to attribution, source ages to signal."""
    who = known.client
    today = _today(known, now)
    sides = [(s, books(conn, who.client, s.account, now)) for s in snapshots]
    first = today - timedelta(days=HISTORY_DAYS)
    return World(
        client=who.client,
        currency=who.currency,
        time_zone=who.time_zone,
        today=today,
        now=now,
        policy=policy,
        standing=standing(
            who.client, who.currency, sides, now, incomplete=len(sides) < len(known.accounts)
        ),
        desired=desired,
        snapshots=tuple(snapshots),
        facts=facts.daily(conn, who.client, first, today),
        ad_facts=facts.daily(conn, who.client, first, today, level="ad"),
        deals=deals.deals(conn, who.client, by=policy.conversions),
        sources=tuple(sources.states(conn, who.client)),
        last_moves=_last_moves(conn, who.client, today),
        connections=tuple(
            # a refresh token of Google has no end that it tells: it holds until it is revoked or unused for
            # six months (Google Identity, "Refresh token expiration"), so no date is known
            Access(f"{each.platform} {each.account}")
            for each in known.accounts
        ),
        looked=known.bookmarks,
        primary_share=counted.share(
            conn, who.client, policy.conversions, first, today - timedelta(days=SETTLED_DAYS)
        ),
    )


def due(conn: Connection, known: Known, policy: Policy, now: datetime) -> Due:
    """What has to be looked at now: money once a day, variants once a week, a plan per month and target."""
    today = _today(known, now)
    year, week, _ = today.isocalendar()
    iso_week = f"{year}-W{week:02d}"
    plan_mark = _plan_mark(policy, today)
    made = {plan_mark, no_plan(plan_mark, today), not_again(today)}
    live = [text_hash(ad.text) for c in known.desired.values() for g in c.ad_groups for ad in g.ads]
    waiting = [p for p in plans.waiting(conn, known.client.client) if p.month == month_start(today)]
    variants = creative.variants(conn, known.client.client)
    return Due(
        local_hour=now.astimezone(ZoneInfo(known.client.time_zone)).hour,
        plan=known.bookmarks.get("plan") not in made and not waiting,
        plan_mark=plan_mark,
        plan_waits=any(now - plan.created_at < PLAN_HOLDS for plan in waiting),
        review=known.bookmarks.get("review") != today.isoformat(),
        creative=known.bookmarks.get("creative") != iso_week,
        week=iso_week,
        concepts=tuple(_concepts(conn, known.client.client)),
        briefs=tuple(briefs.load(conn, known.client.client)),
        hashes=frozenset([*live, *(_hash(v.text_json) for v in variants)]),
        stopped_lines=_stopped(variants),
    )


def _today(known: Known, now: datetime) -> date:
    return account_day(now, known.client.time_zone)


def no_plan(plan_mark: str, today: date) -> str:
    """The mark of a day on which no plan stood inside the bounds: it is tried again tomorrow."""
    return f"{plan_mark}@{today.isoformat()}"


def _plan_mark(policy: Policy, today: date) -> str:
    targets = hashlib.sha256(policy.targets.model_dump_json().encode()).hexdigest()[:12]
    return f"{month_start(today):%Y-%m}:{targets}"


def _stopped(variants: Iterable[Variant]) -> frozenset[str]:
    """The lines brand rules quoted when they stopped a variant: no later one is built of them."""
    reasons = (r for v in variants if v.state == "blocked" for r in json.loads(v.reasons_json))
    return frozenset(r["facts"]["line"] for r in reasons if "line" in r.get("facts", {}))


def _hash(text_json: str) -> str:
    return text_hash(AdText.model_validate_json(text_json))


def _concepts(conn: Connection, client: str) -> list[Concept]:
    """Concepts with the place and the approval of their row, which the body does not carry."""
    return [
        Concept.model_validate_json(
            json.dumps(
                json.loads(row.body_json)
                | {
                    "concept": row.concept,
                    "channel": row.channel,
                    "campaign": row.campaign,
                    "ad_group": row.ad_group,
                    "approved_by": row.approved_by,
                    "approved_at": row.approved_at.isoformat() if row.approved_at else None,
                }
            )
        )
        for row in creative.concepts(conn, client)
    ]


def _last_moves(conn: Connection, client: str, today: date) -> tuple[LastMove, ...]:
    """The last budget decision per campaign: carried out ones, and asks beyond a bound whatever became of them."""
    moves: dict[tuple[str, bool], LastMove] = {}
    for decision in decisions.between(conn, client, today - timedelta(days=MOVES_DAYS), today):
        if decision.kind not in {"set_budgets", "shift_budget"}:
            continue
        action = codec.action(decision.action_json)
        beyond = any(e.name == "beyond_bound" for e in action.evidence)
        if not beyond and decision.state not in {"applied", "shipping", "to_apply"}:
            continue
        for change in budget_changes(action):
            moves[change.campaign, beyond] = LastMove(change.campaign, decision.at, beyond)
    return tuple(moves.values())
