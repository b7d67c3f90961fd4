"""Lead to closed-won against the days before, at equal lead age: the week's worked figures, and what stays silent."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from engine.model.outcomes import SourceState
from engine.model.world import World
from engine.optimisation.watches import lead_quality
from tests import strategies
from tests.engine.brainkit import NOW, TODAY, UNIT, deals, facts, world

SEARCH = "google_search"


def sold(day: date, campaign: str, *, won: bool | None, after: int = 1) -> dict[str, object]:
    """One search lead; ``won`` None: still open."""
    closed = None if won is None else day + timedelta(days=after)
    row = {"created_on": day, "campaign": campaign, "channel": SEARCH, "won": won}
    return {**row, "closed_on": closed, "amount_micros": 1000 * UNIT}


def leads(won: int, count: int, first: int, last: int, campaign: str = "search") -> list[dict]:
    """``count`` leads spread over the days ``first`` to ``last`` ago, of which the oldest were won the day after."""
    days = np.linspace(first, last, count).astype(int)
    ago = [int(d) for d in days]
    return [
        sold(TODAY - timedelta(days=d), campaign, won=n >= count - won, after=1)
        for n, d in enumerate(ago)
    ]


def told(rows: list[dict], cost: int = 100) -> World:
    spend = [
        {"day": TODAY - timedelta(days=n), "campaign": "search", "cost_micros": cost * UNIT}
        for n in range(1, 60)
    ]
    campaigns = (strategies.campaign("search", SEARCH, 400),)
    return world(facts=facts(spend), deals=deals(rows), campaigns=campaigns)


BEFORE = leads(23, 195, 16, 57)


def test_four_of_97_against_23_of_195_calls_somebody() -> None:
    (alarm,) = lead_quality.watch(told([*leads(4, 97, 2, 15), *BEFORE]))
    assert alarm.cause == "lead_quality:google_search:2026-11"
    figures = {e.name: (e.value, e.unit) for e in alarm.evidence}
    assert figures["Won of the window"] == (4, "of 97 leads")
    assert figures["Won before, at the same age"] == (23, "of 195 leads")
    assert figures["Fisher p, two-sided"][0] == pytest.approx(0.033, abs=0.0005)


def test_the_same_rates_on_65_leads_stay_silent() -> None:
    rows = [*leads(3, 65, 2, 15), *BEFORE]
    assert lead_quality.watch(told(rows)) == []
    counts = lead_quality._Counts(3, 65, 23, 195)
    assert counts.p_value == pytest.approx(0.149, abs=0.0005)


def test_what_waiting_costs_and_what_a_customer_costs_are_worked_out_from_both_rates() -> None:
    (alarm,) = lead_quality.watch(told([*leads(4, 97, 2, 15), *BEFORE], cost=97))
    # 14 days of £97 are £14 a lead; 4.1% of leads won is £340 a customer, 11.8% is £119
    assert alarm.waiting_cost_micros == pytest.approx((1 - (4 / 97) / (23 / 195)) * 97e6, abs=1e4)
    assert "costs about £340" in alarm.options[2].consequence
    assert "at the earlier rate £119" in alarm.options[2].consequence


def test_better_than_before_is_no_alarm() -> None:
    assert lead_quality.watch(told([*leads(30, 97, 2, 15), *BEFORE])) == []


def test_too_few_leads_in_the_window_are_silent_whatever_they_brought() -> None:
    assert lead_quality.watch(told([*leads(0, 19, 2, 15), *leads(150, 195, 16, 57)])) == []


def test_a_late_source_and_too_few_closed_deals_are_silent() -> None:
    rows = [*leads(4, 97, 2, 15), *BEFORE]
    late = (SourceState("crm", NOW, "late", "old"),)
    assert lead_quality.watch(replace(told(rows), sources=late)) == []
    opened = [{**r, "won": None, "closed_on": None} for r in rows]
    assert lead_quality.watch(told(opened)) == []


@pytest.mark.parametrize("seed", range(6))
def test_leads_that_only_had_less_time_are_never_called_worse(seed: int) -> None:
    """One in five is won, always, 1 to 20 days later: raw, the newest days look far worse."""
    draw = np.random.default_rng(seed)
    rows = []
    for ago in range(100, 0, -1):
        day = TODAY - timedelta(days=ago)
        for _ in range(8):
            closed = day + timedelta(days=int(draw.integers(1, 21)))
            done = closed <= TODAY
            won = bool(draw.random() < 0.2) if done else None
            rows.append(sold(day, "search", won=won, after=(closed - day).days))
    young = [r for r in rows if (TODAY - r["created_on"]).days <= 14]
    old = [r for r in rows if 14 < (TODAY - r["created_on"]).days <= 56]
    raw = [sum(r["won"] is True for r in some) / len(some) for some in (young, old)]
    assert raw[0] < 0.7 * raw[1]
    assert lead_quality.watch(told(rows)) == []


def test_a_busy_last_day_whose_orders_are_not_through_yet_is_no_fall() -> None:
    """Every order is won, half on its day and half two days on; four times as many come on the newest day seen."""
    rows = []
    for ago in range(60, 0, -1):
        day = TODAY - timedelta(days=ago)
        for n in range(40 if ago == 2 else 10):
            after = 2 * (n % 2)
            done = ago - after >= 1  # told until yesterday
            rows.append(sold(day, "search", won=True if done else None, after=after))
    made = told(rows)
    sides = lead_quality._compared(made.deals, TODAY - timedelta(days=2), made)
    counts = sides.counts(np.ones(len(rows), dtype=bool))
    assert counts.p_value < 0.05  # as counted it looks like one
    assert lead_quality.watch(made) == []


def test_days_the_crm_has_not_told_of_are_days_on_neither_side() -> None:
    """Everybody is won within three days; what the CRM knows ends five days ago."""
    rows = []
    for ago in range(70, 0, -1):
        closed = ago - 3
        day = TODAY - timedelta(days=ago)
        rows += [sold(day, "search", won=True if closed > 5 else None, after=3)] * 6
    numbered = [{**r, "deal_id": str(n)} for n, r in enumerate(rows)]
    made = told(numbered)
    assert lead_quality.watch(made) != []
    known = SourceState("crm", NOW - timedelta(days=5), "fresh", "crm is up to date.")
    assert lead_quality.watch(replace(made, sources=(known,))) == []


def test_the_segment_that_explains_the_fall_is_named() -> None:
    rows = [
        *leads(4, 40, 2, 15),
        *leads(0, 57, 2, 15, campaign="opened-last-week"),
        *BEFORE,
    ]
    (alarm,) = lead_quality.watch(told(rows))
    assert "The campaign opened-last-week explains most of it: 0 won of 57" in alarm.what
    assert "the others 4 of 40" in alarm.what
    assert "It brought no lead before." in alarm.what
    assert "the campaign opened-last-week" in alarm.options[0].consequence


def test_an_audience_is_named_before_its_campaign_where_deals_tell_it() -> None:
    rows = [*leads(4, 40, 2, 15), *leads(0, 57, 2, 15, campaign="wide"), *BEFORE]
    made = told(rows)
    names = ["lookalike" if r["campaign"] == "wide" else "owners" for r in rows]
    table = made.deals.append_column("audience", pa.array(names, pa.string()))
    (alarm,) = lead_quality.watch(replace(made, deals=table))
    assert "The audience lookalike explains most of it" in alarm.what


def test_a_fall_spread_over_all_segments_names_none() -> None:
    rows = [
        *(r for n in range(4) for r in leads(1, 25, 2, 15, campaign=f"c{n}")),
        *BEFORE,
    ]
    (alarm,) = lead_quality.watch(told(rows))
    assert "No single segment explains it." in alarm.what
