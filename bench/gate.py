"""How many money verdicts a second one core gives under a full policy, in CPU time.

Every action is a new object, so it is proved from scratch. Three kinds of work in equal number:
``one_change`` and ``two_channel_shift`` judge a handful of actions against one standing, as a tick
does; ``distinct_standings`` meets a standing it has never seen with each action.

Beside it stands what one would write instead: does the budget that is set stay under the channel's
daily maximum? And the same check on the worst case that can be billed, so that the price of
exposure shows without the price of all the other rules.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from policies import exposure, presets
from policies.actions import BudgetChange, SetBudgets, ShiftBudget
from policies.gate import judge
from policies.policy import Policy
from policies.reading import read_policy
from policies.standing import AccountStanding, CampaignStanding, Movement, Standing

UNIT = 1_000_000
NOW = datetime(2026, 11, 9, 6, tzinfo=UTC)
PRESET = "b2b_services"
PER_STANDING = 4
"""Actions judged against one standing in the families that share it: about a tick's worth."""

FULL = (5, 8000)
"""Rounds, and verdicts of each family in one."""

CHUNK = 400
Channel = Literal["google_search", "youtube"]
CHANNELS: tuple[Channel, ...] = ("google_search", "youtube")
DAILY: Mapping[Channel, tuple[int, int]] = {"google_search": (60, 190), "youtube": (15, 90)}
SPENT_SHARE = (0.8, 1.15)
CAMPAIGNS = (4, 8)
SIZES = (20, 200)
"""Campaigns of the larger standings, each judged on ``PER_LARGE`` times: a day's work of a large client."""

PER_LARGE = 50
FAMILIES = ("one_change", "two_channel_shift", "distinct_standings")

Money = SetBudgets | ShiftBudget
Pair = tuple[Money, Standing]


@dataclass
class Clocks:
    """CPU seconds of one round: the gate, and the two checks one would write instead."""

    gate: dict[str, float] = field(default_factory=lambda: dict.fromkeys(FAMILIES, 0.0))
    setting: float = 0.0
    worst: float = 0.0
    sizes: dict[int, float] = field(default_factory=lambda: dict.fromkeys(SIZES, 0.0))
    outcomes: Counter[str] = field(default_factory=Counter)
    overlooked: int = 0


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Measure, in three short or five long rounds; rates are the median of the rounds."""
    rounds, each = (3, 1200) if short else FULL
    return measure(rounds, each, say)


def measure(rounds: int, each: int, say: Callable[[str], None]) -> dict[str, Any]:
    """``rounds`` rounds of ``each`` verdicts per family; {verdicts_per_s, ratio_to_naive, …}."""
    policy = read_policy(presets.text(PRESET), suffix=".toml")
    _round(policy, random.Random(0), min(each, 100))
    clocks = []
    for number in range(rounds):
        clocks.append(_round(policy, random.Random(number + 1), each))
        rate = len(FAMILIES) * each / sum(clocks[-1].gate.values())
        say(f"gate: round {number + 1} of {rounds}, {rate:,.0f} verdicts/s")
    return {
        "short": (rounds, each) != FULL,
        "sizes": {
            "rounds": rounds,
            "verdicts": rounds * each * len(FAMILIES),
            "verdicts_per_family_and_round": each,
            "actions_per_standing": dict(
                zip(FAMILIES, (PER_STANDING, PER_STANDING, 1), strict=True)
            ),
            "campaigns_per_standing": list(CAMPAIGNS),
            "actions_per_large_standing": PER_LARGE,
            "rules": len(type(policy.guardrails).model_fields),
        },
        **_figures(clocks, each),
    }


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    return (
        f"gate: {answer['verdicts_per_s']:,} verdicts/s on one core "
        f"({', '.join(f'{k} {v:,}' for k, v in answer['by_family'].items())}); a check of the bare "
        f"setting takes {answer['ratio_to_naive']} of that time and lets "
        f"{answer['overspend_naive_lets_through']:,} of {answer['sizes']['verdicts']:,} through "
        "that can be billed above a channel's day or the client's month."
    )


def by_setting(action: Money, policy: Policy, standing: Standing) -> bool:
    """What one would write first: do the set budgets of each channel stay under its maximum?"""
    after = {c.campaign: c.after_micros for c in action.changes}
    daily: dict[str, int] = dict.fromkeys(CHANNELS, 0)
    for campaign in standing.campaigns:
        if campaign.enabled:
            daily[campaign.channel] += after.get(campaign.campaign, campaign.daily_micros)
    caps = policy.guardrails.channel_daily.channels
    return all(daily[channel] <= caps[channel].max_daily for channel in CHANNELS)


def by_worst_case(action: Money, policy: Policy, standing: Standing) -> bool:
    """The same check on what can be billed: channel against its day, client against its month."""
    accounts = {a.account: a for a in standing.accounts}
    after = {c.campaign: c.after_micros for c in action.changes}
    day: dict[str, int] = dict.fromkeys(CHANNELS, 0)
    month = 0
    for found in standing.campaigns:
        home, budget = accounts[found.account], after.get(found.campaign)
        edited = found if budget is None else exposure.after_change(found, home, budget)
        day[edited.channel] += exposure.day_worst_case(edited)
        month += exposure.month_worst_case(edited, home)
    caps = policy.guardrails.channel_daily.channels
    if month > policy.targets.month_budget:
        return False
    return all(day[channel] <= caps[channel].max_daily for channel in CHANNELS)


def _round(policy: Policy, chance: random.Random, each: int) -> Clocks:
    clocks = Clocks()
    for family in FAMILIES:
        for start in range(0, each, CHUNK):
            # Built outside the clock and in chunks, so that memory stays small.
            _time(policy, family, _pairs(family, chance, min(CHUNK, each - start)), clocks)
    for size in SIZES:
        pairs = _large(size, chance, each)
        gc.collect()
        began = time.process_time()
        for action, standing in pairs:
            judge(action, policy, standing)
        clocks.sizes[size] = time.process_time() - began
    return clocks


def _large(size: int, chance: random.Random, each: int) -> list[Pair]:
    """One change each on standings of that many campaigns, at least ``PER_LARGE`` a standing."""
    pairs: list[Pair] = []
    while len(pairs) < max(PER_LARGE, each // 4):
        standing = _standing(chance, size)
        actions = _actions("one_change", standing, chance)
        pairs += [(next(actions), standing) for _ in range(PER_LARGE)]
    return pairs


def _time(policy: Policy, family: str, pairs: list[Pair], clocks: Clocks) -> None:
    gc.collect()
    began = time.process_time()
    verdicts = [judge(action, policy, standing) for action, standing in pairs]
    judged = time.process_time()
    naive = [by_setting(action, policy, standing) for action, standing in pairs]
    checked = time.process_time()
    worst = [by_worst_case(action, policy, standing) for action, standing in pairs]
    clocks.worst += time.process_time() - checked
    clocks.setting += checked - judged
    clocks.gate[family] += judged - began
    clocks.outcomes.update(v.verdict for v in verdicts)
    clocks.overlooked += sum(a and not b for a, b in zip(naive, worst, strict=True))


def _figures(clocks: list[Clocks], each: int) -> dict[str, Any]:
    def median(of: Callable[[Clocks], float]) -> float:
        return statistics.median(of(c) for c in clocks)

    total = len(FAMILIES) * each
    outcomes = sum((c.outcomes for c in clocks), Counter[str]())
    return {
        "verdicts_per_s": round(median(lambda c: total / sum(c.gate.values()))),
        "by_family": {
            f: round(statistics.median(each / c.gate[f] for c in clocks)) for f in FAMILIES
        },
        "by_campaigns": {
            str(size): round(
                statistics.median(
                    -(-max(PER_LARGE, each // 4) // PER_LARGE) * PER_LARGE / c.sizes[size]
                    for c in clocks
                )
            )
            for size in SIZES
        },
        "ratio_to_naive": round(median(lambda c: c.setting / sum(c.gate.values())), 4),
        "ratio_to_naive_with_exposure": round(median(lambda c: c.worst / sum(c.gate.values())), 4),
        "exposure_costs_times_the_setting": round(median(lambda c: c.worst / c.setting), 1),
        "overspend_naive_lets_through": sum(c.overlooked for c in clocks),
        "outcomes": dict(sorted(outcomes.items())),
    }


def _pairs(family: str, chance: random.Random, count: int) -> list[Pair]:
    shared = 1 if family == "distinct_standings" else PER_STANDING
    pairs: list[Pair] = []
    while len(pairs) < count:
        standing = _standing(chance)
        actions = _actions(family, standing, chance)
        pairs += [(next(actions), standing) for _ in range(min(shared, count - len(pairs)))]
    return pairs


def _actions(family: str, standing: Standing, chance: random.Random) -> Iterator[Money]:
    who: dict[str, Any] = {
        "client": PRESET,
        "currency": "GBP",
        "agent": "channel_mix",
        "reason": "the next unit",
    }
    while True:
        if family == "one_change" or (family == "distinct_standings" and chance.random() < 0.5):
            found = chance.choice(standing.campaigns)
            after = round(found.daily_micros * chance.uniform(0.6, 1.5))
            yield SetBudgets(**who, changes=(_to(found, after),))
            continue
        giver, taker = (
            chance.choice([c for c in standing.campaigns if c.channel == channel])
            for channel in chance.sample(CHANNELS, 2)
        )
        moved = round(giver.daily_micros * chance.uniform(0.05, 0.5))
        rows = (_to(giver, giver.daily_micros - moved), _to(taker, taker.daily_micros + moved))
        yield ShiftBudget(**who, changes=rows)


def _to(found: CampaignStanding, after_micros: int) -> BudgetChange:
    return BudgetChange(
        campaign=found.campaign,
        account=found.account,
        channel=found.channel,
        before_micros=found.daily_micros,
        after_micros=after_micros,
    )


def _standing(chance: random.Random, size: int | None = None) -> Standing:
    today = date(2026, 11, chance.randint(1, 30))
    account = AccountStanding(
        account="acc", platform="google_ads", currency="GBP", today=today, days_in_month=30
    )
    now = NOW.replace(day=today.day)
    return Standing(
        client=PRESET,
        currency="GBP",
        now=now,
        phase="closed_loop",
        accounts=(account,),
        campaigns=tuple(
            _campaign(n, CHANNELS[n % 2], today.day, chance)
            for n in range(size or chance.randint(*CAMPAIGNS))
        ),
        movements=tuple(
            Movement(
                at=now - timedelta(days=chance.randint(1, 9)),
                channel=chance.choice(CHANNELS),
                delta_micros=chance.randint(-40, 40) * UNIT,
            )
            for _ in range(chance.randint(0, 4))
        ),
    )


def _campaign(number: int, channel: Channel, day: int, chance: random.Random) -> CampaignStanding:
    daily = chance.randint(*DAILY[channel]) * UNIT
    changed = chance.random() < 0.6
    spent = round(daily * (day - 1) * chance.uniform(*SPENT_SHARE))
    limit = spent + daily * (31 - day) if changed else None
    return CampaignStanding(
        campaign=f"c{number}",
        account="acc",
        platform="google_ads",
        channel=channel,
        enabled=chance.random() < 0.95,
        daily_micros=daily,
        highest_today_micros=daily,
        spent_before_today_micros=spent,
        spent_today_micros=round(daily * chance.uniform(0, 0.4)),
        pending_micros=(daily + 10 * UNIT,) if chance.random() < 0.03 else (),
        month_limit_micros=limit,
        changed_this_month=changed,
        written_today=chance.random() < 0.05,
    )
