"""What one line of the ledger speaks of, for people inside the house: the act, the rule, the receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from engine.model.credit import FINAL_AFTER_DAYS
from engine.model.effects import judged_on
from engine.model.people import Scope
from engine.model.time import account_day
from engine.reporting.inbox.diff import Line, of_action
from engine.reporting.inbox.figures import figures
from engine.reporting.words import count
from engine.store import Store, clients, decisions, desired, effects
from engine.store.decisions import Decision
from engine.store.reads import inbox, ledger_pages, moves

Speaks = Literal["escalation", "plan", "decision", "other"]


@dataclass(frozen=True)
class Details:
    """Everything on record about one line.

    ``rules`` are (rule, sentence), ``facts`` (name, value), ``receipt`` what was written and what came back,
    ``lines`` the numbers of other lines on the same decision, ``tick`` the pass it was made in, ``outcome`` what it was
    followed by or when that can be said ("" for what was not carried out). Any of it may hold text of others.
    """

    seq: int
    at: datetime
    speaks: Speaks
    ref: str
    title: str
    diff: tuple[Line, ...]
    agent: str
    policy: str
    rules: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    receipt: tuple[str, ...]
    approval: str
    tick: str
    outcome: str
    lines: tuple[int, ...]
    hash: str
    before: str


def details(store: Store, scope: Scope, client: str, seq: int) -> Details | None:
    """One line of a client's ledger; None when there is none of that number.

    Raises:
        AskPerson: the client is out of reach, or the caller is none of the house's people.
    """
    scope.check(client, "strategist", "team", "admin")
    with store.read() as conn:
        row = ledger_pages.one(conn, client, seq)
        if row is None:
            return None
        currency = clients.client(conn, client).currency
        names = moves.names(conn)
        titles = {key: c.title for key, c in desired.load(conn, client).items()}
        found = decisions.get(conn, client, row["ref"])
        question = inbox.question(conn, client, row["ref"]) if found is None else None
        plan = inbox.plan_row(conn, client, row["ref"]) if found is None else None
        outcome = _outcome(conn, client, found) if found is not None else ""
        near = ledger_pages.of_decision(conn, client, row["ref"]) if found is not None else []
    told = _loads(row["detail_json"])
    speaks: Speaks = (
        "decision" if found else "escalation" if question else "plan" if plan else "other"
    )
    base = _of_decision(found, currency, names, titles) if found is not None else _nothing()
    facts = base.facts or _facts(told)
    return Details(
        seq=seq,
        at=row["at"],
        speaks=speaks,
        ref=row["ref"],
        title=question["title"] if question else "",
        diff=base.diff,
        agent=base.agent,
        policy=base.policy,
        rules=base.rules,
        facts=facts,
        receipt=base.receipt,
        approval=base.approval,
        tick=found.tick_id if found is not None else "",
        outcome=outcome,
        lines=tuple(n["seq"] for n in near if n["seq"] != seq),
        hash=row["hash"],
        before=row["prev_hash"],
    )


@dataclass(frozen=True)
class _Act:
    diff: tuple[Line, ...]
    agent: str
    policy: str
    rules: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    receipt: tuple[str, ...]
    approval: str


def _nothing() -> _Act:
    return _Act((), "", "", (), (), (), "")


def _of_decision(
    found: Decision, currency: str, names: dict[str, str], titles: dict[str, str]
) -> _Act:
    action = _loads(found.action_json)
    version = f"Policy v{found.policy_version}" if found.policy_version else ""
    return _Act(
        diff=of_action(found.action_json, currency, titles),
        agent=found.agent.replace("_", " "),
        policy=f"{version} · {found.verdict}" if version else found.verdict,
        rules=tuple(
            (str(r.get("rule", "")).replace("_", " "), str(r.get("sentence", "")))
            for r in _list(found.reasons_json)
        ),
        facts=tuple((f.name, f.value) for f in figures(json.dumps(action.get("evidence", [])))),
        receipt=_receipt(found),
        approval=_approval(found.approval_json, names),
    )


def _outcome(conn: Any, client: str, found: Decision) -> str:
    """What an act was followed by, or from which day on that can be said."""
    if found.state != "applied" or found.applied_at is None:
        return ""
    judged = effects.of(conn, client, found.decision_id)
    if judged is not None:
        return judged.sentence
    day = account_day(found.applied_at, clients.client(conn, client).time_zone)
    due = judged_on(day, FINAL_AFTER_DAYS)
    return (
        f"Too early: it can be judged from {due.day} {due:%B} on, when the days after it are final."
    )


def _receipt(found: Decision) -> tuple[str, ...]:
    """What became of it, then each write as it was sent."""
    state = {
        "to_apply": "waits for the next pass",
        "shipping": "under way",
        "proposed": "not carried out",
    }
    told = state.get(found.state, found.state)
    if found.receipt_json is None:
        return (told.capitalize() + ".",)
    receipt = _loads(found.receipt_json)
    said = f" {receipt['sentence']}" if receipt.get("sentence") else ""
    number = f" Request {receipt['request_id']}." if receipt.get("request_id") else ""
    written = [str(w) for w in receipt.get("written", [])]
    return (f"{told.capitalize()}, {count(len(written), 'write')}.{said}{number}", *written)


def _approval(text: str | None, names: dict[str, str]) -> str:
    if not text:
        return ""
    given = _loads(text)
    who = str(given.get("person", ""))
    return f"Approved by {names.get(who, who)}: {given.get('reason', '')}"


def _facts(told: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Plain values of a line's own detail; nested ones are the decision's and shown there."""
    return tuple(
        (key.replace("_", " ").capitalize(), str(value))
        for key, value in told.items()
        if isinstance(value, str | int | float) and value != "" and key != "fingerprint"
    )


def _loads(text: str) -> dict[str, Any]:
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}


def _list(text: str) -> list[dict[str, Any]]:
    found = json.loads(text or "[]")
    return [r for r in found if isinstance(r, dict)] if isinstance(found, list) else []
