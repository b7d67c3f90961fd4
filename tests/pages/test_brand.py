"""The brand page: copy is judged and marked, a file comes in and is approved, a sector's rules become a draft."""

from __future__ import annotations

import pytest

from engine.store import brand as table
from tests.pages.conftest import enter, words
from tests.pages.small import NASTY

PAGE = "pages/team/brand.py"
C = "northgate"


def open_page(person="maya"):
    at = enter(person, PAGE)
    at.session_state["client"] = C
    return at.run()


def ask(at, text):
    next(a for a in at.text_area if a.key == "brand_copy").set_value(text)
    next(b for b in at.button if b.label == "Ask the rules").click()
    return at.run()


@pytest.mark.parametrize("person", ["maya", "priya"])
def test_the_page_opens_with_its_rules_and_says_what_to_do_next(place, person):
    at = open_page(person)
    assert not at.exception
    shown = words(at)
    for said in (
        "Rules in force",
        "Forbidden words",
        "Tone",
        "No evidence is on record",
        "library is empty",
    ):
        assert said in shown


def test_pasted_copy_meets_every_rule_and_what_is_meant_is_marked(place):
    at = ask(open_page(), "Gu4r4nteed savings for owners")
    assert not at.exception
    shown = words(at)
    assert "Blocked" in shown
    assert ":red-background[Gu4r4nteed]" in shown
    assert "no outcome of a service can be promised" in shown
    assert "What the rules say" in shown


def test_copy_that_breaks_nothing_passes(place):
    assert "Nothing stands against this copy" in words(ask(open_page(), "Plain facts for owners"))


@pytest.mark.parametrize(
    "text", [NASTY, "\u202eevil\u202c \x00 🔥🔥", "a " * 20_000, "x" * 200_000]
)
def test_whatever_is_pasted_the_page_answers(place, text):
    at = ask(open_page(), text)
    assert not at.exception
    assert "What the rules say" in words(at)


def test_a_whole_ad_is_judged_with_its_format(place):
    at = open_page()
    at.segmented_control(key="brand_way").set_value("ad").run()
    next(a for a in at.text_area if a.key == "brand_headlines").set_value("One headline!")
    next(b for b in at.button if b.label == "Ask the rules").click()
    shown = words(at.run())
    assert "3 to 15 headlines are needed" in shown
    assert "No exclamation mark stands in a headline" in shown


def test_a_file_is_brought_by_one_and_approved_by_another(place):
    at = open_page("maya")
    at.file_uploader[0].set_value([("survey.txt", b"120 clients asked in May", "text/plain")])
    at.text_input(key="brand_claim").set_value("Cut costs by 30%")
    at.text_input(key="brand_source").set_value("Client survey")
    next(b for b in at.button if b.label == "Put on record").click()
    at.run()
    assert "waits for a second person" in words(at)
    assert not any(b.label == "Approve" for b in at.button)
    at = open_page("priya")
    at.toggle(key="look-1").set_value(True).run()
    next(b for b in at.button if b.label == "Approve").click()
    at.run()
    assert not at.exception
    with place.read() as conn:
        assert table.one(conn, C, 1).state == "approved"
    shown = words(ask(open_page(), "Cut costs by 30% this year"))
    assert "Nothing stands against this copy" in shown


def test_a_sectors_rules_become_a_draft(place):
    at = open_page()
    at.selectbox(key="brand_sector").set_value("health").run()
    at.button(key="brand-sector-draft").click()
    assert "was written" in words(at.run())
