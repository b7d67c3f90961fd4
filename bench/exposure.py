"""Is what is shown as the worst case ever less than what is then billed?

Random sequences of edits on one to three Google campaigns: budgets set, set again to the same
amount, campaigns paused and resumed, writes whose answer was lost (some happened, some did not,
some are settled later), edits by hand past us, month ends. After every edit the worst case shown
for the day (each channel) and for the month (the client) stands against an adversarial biller that
charges all it may, if nobody edits again.

Beside it stands the bare setting: the budgets for the day, spent so far plus days left x budgets
for the month. How close the biller comes to the figure shown says that it is not just large.
"""

from __future__ import annotations

import calendar
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from policies import exposure
from policies.standing import AccountStanding, CampaignStanding, Standing
from sandbox.billing import google

UNIT = 1_000_000
ALL_IT_MAY = 10**15
SEQUENCES, SHORT_SEQUENCES = 100_000, 10_000
MOST_EDITS, MOST_CAMPAIGNS = 10, 3
CHANNELS = ("google_search", "youtube")
YEAR = date(2026, 1, 1)
ONE_DAY = timedelta(days=1)
EDITS = ("set", "set", "set", "same", "pause", "resume", "lost", "settle", "by_hand")


class Watched:
    """One campaign as it is known to us, beside the meter that bills it."""

    def __init__(self, number: int, day: date, daily: int) -> None:
        self.meter = google.start(daily, day)
        self.known = CampaignStanding(
            campaign=f"c{number}",
            account="acc",
            platform="google_ads",
            channel=CHANNELS[number % len(CHANNELS)],
            enabled=True,
            daily_micros=daily,
            highest_today_micros=daily,
            spent_before_today_micros=0,
            spent_today_micros=0,
        )

    def to(self, day: date) -> None:
        """The next account-day: what was billed is known, the day's own marks are gone."""
        self.meter = google.roll(self.meter, day)
        known = self.known
        running = known.daily_micros if known.enabled else 0
        self._learn(
            spent_before_today_micros=self.meter.billed_month,
            spent_today_micros=0,
            highest_today_micros=max(running, *known.pending_micros, 0),
            written_today=False,
        )
        if day.day == 1:
            self._learn(month_limit_micros=None, changed_this_month=False)

    def bill(self, day: date, wanted_micros: int) -> None:
        """The biller charges what it wants, as far as it may; we read the cost."""
        self.meter, _ = google.charge(self.meter, day, wanted_micros)
        self._learn(spent_today_micros=self.meter.billed_today)

    def edit(self, kind: str, day: date, amount: int, chance: random.Random) -> None:
        """One edit, by us or past us; while a write is open, nothing of ours but settling it."""
        if kind == "by_hand":
            self._by_hand(day, amount)
        elif kind == "settle":
            self._settle(day)
        elif kind == "lost":
            if chance.random() < 0.5:
                self.meter = google.set_budget(self.meter, amount, day)
            self._learn(pending_micros=(*self.known.pending_micros, amount))
        elif not self.known.pending_micros:
            self._ours(kind, day, amount)

    def left_alone(self, day: date) -> tuple[int, int]:
        """Billed this day and this month, in micros, when the biller takes all and nobody edits."""
        meter, _ = google.charge(self.meter, day, ALL_IT_MAY)
        today, end = meter.billed_today, day.replace(day=_days_in(day))
        at = day
        while at < end:
            at += ONE_DAY
            meter, _ = google.charge(meter, at, ALL_IT_MAY)
        return today, meter.billed_month

    def _ours(self, kind: str, day: date, amount: int) -> None:
        on = {"pause": False, "resume": True}.get(kind, self.known.enabled)
        budget = amount if kind == "set" else self.known.daily_micros
        if kind in {"set", "same"}:
            self.meter = google.set_budget(self.meter, budget, day)
        self.meter = google.set_serving(self.meter, day, serving=on)
        self.known = exposure.after_change(self.known, account_on(day), budget, on)

    def _by_hand(self, day: date, amount: int) -> None:
        if amount == self.meter.daily_micros:
            return
        self.meter = google.set_budget(self.meter, amount, day)
        self._read_back(amount)

    def _settle(self, day: date) -> None:
        """The account has been read: the budget is known again, the day it was written is not."""
        pending = self.known.pending_micros
        if not pending:
            return
        self._learn(pending_micros=())
        self.meter = google.roll(self.meter, day)
        self._read_back(self.meter.daily_micros, *pending)

    def _read_back(self, daily: int, *maybe: int) -> None:
        highest = max(exposure.highest_today(self.known), self.known.daily_micros, daily, *maybe)
        self._learn(
            daily_micros=daily,
            highest_today_micros=highest,
            month_limit_micros=None,
            changed_this_month=True,
        )

    def _learn(self, **update: Any) -> None:
        self.known = self.known.model_copy(update=update)


class Passed(NamedTuple):
    """Which figures the biller passed: the worst case shown, the bare setting's day and month."""

    shown: bool = False
    set_day: bool = False
    set_month: bool = False

    def either(self, other: Passed) -> Passed:
        """What one of the two found."""
        return Passed(*(a or b for a, b in zip(self, other, strict=True)))


@dataclass
class Tally:
    """What was counted; ``closeness`` sums billed / shown of the month over every edit."""

    sequences: int = 0
    edits: int = 0
    breaches: int = 0
    by_set_day: int = 0
    by_set_month: int = 0
    reached: int = 0
    closeness: float = 0.0
    first_breach: str | None = None

    def add(self, passed: Passed, name: str) -> None:
        """Count one sequence."""
        self.sequences += 1
        self.breaches += passed.shown
        self.by_set_day += passed.set_day
        self.by_set_month += passed.set_month
        if passed.shown and self.first_breach is None:
            self.first_breach = name


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Measure, in 10,000 or 100,000 sequences."""
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
            "campaigns": [1, MOST_CAMPAIGNS],
            "edits_per_sequence": [1, MOST_EDITS],
            "seed": seed,
        },
        "sequences": tally.sequences,
        "breaches": tally.breaches,
        "first_breach": tally.first_breach,
        "breaches_by_setting": {"day": tally.by_set_day, "month": tally.by_set_month},
        "billed_of_shown": round(tally.closeness / max(1, tally.edits), 3),
        "reached_exactly": round(tally.reached / max(1, tally.edits), 3),
        "seconds": round(time.monotonic() - began, 1),
    }


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    return (
        f"exposure: {answer['breaches']:,} of {answer['sequences']:,} edit sequences were billed "
        "above the worst case shown (above the bare setting: "
        f"{answer['breaches_by_setting']['day']:,} on a day, "
        f"{answer['breaches_by_setting']['month']:,} over the month); "
        f"the biller takes {answer['billed_of_shown']:.0%} of the month shown on average."
    )


def one(name: str, tally: Tally) -> None:
    """One sequence, named by its seed, so that a breach can be run again alone."""
    chance = random.Random(name)
    day = YEAR + timedelta(days=chance.randint(0, 364))
    watched = [
        Watched(number, day, _amount(chance)) for number in range(chance.randint(1, MOST_CAMPAIGNS))
    ]
    passed = Passed()
    for _ in range(chance.randint(1, MOST_EDITS)):
        for each in watched:
            each.bill(day, chance.choice((0, _amount(chance), ALL_IT_MAY)))
        edited = chance.choice(watched)
        edited.edit(chance.choice(EDITS), day, _amount(chance), chance)
        passed = passed.either(_check(watched, day, tally))
        for _ in range(chance.choice((0, 0, 1, 1, 2, 5, 9))):
            _sleep_on_it(watched, day, chance)
            day += ONE_DAY
    tally.add(passed, name)


def account_on(day: date) -> AccountStanding:
    """The one account, standing on a day."""
    return AccountStanding(
        account="acc",
        platform="google_ads",
        currency="GBP",
        today=day,
        days_in_month=_days_in(day),
    )


def _check(watched: list[Watched], day: date, tally: Tally) -> Passed:
    account = account_on(day)
    shown = Standing(
        client="c",
        currency="GBP",
        now=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        phase="closed_loop",
        accounts=(account,),
        campaigns=tuple(w.known for w in watched),
    )
    billed = [(w.known, *w.left_alone(day)) for w in watched]
    month, month_shown = sum(b[2] for b in billed), exposure.client_month_worst_case(shown)
    above, above_set = month > month_shown, False
    for channel in CHANNELS:
        today = sum(b[1] for b in billed if b[0].channel == channel)
        set_now = sum(b[0].daily_micros for b in billed if b[0].channel == channel)
        above = above or today > exposure.channel_day_worst_case(shown, channel)
        above_set = above_set or today > set_now
    tally.edits += 1
    tally.reached += month == month_shown
    tally.closeness += month / month_shown if month_shown else 1.0
    planned = sum(exposure.projection(w.known, account) for w in watched)
    return Passed(above, above_set, month > planned)


def _sleep_on_it(watched: list[Watched], day: date, chance: random.Random) -> None:
    for each in watched:
        each.bill(day, chance.choice((0, each.meter.daily_micros, ALL_IT_MAY)))
        each.to(day + ONE_DAY)


def _amount(chance: random.Random) -> int:
    """Odd micros on purpose: rounding is where worst cases leak."""
    return chance.choice((0, 1, chance.randint(1, 600 * UNIT), chance.randint(1, 600) * UNIT))


def _days_in(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
