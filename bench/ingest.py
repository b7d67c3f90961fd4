"""How fast a year of ad-days gets into the store, through every check, beside bare DuckDB doing the inserts alone.

An agency's accounts tell their history window by window; then the last days of every window come again with
other figures, as platforms restate them. Each pull goes, one after the other and in changing order, into a
store of ours (``facts.replace_window`` in ``Store.write``: columns conformed, window and keys checked, sums kept)
and into two bare DuckDB files, one transaction a pull: registered, the days deleted when they come again, and
inserted, once as given and once ordered by day. Then all three must hold the same.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb

from bench import agency
from bench.agency import Held
from engine.model.outcomes import Pull
from engine.store import Store, facts
from engine.store.connect import connect

ROWS, SHORT_ROWS = 10_000_000, 500_000
_WHOSE = "client_id, source, account, currency"
_BY = f"{_WHOSE}, day, level, channel, campaign"
_ROLLUPS = {"campaign_days": _BY, "channel_days": f"{_WHOSE}, day, level, channel"}
_SUMS = (
    "sum(impressions)::bigint, sum(clicks)::bigint, sum(cost_micros)::bigint, "
    "sum(conversions), sum(value_micros)::bigint"
)


class Side(Protocol):
    """One way into a database file."""

    name: str
    path: Path

    def put(self, held: Held, pull: Pull, *, again: bool) -> None:
        """Keep a pull, committed."""

    def close(self) -> None:
        """Give the file back."""


class Ours:
    """The store's own road."""

    def __init__(self, folder: Path) -> None:
        self.name, self.path = "ours", folder / "ours.duckdb"
        self._store = Store(connect(f"duckdb:///{self.path}"))

    def put(self, held: Held, pull: Pull, *, again: bool) -> None:  # noqa: ARG002  the store finds out itself
        """Keep a pull, committed."""
        self._store.write(
            lambda conn: facts.replace_window(
                conn, held.client, pull.source, held.account, pull, currency=agency.CURRENCY
            )
        )

    def close(self) -> None:
        """Give the file back."""
        self._store.close()


class Bare:
    """DuckDB alone: nothing is checked, nothing summed up."""

    def __init__(self, folder: Path, name: str, order: str = "") -> None:
        self.name, self.path, self._order = name, folder / f"{name}.duckdb", order
        self._driver = duckdb.connect(str(self.path))
        self._driver.execute(
            "CREATE TABLE facts (client_id VARCHAR NOT NULL, source VARCHAR NOT NULL, "
            "account VARCHAR NOT NULL, currency VARCHAR NOT NULL, day DATE, level VARCHAR, "
            "channel VARCHAR, campaign VARCHAR, ad VARCHAR, impressions BIGINT, clicks BIGINT, "
            "cost_micros BIGINT, conversions DOUBLE, value_micros BIGINT)"
        )

    def put(self, held: Held, pull: Pull, *, again: bool) -> None:
        """Keep a pull, committed; delete its days before when they come ``again``."""
        whose = [held.client, pull.source, held.account]
        self._driver.execute("BEGIN")
        if again:
            self._driver.execute(
                "DELETE FROM facts WHERE client_id = ? AND source = ? AND account = ? "
                "AND day BETWEEN ? AND ?",
                [*whose, pull.first, pull.last],
            )
        self._driver.register("pulled", pull.table)
        self._driver.execute(
            f"INSERT INTO facts SELECT ?, ?, ?, ?, * FROM pulled {self._order}",
            [*whose, agency.CURRENCY],
        )
        self._driver.unregister("pulled")
        self._driver.execute("COMMIT")

    def close(self) -> None:
        """Give the file back."""
        self._driver.close()


@dataclass
class Spent:
    """Rows kept and the seconds each side took for them."""

    pulls: int = 0
    rows: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def rate(self, name: str) -> int:
        """Rows a second of that side."""
        return round(self.rows / self.seconds[name])

    def ratio(self, name: str) -> float:
        """That side's time / ours."""
        return round(self.seconds[name] / self.seconds["ours"], 3)


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Measure with 500,000 or 10 million ad-days."""
    return measure(SHORT_ROWS if short else ROWS, say)


def measure(rows: int, say: Callable[[str], None]) -> dict[str, Any]:
    """At least that many ad-days; {rows, rows_per_s, …}. The files are gone afterwards."""
    held = agency.accounts(rows)
    with tempfile.TemporaryDirectory(prefix="bench-ingest-") as folder:
        place = Path(folder)
        sides: list[Side] = [
            Ours(place),
            Bare(place, "bare"),
            Bare(place, "bare_sorted", "ORDER BY day"),
        ]
        try:
            loaded = _all(sides, _first(held), say, again=False)
            replaced = _all(sides, _again(held), say, again=True)
        finally:
            for side in sides:
                side.close()
        say("ingest: comparing what the three files hold.")
        found = _compared([side.path for side in sides], held)
    return _answer(rows, held, (loaded, replaced), found)


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    replaced = answer["replaced"]
    return (
        f"ingest: {answer['rows']:,} ad-days, {answer['rows_per_s']:,} rows/s with every check, "
        f"bare DuckDB {answer['bare_rows_per_s']:,} (ratio {answer['ratio']}, "
        f"{answer['ratio_to_sorted']} when it orders by day too); windows replaced "
        f"{replaced['rows_per_s']:,} rows/s (ratio {replaced['ratio']}); "
        f"{answer['doubled_keys']} keys doubled, "
        f"the same rows in all: {'yes' if answer['equal'] else 'NO'}."
    )


def _first(held: list[Held]) -> Iterator[tuple[Held, Pull]]:
    return ((one, pull) for one in held for pull in agency.pulls(one))


def _again(held: list[Held]) -> Iterator[tuple[Held, Pull]]:
    return ((one, pull) for one in held for pull in agency.restated(one))


def _all(
    sides: list[Side],
    pulls: Iterator[tuple[Held, Pull]],
    say: Callable[[str], None],
    *,
    again: bool,
) -> Spent:
    """Every pull into every side; each pull, another side goes first."""
    spent = Spent(seconds={side.name: 0.0 for side in sides})
    for number, (held, pull) in enumerate(pulls):
        turn = number % len(sides)
        gc.collect()
        for side in [*sides[turn:], *sides[:turn]]:
            began = time.perf_counter()
            side.put(held, pull, again=again)
            spent.seconds[side.name] += time.perf_counter() - began
        spent.pulls += 1
        spent.rows += pull.table.num_rows
        if number % 6 == 5:
            say(f"ingest: {spent.rows:,} rows {'replaced' if again else 'loaded'}, three times.")
    return spent


def _compared(paths: list[Path], held: list[Held]) -> dict[str, int]:
    """Rows of ours; keys doubled; rows and sums in which the files differ from one another."""
    driver = duckdb.connect()
    for name, path in zip("obs", paths, strict=True):
        driver.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")

    def one(statement: str, *given: Any) -> int:
        row = driver.execute(statement, list(given)).fetchone()
        return int(row[0]) if row else 0

    def differ(one_of: str, other: str) -> int:
        both = ((one_of, other), (other, one_of))
        return sum(one(f"SELECT count(*) FROM ({a} EXCEPT ALL {b})") for a, b in both)

    counted = {f: f"SELECT {_BY}, count(*), {_SUMS} FROM {f}.facts GROUP BY ALL" for f in "obs"}
    again = (
        "SELECT count(*) FROM (SELECT 1 FROM o.facts WHERE account = ? "
        "GROUP BY day, level, campaign, ad HAVING count(*) > 1)"
    )
    found = {
        "rows": one("SELECT count(*) FROM o.facts"),
        "doubled": sum(one(again, each.account) for each in held),
        "differ": differ(counted["o"], counted["b"]) + differ(counted["o"], counted["s"]),
        "sums_differ": sum(
            differ(f"SELECT {by}, {_SUMS} FROM o.facts GROUP BY ALL", f"SELECT * FROM o.{table}")
            for table, by in _ROLLUPS.items()
        ),
    }
    driver.close()
    return found


def _answer(
    rows: int, held: list[Held], spent: tuple[Spent, Spent], found: Mapping[str, int]
) -> dict[str, Any]:
    loaded, replaced = spent
    whole = Spent(
        loaded.pulls + replaced.pulls,
        loaded.rows + replaced.rows,
        {name: loaded.seconds[name] + replaced.seconds[name] for name in loaded.seconds},
    )
    return {
        "short": rows < ROWS,
        "sizes": {
            "ad_days": sum(one.ads for one in held) * agency.DAYS,
            "rows_loaded": loaded.rows,
            "rows_kept": found["rows"],
            "pulls": loaded.pulls,
            "clients": len(agency.SHARES),
            "accounts": len(held),
            "days": agency.DAYS,
            "window_days": agency.WINDOW,
            "seed": agency.SEED,
        },
        "rows": sum(one.ads for one in held) * agency.DAYS,
        "rows_per_s": whole.rate("ours"),
        "bare_rows_per_s": whole.rate("bare"),
        "ratio": whole.ratio("bare"),
        "ratio_to_sorted": whole.ratio("bare_sorted"),
        "loaded": _part(loaded),
        "replaced": _part(replaced) | {"days": agency.AGAIN},
        "equal": not found["differ"] and not found["sums_differ"],
        "doubled_keys": found["doubled"],
        "sums_that_disagree": found["sums_differ"],
        "seconds": {name: round(took, 2) for name, took in whole.seconds.items()},
    }


def _part(spent: Spent) -> dict[str, Any]:
    return {
        "windows": spent.pulls,
        "rows": spent.rows,
        "rows_per_s": spent.rate("ours"),
        "bare_rows_per_s": spent.rate("bare"),
        "ratio": spent.ratio("bare"),
        "ratio_to_sorted": spent.ratio("bare_sorted"),
    }
