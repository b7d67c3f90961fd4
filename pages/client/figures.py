"""The lead sentence, pacing with exposure, and the channel mix."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from engine.model.time import days_in_month
from engine.reporting.client.overspend import PeriodTable
from engine.reporting.client.view import Performance
from engine.reporting.words import (
    channel,
    clock,
    day,
    days,
    money,
    percent,
    source,
    span,
)
from pages.parts import charts
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.parts.tones import mode


def sentences(view: Performance) -> None:
    """The lead, then what is compared with what and how fresh each source is."""
    by = "" if view.credit == "closed_won" else "By closed-won truth: "
    say(f"**{by}{plain(view.lead)}** {plain(view.waits)}")
    zone = view.about["time_zone"]
    until = (
        f", today until {clock(view.now, zone)}" if view.period.last == view.period.today else ""
    )
    parts = [f"{days(view.period.first, view.period.last)}{until}"]
    if view.before and view.period.before_first and view.period.before_last:
        before = days(view.period.before_first, view.period.before_last)
        parts.append(f"whole days compared with {before}")
    parts += [_age(view, s["source"], s["as_of"]) for s in view.sources]
    parts.append(f"days after {day(view.maturing_after)} are still maturing")
    note(" · ".join(parts))


def _age(view: Performance, name: str, as_of: datetime | None) -> str:
    if as_of is None:
        return f"{source(name)} not read yet"
    return f"{source(name)} as of {clock(as_of, view.about['time_zone'])}, {span(view.now - as_of)} ago"


def pace(view: Performance) -> None:
    """The month's spend against its plan, and the most that can be billed."""
    pacing, currency = view.pacing, view.about["currency"]
    month_end = pacing.today.replace(day=days_in_month(pacing.today))
    end = f"{month_end.day} {month_end:%b}"
    spent, expected = money(pacing.spent_micros, currency), money(pacing.expected_micros, currency)
    likely = ""
    if pacing.low_micros is not None and pacing.high_micros is not None:
        low, high = money(pacing.low_micros, currency), money(pacing.high_micros, currency)
        likely = f", likely {low}–{high}"
    with card("pace", "Pacing to plan", f"day {pacing.day} of {pacing.month_days}", stretch=True):
        plan = f" of a {money(pacing.plan_micros, currency)} plan" if pacing.plan_micros else ""
        charts.show(
            charts.pacing_figure(pacing, currency, mode()),
            alt=f"Pacing: {spent} spent{plan}; expected {expected} by {end}{likely}.",
            key="pace",
            height=92,
        )
        none = "" if pacing.plan_micros else " No plan is approved for this month."
        say(f"**{expected}** expected by {end}{likely}. **{spent}** spent so far.{none}")
        exposure(view)


def exposure(view: Performance) -> None:
    """The most that can be billed today, and how we know."""
    total, currency = view.exposure["total"], view.about["currency"]
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        border=True,
        key="now-exposure",
    ):
        if view.exposure["doubt"] or total is None:
            say(f":material/shield: {plain(view.exposure['doubt'])}")
            return
        most = money(total["day_micros"], currency)
        say(f":material/shield: The most you can be billed today is **{most}**.", width="content")
        with st.popover("How we know", type="tertiary"):
            overspend(view)


_PERIODS = {"day": "Today", "week": "This week", "month": "This month"}


def overspend(view: Performance) -> None:
    """Can it overspend? Set, expected, worst case and cap of each period, and the rules that bound them."""
    say(
        "A platform's daily budget is not a cap. The worst case is the most each one may bill if nobody "
        "edits again, at the highest budget set today, writes of unknown outcome included. No change that "
        "takes it over a cap is made without a person."
    )
    for table in view.overspend:
        say(f"**{_PERIODS[table.period]}**")
        st.table(period_table(table, view.about["currency"]), border="horizontal", hide_index=True)
    note(
        "Set is what the budgets add up to and expected the average of the last seven whole days, for the days "
        "left, beside what was billed before today. Days are each platform's own."
    )
    for rule in view.exposure["rules"]:
        zone = " Its days are days of UTC." if rule["day_zone"] == "UTC" else ""
        say(f"**{plain(rule['platform'])}.** {plain(rule['says'])}{zone}")
        note(
            f"{plain(rule['doubt'])} Source, read on {day(rule['read_on'])}: {plain(rule['source'])}"
        )


def period_table(table: PeriodTable, currency: str) -> pd.DataFrame:
    """Set, expected, worst case and cap by channel, ready to show."""
    rows = [
        (
            channel(row.channel) if row.channel else "**Total**",
            *(
                safe(money(amount, currency))
                for amount in (
                    row.set_micros,
                    row.expected_micros,
                    row.worst_micros,
                    row.cap_micros,
                )
            ),
        )
        for row in table.rows
    ]
    return pd.DataFrame(rows, columns=["Channel", "Set", "Expected", "Worst case", "Cap"])


def mix(view: Performance) -> None:
    """Each channel's share of the month's projected spend."""
    rows = view.mix
    with card(
        "mix", "Channel mix", f"share of {view.pacing.today:%B}'s projected spend", stretch=True
    ):
        if not rows:
            say("**No budgets yet.**  \nShares appear with the first campaign.")
            return
        told = ", ".join(
            f"{channel(r.channel)} {percent(r.share)}"
            + (f" of a {percent(r.cap)} cap" if r.cap is not None else "")
            for r in rows
        )
        height = 40 + 46 * len(rows)
        charts.show(
            charts.mix_figure(rows, mode()), alt=f"Channel mix: {told}.", key="mix", height=height
        )
        note(_room(view))


def _room(view: Performance) -> str:
    capped = [r for r in view.mix if r.cap is not None]
    if not capped:
        return "No channel has a cap on its share."
    tight = min(capped, key=lambda r: (r.cap or 0) - r.share)
    room = ((tight.cap or 0) - tight.share) * 100
    name = channel(tight.channel)
    if room < 0:
        return f"{name} is projected {abs(room):.0f} points over its cap; no move may add to it."
    points = "1 point" if round(room) == 1 else f"{room:.0f} points"
    return f"{name} has {points} left under its cap. Raising the cap is a decision for a person."
