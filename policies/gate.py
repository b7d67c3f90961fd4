"""The gate: a wish goes in, exactly one verdict comes out. Pure, total, closed on any doubt.

Every rule runs and every reason is kept. What cannot be judged is blocked: an unreadable value, a
policy of another client, a platform whose billing is unknown, a rule that raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NoReturn

from pydantic import ValidationError

from policies import sanity
from policies.act import built
from policies.case import Case
from policies.policy import Policy
from policies.standing import Standing
from policies.verdict import Allowed, Approval, Blocked, Escalated, Outcome, Reason

_TOKEN = object()
_NOTHING: tuple[Reason, ...] = ()
_EMPTY: list[Reason] = []
"""What most rules say of most actions; the empty tuple is one object."""
_SAID: Mapping[Outcome, tuple[type[Allowed | Escalated | Blocked], str]] = {
    "allow": (Allowed, "allowed"),
    "escalate": (Escalated, "escalated"),
    "block": (Blocked, "blocked"),
}
_TOLD = {"action", "fingerprint", "policy_version", "judged_at", "reasons"}


class NotCleared(Exception):
    """The verdict does not let the action run; the message says why and what would."""


class Cleared:
    """An action that may be carried out now; only ``clear`` makes one, by a private token.

    ``approval`` is the person's yes that cleared an escalation, None when the policy allowed the
    action itself.
    """

    __slots__ = ("action", "approval", "at", "fingerprint", "policy_version")

    action: Any
    approval: Approval | None
    at: datetime
    fingerprint: str
    policy_version: int | None

    def __init__(
        self,
        token: object,
        verdict: Allowed | Escalated,
        at: datetime,
        approval: Approval | None,
    ) -> None:
        if token is not _TOKEN:
            raise NotCleared("Only the gate clears an action; ask policies.gate.clear.")
        keep = object.__setattr__
        keep(self, "action", verdict.action)
        keep(self, "approval", approval)
        keep(self, "at", at)
        keep(self, "fingerprint", verdict.fingerprint)
        keep(self, "policy_version", verdict.policy_version)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a cleared action never changes")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a cleared action never changes")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(
            "a cleared action is used where it was made, once; it is not copied or stored"
        )


def judge(action: Any, policy: Any, standing: Any) -> Allowed | Escalated | Blocked:
    """The verdict on an action under a policy in a state of the world.

    Never raises, whatever it is given.
    """
    try:
        reasons = _reasons(action, policy, standing)
        fingerprint = action.fingerprint if type(action) in sanity.KINDS else ""
    except Exception as fault:  # noqa: BLE001  total: whatever went wrong, it is no
        reasons = (_unjudged("gate", "The action", fault),)
        fingerprint = ""
    outcomes = [r.outcome for r in reasons]
    kind, word = _SAID[
        "block" if "block" in outcomes else "escalate" if "escalate" in outcomes else "allow"
    ]
    fields = {
        "action": action,
        "fingerprint": fingerprint,
        "policy_version": _whole(policy.__dict__.get("version"))
        if type(policy) is Policy
        else None,
        "judged_at": _instant(standing.__dict__.get("now")) if type(standing) is Standing else None,
        "reasons": reasons,
        "verdict": word,
    }
    return built(kind, fields, _TOLD.copy())


def clear(
    verdict: Any, *, now: datetime, approval: Approval | tuple[Approval, ...] | None = None
) -> Cleared:
    """Turn a verdict into leave to act, at ``now`` (aware UTC).

    Allowed clears by itself; Escalated only with unexpired approvals of exactly this diff that
    between them cover every family it escalated for (``Reason.family``): a yes to the money is none
    to a review. Blocked never.

    Raises:
        NotCleared: it may not run; the sentence says why.
    """
    if type(verdict) is Blocked:
        raise NotCleared(f"Blocked, and no approval can run it. {verdict.sentence}")
    if type(verdict) not in (Allowed, Escalated):
        raise NotCleared("That is no verdict of the gate; have the action judged first.")
    if (
        type(verdict.action) not in sanity.KINDS
        or verdict.action.fingerprint != verdict.fingerprint
    ):
        raise NotCleared("The verdict is of another action; have this one judged first.")
    if type(verdict) is Allowed:
        return Cleared(_TOKEN, verdict, now, None)
    given = approval if type(approval) is tuple else (approval,)
    if not given or any(type(each) is not Approval for each in given):
        raise NotCleared(f"A person has to approve this first. {verdict.sentence}")
    return Cleared(_TOKEN, verdict, now, _approved(verdict, given, now))


def _approved(verdict: Escalated, given: tuple[Any, ...], now: datetime) -> Approval:
    """The first of the approvals, once all are in force for this diff and leave nothing unasked."""
    for each in given:
        if each.fingerprint != verdict.fingerprint:
            raise NotCleared("The approval is for another diff; approve this one as it now is.")
        if not each.at <= now < each.expires_at:
            raise NotCleared(
                f"The approval by {each.person} is not in force now; ask for a new one."
            )
    open_yet = verdict.families.difference(*(each.covers for each in given))
    if open_yet:
        why = " ".join(r.sentence for r in verdict.reasons if r.family in open_yet)
        raise NotCleared(
            f"Nobody has approved this for {' and '.join(sorted(open_yet))} yet; a yes to one thing"
            f" is none to another. {why}"
        )
    first: Approval = given[0]
    return first


def _reasons(action: Any, policy: Any, standing: Any) -> tuple[Reason, ...]:
    ordered = sanity.ordered_stop(action, standing)
    try:
        problems = sanity.unfit(action, policy, standing, ordered=ordered)
    except ValidationError as bad:
        problems = (f"A value is not what it must be: {_first(bad)}.",)
    if problems:
        return _blocked(problems)
    if ordered:
        return ()  # the one thing that asks for no policy: a person has ordered it already
    case = Case(action, standing, policy.targets, policy.offers, policy.time_zone)
    lost = sanity.unplaced(case)
    if lost:
        return _blocked(lost)
    found = sanity.core(case)
    for rule in policy.guardrails.judging(action.kind):
        try:
            said = rule.judge(case)
            if said is not _NOTHING and said != _EMPTY:
                found += _heard(said)
        except Exception as fault:  # noqa: BLE001  a rule that fails has not said yes
            found.append(_unjudged(rule.name, f'The rule "{rule.title}"', fault))
    return tuple(found)


def _heard(told: Iterable[Reason]) -> tuple[Reason, ...]:
    said = tuple(told)
    if said and not all(isinstance(reason, Reason) for reason in said):
        raise TypeError("a rule answers with reasons and nothing else")
    return said


def _blocked(problems: Iterable[str]) -> tuple[Reason, ...]:
    return tuple(Reason(rule="sanity", outcome="block", sentence=p) for p in problems)


def _unjudged(name: str, subject: str, fault: Exception) -> Reason:
    verb = "could not be judged" if name == "gate" else "could not judge this action"
    sentence = (
        f"{subject} {verb} ({type(fault).__name__}); it stays blocked until that is repaired."
    )
    return Reason(rule=name, outcome="block", sentence=sentence)


def _first(bad: ValidationError) -> str:
    error = bad.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in error["loc"])
    return f"{place}: {error['msg']}" if place else error["msg"]


def _whole(value: Any) -> int | None:
    return value if type(value) is int else None


def _instant(value: Any) -> datetime | None:
    return value if type(value) is datetime else None
