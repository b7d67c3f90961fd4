"""You: a person's own targets and times, set on the page."""

from datetime import time

from tests.pages.conftest import enter, words
from tests.receiver import receiver

PAGE = "pages/strategist/you.py"


def button(at, label):
    return next(b for b in at.button if b.label == label)


def test_a_target_is_added_tested_and_removed(place):
    with receiver() as (address, got, _):
        at = enter("priya", PAGE)
        assert "Nothing is sent to you yet" in words(at)
        at.text_input(key="ping-label").set_value("Hook")
        at.text_input(key="ping-address").set_value(address.replace("//", "//me:hunter22@"))
        button(at, "Add this target").click().run()
        assert not at.exception
        told = words(at)
        assert "Hook was added" in told
        assert "hunter22" not in told
        button(at, "Send a test").click().run()
        assert got[0]["title"] == "Command Centre: a test"
        button(at, "Remove").click().run()
        assert "Nothing is sent to you yet" in words(at)


def test_an_address_that_leads_nowhere_is_refused_with_what_to_write(place):
    at = enter("maya", PAGE)
    at.text_input(key="ping-label").set_value("Hook")
    at.text_input(key="ping-address").set_value("https://example.com/")
    button(at, "Add this target").click().run()
    assert "That is no address we can send to" in words(at).replace("\\", "")
    assert at.text_input(key="ping-address").value == "https://example.com/"


def test_quiet_hours_and_choices_are_kept(place):
    at = enter("priya", PAGE)
    at.toggle(key="ping-quiet").set_value(True)
    at.time_input(key="ping-from").set_value(time(19, 30))
    button(at, "Save").click().run()
    assert "Saved." in words(at).replace("\\", "")
    again = enter("priya", PAGE)
    assert again.toggle(key="ping-quiet").value is True
    assert again.time_input(key="ping-from").value == time(19, 30)


def test_nobody_sees_the_targets_of_another(place):
    with receiver() as (address, _, _):
        at = enter("priya", PAGE)
        at.text_input(key="ping-label").set_value("Private hook")
        at.text_input(key="ping-address").set_value(address)
        button(at, "Add this target").click().run()
    assert "Private hook" in words(at)
    assert "Private hook" not in words(enter("tom", PAGE))
