"""Can it overspend? Set, expected, worst case and cap of the day, the week and the month. Pure.

The worst case is the gate's own figure. Expected is what the last seven whole days cost on average, for every
day that is left; set is what the budgets add up to for those days; both beside what was billed before today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.reporting.client.material import ExposureLine, ExposureLines, Targets

Period = Literal["day", "week", "month"]


@dataclass(frozen=True)
class Row:
    """One channel, or the total (``channel`` ""); micros of the client's currency. No cap: None."""

    channel: str
    set_micros: int
    expected_micros: int
    worst_micros: int
    cap_micros: int | None


@dataclass(frozen=True)
class PeriodTable:
    """One period's rows, the total last where there is more than one channel."""

    period: Period
    rows: tuple[Row, ...]


def overspend(
    exposure: ExposureLines, targets: Targets, usual: Mapping[str, int]
) -> tuple[PeriodTable, ...]:
    """The tables in order; ``usual`` is a usual day's cost by channel, micros. No lines: no tables.

    The week stands only where a platform has one, and only with the channels of those platforms.
    """
    lines, total = exposure["lines"], exposure["total"]
    if not lines or total is None:
        return ()
    tables = [PeriodTable("day", _rows("day", lines, total, targets, usual))]
    weekly = [line for line in lines if line["week_micros"] is not None]
    if weekly:
        tables.append(PeriodTable("week", _rows("week", weekly, total, targets, usual)))
    return (*tables, PeriodTable("month", _rows("month", lines, total, targets, usual)))


def _rows(
    period: Period,
    lines: list[ExposureLine],
    total: ExposureLine,
    targets: Targets,
    usual: Mapping[str, int],
) -> tuple[Row, ...]:
    rows = [
        _row(period, line, usual.get(line["channel"], 0), _cap(period, line["channel"], targets))
        for line in lines
    ]
    if len(rows) == 1 and period != "month":
        return tuple(rows)
    together = sum(usual.get(line["channel"], 0) for line in lines)
    return (*rows, _row(period, total, together, _cap(period, "", targets)))


def _row(period: Period, line: ExposureLine, usual: int, cap: int | None) -> Row:
    match period:
        case "day":
            expected = max(usual, line["spent_today_micros"])
            return Row(line["channel"], line["set_micros"], expected, line["day_micros"], cap)
        case "week":
            before, left = line["week_spent_micros"], line["week_days_left"]
            worst, rest = line["week_micros"] or 0, line["week_set_micros"]
        case "month":
            before, left = line["month_spent_micros"], line["month_days_left"]
            worst, rest = line["month_micros"], line["month_set_micros"]
    return Row(line["channel"], before + rest, before + usual * left, worst, cap)


def _cap(period: Period, channel: str, targets: Targets) -> int | None:
    if period == "day":
        return targets["channel_day_caps"].get(channel) if channel else targets["day_cap_micros"]
    if period == "month" and not channel:
        return targets["month_cap_micros"]
    return None
