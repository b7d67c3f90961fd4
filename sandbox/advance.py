"""Move one account through time: the market delivers, the biller bills, leads are born."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sandbox.billing import google as biller
from sandbox.market.demand import DayPlan, day_plan
from sandbox.market.leads import Lead, born
from sandbox.market.noise import counts, generator, share
from sandbox.market.reporting import claim_lag
from sandbox.market.season import MOST_HOURS, day_of, hour_weights, hours_of
from sandbox.runners import Runner, runners
from sandbox.spec import Shock
from sandbox.state import CLICKS, COST, ELIGIBLE, IMPRESSIONS, Account, Claim, DayBook, Stretch


@dataclass
class Moved:
    """What changed while an account moved, to be written in one transaction."""

    days: set[tuple[int, date]] = field(default_factory=set)
    leads: list[Lead] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Day:
    account: Account
    day: date
    seed: int
    moved: Moved

    @property
    def hours(self) -> tuple[datetime, ...]:
        return hours_of(self.day, self.account.spec.time_zone)


def advance(account: Account, until: datetime, seed: int, shocks: list[Shock]) -> Moved:
    """Simulate each whole UTC hour ended by `until`. Settings must not change meanwhile."""
    moved, zone = Moved(), account.spec.time_zone
    while account.simulated_until + timedelta(hours=1) <= until:
        today = _Day(account, day_of(account.simulated_until, zone), seed, moved)
        first = today.hours.index(account.simulated_until)
        ended = [at for at in today.hours[first:] if at + timedelta(hours=1) <= until]
        _one_day(today, (first, first + len(ended)), shocks)
        account.simulated_until = ended[-1] + timedelta(hours=1)
    return moved


def _one_day(today: _Day, span: tuple[int, int], shocks: list[Shock]) -> None:
    account = today.account
    running = runners(account, today.day, today.seed, shocks)
    servings = [each.serving for each in running]
    zone = account.spec.time_zone
    plan = day_plan(today.seed, account.customer_id, zone, today.day, servings)
    organic = _organic_counts(today)
    for hour in range(*span):
        for row, runner in enumerate(running):
            _deliver(today, runner, plan, (row, hour))
        for index in range(organic[hour]):
            _organic(today, hour, index)
    for runner in running:
        _stretch(account.days[runner.campaign_id, today.day], span, runner)


def _stretch(book: DayBook, span: tuple[int, int], runner: Runner) -> None:
    before = book.stretches[-1] if book.stretches else None
    same = before is not None and before[1:] == (span[0], runner.ads, runner.weights)
    if before is not None and same:
        book.stretches[-1] = before._replace(last=span[1])
    else:
        book.stretches.append(Stretch(*span, runner.ads, runner.weights))


def _deliver(today: _Day, runner: Runner, plan: DayPlan, cell: tuple[int, int]) -> None:
    account, key, hour = today.account, (runner.campaign_id, today.day), cell[1]
    book = account.days.setdefault(key, DayBook())
    today.moved.days.add(key)
    meter, wanted = account.meters[runner.meter], int(plan.wanted_micros[cell])
    asked = biller.room(meter, today.day) if account.spec.adversarial else wanted
    account.meters[runner.meter], billed = biller.charge(meter, today.day, asked)
    part = 1.0 if billed >= wanted else billed / wanted
    clicks = math.floor(int(plan.clicks[cell]) * part)
    book.figures[IMPRESSIONS, hour] = max(clicks, math.floor(plan.impressions[cell] * part))
    book.figures[CLICKS, hour] = clicks
    book.figures[COST, hour] = billed
    book.figures[ELIGIBLE, hour] = plan.eligible[cell]
    leads = min(clicks, math.floor(int(plan.leads[cell]) * part))
    phantom = math.floor(int(plan.phantom[cell]) * part)
    if leads:
        _leads(today, runner, hour, leads)
    if phantom:
        _phantoms(today, runner, hour, phantom)


def _leads(today: _Day, runner: Runner, hour: int, count: int) -> None:
    account, market = today.account, runner.serving.market
    who = (today.seed, account.customer_id, runner.serving.key, today.day, hour)
    orders = account.spec.crm.repeat == "orders"
    for index in range(count):
        ad = _pick(runner, *who, index)
        deals = born(market, today.hours[hour], runner.campaign_id, ad, *who, index)
        _keep(today, deals)
        if deals[0].gclid:
            seen = deals[0].created + claim_lag(*who, index)
            value = deals[0].amount_micros if orders else 1_000_000
            claim = Claim(hour, seen.timestamp(), value, ad)
            account.days[runner.campaign_id, today.day].claims.append(claim)


def _phantoms(today: _Day, runner: Runner, hour: int, count: int) -> None:
    account, market = today.account, runner.serving.market
    who = ("phantom", today.seed, account.customer_id, runner.serving.key, today.day, hour)
    orders = account.spec.crm.repeat == "orders"
    for index in range(count):
        wait = timedelta(hours=1 + 96 * share(*who, index))
        seen = today.hours[hour] + wait + claim_lag(*who, index)
        value = market.deal_value_micros if orders else 1_000_000
        claim = Claim(hour, seen.timestamp(), value, _pick(runner, *who, index))
        account.days[runner.campaign_id, today.day].claims.append(claim)


def _pick(runner: Runner, *key: object) -> str:
    draw, edge = share("ad", *key) * sum(runner.weights), 0.0
    for ad, weight in zip(runner.ads, runner.weights, strict=True):
        edge += weight
        if draw < edge:
            return ad
    return runner.ads[-1]


def _keep(today: _Day, deals: list[Lead]) -> None:
    leads = today.account.leads
    for deal in deals:
        numbered = replace(deal, number=len(leads) + 1)
        leads.append(numbered)
        today.moved.leads.append(numbered)


def _organic_counts(today: _Day) -> list[int]:
    spec = today.account.spec
    weights = hour_weights(today.day, spec.time_zone, today.account.channel("SEARCH").week)
    draws = generator("organic", today.seed, spec.customer_id, today.day).random(MOST_HOURS)
    return [int(each) for each in counts(spec.crm.organic_per_day * weights, draws)]


def _organic(today: _Day, hour: int, index: int) -> None:
    spec = today.account.spec
    who = ("organic", today.seed, spec.customer_id, today.day, hour, index)
    deals = born(today.account.channel("SEARCH"), today.hours[hour], 0, "", *who)
    _keep(today, [replace(deal, gclid="", direct=False) for deal in deals])
