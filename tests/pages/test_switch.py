"""The kill switch from the screen, with no market to answer: the switch itself must hold."""

import pytest

from engine.model.people import Scope
from engine.reporting.health.state import all_paused, some_paused
from engine.store import meta
from tests.pages.conftest import enter, words


def everyone_paused(place):
    return some_paused(place, Scope.operator()) == (True, False)


@pytest.mark.parametrize("person", ["priya", "sam"])
def test_pausing_holds_even_when_no_platform_answers(place, person):
    at = enter(person)
    at.button(key="pause-now").click().run()
    assert not at.exception
    assert everyone_paused(place)
    assert not all_paused(place), "the whole house is the operator's to hold"
    assert "could not be read back" in words(at)
    assert "Everything is paused" in words(enter("nora"))


@pytest.mark.parametrize("person", ["nora", "maya"])
def test_others_have_no_switch(place, person):
    assert not any("Pause" in b.label for b in enter(person).button)


def test_resuming_takes_a_senior_right(place):
    enter("sam").button(key="pause-now").click().run()
    at = enter("sam")
    at.text_input(key="resume-why").input("Go on.")
    at.button(key="resume-now").click().run()
    assert everyone_paused(place)
    assert "senior right" in words(at)


def test_resuming_without_a_reason_is_refused(place):
    enter("priya").button(key="pause-now").click().run()
    at = enter("priya")
    at.button(key="resume-now").click().run()
    assert everyone_paused(place)
    assert "Write a reason" in words(at)


def test_while_the_operator_holds_the_house_the_screen_says_who_lifts_it(place):
    place.write(lambda conn: meta.put(conn, "paused_all", "1"))
    at = enter("priya")
    assert not any(b.key in {"pause-now", "resume-now"} for b in at.button)
    assert "by the operator" in words(at)
