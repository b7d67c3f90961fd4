"""The folder a CRM drops its exports in: nobody can be asked there, so the installation says it."""

from datetime import UTC, date, datetime

import pytest

from bench.exports import shapes
from engine.model.errors import GiveUp
from engine.model.exports import Answers
from engine.platforms.files import DealFolder

NOW = datetime(2026, 11, 9, 6, tzinfo=UTC)
TWO_WAYS = (
    shapes.HUBSPOT.splitlines()[0]
    + "\n"
    + "\n".join(
        line.replace("2026-09-01", "03/04/2026") for line in shapes.HUBSPOT.splitlines()[1:2]
    )
    + "\n"
)


def folder(tmp_path, text, answers=None):
    (tmp_path / "deals-2026-11-09.csv").write_text(text)
    more = () if answers is None else (answers,)
    return DealFolder({"northgate": (tmp_path,)}, *more)


def test_a_new_export_is_read_once(tmp_path):
    source = folder(tmp_path, shapes.HUBSPOT)
    pull, bookmark = source.deals("northgate", "", NOW)
    assert (pull.table.num_rows, bookmark) == (3, "deals-2026-11-09.csv")
    assert source.deals("northgate", bookmark, NOW) is None


def test_dates_that_can_be_two_are_refused_naming_the_setting(tmp_path):
    with pytest.raises(GiveUp, match="CC_CRM_DAY_ORDER"):
        folder(tmp_path, TWO_WAYS).deals("northgate", "", NOW)


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2026, 4, 3)), ("mdy", date(2026, 3, 4))])
def test_the_installation_says_which_comes_first(tmp_path, order, day):
    source = folder(tmp_path, TWO_WAYS, Answers(day_order=order))
    pull, _ = source.deals("northgate", "", NOW)
    assert pull.table["created_on"].to_pylist() == [day]
