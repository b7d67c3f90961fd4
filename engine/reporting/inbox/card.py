"""One question with everything a person needs to decide it in a minute."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from engine.model.people import Scope
from engine.model.plans import Plan
from engine.reporting.inbox import parts
from engine.reporting.inbox.diff import Line, of_action, of_plan
from engine.reporting.inbox.due import OPEN
from engine.reporting.inbox.figures import Figure, before_after, figures
from engine.reporting.inbox.parts import Amount, BoundChoice
from engine.reporting.inbox.queue import KIND_WORDS, plan_title
from engine.reporting.words import money
from engine.store import Store, desired, reviews
from engine.store.reads import inbox, moves


@dataclass(frozen=True)
class Choice:
    """One option and what follows from it."""

    label: str
    consequence: str


@dataclass(frozen=True)
class Card:
    """One question. ``fingerprint`` and ``version`` are those an answer must name.

    ``refusal`` says why this person may not approve; empty when they may. ``answer`` says what was decided;
    empty while it is open. ``agent`` words (title, what, rule) are text of others: show them letter by letter.
    ``asked`` has to decide now, ``working`` of their time is left (None: none, or a plan). ``notes`` tell what happened
    to it so far; ``amounts`` may be changed in approving, ``bounds`` are those it is about. ``review``: a yes has to
    include that the words were read.
    """

    client: str
    client_name: str
    zone: str
    currency: str
    ref: str
    kind: str
    kind_word: str
    title: str
    what: str
    evidence: tuple[Figure, ...]
    diff: tuple[Line, ...]
    channels: tuple[str, ...]
    rule: str
    options: tuple[Choice, ...]
    waiting_cost: str
    owner: str
    backup: str
    opened_at: datetime
    due_at: datetime | None
    back_at: datetime | None
    safe_state: str
    status: str
    version: int
    fingerprint: str
    refusal: str
    answer: str
    asked: str = ""
    asked_id: str = ""
    working: timedelta | None = None
    notes: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    bounds: tuple[BoundChoice, ...] = ()
    review: bool = False

    @property
    def undecided(self) -> bool:
        """True while a person can still answer."""
        return self.status in OPEN


def card(store: Store, scope: Scope, now: datetime, ref: str) -> Card | None:
    """The card of one question or plan at ``now``; None when none in reach has that id."""
    with store.read() as conn:
        client = inbox.where_is(conn, scope, ref)
        if client is None:
            return None
        scope.check(client)
        names = moves.names(conn)
        titles = {key: c.title for key, c in desired.load(conn, client).items()}
        question = inbox.question(conn, client, ref)
        if question is not None:
            found = _of_question(question, scope, names, titles)
            more = parts.more(conn, question, names, titles, found.channels, now)
            review = reviews.of_decision(conn, client, question["decision_id"])
            return replace(found, review=review, **more)
        plan = inbox.plan_row(conn, client, ref)
        if plan is None:
            return None
        opened = _plan(plan["body_json"])
        review = opened is not None and reviews.of_actions(conn, client, opened.actions)
        return replace(_of_plan(plan, scope, names, titles), review=review)


def _of_question(
    row: Mapping[str, Any], scope: Scope, names: Mapping[str, str], titles: Mapping[str, str]
) -> Card:
    changed = of_action(row["action_json"], row["currency"], titles)
    return Card(
        client=row["client_id"],
        client_name=row["client_name"],
        zone=row["time_zone"],
        currency=row["currency"],
        ref=row["escalation_id"],
        kind=row["kind"],
        kind_word=KIND_WORDS.get(row["kind"], row["kind"]),
        title=row["title"],
        what=row["what"],
        evidence=figures(row["evidence_json"]),
        diff=changed or before_after(row["evidence_json"]),
        channels=tuple(dict.fromkeys(line.channel for line in changed if line.channel)),
        rule=row["rule_quote"],
        options=_options(row["options_json"]),
        waiting_cost=row["waiting_cost"],
        owner=names.get(row["owner"], row["owner"]),
        backup=names.get(row["backup"], row["backup"]),
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        back_at=row["snoozed_until"] if row["status"] == "snoozed" else row["deferred_until"],
        safe_state=row["safe_state"],
        status=row["status"],
        version=row["version"],
        fingerprint=row["fingerprint"],
        refusal=_refusal(scope, row["client_id"]),
        answer=_answer(row, names, row["decision_reason"]),
    )


def _of_plan(
    row: Mapping[str, Any], scope: Scope, names: Mapping[str, str], titles: Mapping[str, str]
) -> Card:
    plan = _plan(row["body_json"])
    return Card(
        client=row["client_id"],
        client_name=row["client_name"],
        zone=row["time_zone"],
        currency=row["currency"],
        ref=row["plan_id"],
        kind="plan",
        kind_word=KIND_WORDS["plan"],
        title=plan_title(row["month"]),
        what=_plan_words(plan),
        evidence=_plan_figures(plan),
        diff=of_plan(plan, titles) if plan else (),
        channels=tuple(dict.fromkeys(line.channel for line in plan.lines)) if plan else (),
        rule="A senior person approves a plan before anything of it ships.",
        options=_plan_options(plan),
        waiting_cost="",
        owner="",
        backup="",
        opened_at=row["created_at"],
        due_at=None,
        back_at=None,
        safe_state="Until somebody decides, the budgets stay as they are.",
        status=row["status"],
        version=0,
        fingerprint=plan.fingerprint if plan else "",
        refusal=_refusal(scope, row["client_id"])
        or ("" if plan else "This version cannot read the plan; draw it up again."),
        answer=_answer(row, names, row["reason"]),
    )


def _plan(text: str) -> Plan | None:
    """The plan as it was written; None when this version cannot read it."""
    try:
        return Plan.model_validate_json(text)
    except ValidationError:
        return None


def _plan_words(plan: Plan | None) -> str:
    if plan is None:
        return "The plan's text cannot be read."
    notes = " ".join(plan.notes)
    return f"{len(plan.lines)} campaigns for {plan.month:%B %Y}. {notes}".strip()


def _plan_figures(plan: Plan | None) -> tuple[Figure, ...]:
    if plan is None:
        return ()
    cost, won = plan.currency, plan.won
    found = [
        Figure("Month's budget", money(plan.budget_micros, cost)),
        Figure("Expected spend", money(plan.month_spend_micros, cost)),
        Figure("Worst case for the month", money(plan.month_worst_micros, cost)),
        Figure("Expected closed-won", f"{won.mid:.0f} (likely {won.low:.0f}–{won.high:.0f})"),
    ]
    if plan.cac_micros is not None:
        found.append(Figure("Expected CAC", money(plan.cac_micros.mid, cost)))
    if plan.fee_micros:
        found.append(Figure("Fee", money(plan.fee_micros, cost)))
    return tuple(found)


def _plan_options(plan: Plan | None) -> tuple[Choice, ...]:
    if plan is None:
        return ()
    launches = sum(1 for line in plan.lines if line.launch)
    opened = f", {launches} of them new" if launches else ""
    return (
        Choice(
            "Approve the plan",
            f"Sets the budgets of {len(plan.lines)} campaigns{opened}, each judged again before it is written.",
        ),
        Choice("Reject it", "Nothing changes; a new plan is drawn up when its grounds change."),
    )


def _options(text: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(o.get("label", "")), str(o.get("consequence", "")))
        for o in json.loads(text or "[]")
    )


def _refusal(scope: Scope, client: str) -> str:
    if scope.role_for(client) != "strategist":
        return "Deciding this takes a strategist."
    if client not in scope.senior:
        return "Approving takes a senior right for this client; you may reject or defer."
    return ""


def _answer(row: Mapping[str, Any], names: Mapping[str, str], reason: str) -> str:
    if row["decided_by"] is None or row["decided_at"] is None:
        return ""
    who = names.get(row["decided_by"], row["decided_by"])
    if row["status"] in {"snoozed", "acknowledged", "open"}:
        return ""
    said = {"approved": "Approved", "rejected": "Rejected", "deferred": "Put off"}
    word = said.get(row["status"], row["status"].capitalize())
    return f"{word} by {who}: {reason}" if reason else f"{word} by {who}."
