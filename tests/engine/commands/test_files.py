"""Files people have: one answer a file, nothing kept by a dry run, nothing changed by a refusal."""

import pytest

from engine.commands import files
from engine.model.people import Scope
from engine.store import imports
from tests.engine.commands.conftest import NOW

C = "northgate"
KEYS = {
    "file", "format", "period", "currency", "read", "kept", "refused", "totals", "notes", "reason",
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
    assert first["kept"] == first["read"] - len(first["refused"])
    assert again["kept"] == 0


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"just some words\nand more\n"])
def test_a_file_nobody_knows_is_one_answer_with_its_reason(house, who, tmp_path, content):
    path = tmp_path / "holiday.csv"
    path.write_bytes(content)
    (told,) = files.ingest(house, who("maya"), NOW, C, path)
    assert set(told) == KEYS
    assert told["file"] == "holiday.csv"
    assert told["reason"]
    assert told["kept"] == 0
    assert kept(house) == []


def test_a_file_that_is_not_there_is_refused_in_words(house, tmp_path):
    (told,) = files.ingest(house, Scope.operator(), NOW, C, tmp_path / "gone.csv")
    assert told["reason"]
