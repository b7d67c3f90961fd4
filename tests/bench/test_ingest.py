"""Tiny sizes: what is asked is whether the sides hold the same, never how long they took."""

import duckdb
import pytest

from bench import agency, ingest

pytestmark = pytest.mark.xdist_group("bench_ingest")
ROWS = 4_000


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    return ingest.measure(ROWS, lambda _line: None)


def test_it_answers_with_rows_rates_and_sizes(answer):
    assert answer["short"] is True
    assert answer["rows"] >= ROWS
    assert answer["rows_per_s"] > 0
    assert answer["bare_rows_per_s"] > 0
    assert answer["ratio"] > 0
    assert answer["sizes"]["ad_days"] == answer["rows"]
    assert answer["sizes"]["pulls"] == 24
    assert answer["replaced"]["windows"] == 24
    assert answer["replaced"]["days"] == agency.AGAIN


def test_all_sides_hold_the_same_and_no_key_twice(answer):
    assert answer["equal"] is True
    assert answer["doubled_keys"] == 0
    assert answer["sums_that_disagree"] == 0
    assert answer["sizes"]["rows_kept"] < answer["sizes"]["rows_loaded"]  # an ad fewer, told again


def test_it_reads_as_a_sentence(answer):
    said = ingest.line(answer)
    assert said.startswith(f"ingest: {answer['rows']:,} ad-days, ")
    assert said.endswith("0 keys doubled, the same rows in all: yes.")


@pytest.fixture
def sides(tmp_path):
    """The three files with one account's first window in each."""
    held = agency.accounts(ROWS)[0]
    pull = next(agency.pulls(held))
    made = [ingest.Ours(tmp_path), ingest.Bare(tmp_path, "bare"), ingest.Bare(tmp_path, "sorted")]
    for side in made:
        side.put(held, pull, again=False)
        side.close()
    return [side.path for side in made], held


def test_a_row_put_twice_or_changed_is_found(sides):
    paths, held = sides
    clean = ingest._compared(paths, [held])
    assert (clean["doubled"], clean["differ"], clean["sums_differ"]) == (0, 0, 0)
    with duckdb.connect(str(paths[0])) as driver:
        driver.execute("INSERT INTO facts SELECT * FROM facts LIMIT 1")
    found = ingest._compared(paths, [held])
    assert found["doubled"] == 1
    assert found["differ"] > 0
    assert found["sums_differ"] > 0


def test_the_agency_is_always_the_same_and_its_campaigns_are_the_sums_of_their_ads():
    held = agency.accounts(ROWS)[0]
    first, again = next(agency.pulls(held)), next(agency.pulls(held))
    assert first.table.equals(again.table)
    by_level = first.table.group_by("level").aggregate(
        [("cost_micros", "sum"), ("conversions", "sum")]
    )
    ad, campaign = sorted(by_level.to_pylist(), key=lambda row: row["level"])
    assert ad["cost_micros_sum"] == campaign["cost_micros_sum"] > 0
    assert ad["conversions_sum"] == campaign["conversions_sum"] > 0
