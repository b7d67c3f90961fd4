"""The most that can be billed, now and once a plan is carried out. Pure; the arithmetic is the gate's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.reporting.words import money
from policies.case import Case, known
from policies.policy import Policy
from policies.standing import Standing


@dataclass(frozen=True)
class Worst:
    """Worst cases in micros; those ``after`` are None without a plan, ``cap_micros`` without a policy.

    ``doubt`` says why they cannot be told, else empty.
    """

    day_micros: int
    month_micros: int
    after_day_micros: int | None
    after_month_micros: int | None
    cap_micros: int | None
    doubt: str


def worst(
    standing: Standing, policy: Policy | None, cap: int | None, actions: Iterable[Any]
) -> Worst:
    """The worst case as it stands and over every state the acts of a plan pass through."""
    if policy is None:
        return Worst(
            0, 0, None, None, cap, "The worst case cannot be told: no policy is published."
        )
    try:
        found = _states(standing, policy, list(actions))
    except (KeyError, ValueError) as missing:
        said = f"The worst case cannot be told: {missing.args[0]} is not known."
        return Worst(0, 0, None, None, cap, said)
    (day, month), after = found[0], found[1:]
    return Worst(
        day,
        month,
        max(d for d, _ in after) if after else None,
        max(m for _, m in after) if after else None,
        cap,
        "",
    )


def _states(standing: Standing, policy: Policy, actions: list[Any]) -> list[tuple[int, int]]:
    """(day, month) of the standing as it is, then of every state of every act, one act after the other."""
    if not actions:
        totals = known(standing).totals
        return [(sum(totals.day.values()), totals.month)]
    found: list[tuple[int, int]] = []
    for action in actions:
        case = Case(action, standing, policy.targets)
        sums = [(sum(t.day.values()), t.month) for t in case.totals]
        found += sums if not found else sums[1:]
        *_, standing = case.states()
    return found


def sentence(found: Worst, currency: str) -> str:
    """Today and the month against the cap, now and after the plan."""
    if found.doubt:
        return found.doubt
    cap = f" of the {money(found.cap_micros, currency)} allowed" if found.cap_micros else ""
    now = (
        f"The most that can be billed today is {money(found.day_micros, currency)}, "
        f"this month {money(found.month_micros, currency)}{cap}."
    )
    if found.after_day_micros is None:
        return now
    day, month = money(found.after_day_micros, currency), money(found.after_month_micros, currency)
    return f"{now} After this plan: {day} today, {month} this month."


def over(found: Worst) -> bool:
    """True when the plan could bill the month past its cap."""
    after = found.after_month_micros
    return found.cap_micros is not None and after is not None and after > found.cap_micros
