"""What one pass decided, written in one transaction: decisions, questions, variants, plan, ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from engine.model.acts import lowered, told
from engine.model.alarms import Alarm
from engine.model.escalations import EscalationDraft, from_alarm, from_verdict
from engine.model.plans import Infeasible, Plan
from engine.model.working_hours import deadline
from engine.model.world import World
from engine.store import (
    codec,
    creative,
    decisions,
    escalations,
    judged_on,
    people,
    plans,
    sources,
)
from engine.store.creative import Variant
from engine.store.decisions import Decision
from engine.store.escalations import Escalation
from engine.store.passes import Known, book
from policies.actions import ShipVariant
from policies.money import spoken
from policies.verdict import Allowed, Blocked, Escalated

Verdict = Allowed | Escalated | Blocked
Line = tuple[str, str, str, Any]
_STATES: dict[str, Any] = {"allowed": "to_apply", "escalated": "proposed", "blocked": "proposed"}
_WORDS = {"allowed": "Decided", "escalated": "Asked a person", "blocked": "Stopped by a rule"}


@dataclass(frozen=True)
class Outcome:
    """One pass's thoughts after the gate: verdicts, alarms, a plan if one was due, and what is now looked at."""

    verdicts: Sequence[Verdict]
    alarms: Sequence[Alarm]
    plan: Plan | Infeasible | None
    marks: dict[str, str]


def decided(conn: Connection, known: Known, world: World, outcome: Outcome) -> tuple[int, int]:
    """Write it all; returns how many decisions were recorded and how many questions were opened.

    A diff a person said no to before is not asked again; one cause has one open question.
    """
    client, now = known.client.client, world.now
    for kind, mark in outcome.marks.items():
        sources.set_bookmark(conn, client, kind, mark)
    refused = escalations.rejected_fingerprints(conn, client)
    kept = [v for v in outcome.verdicts if v.fingerprint not in refused]
    batch = [_decision(v, n, known, world) for n, v in enumerate(kept, start=1)]
    decisions.record(conn, client, batch)
    if batch:
        judged_on.keep(conn, client, known.tick_id, world.standing, world.policy.version, now)
    lines: list[Line] = [_line(d, v) for d, v in zip(batch, kept, strict=True)]
    opened = 0
    for decision, verdict in zip(batch, kept, strict=True):
        if isinstance(verdict.action, ShipVariant):
            creative.save_variant(conn, _variant(verdict, decision))
        if isinstance(verdict, Escalated):
            draft = from_verdict(
                verdict,
                world.policy,
                client=client,
                now=now,
                time_zone=world.time_zone,
                standing=world.standing,
            )
            opened += _ask(conn, draft, world.currency, decision.decision_id, lines)
    answered = escalations.answered_causes(conn, client)
    for alarm in outcome.alarms:
        if alarm.cause in answered and alarm.kind != "outside_edit":
            continue  # a person took this on already; the next period has a cause of its own
        draft = from_alarm(alarm, world.policy, client=client, now=now, time_zone=world.time_zone)
        opened += _ask(conn, draft, world.currency, None, lines)
    lines += _gone_by(conn, client, world)
    if outcome.plan is not None:
        lines.append(_plan(conn, client, world, outcome.plan))
    lines += _returned(conn, client, world)
    book(conn, client, now, lines)
    return len(batch), opened


def _decision(verdict: Verdict, number: int, known: Known, world: World) -> Decision:
    action = verdict.action
    return Decision(
        client=known.client.client,
        decision_id=f"{known.tick_id}-{number}",
        tick_id=known.tick_id,
        at=world.now,
        account_day=world.today,
        agent=action.agent,
        kind=action.kind,
        action_json=codec.action_json(action),
        fingerprint=verdict.fingerprint,
        verdict=verdict.verdict,
        reasons_json=json.dumps([r.model_dump(mode="json") for r in verdict.reasons]),
        policy_version=verdict.policy_version,
        state=_STATES[verdict.verdict],
        sentence=told(action, world.desired),
    )


def _variant(verdict: Verdict, decision: Decision) -> Variant:
    action = verdict.action
    return Variant(
        client=decision.client,
        variant=action.ad.variant,
        concept=action.ad.concept,
        campaign=action.campaign,
        ad_group=action.ad_group,
        text_json=action.ad.text.model_dump_json(),
        verdict=verdict.verdict,
        reasons_json=decision.reasons_json,
        state="blocked" if verdict.verdict == "blocked" else "proposed",
    )


def _line(decision: Decision, verdict: Verdict) -> Line:
    said = f"{_WORDS[verdict.verdict]}: {lowered(decision.sentence)} {verdict.action.reason}"
    if verdict.verdict != "allowed":
        said = f"{said} {verdict.sentence}"
    detail = {
        "agent": decision.agent,
        "kind": decision.kind,
        "fingerprint": verdict.fingerprint,
        "policy_version": verdict.policy_version,
        "evidence": [e.model_dump(mode="json") for e in verdict.action.evidence],
        "reasons": json.loads(decision.reasons_json),
    }
    return (f"decision_{verdict.verdict}", decision.decision_id, said, detail)


def _ask(
    conn: Connection,
    draft: EscalationDraft,
    currency: str,
    decision_id: str | None,
    lines: list[Line],
) -> int:
    waiting = draft.waiting_cost_micros
    evidence = [e.model_dump(mode="json") for e in draft.evidence]
    rows = [{"what": w, "before": b, "after": a} for w, b, a in draft.before_after]
    ref, opened = escalations.open_or_add(
        conn,
        Escalation(
            client=draft.client,
            cause=draft.cause,
            kind=draft.kind,
            title=draft.title,
            what=draft.what,
            owner=draft.owner,
            backup=draft.backup,
            opened_at=draft.opened_at,
            due_at=draft.due_at,
            evidence_json=json.dumps([*evidence, *rows]),
            action_json=codec.action_json(draft.action) if draft.action is not None else None,
            fingerprint=draft.fingerprint,
            decision_id=decision_id,
            rule_quote=draft.rule_quote,
            options_json=json.dumps([o.model_dump(mode="json") for o in draft.options]),
            safe_state=draft.safe_state,
            waiting_cost="" if waiting is None else f"about {spoken(waiting, currency)} a day",
        ),
    )
    if opened:
        detail = {"cause": draft.cause, "owner": draft.owner, "due_at": draft.due_at}
        names = {p.person: p.name for p in people.people(conn)}
        said = f"Asked {names.get(draft.owner, draft.owner)}: {draft.title}."
        lines.append(("escalation_opened", ref, said, detail))
    return int(opened)


def _plan(conn: Connection, client: str, world: World, plan: Plan | Infeasible) -> Line:
    month = world.today.replace(day=1)
    if isinstance(plan, Infeasible):
        said = f"No plan for {month:%B %Y} stands inside the bounds. {' '.join(plan.reasons)}"
        return ("plan_infeasible", f"{month:%Y-%m}", said, {"reasons": plan.reasons})
    stamp = hashlib.sha256(f"{client}:{plan.fingerprint}:{world.now}".encode()).hexdigest()[:6]
    plan_id = f"P-{month:%Y-%m}-{stamp}"
    plans.save(
        conn,
        client,
        plan_id,
        month=month,
        body_json=plan.model_dump_json(),
        status="waiting",
        now=world.now,
    )
    said = f"A plan for {month:%B %Y} waits for approval: {spoken(plan.budget_micros, world.currency)}."
    return ("plan_waiting", plan_id, said, {"fingerprint": plan.fingerprint})


def _gone_by(conn: Connection, client: str, world: World) -> list[Line]:
    """Plans that nobody decided in their month."""
    said = "The plan for {:%B %Y} was never decided, and its month is not the one that runs now."
    return [
        ("plan_superseded", old.plan_id, said.format(old.month), {})
        for old in plans.supersede_other_months(conn, client, world.today)
    ]


def _returned(conn: Connection, client: str, world: World) -> list[Line]:
    hours = world.policy.triggers.bound.sla_working_hours
    due = deadline(world.now, hours, world.time_zone)
    return [
        ("escalation_returned", e.escalation_id, f"Back as put off: {e.title}.", {"cause": e.cause})
        for e in escalations.bring_back(conn, client, world.now, due)
    ]
