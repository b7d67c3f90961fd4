"""Is what is shown as the worst case ever less than what is then billed?

Random sequences of edits on one to three budgets of Google, Meta, LinkedIn and Microsoft, in accounts
of four time zones: budgets set, several in one action that may stop half way, set again to the same
amount, campaigns paused and resumed, writes whose answer was lost (some happened, some did not, some
are settled later), edits by hand past us, several edits a day, ends of weeks and months; one budget
in four is shared by two or three campaigns. After every edit the worst case shown for the day (each
channel, and the client), for the week (each budget, where the platform has one) and for the month
(the client) stands against adversarial billers that charge all they may, if nobody edits again.

Beside it stands the bare setting: the budgets for the day, spent so far plus days left x budgets
for the month. How close the billers come to the figure shown says that it is not just large.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.exposure_tally import PERIODS, Passed, Tally
from bench.exposure_worlds import ALL_IT_MAY, BILLERS, Billed, Watched
from engine.model.time import account_day
from policies import exposure, presets
from policies.actions import BudgetChange, SetBudgets, SetCampaignStatus
from policies.case import Case
from policies.delivery import budget_zone
from policies.reading import read_policy
from policies.standing import Standing

UNIT = 1_000_000
SEQUENCES, SHORT_SEQUENCES = 100_000, 6_000
MOST_EDITS, MOST_BUDGETS, MOST_MEMBERS = 10, 3, 3
SHARED = 0.25
PLATFORMS = tuple(BILLERS)
ZONES = ("Europe/London", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata")
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
AHEAD = tuple(timedelta(hours=h) for h in (0, 0, 1, 5, 9, 24, 31, 48, 120, 216))
EDITS = ("set", "set", "set", "same", "pause", "resume", "lost", "settle", "by_hand")
WHO: Mapping[str, Any] = {
    "client": "c",
    "currency": "GBP",
    "agent": "channel_mix",
    "reason": "the next unit",
}


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Measure, in 6,000 or 100,000 sequences."""
    return measure(SHORT_SEQUENCES if short else SEQUENCES, say)


def measure(sequences: int, say: Callable[[str], None], seed: int = 1) -> dict[str, Any]:
    """That many sequences; {sequences, breaches, …}. A sequence counts as one breach at most."""
    tally = Tally()
    began = told = time.monotonic()
    for number in range(sequences):
        one(f"{seed}/{number}", tally)
        at = time.monotonic()
        if at - told >= 10:
            told = at
            left = (at - began) / (number + 1) * (sequences - number - 1)
            say(f"exposure: {number + 1:,} of {sequences:,}, {left:,.0f} s left")
    return {
        "short": sequences < SEQUENCES,
        "sizes": {
            "sequences": sequences,
            "edits": tally.edits,
            "edits_by_kind": dict(sorted(tally.kinds.items())),
            "budgets": [1, MOST_BUDGETS],
            "edits_per_sequence": [1, MOST_EDITS],
            "seed": seed,
        },
        "sequences": tally.sequences,
        "breaches": tally.breaches,
        "first_breach": tally.first_breach,
        "breaches_by_period": {p: tally.found[p] for p in PERIODS},
        "breaches_by_setting": {p: tally.found[f"set_{p}"] for p in ("day", "month")},
        "platforms": {p: _of_platform(tally, p) for p in PLATFORMS},
        "billed_of_shown": round(tally.closeness.total() / max(1, tally.checks.total()), 3),
        "reached_exactly": round(tally.reached / max(1, tally.edits), 3),
        "seconds": round(time.monotonic() - began, 1),
    }


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    spread = ", ".join(f"{p} {found['budgets']:,}" for p, found in answer["platforms"].items())
    return (
        f"exposure: {answer['breaches']:,} of {answer['sequences']:,} edit sequences were billed "
        "above the worst case shown (above the bare setting: "
        f"{answer['breaches_by_setting']['day']:,} on a day, "
        f"{answer['breaches_by_setting']['month']:,} over the month); budgets: {spread}; "
        f"the biller takes {answer['billed_of_shown']:.0%} of the month shown on average."
    )


def one(name: str, tally: Tally) -> None:
    """One sequence, named by its seed, so that a breach can be run again alone."""
    chance = random.Random(name)
    at = YEAR + timedelta(hours=chance.randint(0, 365 * 24 - 1))
    watched = [_watched(n, at, chance, tally) for n in range(chance.randint(1, MOST_BUDGETS))]
    passed = Passed()
    for _ in range(chance.randint(1, MOST_EDITS)):
        for each in watched:
            each.bill(chance.choice((0, _amount(chance), ALL_IT_MAY)))
        kind = chance.choice(EDITS)
        tally.kinds[kind] += 1
        passed = passed.either(_edit(kind, watched, chance))
        passed = passed.either(_check(watched, at, tally))
        for _ in range(chance.choice((0, 1, 1, 2))):
            at += chance.choice(AHEAD)
        for each in watched:
            each.forward(at, chance)
    tally.add(passed, name)


def _watched(number: int, at: datetime, chance: random.Random, tally: Tally) -> Watched:
    platform, zone = chance.choice(PLATFORMS), chance.choice(ZONES)
    found = Watched(number, platform, zone, at, _amount(chance), launched=chance.random() < 0.5)
    tally.budgets[platform] += 1
    if chance.random() < SHARED:
        tally.shared[platform] += 1
        found.share(chance.randint(2, MOST_MEMBERS))
    return found


def _edit(kind: str, watched: Sequence[Watched], chance: random.Random) -> Passed:
    """One edit, by us or past us; while a write of a budget is open, nothing of ours but settling it."""
    each = chance.choice(watched)
    member = chance.randrange(len(each.known))
    if kind == "by_hand":
        each.by_hand(_amount(chance))
    elif kind == "settle":
        each.settle()
    elif kind == "lost":
        each.lost(member, _amount(chance), happened=chance.random() < 0.5)
    elif kind in {"pause", "resume"}:
        if not each.budget.pending_micros:
            return _status(each, member, watched, enabled=kind == "resume")
    else:
        return _budgets(kind, watched, chance)
    return Passed()


def _status(each: Watched, member: int, watched: Sequence[Watched], *, enabled: bool) -> Passed:
    found = each.known[member]
    action = SetCampaignStatus(
        **WHO,
        campaign=found.campaign,
        account=found.account,
        channel=found.channel,
        enabled=enabled,
        daily_micros=found.daily_micros,
    )
    case = Case(action, _standing(watched), _TARGETS)
    each.known = case.members_after(case.changes[0])
    each.written(member, each.meter.daily_micros, enabled=enabled)
    return _against(case, watched)


def _budgets(kind: str, watched: Sequence[Watched], chance: random.Random) -> Passed:
    """Some budgets set in one action; it may stop anywhere, and every state it may stop in was shown."""
    free = [w for w in watched if not w.budget.pending_micros]
    chosen = chance.sample(free, chance.randint(min(1, len(free)), len(free)))
    if not chosen:
        return Passed()
    writes: dict[str, tuple[Watched, int]] = {}
    changes = []
    for each in chosen:
        member = chance.randrange(len(each.known))
        found = each.known[member]
        after = found.daily_micros if kind == "same" else _amount(chance)
        writes[found.campaign] = (each, member)
        changes.append(
            BudgetChange(
                campaign=found.campaign,
                account=found.account,
                channel=found.channel,
                before_micros=found.daily_micros,
                after_micros=after,
            )
        )
    case = Case(SetBudgets(**WHO, changes=tuple(changes)), _standing(watched), _TARGETS)
    for change in case.in_order[: chance.randint(1, len(changes))]:
        each, member = writes[change.campaign]
        each.known = case.members_after(change)
        each.written(member, change.after_micros)
    return _against(case, watched)


def _against(case: Case, watched: Sequence[Watched]) -> Passed:
    """What the gate judged before the writes, against what can be billed where they stopped."""
    billed = [(w, w.left_alone()) for w in watched]
    day = any(
        _in_channel(billed, channel) > case.day_worst(channel) for channel in _channels(watched)
    )
    return Passed(day=day, month=sum(b.month for _, b in billed) > case.month_worst)


def _check(watched: Sequence[Watched], at: datetime, tally: Tally) -> Passed:
    shown = _standing(watched)
    billed = [(w, w.left_alone()) for w in watched]
    month, month_shown = sum(b.month for _, b in billed), exposure.client_month_worst_case(shown)
    above, above_set, week = False, False, False
    for channel in _channels(watched):
        today = _in_channel(billed, channel)
        set_now = sum(w.budget.daily_micros for w in watched if _lies_in(w, channel))
        above = above or today > exposure.channel_day_worst_case(shown, channel)
        above_set = above_set or today > set_now
    planned = 0
    for each, found in billed:
        budget, home = each.budget, each.home()
        most = exposure.week_worst_case(budget, home)
        week = week or (most is not None and found.week > most)
        mine = exposure.month_worst_case(budget, home)
        tally.checks[each.platform] += 1
        tally.closeness[each.platform] += found.month / mine if mine else 1.0  # type: ignore[assignment]
        planned += exposure.projection(budget, home)
        # Two calendars were kept apart, the biller's and ours: they name the same day.
        above = above or account_day(at, budget_zone(each.platform, each.zone)) != each.day
    above = above or sum(b.day for _, b in billed) > exposure.client_day_worst_case(shown)
    tally.edits += 1
    tally.reached += month == month_shown
    return Passed(above, week, month > month_shown, above_set, month > planned)


def _in_channel(billed: Sequence[tuple[Watched, Billed]], channel: str) -> int:
    return sum(found.day for each, found in billed if _lies_in(each, channel))


def _lies_in(each: Watched, channel: str) -> bool:
    return any(c.channel == channel for c in each.known)


def _channels(watched: Sequence[Watched]) -> set[str]:
    return {c.channel for w in watched for c in w.known}


def _standing(watched: Sequence[Watched]) -> Standing:
    return Standing(
        client="c",
        currency="GBP",
        now=YEAR,
        phase="closed_loop",
        accounts=tuple(w.home() for w in watched),
        campaigns=tuple(c for w in watched for c in w.known),
    )


def _amount(chance: random.Random) -> int:
    """Odd micros on purpose: rounding is where worst cases leak."""
    return chance.choice((0, 1, chance.randint(1, 600 * UNIT), chance.randint(1, 600) * UNIT))


def _of_platform(tally: Tally, platform: str) -> dict[str, Any]:
    checks = tally.checks[platform]
    return {
        "budgets": tally.budgets[platform],
        "shared": tally.shared[platform],
        "checks": checks,
        "billed_of_shown": round(tally.closeness[platform] / max(1, checks), 3),
    }


_TARGETS = read_policy(presets.text("b2b_services"), suffix=".toml").targets
