"""Empty, late, failed; and text of others shown letter by letter."""

import pytest

from engine.reporting.client import read
from tests.pages.conftest import enter, words
from tests.pages.small import NASTY


@pytest.mark.parametrize(
    ("person", "page", "said"),
    [
        ("nora", "client/performance", "No figures yet"),
        ("nora", "client/decisions", "Nothing has been written down yet"),
        ("priya", "strategist/inbox", "Nothing to decide here"),
        ("priya", "strategist/ledger", "Nothing has been written down yet"),
        ("maya", "team/sources", "No source has been read yet"),
        ("sam", "admin/health", "The loop has not run yet"),
    ],
)
def test_an_empty_store_says_what_is_missing_and_when_it_comes(bare, person, page, said):
    at = enter(person, f"pages/{page}.py")
    assert not at.exception
    assert said in words(at)


def test_a_late_source_warns_and_keeps_its_old_figures(place):
    at = enter("ben")
    assert any("nine hours old" in w.value for w in at.warning)
    assert at.metric[0].value.startswith("$")
    assert not enter("nora").warning


def test_a_broken_read_shows_a_reference_and_a_way_back(place, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr(read, "version", broken)
    at = enter("nora")
    assert not at.exception
    assert "reference" in at.error[0].value
    assert "secret" not in words(at)
    assert any(b.label == "Try again" for b in at.button)
    monkeypatch.undo()
    place_env = enter("nora")
    assert place_env.title[0].value


def test_markup_in_names_is_shown_as_letters(place):
    for person, page, query in (
        ("priya", "strategist/inbox", {"e": "E-102"}),
        ("nora", "client/decisions", {}),
        ("priya", "strategist/ledger", {"client": "Northgate Advisory"}),
    ):
        at = (
            enter(person, **query) if query.get("e") else enter(person, f"pages/{page}.py", **query)
        )
        assert not at.exception
        shown = words(at)
        assert NASTY not in shown  # never raw
        assert "\\<img src=x onerror=alert\\(1\\)\\>" in shown
        assert all(not m.allow_html for m in at.markdown)


def test_search_and_groups_narrow_the_ledger(place):
    at = enter("nora", "pages/client/decisions.py")
    at.text_input(key="ledger-text").set_value("Tom Okafor").run()
    assert "1 line" in words(at)
    at.text_input(key="ledger-text").set_value("no such thing").run()
    assert "Nothing matches" in words(at)


def test_the_chain_is_checked_on_demand(place):
    at = enter("sam", "pages/strategist/ledger.py", client="Alder & Finch")
    at.button(key="verify").click().run()
    assert at.success
    place.write(lambda conn: conn.exec_driver_sql("update ledger set sentence='x' where seq=2"))
    at.button(key="verify").click().run()
    assert any("line 2" in e.value for e in at.error)


def test_the_performance_page_names_its_attribution_and_its_worst_case(place):
    shown = words(enter("nora"))
    assert "closed-won truth" in shown
    assert "The most you can be billed today is **£1,240**" in shown
    assert "days after Thu 5 Nov are still maturing" in shown
