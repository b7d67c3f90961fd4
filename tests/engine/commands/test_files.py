"""Files on disk: one answer a file, nothing kept by a dry run, nothing changed by a refusal."""

import pytest

from engine.commands import files
from engine.model.errors import BadInput
from engine.model.exports import Answers
from engine.model.people import Scope
from engine.store import imports, ledger
from tests import uploads
from tests.engine.commands.conftest import NOW

C = "northgate"
KEYS = {
    "file", "format", "period", "currency", "read", "kept", "refused", "totals", "notes", "reason",
    "new", "changed", "already", "asks", "import",
}  # fmt: skip


@pytest.fixture
def export(tmp_path, running):
    """A CRM export as the simulated market drops it."""
    from tests.engine.small import open_small, small_data

    small = open_small(tmp_path / "market", running, small_data(), history=8)
    small.house.store.close()
    return sorted((small.house.settings.sandbox / "exports" / small.data.customer).glob("*.csv"))[
        -1
    ]


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def kept(house):
    with house.store.read() as conn:
        return imports.imports(conn, C)


def test_a_dry_run_reads_everything_and_keeps_nothing(house, who, export):
    (told,) = files.ingest(house, who("maya"), NOW, C, export, dry_run=True)
    assert set(told) == KEYS
    assert told["kept"] == 0
    assert told["read"] > 0
    assert "Dry run" in told["reason"]
    assert kept(house) == []


def test_a_file_is_kept_once_by_its_content(house, who, export):
    (first,) = files.ingest(house, who("maya"), NOW, C, export)
    (again,) = files.ingest(house, who("maya"), NOW, C, export)
    assert set(first) == KEYS
    assert first["reason"] is None
    assert first["kept"] == first["new"] == first["read"] - len(first["refused"])
    assert (again["kept"], again["already"]) == (0, first["kept"])


def test_a_dry_run_says_what_the_run_then_does(house, who, put):
    files.ingest(house, who("maya"), NOW, C, put("a.csv", uploads.META))
    path = put("b.csv", uploads.RESTATED)
    (would,) = files.ingest(house, who("maya"), NOW, C, path, dry_run=True)
    (did,) = files.ingest(house, who("maya"), NOW, C, path)
    told = ("new", "changed", "already", "refused", "totals")
    assert [would[k] for k in told] == [did[k] for k in told]
    assert (did["new"], did["changed"], did["already"], len(did["refused"])) == (1, 1, 1, 1)
    assert (would["kept"], did["kept"]) == (0, 2)


def test_dates_that_can_be_two_are_refused_with_the_question_and_the_option(house, who, put):
    (told,) = files.ingest(house, who("maya"), NOW, C, put("open.csv", uploads.AMBIGUOUS))
    assert "day_order" in told["asks"]
    assert "--day-order" in told["reason"]
    assert (told["kept"], told["import"], kept(house)) == (0, None, [])


def test_answers_complete_the_file(house, who, put):
    path = put("open.csv", uploads.AMBIGUOUS)
    (told,) = files.ingest(house, who("maya"), NOW, C, path, Answers("GBP", "dmy"))
    assert (told["currency"], told["period"]) == ("GBP", ["2026-04-03", "2026-04-03"])
    assert told["kept"] == 1
    (found,) = kept(house)
    assert found.answers_json == '{"currency": "GBP", "day_order": "dmy"}'


def test_money_in_no_currency_is_kept_so_asked_for_and_completed_by_the_answer(house, who, put):
    path = put("open.csv", uploads.NO_CURRENCY)
    (first,) = files.ingest(house, who("maya"), NOW, C, path)
    assert (first["kept"], first["currency"], first["asks"]) == (1, None, ["currency"])
    assert first["reason"] is None
    assert "--currency CODE" in first["notes"][-1]
    (again,) = files.ingest(house, who("maya"), NOW, C, path)
    assert again["kept"] == 0
    (then,) = files.ingest(house, who("maya"), NOW, C, path, Answers("USD"))
    assert (then["kept"], then["changed"], then["currency"], then["asks"]) == (1, 1, "USD", [])


@pytest.mark.parametrize("answers", [Answers("pounds"), Answers("gbp"), Answers(day_order="ymd")])
def test_an_answer_that_is_none_is_refused(house, who, put, answers):
    with pytest.raises(BadInput, match=r"no (currency code|order)"):
        files.ingest(house, who("maya"), NOW, C, put("a.csv", uploads.META), answers)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"just some words\nand more\n"])
def test_a_file_nobody_knows_is_one_answer_with_its_reason(house, who, put, content):
    (told,) = files.ingest(house, who("maya"), NOW, C, put("holiday.csv", content))
    assert set(told) == KEYS
    assert told["file"] == "holiday.csv"
    assert told["reason"]
    assert told["kept"] == 0
    assert kept(house) == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(house, who, put):
    (told,) = files.ingest(house, who("maya"), NOW, C, put("big.csv", bytes(25 * 1024 * 1024)))
    assert "25.0 MB; the limit is 20 MB" in told["reason"]


def test_a_file_that_is_not_there_is_refused_in_words(house, tmp_path):
    (told,) = files.ingest(house, Scope.operator(), NOW, C, tmp_path / "gone.csv")
    assert told["reason"]


def test_the_ledger_names_who_and_what_but_no_file_and_none_of_its_words(house, who, put):
    path = put("jane doe.csv", uploads.META)
    (told,) = files.ingest(house, who("maya"), NOW, C, path)
    files.undo(house, who("priya"), NOW, C, told["import"])
    with house.store.read() as conn:
        undone, taken = ledger.entries(conn, Scope.operator(), C, limit=2)
    assert (taken.kind, taken.actor, taken.ref) == ("import", "maya", told["import"])
    assert (undone.kind, undone.actor, undone.ref) == ("import_undone", "priya", told["import"])
    written = f"{taken} {undone}"
    assert "jane" not in written
    assert "Autumn" not in written
