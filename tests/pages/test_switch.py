"""The kill switch from the screen, with no market to answer: the switch itself must hold."""

import pytest

from engine.reporting.health.state import all_paused
from tests.pages.conftest import enter, words


@pytest.mark.parametrize("person", ["priya", "sam"])
def test_pausing_holds_even_when_no_platform_answers(place, person):
    at = enter(person)
    at.button(key="pause-now").click().run()
    assert not at.exception
    assert all_paused(place)
    assert "could not be read back" in words(at)
    assert "Everything is paused" in words(enter("nora"))


@pytest.mark.parametrize("person", ["nora", "maya"])
def test_others_have_no_switch(place, person):
    assert not any("Pause" in b.label for b in enter(person).button)


def test_resuming_takes_a_senior_right(place):
    enter("sam").button(key="pause-now").click().run()
    at = enter("sam")
    at.button(key="resume-now").click().run()
    assert all_paused(place)
    assert "senior right" in words(at)
