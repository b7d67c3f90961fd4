"""Budgets of any platform as they are known to us, beside the meters that bill them."""

from __future__ import annotations

import calendar
import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any, NamedTuple

from policies import exposure, pots
from policies.delivery import DELIVERY, PLATFORM_OF
from policies.limits import highest_today
from policies.standing import AccountStanding, CampaignStanding, never_run
from sandbox.billing import google, linkedin, meta, microsoft

ALL_IT_MAY = 10**15
ONE_DAY = timedelta(days=1)
BILLERS: Mapping[str, ModuleType] = {
    "google_ads": google,
    "meta": meta,
    "linkedin": linkedin,
    "microsoft_ads": microsoft,
}
CHANNELS: Mapping[str, tuple[str, ...]] = {
    platform: tuple(c for c, home in PLATFORM_OF.items() if home == platform)
    for platform in BILLERS
}


class Billed(NamedTuple):
    """What one budget is billed when the biller takes all and nobody edits again; micros."""

    day: int
    week: int
    month: int


class Watched:
    """One budget, of one campaign or shared by several, beside the meter that bills it.

    ``zone`` is the ad account's; which day an instant falls on is asked of the biller and of our own
    rules apart, and the two must agree.
    """

    def __init__(
        self, number: int, platform: str, zone: str, at: datetime, daily: int, *, launched: bool
    ) -> None:
        self.biller: Any = BILLERS[platform]
        self.platform, self.zone = platform, zone
        self.account = f"{platform}/{number}"
        self.day: date = self.biller.day_of(at, zone)
        self.meter: Any = self.biller.start(daily, self.day)
        self.billed: dict[date, int] = {}
        channels = CHANNELS[platform]
        fresh = never_run(f"c{number}", self.account, platform, channels[number % len(channels)])
        if launched:
            found = exposure.after_change(fresh, self.home(), daily, enabled=True)
        else:  # found running, on an unchanged budget as far as anybody knows
            update = {"enabled": True, "daily_micros": daily, "highest_today_micros": daily}
            as_ever = {"changed_this_month": False, "changed_this_week": False}
            found = fresh.model_copy(update={**update, **as_ever})
        self.known: tuple[CampaignStanding, ...] = (found,)

    def share(self, members: int) -> None:
        """Let that many campaigns spend from this budget."""
        (first,) = self.known
        self.known = tuple(
            first.model_copy(
                update={"campaign": f"{first.campaign}.{n}", "shared_budget": "together"}
            )
            for n in range(members)
        )

    @property
    def budget(self) -> CampaignStanding:
        """The budget as one, as we know it."""
        return pots.shared(self.known)

    def home(self) -> AccountStanding:
        """The account, standing on the budget's own day."""
        return AccountStanding(
            account=self.account,
            platform=self.platform,
            currency="GBP",
            today=self.day,
            days_in_month=calendar.monthrange(self.day.year, self.day.month)[1],
        )

    def forward(self, at: datetime, chance: random.Random) -> None:
        """Time passes: each budget-day ends with whatever the biller wants of it."""
        until: date = self.biller.day_of(at, self.zone)
        while self.day < until:
            self._charge(chance.choice((0, self.meter.daily_micros, ALL_IT_MAY)))
            self._next_day()
        self._spent()

    def bill(self, wanted_micros: int) -> None:
        """The biller charges what it wants, as far as it may; we read the cost."""
        self._charge(wanted_micros)
        self._spent()

    def left_alone(self) -> Billed:
        """What is billed of this day, week and month when the biller takes all, nobody edits."""
        billed, meter, day = dict(self.billed), self.meter, self.day
        month_end = day.replace(day=self.home().days_in_month)
        week = self._week()
        while day <= max(month_end, week[-1]):
            meter, more = self.biller.charge(meter, day, ALL_IT_MAY)
            billed[day] = billed.get(day, 0) + more
            day += ONE_DAY
        month = (self.day.year, self.day.month)
        return Billed(
            billed[self.day],
            sum(billed.get(d, 0) for d in week),
            sum(amount for d, amount in billed.items() if (d.year, d.month) == month),
        )

    def written(self, member: int, daily: int, *, enabled: bool | None = None) -> None:
        """A write of ours that was confirmed, through one campaign of the budget."""
        on = [c.enabled for c in self.known]
        if enabled is not None:
            on[member] = enabled
        if daily != self.meter.daily_micros:
            self.meter = self.biller.set_budget(self.meter, daily, self.day)
        self.meter = self.biller.set_serving(self.meter, self.day, serving=any(on))

    def lost(self, member: int, daily: int, *, happened: bool) -> None:
        """A write whose answer was lost; only the campaign it was sent for remembers it."""
        if happened:
            self.meter = self.biller.set_budget(self.meter, daily, self.day)
        known = self.known[member]
        self._learn_one(member, pending_micros=(*known.pending_micros, daily))

    def by_hand(self, daily: int) -> None:
        """Somebody sets the budget past us, and we read it back."""
        if daily != self.meter.daily_micros:
            self.meter = self.biller.set_budget(self.meter, daily, self.day)
            self._read_back(daily)

    def settle(self) -> None:
        """The account has been read: the budget is known again, the day it was written is not."""
        pending = self.budget.pending_micros
        if pending:
            self._learn(pending_micros=())
            self._read_back(self.meter.daily_micros, *pending)

    def _charge(self, wanted_micros: int) -> None:
        self.meter, billed = self.biller.charge(self.meter, self.day, wanted_micros)
        self.billed[self.day] = self.billed.get(self.day, 0) + billed

    def _next_day(self) -> None:
        running = [
            max(c.daily_micros if c.enabled else 0, *c.pending_micros, 0) for c in self.known
        ]
        self.day += ONE_DAY
        self.meter = self.biller.roll(self.meter, self.day)
        for member, highest in enumerate(running):
            self._learn_one(member, highest_today_micros=highest, written_today=False)
        if self.day.day == 1:
            self._learn(month_limit_micros=None, changed_this_month=False)
        if self.day == self._week()[0]:
            self._learn(week_limit_micros=None, changed_this_week=False)

    def _read_back(self, daily: int, *maybe: int) -> None:
        known = self.budget
        highest = max(highest_today(known), known.daily_micros, daily, *maybe)
        self._learn(
            daily_micros=daily,
            highest_today_micros=highest,
            month_limit_micros=None,
            changed_this_month=True,
            week_limit_micros=None,
            changed_this_week=True,
        )

    def _week(self) -> list[date]:
        """The days of the platform's week; of one without weeks, today alone."""
        first = DELIVERY[self.platform].week_first
        if first is None:
            return [self.day]
        start = self.day - timedelta(days=(self.day.weekday() - first) % 7)
        return [start + timedelta(days=n) for n in range(7)]

    def _spent(self) -> None:
        """What was billed shows under one campaign of the budget or another."""
        month = (self.day.year, self.day.month)
        before = sum(
            a for d, a in self.billed.items() if d < self.day and (d.year, d.month) == month
        )
        week = sum(self.billed.get(d, 0) for d in self._week() if d < self.day)
        today, holder = self.billed.get(self.day, 0), self.day.day % len(self.known)
        for member in range(len(self.known)):
            mine = int(member == holder)
            self._learn_one(
                member,
                spent_before_today_micros=mine * before,
                spent_week_micros=mine * week,
                spent_today_micros=mine * today,
            )

    def _learn(self, **update: Any) -> None:
        self.known = tuple(c.model_copy(update=update) for c in self.known)

    def _learn_one(self, member: int, **update: Any) -> None:
        rows = list(self.known)
        rows[member] = rows[member].model_copy(update=update)
        self.known = tuple(rows)
