"""The dry run of a draft or a policy file over a client's past actions, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.model.errors import BadInput
from engine.model.people import Role, Scope
from engine.reporting.words import count
from engine.store import Store, clients, judged_on, policies
from policies import presets
from policies.drafting.dry_run import Again, DryRun, dry_run
from policies.policy import Policy
from policies.reading import BadPolicy, read_policy

DAYS = 90
LONGEST = 3660
LOOKERS: tuple[Role, ...] = ("strategist", "team", "admin")


@dataclass(frozen=True)
class Week:
    """What changes in the week from ``monday``: how many would now be asked, blocked, let through."""

    monday: date
    escalated: int
    blocked: int
    allowed: int


def of_draft(
    store: Store,
    scope: Scope,
    now: datetime,
    client: str,
    version: int,
    *,
    days: int = DAYS,
) -> dict[str, Any]:
    """What a kept version would have said of the actions of the last ``days`` days; see ``answer``.

    Raises:
        AskPerson: the client is out of reach.
        BadInput: there is no such version, or it is no valid policy.
    """
    scope.check(client, *LOOKERS)
    with store.read() as conn:
        kept = policies.version(conn, client, version)
    if kept is None:
        raise BadInput(f"There is no v{version} of this client's policy.")
    return _run(store, now, client, _read(kept.body_json, ".json"), days)


def of_file(
    store: Store,
    scope: Scope,
    now: datetime,
    client: str,
    text: str,
    suffix: str,
    *,
    days: int = DAYS,
) -> dict[str, Any]:
    """As ``of_draft`` for the text of a policy file; nothing is kept. A preset is tried as if it were this client's.

    Raises:
        AskPerson: the client is out of reach.
        BadInput: it is no valid policy, or another client's, or ``days`` is out of range.
    """
    scope.check(client, *LOOKERS)
    policy = _read(text, suffix)
    if policy.client in presets.NAMES:
        policy = policy.model_copy(update={"client": client})
    with store.read() as conn:
        who = clients.client(conn, client)
    if (policy.client, policy.currency) != (client, who.currency):
        raise BadInput(
            f"The policy is for {policy.client} in {policy.currency}; this client is {client} in"
            f" {who.currency}."
        )
    return _run(store, now, client, policy, days)


def _read(text: str, suffix: str) -> Policy:
    try:
        return read_policy(text, suffix=suffix)
    except BadPolicy as bad:
        raise BadInput(str(bad)) from None


def _run(store: Store, now: datetime, client: str, policy: Policy, days: int) -> dict[str, Any]:
    if not 1 <= days <= LONGEST:
        raise BadInput(f"A dry run looks back 1 to {LONGEST} days, not {days}.")
    since = now - timedelta(days=days)
    with store.read() as conn:
        past = judged_on.past(conn, client, since, now)
        then = judged_on.versions(conn, client, past)
    return answer(dry_run(past, policy, then), since, now)


def answer(found: DryRun, since: datetime, now: datetime) -> dict[str, Any]:
    """A dry run as a JSON value: {allowed, escalated, blocked, rows} and more.

    ``allowed``, ``escalated`` and ``blocked`` count every action by the draft's verdict, ``newly`` those that had
    another one; ``not_judged`` had no readable standing on record and is in no other count. ``other_program`` of
    those that changed would be judged otherwise today by the version of then as well. ``rows`` holds every action,
    oldest first: ``before`` and ``after`` are the verdicts (after None: not judged), ``reason`` quotes the
    draft, ``reason_then`` the version in force then.
    """
    words: Iterable[Any] = ("allowed", "escalated", "blocked")
    return {
        **{word: found.verdicts(word) for word in words},
        "newly": {word: found.newly(word) for word in words},
        "same": found.changes("same"),
        "not_judged": found.changes("not judged"),
        "other_program": sum(r.by_program for r in found.rows),
        "since": since.isoformat(),
        "until": now.isoformat(),
        "sentence": sentence(found),
        "rows": [_row(r) for r in found.rows],
    }


def sentence(found: DryRun) -> str:
    """Such as ``Would have blocked 3, escalated 1; 198 of 202 past actions judged as before.``."""
    judged = len(found.rows) - found.changes("not judged")
    doubt = _doubt(found.changes("not judged"))
    if not found.rows:
        return "No action was decided in this time, so there is nothing to judge again."
    if not judged:
        return doubt
    verbs: Mapping[Any, str] = {
        "blocked": "blocked",
        "escalated": "escalated",
        "allowed": "allowed",
    }
    told = [f"{verb} {n}" for word, verb in verbs.items() if (n := found.newly(word))]
    same = found.changes("same")
    if not told:
        return f"Would have changed nothing: {_acts(judged)} judged as before. {doubt}".strip()
    rest = f"{same} of {count(judged, 'past action')} judged as before"
    return f"Would have {', '.join(told)}; {rest}. {doubt}".strip()


def _acts(number: int) -> str:
    return f"{count(number, 'past action')} {'is' if number == 1 else 'are'}"


def _doubt(number: int) -> str:
    if not number:
        return ""
    one = number == 1
    return (
        f"{count(number, 'past action')} could not be judged again: what {'it was' if one else 'they were'}"
        " judged on is not on record, or not in a form this version reads."
    )


def weeks(rows: Iterable[Mapping[str, Any]]) -> tuple[Week, ...]:
    """What changes, by week of the account's days, from the first that has any to the last."""
    moved: dict[date, dict[str, int]] = {}
    for row in rows:
        if row["change"] in ("stricter", "milder"):
            day = date.fromisoformat(row["date"])
            week = moved.setdefault(day - timedelta(days=day.weekday()), {})
            week[row["after"]] = week.get(row["after"], 0) + 1
    if not moved:
        return ()
    first, last = min(moved), max(moved)
    mondays = (first + timedelta(days=n) for n in range(0, (last - first).days + 1, 7))
    return tuple(
        Week(m, *(moved.get(m, {}).get(w, 0) for w in ("escalated", "blocked", "allowed")))
        for m in mondays
    )


def _row(one: Again) -> dict[str, Any]:
    return {
        "decision": one.past.ref,
        "date": one.past.day.isoformat(),
        "at": one.past.at.isoformat(),
        "act": one.past.act,
        "before": one.past.verdict,
        "after": one.verdict,
        "change": one.change,
        "reason": one.reason,
        "reason_then": one.past.reason,
        "policy_version": one.past.policy_version,
    }
