"""What one downloaded file says: its rows as a table, every refused line, its totals.

Money is int64 micros of the row's own ``currency`` (null: the file does not name one), days are the
account's own calendar days, instants are aware UTC. A missing value is null, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

import pyarrow as pa

Kind = Literal["performance", "deals", "leads", "web", "search", "reference"]
Ask = Literal["currency", "day_order"]
"""What a file may leave open and a person knows: its money's currency, the order of day and month."""


@dataclass(frozen=True)
class Answers:
    """What a person said of a file that does not say it itself; None is not answered.

    Attributes:
        currency: ISO 4217 code of money that names none. It never overrules a file that names one.
        day_order: Whether ``03/04/2026`` is 3 April (``dmy``) or 4 March (``mdy``).
        point: What stands before decimals where ``1,234`` can be thousands or not; a workbook knows it.
    """

    currency: str | None = None
    day_order: Literal["dmy", "mdy"] | None = None
    point: Literal[".", ","] | None = None


NO_ANSWERS = Answers()
"""Nobody was asked."""


_TEXT, _DAY, _COUNT, _MICROS = pa.string(), pa.date32(), pa.int64(), pa.int64()

PERFORMANCE = pa.schema(
    {
        "row_key": _TEXT,
        "day": _DAY,
        "period_first": _DAY,
        "period_last": _DAY,
        "level": _TEXT,
        "campaign": _TEXT,
        "ad_group": _TEXT,
        "ad": _TEXT,
        "keyword": _TEXT,
        "match_type": _TEXT,
        "search_term": _TEXT,
        "device": _TEXT,
        "network": _TEXT,
        "currency": _TEXT,
        "impressions": _COUNT,
        "clicks": _COUNT,
        "interactions": _COUNT,
        "cost_micros": _MICROS,
        "conversions": pa.float64(),
        "conversion_value_micros": _MICROS,
        "extra": _TEXT,
    }
)
"""One row per line of an ad report. Rows of another ``level`` or file format tell the same money
again: never add them together. ``day`` is null when the line covers more than a day; both period
columns are null when the file says "All time" or does not say."""

DEALS = pa.schema(
    {
        "row_key": _TEXT,
        "deal_id": _TEXT,
        "name": _TEXT,
        "stage": _TEXT,
        "won": pa.bool_(),
        "amount_micros": _MICROS,
        "currency": _TEXT,
        "created_on": _DAY,
        "closed_on": _DAY,
        "modified_at": pa.timestamp("us", tz="UTC"),
        "source": _TEXT,
        "campaign": _TEXT,
        "click_id": _TEXT,
        "pipeline": _TEXT,
        "product": _TEXT,
        "extra": _TEXT,
    }
)
"""One row per deal. ``won`` is null while a deal is open; ``name`` is null where it may name a
person; ``row_key`` rests on the record id alone, so a later download of the deal replaces it."""

LEADS = pa.schema(
    {
        "row_key": _TEXT,
        "lead_id": _TEXT,
        "created_on": _DAY,
        "source": _TEXT,
        "campaign": _TEXT,
        "click_id": _TEXT,
        "landing_page": _TEXT,
        "extra": _TEXT,
    }
)
"""One row per lead; ``source`` is the channel as the file words it."""

WEB = pa.schema(
    {
        "row_key": _TEXT,
        "report": _TEXT,
        "day": _DAY,
        "hour": _COUNT,
        "period_first": _DAY,
        "period_last": _DAY,
        "channel": _TEXT,
        "source_medium": _TEXT,
        "landing_page": _TEXT,
        "event": _TEXT,
        "about": _TEXT,
        "currency": _TEXT,
        "sessions": _COUNT,
        "users": _COUNT,
        "new_users": _COUNT,
        "engaged_sessions": _COUNT,
        "views": _COUNT,
        "events": _COUNT,
        "key_events": pa.float64(),
        "revenue_micros": _MICROS,
        "extra": _TEXT,
    }
)
"""One row per line of a web analytics report. ``about`` holds every dimension as text, in JSON by the
report's own headers; ``hour`` is 0 to 23 of ``day``. Rows of another ``report`` tell the same visits again,
and users of two days are partly the same people: never add either together."""

SEARCH = pa.schema(
    {
        "row_key": _TEXT,
        "report": _TEXT,
        "key": _TEXT,
        "day": _DAY,
        "period_first": _DAY,
        "period_last": _DAY,
        "clicks": _COUNT,
        "impressions": _COUNT,
        "ctr": pa.float64(),
        "position": pa.float64(),
        "extra": _TEXT,
    }
)
"""One row per query, page, country, device or day of organic search (``report`` says which, ``key`` names
it). ``ctr`` is a share from 0 to 1, ``position`` the average rank from 1. Each report tells the same clicks
again; rare queries are left out of the query report, so its sum is below the days'."""

REFERENCE = pa.schema({"row_key": _TEXT, "table": _TEXT, "key": _TEXT, "extra": _TEXT})
"""Look-up rows (accounts, products, people): ``extra`` holds every column as text, in JSON."""

SCHEMAS: dict[Kind, pa.Schema] = {
    "performance": PERFORMANCE,
    "deals": DEALS,
    "leads": LEADS,
    "web": WEB,
    "search": SEARCH,
    "reference": REFERENCE,
}


@dataclass(frozen=True)
class RefusedRow:
    """One line that was not kept: ``line`` is its first physical line in the file, from 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class Total:
    """``rows`` is the exact sum over the kept rows; ``file`` what the file's first total row says.

    Both are in the unit of the file (money: its currency, not micros); ``file`` is None where the
    file has no total for the column. ``rounded`` says whether they differ by no more than rounding can do,
    None where there is nothing to compare.
    """

    rows: Decimal
    file: Decimal | None = None
    rounded: bool | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Export:
    """One file, read: nothing in it is lost, every data line is a row or a refusal.

    Attributes:
        file: The file's own name, without folders; members of a zip are ``archive.zip/member.csv``.
        format: Which reader recognised it.
        source: The outside system the figures come from (``google_ads``, ``crm``).
        kind: Which schema of this module ``rows`` follows.
        period: First and last day covered; None when the file says "All time" or does not say.
        currency: The one currency of all its money; None when none is named or there are several.
        rows: The kept rows.
        read: Data lines seen; titles, headers, blank lines and total rows are not counted.
        refused: The data lines not kept, in file order.
        totals: By the file's own column header; with several currencies ``Cost (GBP)`` and so on.
        notes: Sentences a person should see before trusting the figures.
        asks: What a person should answer; read again with ``Answers``, the same rows are completed.
    """

    file: str
    format: str
    source: str
    kind: Kind
    period: tuple[date, date] | None
    currency: str | None
    rows: pa.Table
    read: int
    refused: tuple[RefusedRow, ...] = ()
    totals: dict[str, Total] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError when a line is unaccounted for or the table is not of its kind."""
        if self.read != self.rows.num_rows + len(self.refused):
            raise ValueError(
                f"{self.file}: {self.read} lines were read, but {self.rows.num_rows} kept and "
                f"{len(self.refused)} refused."
            )
        if not self.rows.schema.equals(SCHEMAS[self.kind]):
            raise ValueError(f"{self.file}: the table does not have the columns of {self.kind}.")
