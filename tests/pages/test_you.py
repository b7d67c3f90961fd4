"""A person's own page: the hours they keep count for every deadline set from then on."""

from datetime import date, time

from engine.store import calendars
from tests.pages.conftest import enter, words

PAGE = "pages/strategist/you.py"


def told(at):
    return words(at).replace("\\", "")


def kept(store, person):
    with store.read() as conn:
        return calendars.of(conn, person)


def test_office_hours_stand_in_until_something_is_written(place):
    at = enter("priya", PAGE)
    assert "office hours stand in" in told(at)
    assert "Deadlines count today from 09:00 to 18:00." in told(at)
    assert kept(place, "priya") is None


def test_hours_and_holidays_are_kept(place):
    at = enter("priya", PAGE)
    at.checkbox(key="works-priya-4").uncheck()
    at.time_input(key="opens-priya-0").set_value(time(7, 30))
    at.time_input(key="closes-priya-0").set_value(time(0, 0))  # until midnight
    at.text_area(key="holidays-priya").set_value("25/12/2026 Christmas Day\n\n28/12/2026")
    at.button(key="keep-hours").click().run()
    assert not at.exception
    found = kept(place, "priya")
    assert (found.week[0].opens, found.week[0].closes, found.week[4]) == (450, 1440, None)
    assert [(h.day, h.name) for h in found.holidays] == [
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 28), "Holiday"),
    ]
    assert "No working day: deadlines stand still." in told(at)  # today is that Friday


def test_a_date_that_is_none_is_refused_and_nothing_is_kept(place):
    at = enter("priya", PAGE)
    at.text_area(key="holidays-priya").set_value("25 December")
    at.button(key="keep-hours").click().run()
    assert "is no holiday; write a date such as" in told(at)
    assert kept(place, "priya") is None


def test_days_away_are_added_and_removed(place):
    at = enter("maya", PAGE)
    at.date_input(key="away-first").set_value(date(2026, 11, 12))
    at.date_input(key="away-last").set_value(date(2026, 11, 18))
    at.text_input(key="away-note").set_value("Holiday *bold*")
    at.button(key="away-add").click().run()
    assert not at.exception
    assert "Away until Wed 18 Nov: the backup is asked." in told(at)
    assert r"Holiday \*bold\*" in words(at)
    at.button(key="unaway-0").click().run()
    assert kept(place, "maya").absences == ()


def test_an_admin_keeps_somebody_elses_calendar_and_a_strategist_only_their_own(place):
    at = enter("sam", PAGE)
    at.selectbox(key="whose").set_value("tom").run()
    at.button(key="keep-hours").click().run()
    assert not at.exception
    assert kept(place, "tom") is not None
    assert "whose" not in [s.key for s in enter("priya", PAGE).selectbox]
