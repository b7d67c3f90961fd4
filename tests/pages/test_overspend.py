"""Can it overspend? The client and the strategist read the same tables on the client's page."""

import pytest

from tests.pages.conftest import enter, words

PAGE = "pages/client/performance.py"


@pytest.mark.parametrize("person", ["nora", "priya"])
def test_the_worst_case_is_told_by_period_with_the_rule_that_bounds_it(place, person):
    at = enter(person, PAGE, client="Northgate Advisory")
    assert not at.exception
    tables = [t.value for t in at.table if "Worst case" in t.value.columns]
    assert len(tables) == 2  # Google has no week
    for table in tables:
        assert list(table.columns) == ["Channel", "Set", "Expected", "Worst case", "Cap"]
        assert all("£" in figure for figure in table["Worst case"])
    assert tables[1]["Cap"].iloc[-1] != "–"
    said = words(at)
    assert "This month" in said
    assert "twice the average daily budget" in said
    assert "support.google.com" in said
