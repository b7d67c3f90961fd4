"""The main chart's figures: seven-day cost above, daily spend by channel below, with our moves on it. Pure.

Cost is one line by the CRM's views; by the platforms' own claims it is one line for each channel, never one for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.model.time import account_day, days_between
from engine.reporting.client.credit import Credit
from engine.reporting.client.kpis import Daily, seven_day_cost
from engine.reporting.client.material import Material
from engine.reporting.client.series import by_day, ratio, rolling
from engine.reporting.client.story import Anomaly, Pin, anomalies, pins

DAYS = 30
CHANNEL_ORDER = ("google_search", "linkedin", "youtube", "meta")


@dataclass(frozen=True)
class CostLine:
    """Seven-day cost in micros, day by day up to yesterday; ``channel`` "" is all of them together."""

    channel: str
    points: tuple[float | None, ...]


@dataclass(frozen=True)
class Trend:
    """Thirty days that end today.

    ``cost`` has no point for today; ``spend`` is micros by channel, in stacking order, day by
    day. Days after ``final_last`` may still change.
    """

    days: tuple[date, ...]
    cost: tuple[CostLine, ...]
    spend: dict[str, tuple[int, ...]]
    target_micros: int | None
    final_last: date
    pins: tuple[Pin, ...]
    anomalies: tuple[Anomaly, ...]


def trend(
    material: Material, daily: Daily, maturing_days: int, credit: Credit = "closed_won"
) -> Trend:
    """The last 30 days up to today; ``daily`` are the sums of the view of credit in force."""
    today = material["today"]
    days = days_between(today - timedelta(days=DAYS - 1), today)
    frame = material["spend"]
    shown = frame[(frame["day"] >= days[0]) & (frame["day"] <= today)]
    table = shown.pivot_table(
        index="day", columns="channel", values="cost_micros", aggfunc="sum", fill_value=0
    ).reindex(days, fill_value=0)
    found = [c for c in CHANNEL_ORDER if c in table.columns]
    spend = {c: tuple(int(v) for v in table[c]) for c in found}
    others = [c for c in table.columns if c not in CHANNEL_ORDER]
    if others:
        spend["other"] = tuple(int(v) for v in table[others].sum(axis=1))
    zone = material["about"]["time_zone"]
    opened = {ask["ref"]: account_day(ask["opened_at"], zone) for ask in material["asks"]}
    return Trend(
        tuple(days),
        _claimed(material, days[:-1])
        if credit == "platform"
        else (CostLine("", tuple(seven_day_cost(daily, days[:-1]))),),
        spend,
        None if credit == "platform" else material["targets"]["cost_per_action_micros"],
        today - timedelta(days=maturing_days + 1),
        pins(material["moves"], days[0]),
        anomalies(material["asks"], days, opened),
    )


def _claimed(material: Material, days: list[date]) -> tuple[CostLine, ...]:
    """What a claimed conversion of each channel cost, by the platform's own word."""
    media, claims = material["spend"], material["claims"]
    found = set(claims[claims["claimed"] > 0]["channel"])
    order = [c for c in CHANNEL_ORDER if c in found] + sorted(found - {*CHANNEL_ORDER, ""})
    lines = []
    for channel in order:
        spend = by_day(media[media["channel"] == channel], "cost_micros")
        claimed = by_day(claims[claims["channel"] == channel], "claimed")
        sums = zip(rolling(spend, days, 7), rolling(claimed, days, 7), strict=True)
        lines.append(CostLine(channel, tuple(ratio(s, c) for s, c in sums)))
    return tuple(lines)
