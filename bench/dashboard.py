"""What a dashboard's reads cost over a year of ad-days: our road beside the raw query, pandas and the page itself.

The question is spend by day and channel over the last 90 days of the largest client, asked through the store as
screens ask it (``client_days.spend``, which reads sums), and as bare SQL on the same file's facts: over the ad-days
(``raw_ratio``), and over the fifty times fewer rows in which the platform tells its campaigns. The answers must be
equal. Then the client's page: composed from the store, and the screen's script run whole, with its cached reads
forgotten and kept, by each view of credit and with the drill-down open at campaigns and at the ads of one.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import streamlit as st
from streamlit.testing.v1 import AppTest

from bench import agency, agency_open
from bench.agency import BIG, LAST_DAY, NOW
from engine.model.errors import GiveUp
from engine.model.people import Scope
from engine.reporting.client import read, view
from engine.store import Store, facts
from engine.store.reads import client_days
from pages.parts.house import house

ROWS, SHORT_ROWS = 10_000_000, 500_000
PAIRS, SHORT_PAIRS, PEER_RUNS = 101, 41, 5
OPEN = {
    "last_click": {"credit": "Last-click"},
    "platform": {"credit": "Platform-reported"},
    "campaigns": {"channel": "google_search"},
    "ads": {"channel": "google_search", "campaign": f"{BIG}-10-0000"},
}
"""The page at other addresses, every one with its cached reads forgotten."""
FIRST = LAST_DAY - timedelta(days=89)
APP = Path(__file__).resolve().parent.parent / "app.py"
_RAW = (
    "SELECT day, channel, sum(cost_micros) FROM facts WHERE client_id = ? AND level = ? "
    "AND day BETWEEN ? AND ? GROUP BY day, channel ORDER BY day, channel"
)
_WANTED = [("client_id", "=", BIG), ("level", "=", "campaign"), ("day", ">=", FIRST)]
_COLUMNS = ["client_id", "level", "day", "channel", "cost_micros"]

Answer = list[tuple[date, str, int]]
"""Account day, channel, micros; in order."""


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Measure over 500,000 or 10 million ad-days."""
    return measure(SHORT_ROWS, SHORT_PAIRS, say) if short else measure(ROWS, PAIRS, say)


def measure(rows: int, pairs: int, say: Callable[[str], None]) -> dict[str, Any]:
    """At least that many ad-days, every question that often; {rows, p50_ms, p95_ms, …}.

    Raises:
        GiveUp: two roads gave different answers.
    """
    with opened(rows, say) as store:
        say("dashboard: asking for 90 days by channel, by four roads.")
        asked = _asked(store, pairs)
        peers = _peers(store, PEER_RUNS)
        say("dashboard: composing the client's page and running its screen.")
        page = _page(store, max(7, pairs // 4))
    found = {name: _spread(took) for name, took in (asked | peers).items()}
    ours = statistics.median(asked["ours"])
    return {
        "short": rows < ROWS,
        "sizes": {
            "pairs": pairs,
            "query_days": (LAST_DAY - FIRST).days + 1,
            "clients": len(agency.SHARES),
            "share_of_largest": round(sum(agency.SHARES[BIG]), 2),
            "campaigns_of_largest": sum(
                len(h.campaigns) for h in agency.accounts(rows) if h.client == BIG
            ),
            "days": agency.DAYS,
            "seed": agency.SEED,
        },
        "rows": sum(one.ads for one in agency.accounts(rows)) * agency.DAYS,
        "p50_ms": found["ours"]["p50"],
        "p95_ms": found["ours"]["p95"],
        "raw_ratio": round(statistics.median(asked["raw"]) / ours, 1),
        "raw_campaigns_ratio": round(statistics.median(asked["raw_campaigns"]) / ours, 1),
        "pandas_ratio": round(statistics.median(peers["pandas_frame"]) / ours, 1),
        "roads_ms": found,
        "page_ms": {name: _spread(took) for name, took in page.items()},
    }


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    page = answer["page_ms"]
    return (
        f"dashboard: 90 days by channel over {answer['rows']:,} ad-days in {answer['p50_ms']} ms "
        f"(p95 {answer['p95_ms']}); the raw query takes {answer['raw_ratio']} times as long, over "
        f"the platform's own campaign rows {answer['raw_campaigns_ratio']} times, "
        f"pandas {answer['pandas_ratio']} times; the client's page {page['composed']['p50']} ms composed, its screen "
        f"{page['script_uncached']['p50']} ms (p95 {page['script_uncached']['p95']}), cached "
        f"{page['script_cached']['p50']} ms; opened at campaigns {page['campaigns']['p50']} ms, at ads "
        f"{page['ads']['p50']} ms (p95 {page['ads']['p95']})."
    )


@contextmanager
def opened(rows: int, say: Callable[[str], None]) -> Iterator[Store]:
    """The agency's store with at least that many ad-days, as the screens open it; gone afterwards."""
    held = agency.accounts(rows)
    kept = os.environ.get("CC_STORE")
    with tempfile.TemporaryDirectory(prefix="bench-dashboard-") as folder:
        os.environ["CC_STORE"] = str(Path(folder) / "store.duckdb")
        store = house().store
        try:
            store.write(lambda conn: agency_open.open_agency(conn, held))
            for number, one in enumerate(held):
                for pull in (*agency.pulls(one), *agency.restated(one)):
                    store.write(
                        lambda conn, one=one, pull=pull: facts.replace_window(  # type: ignore[misc]
                            conn, one.client, pull.source, one.account, pull, currency="GBP"
                        )
                    )
                say(f"dashboard: account {number + 1} of {len(held)} loaded.")
            yield store
        finally:
            store.close()
            st.cache_data.clear()
            if kept is None:
                del os.environ["CC_STORE"]
            else:
                os.environ["CC_STORE"] = kept


def ours(store: Store) -> Answer:
    """The reporting road."""
    with store.read() as conn:
        return sorted(client_days.spend(conn, BIG, FIRST, LAST_DAY))


def raw(store: Store, level: str) -> Answer:
    """Bare SQL on the facts, through the driver alone."""
    with store.read() as conn:
        driver: Any = conn.connection.dbapi_connection
        cursor = driver.cursor()
        cursor.execute(_RAW, [BIG, level, FIRST, LAST_DAY])
        found = cursor.fetchall()
    return [(day, channel, int(micros)) for day, channel, micros in found]


def _asked(store: Store, pairs: int) -> dict[str, list[float]]:
    """Seconds of every road, one after the other in turn."""
    roads: dict[str, Callable[[], Answer]] = {
        "ours": lambda: ours(store),
        "raw": lambda: raw(store, "ad"),
        "raw_campaigns": lambda: raw(store, "campaign"),
    }
    answers = {name: road() for name, road in roads.items()}  # the first time is not counted
    for name, answer in answers.items():
        if answer != answers["ours"] or not answer:
            raise GiveUp(f"The road {name} gave another answer than ours; nothing was measured.")
    return _timed(roads, pairs)


def _peers(store: Store, runs: int) -> dict[str, list[float]]:
    """Seconds of pandas on a frame it already holds, and on what a Parquet file gives it for the question."""
    with tempfile.TemporaryDirectory(prefix="bench-parquet-") as folder:
        file = Path(folder) / "facts.parquet"
        with store.read() as conn:
            conn.exec_driver_sql(f"COPY (SELECT * FROM facts) TO '{file}' (FORMAT parquet)")
        frame = _frame(file)
        roads: dict[str, Callable[[], Answer]] = {
            "ours_beside_pandas": lambda: ours(store),
            "pandas_frame": lambda: _grouped(frame),
            "pandas_parquet": lambda: _grouped(_frame(file, _WANTED)),
        }
        for name, road in roads.items():
            if road() != ours(store):
                raise GiveUp(f"The road {name} gave another answer; nothing was measured.")
        return _timed(roads, runs)


def _frame(file: Path, wanted: Any = None) -> pd.DataFrame:
    """The columns the question needs, days as numbers, which is much quicker for pandas."""
    found: pd.DataFrame = pq.read_table(file, columns=_COLUMNS, filters=wanted).to_pandas(
        date_as_object=False
    )
    return found


def _grouped(frame: pd.DataFrame) -> Answer:
    mine = frame[(frame["client_id"] == BIG) & (frame["level"] == "campaign")]
    first, last = pd.Timestamp(FIRST), pd.Timestamp(LAST_DAY)
    mine = mine[(mine["day"] >= first) & (mine["day"] <= last)]
    sums = mine.groupby(["day", "channel"], as_index=False)["cost_micros"].sum()
    rows = zip(sums["day"], sums["channel"], sums["cost_micros"], strict=True)
    return [(day.date(), str(channel), int(micros)) for day, channel, micros in rows]


def _page(store: Store, runs: int) -> dict[str, list[float]]:
    """Seconds of the client's page: composed from the store, and the screen's script with and without its cache.

    The script alone is on the server's clock: what a browser draws with it is not in it.
    """
    scope = Scope.operator()

    def composed() -> object:
        return view.performance(read.material(store, scope, BIG, NOW), NOW, "month")

    screen = _screen({})
    roads: dict[str, Callable[[], object]] = {
        "composed": composed,
        "script_uncached": _forgetting(screen),
    }
    roads |= {name: _forgetting(_screen(address)) for name, address in OPEN.items()}
    for road in roads.values():
        road()  # what is loaded once is not counted
    return _timed(roads, runs) | _timed({"script_cached": lambda: _shown(screen)}, runs)


def _screen(address: Mapping[str, str]) -> AppTest:
    screen = AppTest.from_file(str(APP), default_timeout=120)
    screen.session_state["demo_person"] = agency_open.PERSON
    for name, value in address.items():
        screen.query_params[name] = value
    return screen


def _forgetting(screen: AppTest) -> Callable[[], AppTest]:
    def road() -> AppTest:
        st.cache_data.clear()
        return _shown(screen)

    return road


def _shown(screen: AppTest) -> AppTest:
    """The screen after one run of its script; it must have shown the page."""
    screen.run()
    if screen.exception or screen.error or [t.value for t in screen.title] != ["Performance"]:
        raise GiveUp("The client's page failed to show; nothing was measured.")
    if len(screen.metric) != 4:
        raise GiveUp("The client's page has no figures; nothing was measured.")
    return screen


def _timed(roads: Mapping[str, Callable[[], object]], times: int) -> dict[str, list[float]]:
    """Seconds of every road, asked in turn, each time another first."""
    names = list(roads)
    took: dict[str, list[float]] = {name: [] for name in names}
    for number in range(times):
        turn = number % len(names)
        for name in (*names[turn:], *names[:turn]):
            began = time.perf_counter()
            roads[name]()
            took[name].append(time.perf_counter() - began)
    return took


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {"p50": round(statistics.median(ordered) * 1000, 1), "p95": round(late * 1000, 1)}
