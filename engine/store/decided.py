"""What one pass decided, written in one transaction: decisions, questions, variants, plan, ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from engine.model.acts import lowered, told
from engine.model.alarms import Alarm
from engine.model.escalations import ENDS_BY_ITSELF, EscalationDraft, from_alarm, from_verdict
from engine.model.plans import Infeasible, Plan
from engine.model.safe_states import ref_of
from engine.model.working_hours import Rota
from engine.model.world import World
from engine.store import (
    asked_again,
    calendars,
    codec,
    creative,
    decisions,
    escalations,
    judged_on,
    plans,
    questions,
    sources,
)
from engine.store import asking as asking_store
from engine.store.asked_again import Refused
from engine.store.creative import Variant
from engine.store.decisions import Decision
from engine.store.passes import Known, book
from engine.store.questions import Line
from policies.actions import ShipVariant
from policies.money import spoken
from policies.verdict import Allowed, Blocked, Escalated

Verdict = Allowed | Escalated | Blocked
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

    What a person said no to is asked again only when its evidence changed; one cause has one open question.
    """
    client, now = known.client.client, world.now
    for kind, mark in outcome.marks.items():
        sources.set_bookmark(conn, client, kind, mark)
    asking = _Asking(conn, world, calendars.rota(conn, client))
    asking_store.keep_standing(conn, world.standing)
    drafted = [(v, asking.draft(v)) for v in outcome.verdicts]
    no = asked_again.refused(conn, client)
    kept = [(v, d) for v, d in drafted if not no.same(v, d)]
    batch = [_decision(v, n, known, world) for n, (v, _) in enumerate(kept, start=1)]
    decisions.record(conn, client, batch)
    if batch:
        judged_on.keep(conn, client, known.tick_id, world.standing, world.policy.version, now)
    lines: list[Line] = [_line(d, v) for d, (v, _) in zip(batch, kept, strict=True)]
    opened = 0
    for decision, (verdict, draft) in zip(batch, kept, strict=True):
        if isinstance(verdict.action, ShipVariant):
            creative.save_variant(conn, _variant(verdict, decision))
        safe = ref_of(verdict.action)
        if safe:
            escalations.note_safe(conn, client, safe, _safe(verdict, decision))
        elif draft is not None:
            again = _again(draft, no, verdict)
            opened += questions.ask(conn, again, world.currency, decision.decision_id, lines)
    answered = escalations.answered_causes(conn, client)
    for alarm in outcome.alarms:
        if alarm.cause in answered and alarm.kind != "outside_edit":
            continue  # a person took this on already; the next period has a cause of its own
        opened += questions.ask(conn, asking.alarm(alarm), world.currency, None, lines)
    lines += _over(conn, client, {alarm.cause for alarm in outcome.alarms})
    lines += _gone_by(conn, client, world)
    if outcome.plan is not None:
        lines.append(_plan(conn, client, world, outcome.plan))
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


@dataclass(frozen=True)
class _Asking:
    """What a question needs beside what it asks: the world it was seen in, and people's calendars."""

    conn: Connection
    world: World
    rota: Rota

    def draft(self, verdict: Verdict) -> EscalationDraft | None:
        """The question of a verdict; None for what is allowed or blocked."""
        if not isinstance(verdict, Escalated):
            return None
        world = self.world
        return from_verdict(verdict, world.policy, standing=world.standing, **self._setting())

    def alarm(self, alarm: Alarm) -> EscalationDraft:
        """The question of an alarm."""
        return from_alarm(alarm, self.world.policy, **self._setting())

    def _setting(self) -> dict[str, Any]:
        world = self.world
        return {
            "client": world.client,
            "now": world.now,
            "time_zone": world.time_zone,
            "rota": self.rota,
        }


def _again(draft: EscalationDraft, no: Refused, verdict: Verdict) -> EscalationDraft:
    """The question with what changed since a person said no to it; as it is where nobody did."""
    before, news = no.before(verdict), no.news(draft)
    if before is None or before.decided_at is None:
        return draft
    said = f"Rejected on {before.decided_at:%-d %B} ({before.escalation_id}). Since then: {'; '.join(news)}."
    return replace(draft, what=f"{said} {draft.what}", follows=before.escalation_id)


def _safe(verdict: Verdict, decision: Decision) -> str:
    """What became of an action the safe state asked for."""
    if isinstance(verdict, Allowed):
        return f"Ordered: {lowered(decision.sentence)}"
    return (
        f"The gate does not allow it ({verdict.sentence}), so nothing moves until somebody decides."
    )


def _over(conn: Connection, client: str, seen: set[str]) -> list[Line]:
    """Close the alarms whose trouble is over: every pass looks, and this one saw it no more."""
    lines: list[Line] = []
    for one in escalations.undecided(conn, client):
        if one.kind in ENDS_BY_ITSELF and one.cause not in seen:
            escalations.close(conn, client, one.escalation_id, "done", "It is over.")
            said = f"It is over, and nothing is left to decide: {one.title}."
            lines.append(("escalation_over", one.escalation_id, said, {"cause": one.cause}))
    return lines
