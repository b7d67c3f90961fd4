"""``python -m jobs ingest``: the same answers as the page's preview, questions with the option that answers them."""

import json

import pytest

from tests import uploads
from tests.jobs.test_commandline import here

__all__ = ["here"]
WANTED = {"file", "format", "period", "currency", "read", "kept", "refused", "totals", "reason"}


@pytest.fixture
def ingest(said, here, tmp_path):
    """Run it on one file of these bytes: (exit code, the one answer)."""

    def run(data, *words, name="meta.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        code, out, err = said("ingest", str(path), "--client", "alder", "--json", *words)
        return (code, json.loads(out)[0]) if out else (code, err)

    return run


def test_a_dry_run_says_what_would_be_new_changed_and_there_and_keeps_nothing(ingest):
    assert ingest(uploads.META)[1]["kept"] == 4
    code, told = ingest(uploads.RESTATED, "--dry-run")
    assert code == 0
    assert set(told) >= WANTED
    assert (told["new"], told["changed"], told["already"], told["kept"]) == (1, 1, 1, 0)
    assert told["refused"][0]["line"] == 5
    assert ingest(uploads.RESTATED)[1]["kept"] == 2
    assert ingest(uploads.RESTATED)[1]["kept"] == 0


def test_money_in_no_currency_is_kept_so_and_asked_for_until_it_is_answered(ingest):
    code, told = ingest(uploads.NO_CURRENCY)
    assert (code, told["kept"], told["currency"], told["asks"]) == (0, 1, None, ["currency"])
    assert "--currency CODE" in told["notes"][-1]
    code, told = ingest(uploads.NO_CURRENCY, "--currency", "usd")
    assert (code, told["kept"], told["currency"], told["asks"]) == (0, 1, "USD", [])


def test_dates_that_can_be_two_are_refused_until_their_order_is_said(ingest):
    code, told = ingest(uploads.AMBIGUOUS, "--currency", "GBP")
    assert (code, told["asks"]) == (2, ["day_order"])
    assert "--day-order dmy or mdy" in told["reason"]
    code, told = ingest(uploads.AMBIGUOUS, "--currency", "GBP", "--day-order", "mdy")
    assert (code, told["period"]) == (0, ["2026-03-04", "2026-03-04"])


@pytest.mark.parametrize("words", [("--currency", "pounds"), ("--day-order", "ymd")])
def test_what_is_no_answer_is_refused(ingest, words):
    code, said = ingest(uploads.META, *words)
    assert code == 2
    assert said


def test_without_json_a_file_is_told_in_a_few_lines(said, here, tmp_path):
    path = tmp_path / "meta.csv"
    path.write_bytes(uploads.RESTATED)
    code, out, _ = said("ingest", str(path), "--client", "alder")
    assert code == 0
    assert "read 4, new 3, changed 0, already there 0, refused 1" in out
    assert "line 5: " in out
    assert "kept as file-00001" in out
