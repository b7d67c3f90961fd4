"""The client's page as one value, composed from the material. Pure: the same material gives the same page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.reporting.client.credit import NAMES, Comparison, Credit, clicked, compare, reported
from engine.reporting.client.kpis import Daily, Kpi, Totals, kpis
from engine.reporting.client.material import About, Aims, ExposureLines, Fresh, Material, Targets
from engine.reporting.client.overspend import PeriodTable, overspend
from engine.reporting.client.pacing import Pacing, Share, mix, month, pacing
from engine.reporting.client.periods import Choice, Period, named, period
from engine.reporting.client.story import Decided, Waiting, decided, lead, waiting
from engine.reporting.client.trend import CHANNEL_ORDER, Trend, trend

MATURING_DAYS = 7
"""The last whole week may still be corrected; it is marked, never judged raw (as in ``engine.model.world``)."""


@dataclass(frozen=True)
class Performance:
    """Everything the page shows. ``lead`` answers, ``waits`` says what is with a person; ``empty`` means no figures.

    ``figures`` and ``trend`` follow the view of credit in force (``credit``, named by ``attribution``); ``lead``,
    ``totals`` and ``before`` are of closed-won truth, which is what the targets are about. ``defined`` says since when
    the conversion definitions hold, where they ever changed.
    """

    about: About
    now: datetime
    period: Period
    period_name: str
    lead: str
    waits: str
    figures: tuple[Kpi, Kpi, Kpi, Kpi]
    totals: Totals
    before: Totals | None
    pacing: Pacing
    mix: tuple[Share, ...]
    exposure: ExposureLines
    overspend: tuple[PeriodTable, ...]
    targets: Targets
    aims: Aims
    trend: Trend
    decided: tuple[Decided, ...]
    waiting: tuple[Waiting, ...]
    sources: tuple[Fresh, ...]
    maturing_after: date
    credit: Credit
    attribution: str
    comparison: Comparison
    channels: tuple[str, ...]
    empty: bool
    defined: str = ""


def performance(
    material: Material, now: datetime, choice: Choice, credit: Credit = "closed_won"
) -> Performance:
    """Compose the page for ``now`` (aware) from the material of that account-day, by one view of credit."""
    about, today = material["about"], material["today"]
    span, daily = period(choice, today), Daily(material)
    found = kpis(daily, span, material["targets"], MATURING_DAYS)
    shown, by_view, by_click = found.figures, daily, Daily(clicked(material))
    if credit == "last_click":
        by_view = by_click
        shown = kpis(by_view, span, material["targets"], MATURING_DAYS).figures
    if credit == "platform":
        shown = reported(found, material, span).figures
    name = named(span)
    so_far = month(material)
    first, waits = lead(material, found, name)
    trended = trend(material, by_view, MATURING_DAYS, credit)
    monday = today - timedelta(days=today.weekday())
    return Performance(
        about=about,
        now=now,
        period=span,
        period_name=name,
        lead=_number(first, choice),
        waits=waits,
        figures=shown,
        totals=found.now,
        before=found.before,
        pacing=pacing(material, daily, so_far),
        mix=mix(material, so_far),
        exposure=material["exposure"],
        overspend=overspend(material["exposure"], material["targets"], _usual(trended)),
        targets=material["targets"],
        aims=material["aims"],
        trend=trended,
        decided=decided(material["moves"], material["asks"], monday),
        waiting=waiting(material["asks"], about["time_zone"], now),
        sources=tuple(material["sources"]),
        maturing_after=today - timedelta(days=MATURING_DAYS + 1),
        credit=credit,
        attribution=NAMES[credit],
        comparison=compare(material["credit"], daily, by_click, span),
        channels=_channels(material, span),
        empty=material["spend"].empty,
        defined=material.get("defined", ""),
    )


def _usual(found: Trend) -> dict[str, int]:
    """What a day of each channel costs on average of the last seven whole ones, in micros."""
    whole = {channel: amounts[-8:-1] for channel, amounts in found.spend.items()}
    return {c: round(sum(days) / len(days)) for c, days in whole.items() if days}


def _channels(material: Material, span: Period) -> tuple[str, ...]:
    """The channels with media or deals in the period or a campaign of ours, in stacking order."""
    found = {c["channel"] for c in material["campaigns"]}
    for frame in (material["spend"], material["actions"], material["won"]):
        shown = frame[(frame["day"] >= span.first) & (frame["day"] <= span.last)]
        found |= {str(c) for c in shown["channel"] if c}
    return (
        *(c for c in CHANNEL_ORDER if c in found),
        *sorted(found.difference(CHANNEL_ORDER)),
    )


def _number(sentence: str, choice: Choice) -> str:
    """The last 30 days *are* on course; a month *is*, and *was* once it is over."""
    if choice == "month":
        return sentence
    if choice == "last month":
        return sentence.replace(" is ", " was ", 1).replace(" so far", "", 1)
    return sentence.replace(" days is ", " days are ").replace(" days has ", " days have ")
