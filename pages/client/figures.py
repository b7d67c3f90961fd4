"""The lead sentence, pacing with exposure, and the channel mix."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from engine.model.time import days_in_month
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
    lines, currency = view.exposure["lines"], view.about["currency"]
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        border=True,
        key="now-exposure",
    ):
        if view.exposure["doubt"]:
            say(f":material/shield: {plain(view.exposure['doubt'])}")
            return
        most = money(sum(line["day_micros"] for line in lines), currency)
        say(f":material/shield: The most you can be billed today is **{most}**.", width="content")
        with st.popover("How we know", type="tertiary"):
            say(
                "A platform's daily budget is not a cap. This is the worst case each one may bill, "
                "at the highest budget set today, writes of unknown outcome included."
            )
            st.table(exposure_table(view), border="horizontal", hide_index=True)
            note("Expected is the average of the last seven whole days.")
            month = money(sum(line["month_micros"] for line in lines), currency)
            say(f"For the whole month the worst case is **{month}**.{_cap(view)}")


def _cap(view: Performance) -> str:
    cap = view.targets["month_cap_micros"]
    if cap is None:
        return ""
    return f" The most your policy lets it be is {money(cap, view.about['currency'])}."


def exposure_table(view: Performance) -> pd.DataFrame:
    """Set, expected, worst case and cap by channel, ready to show."""
    currency = view.about["currency"]
    caps = view.targets["channel_day_caps"]
    rows: list[tuple[str, list[int | None]]] = [
        (
            channel(line["channel"]),
            [
                line["set_micros"],
                _usual(view, line["channel"]),
                line["day_micros"],
                caps.get(line["channel"]),
            ],
        )
        for line in view.exposure["lines"]
    ]
    if len(rows) > 1:
        sums: list[int | None] = [sum(figures[i] or 0 for _, figures in rows) for i in range(3)]
        rows.append(("**Total**", [*sums, view.targets["day_cap_micros"]]))
    return pd.DataFrame(
        [(name, *(safe(money(v, currency)) for v in figures)) for name, figures in rows],
        columns=["Channel", "Set", "Expected", "Worst case", "Cap"],
    )


def _usual(view: Performance, key: str) -> int:
    """The average of the channel's last seven whole days."""
    amounts = view.trend.spend.get(key, ())[-8:-1]
    return round(sum(amounts) / len(amounts)) if amounts else 0


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
