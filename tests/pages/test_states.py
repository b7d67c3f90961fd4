"""Empty, late, failed; and text of others shown letter by letter."""

import pytest

from engine.reporting.client import read
from tests.pages.conftest import enter, words
from tests.pages.small import NASTY

READS = {
    "home": "home.passes",
    "plan": "moves.names",
    "ledger": "ledger_pages.count",
    "inbox": "inbox.questions",
}


@pytest.mark.parametrize(
    ("person", "page", "said"),
    [
        ("nora", "client/performance", "No figures yet"),
        ("nora", "client/decisions", "Nothing has been written down yet"),
        ("priya", "strategist/home", "No pass yet|No question is open|Nothing waits for a review"),
        ("priya", "strategist/inbox", "Nothing to decide here"),
        ("priya", "strategist/plan", "No plan is in force for November|No plan has been decided"),
        ("priya", "strategist/ledger", "Nothing has been written down yet"),
        ("maya", "team/sources", "No source has been read yet"),
        ("sam", "admin/health", "The loop has not run yet"),
    ],
)
def test_an_empty_store_says_what_is_missing_and_when_it_comes(bare, person, page, said):
    at = enter(person, f"pages/{page}.py")
    assert not at.exception
    shown = words(at).lower()
    assert all(part.lower() in shown for part in said.split("|"))


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
        at = enter(person, f"pages/{page}.py", **query)
        assert not at.exception
        shown = words(at)
        assert NASTY not in shown  # never raw
        assert "\\<img src=x onerror=alert\\(1\\)\\>" in shown
        assert all(not m.allow_html for m in at.markdown)


@pytest.mark.parametrize("page", ["home", "plan", "ledger", "inbox"])
def test_a_strategists_page_that_cannot_be_read_keeps_its_title_and_offers_another_try(
    place, monkeypatch, page
):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr(f"engine.store.reads.{READS[page]}", broken)
    at = enter("priya", f"pages/strategist/{page}.py")
    assert not at.exception
    assert at.title[0].value
    assert any("reference" in e.value for e in at.error)
    assert "secret" not in words(at)
    assert any(b.label == "Try again" for b in at.button)


def test_the_engine_room_that_cannot_be_read_keeps_its_title_and_offers_another_try(
    place, monkeypatch
):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr("engine.store.ticks.recent", broken)
    at = enter("sam")
    assert not at.exception
    assert [t.value for t in at.title] == ["Engine room"]
    assert "reference" in at.error[0].value
    assert "secret" not in words(at)


@pytest.mark.parametrize("person", ["priya", "sam"])
def test_the_first_page_of_the_house_names_every_source_that_is_late(place, person):
    shown = words(enter(person)).replace("\\", "")
    assert "nine hours old" in shown


def test_the_chain_is_checked_on_demand(place):
    at = enter("sam", "pages/strategist/ledger.py", client="Alder & Finch")
    assert "Whole up to line 25, checked at 04:40" in words(at)  # New York's hour
    at.button(key="verify").click().run()
    assert not at.error
    place.write(lambda conn: conn.exec_driver_sql("update ledger set sentence='x' where seq=2"))
    at.button(key="verify").click().run()
    assert any("line 2" in e.value for e in at.error)


def test_the_performance_page_names_its_attribution_and_its_worst_case(place):
    shown = words(enter("nora"))
    assert "closed-won truth" in shown
    assert "The most you can be billed today is **£1,240**" in shown
    assert "days after Thu 5 Nov are still maturing" in shown
