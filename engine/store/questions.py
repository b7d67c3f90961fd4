"""A question to a person as it is stored: opened with its line in the ledger, or added to the one there is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.model.escalations import EscalationDraft, from_verdict
from engine.model.time import account_day
from engine.store import calendars, codec, decisions, escalations, people
from engine.store.clients import Client
from engine.store.decisions import Decision
from engine.store.escalations import Escalation
from engine.store.passes import book
from policies.money import spoken
from policies.policy import Policy
from policies.standing import Standing
from policies.verdict import Escalated

Line = tuple[str, str, str, Any]
"""Kind, reference, sentence and detail of a line in the ledger."""


def ask(
    conn: Connection,
    draft: EscalationDraft,
    currency: str,
    decision_id: str | None,
    lines: list[Line],
) -> int:
    """Open the question or add its evidence to the open one; 1 when it was opened, with its line added to ``lines``."""
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
            asked=draft.asked or draft.owner,
            safe=draft.safe,
            sla_hours=draft.sla_hours,
            clock_from=draft.opened_at,
            based_on_json=None if draft.based_on is None else json.dumps(dict(draft.based_on)),
            follows=draft.follows,
        ),
    )
    if opened:
        detail = {"cause": draft.cause, "owner": draft.owner, "due_at": draft.due_at}
        names = {p.person: p.name for p in people.people(conn)}
        owner, asked = (names.get(p, p) for p in (draft.owner, draft.asked or draft.owner))
        away = "" if owner == asked else f" ({owner} is away)"
        said = f"Asked {asked}{away}: {draft.title}."
        lines.append(("escalation_opened", ref, said, detail))
    return int(opened)


def ask_again(
    conn: Connection,
    who: Client,
    now: datetime,
    old: str,
    verdict: Escalated,
    policy: Policy,
    there: Standing,
    why: str,
) -> None:
    """Ask about a decision that was voided because its ground had moved, as a decision and a question of its own.

    Raises:
        GiveUp: the decision is not of this client.
    """
    was = decisions.get(conn, who.client, old)
    action = verdict.action
    decision = Decision(
        client=who.client,
        decision_id=f"{old}-again",
        tick_id=was.tick_id if was else "",
        at=now,
        account_day=account_day(now, who.time_zone),
        agent=action.agent,
        kind=action.kind,
        action_json=codec.action_json(action),
        fingerprint=verdict.fingerprint,
        verdict="escalated",
        reasons_json=json.dumps([r.model_dump(mode="json") for r in verdict.reasons]),
        policy_version=verdict.policy_version,
        state="proposed",
        sentence=was.sentence if was else action.reason,
    )
    decisions.record(conn, who.client, [decision])
    draft = from_verdict(
        verdict,
        policy,
        client=who.client,
        now=now,
        time_zone=who.time_zone,
        standing=there,
        rota=calendars.rota(conn, who.client),
    )
    lines: list[Line] = []
    asked = escalations.of_decision(conn, who.client, old)
    draft = replace(draft, what=f"{why} {draft.what}", follows=asked)
    ask(conn, draft, who.currency, decision.decision_id, lines)
    book(conn, who.client, now, lines)
