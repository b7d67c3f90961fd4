"""Who may do what, and the audiences: the matrix and the lists as a person of the house sees them."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import APP
from tests.pages.guardrails import shown


def page(person, name):
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.session_state["demo_person"] = person
    at.session_state["client"] = "northgate"  # as picked on another page
    at.run()
    at.switch_page(f"pages/team/{name}.py").run()
    assert not at.exception
    assert not at.error
    return at


@pytest.mark.parametrize("person", ["priya", "maya"])
def test_the_matrix_has_a_row_for_each_lever_and_a_column_for_each_agent(place, person):
    at = page(person, "authority")
    grid = at.table[0].value
    assert list(grid.columns)[:3] == ["Lever", "Pacing", "Channel mix"]
    row = grid.set_index("Lever").loc["Open a campaign"]
    assert all("Asks" in cell for cell in row)
    told = shown(at)
    assert "Closed loop phase" in told
    root = "/" if person == "maya" else "/guardrails"  # a first page answers at the root only
    assert f"]({root}?client=northgate&rule=structure)" in told
    assert "Never" in told


def test_another_channel_has_its_own_sizes(place):
    at = page("priya", "authority")
    search = at.table[0].value
    next(b for b in at.get("button_group") if b.key == "channel").set_value("youtube").run()
    assert not at.exception
    assert not at.table[0].value.equals(search)


def test_the_lists_stand_apart_with_the_way_to_edit_them(place):
    at = page("maya", "audiences")
    told = shown(at)
    for words in (
        "May be reached",
        "Never reached",
        "Lookalikes",
        "Website visitors",
        "Closed-won clients",
        "not known yet",
    ):
        assert words in told
    links = [h.proto.body for h in at.get("html")]
    assert any("/?client=" in x and "Edit as a draft" in x for x in links)


def test_an_admin_may_look(place):
    at = page("sam", "audiences")
    assert any("See the rule" in h.proto.body for h in at.get("html"))
