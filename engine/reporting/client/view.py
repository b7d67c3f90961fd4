"""The client's page as one value, composed from the material. Pure: the same material gives the same page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.reporting.client.kpis import Daily, Kpi, Totals, kpis
from engine.reporting.client.material import About, ExposureLines, Fresh, Material, Targets
from engine.reporting.client.pacing import Pacing, Share, mix, month, pacing
from engine.reporting.client.periods import Choice, Period, period
from engine.reporting.client.story import Decided, Waiting, decided, lead, waiting
from engine.reporting.client.trend import Trend, trend

MATURING_DAYS = 7
"""The last whole week may still be corrected; it is marked, never judged raw (as in ``engine.model.world``)."""
ATTRIBUTION = "Closed-won truth"


@dataclass(frozen=True)
class Performance:
    """Everything the page shows. ``lead`` answers, ``waits`` says what is with a person; ``empty`` means no figures."""

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
    targets: Targets
    trend: Trend
    decided: tuple[Decided, ...]
    waiting: tuple[Waiting, ...]
    sources: tuple[Fresh, ...]
    maturing_after: date
    attribution: str
    empty: bool


def performance(material: Material, now: datetime, choice: Choice) -> Performance:
    """Compose the page for ``now`` (aware) from the material of that account-day."""
    about, today = material["about"], material["today"]
    span, daily = period(choice, today), Daily(material)
    found = kpis(daily, span, material["targets"], MATURING_DAYS)
    name = f"{today:%B}" if choice == "month" else "The last 30 days"
    so_far = month(material)
    first, waits = lead(material, found, name)
    monday = today - timedelta(days=today.weekday())
    return Performance(
        about=about,
        now=now,
        period=span,
        period_name=name,
        lead=_number(first, choice),
        waits=waits,
        figures=found.figures,
        totals=found.now,
        before=found.before,
        pacing=pacing(material, daily, so_far),
        mix=mix(material, so_far),
        exposure=material["exposure"],
        targets=material["targets"],
        trend=trend(material, daily, MATURING_DAYS),
        decided=decided(material["moves"], material["asks"], monday),
        waiting=waiting(material["asks"], about["time_zone"], now),
        sources=tuple(material["sources"]),
        maturing_after=today - timedelta(days=MATURING_DAYS + 1),
        attribution=ATTRIBUTION,
        empty=material["spend"].empty,
    )


def _number(sentence: str, choice: Choice) -> str:
    """The last 30 days *are* on course; a month *is*."""
    if choice == "month":
        return sentence
    return sentence.replace(" days is ", " days are ").replace(" days has ", " days have ")
