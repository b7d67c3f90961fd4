"""The real exports of the other platforms, against figures worked out without our readers."""

import csv
import hashlib
import io
from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bench.exports import books
from bench.exports.shapes import zipped
from engine.model.exports import Answers
from engine.platforms.files import read, read_bytes
from engine.platforms.files.sheet import decode
from engine.store import imports
from tests.engine.platforms.files.known import CARDS, CRM, REPORTS
from tests.engine.platforms.files.known_platforms import (
    FOLDERS,
    KAG_CAMPAIGNS,
    PLATFORMS,
    SEARCH_CONSOLE,
    SESSIONS_BY_CHANNEL,
)
from tests.engine.platforms.files.real import FOLDER, export_file

pytestmark = pytest.mark.exports
NOW = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("known", PLATFORMS, ids=lambda known: known.file)
def test_a_real_file_is_recognised_and_read_to_its_known_figures(known):
    (found,) = read(export_file(known.file))
    assert (found.format, found.kind, found.period, found.currency, found.asks) == (
        *(known.format, known.kind, known.period, known.currency, known.asks),
    )
    assert (found.read, found.rows.num_rows, len(found.refused)) == (
        *(known.read, known.kept, known.refused),
    )
    for one in known.sums:
        assert one.holds(found.totals[one.column]), (one, found.totals[one.column])
    assert not [note for note in found.notes if "more than rounding" in note]
    assert len(set(found.rows["row_key"].to_pylist())) == known.kept


def test_every_file_of_these_folders_is_in_the_table():
    export_file("")
    names = {
        path.relative_to(FOLDER).as_posix()
        for name in FOLDERS
        for path in (FOLDER / name).iterdir()
    }
    assert names == {known.file for known in PLATFORMS}


@pytest.mark.parametrize(
    "known", [*REPORTS, *CARDS, *CRM, *PLATFORMS], ids=lambda known: known.file
)
def test_a_second_ingest_of_a_real_file_keeps_nothing(known, temp_store):
    """Neither the file itself again nor its rows under another name and other bytes."""
    path = export_file(known.file)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    kept = []
    for taken_as in (digest, digest, "saved anew"):
        (export,) = read(path)
        given = (taken_as, export)
        result = temp_store.write(
            lambda conn, given=given: imports.record(
                conn, "northgate", given[1], given[0], NOW, by="maya"
            )
        )
        kept.append(result.kept)
    assert kept == [known.kept, 0, 0]


@pytest.mark.parametrize("known", [k for k in PLATFORMS if k.asks], ids=lambda known: known.file)
def test_a_currency_that_a_person_says_fills_what_the_file_leaves_open(known):
    (found,) = read(export_file(known.file), answers=Answers(currency="INR"))
    (asked,) = read(export_file(known.file))
    assert (found.currency, found.asks) == ("INR", ())
    assert set(found.rows["currency"].to_pylist()) == {"INR"}
    assert found.rows["row_key"].equals(asked.rows["row_key"])


def test_kag_campaigns_have_their_known_figures():
    (found,) = read(export_file("meta_ads/facebook_ads_KAG_conversion.csv"))
    sums = defaultdict(lambda: [Decimal(0), 0, 0])
    for row in found.rows.to_pylist():
        one = sums[row["campaign"]]
        one[0] += Decimal(row["cost_micros"]) / 10**6
        one[1] += row["clicks"]
        one[2] += int(row["conversions"])
    shown = {name: (str(round(s, 2)), clicks, asked) for name, (s, clicks, asked) in sums.items()}
    assert shown == KAG_CAMPAIGNS


def test_one_name_on_one_day_is_several_ads_and_none_replaces_another():
    (found,) = read(export_file("meta_ads/meta_ads_creative_AEF_2025.csv"))
    rows = found.rows.to_pylist()
    named = Counter((row["day"], row["ad"]) for row in rows)
    assert sum(count for count in named.values() if count > 1) >= 238
    assert len({row["row_key"] for row in rows}) == 992


def test_hourly_sessions_by_channel_are_the_known_ones():
    (found,) = read(export_file("ga4/ga4_channel_by_hour_2024.csv"))
    sums = Counter()
    for row in found.rows.to_pylist():
        sums[row["channel"]] += row["sessions"]
        assert 0 <= row["hour"] <= 23
    assert sums == SESSIONS_BY_CHANNEL


def test_the_tables_of_search_console_are_read_as_one_zip_and_no_days_are_made_up():
    members = {
        known.file.split("gsc_")[1].split("_")[0].capitalize() + ".csv": export_file(
            known.file
        ).read_bytes()
        for known in SEARCH_CONSOLE
    }
    found = {e.file.split("/")[1]: e for e in read_bytes("search.zip", zipped(members))}
    assert len(found) == 6
    queries = found["Queries.csv"]
    assert queries.period is None
    assert queries.rows["period_first"].null_count == 56
    (note,) = [note for note in queries.notes if "Last 3 months" in note]
    assert "2026-04-13 to 2026-05-31" in note


@pytest.mark.parametrize(
    "known", [k for k in PLATFORMS if "ptBR" not in k.file], ids=lambda known: known.file
)
def test_a_real_file_opened_and_saved_by_excel_has_the_same_figures(known):
    text = decode(export_file(known.file).read_bytes())
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    cut = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [[books.typed(cell) for cell in row] for row in cut]
    (found,) = read_bytes("book.xlsx", books.book(Sheet1=rows))
    (plain,) = read(export_file(known.file))
    assert (found.format, found.read, found.refused) == (plain.format, plain.read, ())
    assert (found.period, found.currency) == (plain.period, plain.currency)
    assert found.totals == plain.totals
    assert found.rows["row_key"].equals(plain.rows["row_key"])
