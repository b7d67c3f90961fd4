"""One level of the drill-down as a file: CSV that a spreadsheet opens without running any of it."""

from __future__ import annotations

import csv
import io

from engine.reporting.client.credit import NAMES, Credit
from engine.reporting.client.drill import Drill, Line
from engine.reporting.client.periods import Period
from engine.reporting.ledger.sheet import harmless
from policies.money import MICROS

HEADER = (
    "level",
    "key",
    "name",
    "first_day",
    "last_day",
    "final_until",
    "currency",
    "spend",
    "share_of_spend",
    "impressions",
    "clicks",
    "ctr",
    "cpc",
    "attribution",
    "primary_actions",
    "cost_per_primary_action",
    "won",
    "return_on_spend",
    "state",
)


def sheet(found: Drill, span: Period, credit: Credit, currency: str, *, final_until: str) -> bytes:
    """Every line and the total, as UTF-8 with a byte order mark; money in units, an empty cell is not known.

    ``final_until`` is the last account day whose figures no longer change, as ISO text.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    days = (span.first.isoformat(), span.last.isoformat(), final_until, currency)
    for line in found.lines:
        writer.writerow(_row(found.level, line, days, NAMES[credit]))
    writer.writerow(_row("total", found.total, days, NAMES[credit]))
    return text.getvalue().encode("utf-8-sig")


def _row(
    level: str, line: Line, days: tuple[str, ...], attribution: str
) -> tuple[str | int | float, ...]:
    sums = line.sums
    key = line.key if line.opens else ""
    texts = [harmless(cell) for cell in (level, key, line.name, *days)]
    return (
        *texts,
        _money(sums.spend_micros),
        _rate(line.share),
        sums.impressions,
        sums.clicks,
        _rate(line.rate),
        _money(line.click_micros),
        attribution,
        "" if line.actions is None else round(line.actions, 6),
        _money(line.cost_micros),
        "" if line.won is None else line.won,
        _rate(line.roas),
        harmless(line.state),
    )


def _money(micros: float | None) -> str:
    """Units with six places, so that nothing of a micro is lost."""
    return "" if micros is None else f"{micros / MICROS:.6f}"


def _rate(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
